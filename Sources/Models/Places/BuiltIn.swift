import CFieldmark
import Ground

/// The model that is part of the program: a small CLIP that knows the birds of the aviary. It lies in
/// `Demo/`, in open_clip's layout, where it is told how it was made.
extension FoundModel {
  public static let demo = FoundModel(
    name: "demo", weights: "built-in/open_clip_model.safetensors",
    settings: ["built-in/open_clip_config.json"], isBuiltIn: true)

  /// What everyone should know who asks it about photographs.
  static let demoNote =
    "The demo model knows the drawn birds of 'fieldmark aviary', not photographs, which need a "
    + "real CLIP; 'fieldmark models get hf-hub:ORG/NAME' downloads one."

  static var builtInBytes: Int { fm_embedded_demo_weights().count }

  /// Its tensors.
  package func checkpoint() throws -> Checkpoint {
    try isBuiltIn
      ? Checkpoint(file: MappedFile(fm_embedded_demo_weights(), named: weights))
      : Checkpoint(weights)
  }

  /// What its file of settings says.
  func settings(in file: Path) throws -> JSON {
    guard isBuiltIn else { return try JSON(file: file) }
    let embedded = fm_embedded_demo_settings()
    let bytes = UnsafeBufferPointer(start: embedded.bytes, count: embedded.count)
    return try JSON(parsing: Array(bytes), place: file.description)
  }
}
