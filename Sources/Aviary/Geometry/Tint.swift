/// Amounts of red, green and blue light, 0 to 1: the square of what a picture's bytes hold. True
/// sRGB has powers that processors round differently; squares and their roots are exact everywhere,
/// and near enough for edges that blend as light does.
typealias Tint = SIMD3<Float>

/// Light from bytes, as colors are usually named.
func rgb(_ red: Float, _ green: Float, _ blue: Float) -> Tint {
  let bytes = Tint(red, green, blue) / 255
  return bytes * bytes
}
