/// Amounts of red, green and blue light from 0 to 1, each the square of what a picture's byte says.
/// True sRGB has powers, which processors round differently. Squares and their roots are the same
/// everywhere, and near enough to make edges blend as light does.
typealias Tint = SIMD3<Float>

/// Returns the light of a color that is given by bytes, as colors usually are.
func rgb(_ red: Float, _ green: Float, _ blue: Float) -> Tint {
  let bytes = Tint(red, green, blue) / 255
  return bytes * bytes
}
