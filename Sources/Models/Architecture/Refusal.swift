import Ground

/// What is said of a model that is not read yet.
///
///     throw refusal("'model.safetensors'", "SigLIP")
///     // 'model.safetensors': expected CLIP or DINOv2, found SigLIP, which Fieldmark does not read yet
struct Refusal: Sendable {
  /// The models that are read.
  let expected: String
  /// What helps whose model is not.
  let another: String?

  func callAsFunction(_ place: String, _ model: String, hint: String? = nil) -> InputError {
    InputError(
      place, expected: expected, found: "\(model), which Fieldmark does not read yet",
      hint: hint ?? another)
  }
}
