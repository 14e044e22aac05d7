import CFieldmark
import Ground

/// The model that is part of the program: a small CLIP that knows the birds of the aviary. It lies
/// in `Demo/`, in open_clip's layout; the README there tells how it was made.
extension FoundModel {
  public static let demo = FoundModel(
    name: "demo", weights: "built-in/open_clip_model.safetensors",
    settings: ["built-in/open_clip_config.json"], isBuiltIn: true)

  /// What anyone who asks the demo model about photographs should know.
  static let demoNote =
    "The demo model knows the drawn birds of 'fieldmark aviary', not photographs, which need a "
    + "real CLIP; 'fieldmark models get hf-hub:ORG/NAME' downloads one."

  static var builtInBytes: Int { fm_embedded_demo_weights().count }

  /// Opens the tensors of the model.
  package func checkpoint() throws -> Checkpoint {
    try isBuiltIn
      ? Checkpoint(file: MappedFile(fm_embedded_demo_weights(), named: weights))
      : Checkpoint(weights)
  }

  /// Reads a file of settings of the model.
  func settings(in file: Path) throws -> JSON {
    guard isBuiltIn else { return try JSON(file: file) }
    let embedded = fm_embedded_demo_settings()
    let bytes = UnsafeBufferPointer(start: embedded.bytes, count: embedded.count)
    return try JSON(parsing: Array(bytes), place: file.description)
  }
}
