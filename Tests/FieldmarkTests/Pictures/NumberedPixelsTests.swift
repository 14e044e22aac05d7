import Fieldmark
import Foundation
import Testing

private func path(_ name: String) -> Fieldmark.Path {
  Fieldmark.Path(ReferenceData.shipped("datasets/numbers/\(name)").path)
}

/// The numbers 0 to 9, again and again, in each form that Pillow writes; bits have their remainder
/// by two. (`python3 References/make_datasets.py Tests/References/datasets`)
@Test(arguments: ["grey.png", "palette.png", "alpha.png", "bits.png"])
func numbersOfPixelsAreThoseThatWereWritten(_ name: String) throws {
  let numbers = try NumberedPixels(path(name))
  #expect(numbers.width == 5 && numbers.height == 3)
  let expected = (0..<15).map { UInt8($0 % 10) }
  #expect(numbers.pixels == (name == "bits.png" ? expected.map { $0 % 2 } : expected))
}

@Test func picturesWithoutANumberForEachPixelAreOneSentence() throws {
  for (name, found) in [("colors.png", "colors"), ("wide.png", "16 bits")] {
    #expect(
      sentence { _ = try NumberedPixels(path(name)) }
        == "\(path(name)): expected a number of up to 8 bits for each pixel, found \(found).")
  }
  let photo = ReferenceData.shipped("datasets/rows.json").path
  #expect(throws: InputError.self) { try NumberedPixels(Fieldmark.Path(photo)) }
  let whole = try path("palette.png").read(limit: 1 << 20)
  try inTemporaryFolder { folder in
    for count in 8..<whole.count {
      try write(whole[..<count], to: folder / "x.png")
      _ = try? NumberedPixels(folder / "x.png")
    }
  }
}
