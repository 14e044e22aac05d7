/// Pictures at their own size, as in Finer-CAM's script (Imageomics/Finer-CAM at 564ad2c,
/// `generate_cams.py`). A picture that is longer than 1,000 pixels is shrunk to that, and then both
/// sides are stretched up to whole patches. So a picture is resampled twice, and its shape changes
/// by less than a patch.
///
/// ```swift
/// try encoder.native().fitted(to: bird).patchGrid      // 500 x 375 in patches of 14: 36 x 27
/// ```
///
/// Colors are scaled as the model was trained, while the script takes CLIP's numbers for DINOv2.
package enum NativeSize {
  package static let longest = 1000

  /// The size after shrinking, by Python's `int(width * scale)` in doubles: 1,000 / 1,062 times
  /// 1,062 is less than 1,000.
  package static func shrunk(_ width: Int, _ height: Int) -> (width: Int, height: Int) {
    guard max(width, height) > longest else { return (width, height) }
    let scale = Double(longest) / Double(max(width, height))
    func side(_ length: Int) -> Int { max(1, Int(Double(length) * scale)) }
    return (side(width), side(height))
  }

  package static func upToPatches(_ length: Int, _ patch: Int) -> Int {
    (length + patch - 1) / patch * patch
  }

  static func pixels(
    of picture: Picture, _ width: Int, _ height: Int, _ filter: Filter
  ) -> Picture {
    let first = shrunk(picture.width, picture.height)
    return picture.resized(width: first.width, height: first.height, filter)
      .resized(width: width, height: height, filter)
  }
}
