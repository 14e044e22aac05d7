import Fieldmark
import Testing

/// The pixels of Finer-CAM's `generate_cams.py`, its `preprocess` up to the tensor, run with Pillow
/// 13.0.0 on `numpy`'s `(7 x + 13 y + 29 c + (x y) % 251) & 255`: its shape, and `zlib.crc32`.
@Test(arguments: [
  [61, 40, 14, 70, 42, 2_784_470_435],
  [28, 42, 14, 28, 42, 2_573_981_996],
  // Shrunk to 1,000 x 655 first.
  [1237, 811, 14, 1008, 658, 3_636_792_024],
  // Shrunk to 999 x 282: Python cuts off what doubles lose.
  [1062, 300, 16, 1008, 288, 706_550_162],
])
func picturesKeepTheirSizeAsInFinerCAMsScript(_ numbers: [Int]) throws {
  let (width, height, patch) = (numbers[0], numbers[1], numbers[2])
  var pixels: [UInt8] = []
  pixels.reserveCapacity(width * height * 3)
  for y in 0..<height {
    for x in 0..<width {
      for c in 0..<3 {
        pixels.append(UInt8(truncatingIfNeeded: 7 * x + 13 * y + 29 * c + (x * y) % 251))
      }
    }
  }
  let picture = Picture(width: width, height: height, pixels: pixels)
  let native = try Preprocessing.openAI(224).native(patch: patch)
  let fitted = native.fitted(to: picture)
  #expect([fitted.width, fitted.height] == [numbers[3], numbers[4]])
  #expect(Int(crc32(fitted.pixels(of: picture).pixels)) == numbers[5])
  #expect(
    fitted.region(of: picture)
      == Region(x: 0, y: 0, width: Double(width), height: Double(height)))
  #expect(fitted.fitted(to: picture) == fitted && native.size == "native")
}

@Test(arguments: EncoderReference.all)
func anEncoderAtNativeSizeIsTheSameAtThatSize(_ reference: EncoderReference) throws {
  let encoder = try ImageEncoder(reference.model())
  let native = try encoder.native()
  let patch = encoder.architecture.image.patch
  let picture = noise(50, 30)
  let own = native.fitted(to: picture)
  let (width, height) = ((50 + patch - 1) / patch * patch, (30 + patch - 1) / patch * patch)
  #expect([own.preprocessing.width, own.preprocessing.height] == [width, height])
  let shape = try Preprocessing(
    width: width, height: height, fit: .squash, mean: encoder.preprocessing.mean,
    deviation: encoder.preprocessing.deviation)
  let sized = try encoder.with(shape)
  let planes = sized.planes(of: picture)
  #expect(native.planes(of: picture) == planes)
  #expect(native(picture) == sized.layers(planes))
}
