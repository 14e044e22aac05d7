import Ground

/// The error for a model that is not read yet.
///
///     throw refusal("'model.safetensors'", "SigLIP")
///     // 'model.safetensors': expected CLIP or DINOv2, found SigLIP, which Fieldmark does not read yet
struct Refusal: Sendable {
  /// The models that are read.
  let expected: String
  /// A hint for those whose model is not read.
  let another: String?

  func callAsFunction(_ place: String, _ model: String, hint: String? = nil) -> InputError {
    InputError(
      place, expected: expected, found: "\(model), which Fieldmark does not read yet",
      hint: hint ?? another)
  }
}
