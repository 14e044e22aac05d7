import Fieldmark
import Foundation
import Glibc
import Testing

/// Answers that are ours and not Pillow's, each for a reason.
private let ownAnswers: Set = [
  // 16 bits are rounded, not cut; ReadingTests holds Pillow's way apart.
  "grey 16.png", "colour 16.png", "grey and alpha 16.png", "alpha 16.png", "interlaced grey 16.png",
]

@Test(arguments: PictureReference.all.filter { !ownAnswers.contains($0.name) })
func aPictureIsDecodedAsByPillowOrRefusedAsByPillow(_ reference: PictureReference) throws {
  guard let crc = reference.crc else {
    #expect(throws: InputError.self) { try reference.picture() }
    return
  }
  let stored = try reference.picture(Reading(upright: false))
  #expect(stored.width == reference.width)
  #expect(stored.height == reference.height)
  #expect(crc32(stored.pixels) == crc)
  #expect(stored.alpha.map(crc32) == reference.alpha)
  if let upright = reference.upright {
    let turned = try reference.picture()
    let rgba = turned.alpha.map { interleaved(turned.pixels, $0) }
    #expect(crc32(rgba ?? turned.pixels) == upright)
  }
}

@Test(arguments: PictureReference.all.filter { ownAnswers.contains($0.name) })
func sixteenBitsCanBeCutAsByPillow(_ reference: PictureReference) throws {
  let picture = try reference.picture(Reading(depth: .asPillow))
  #expect(crc32(picture.pixels) == reference.crc)
  #expect(picture.notes.first == "16 bits a sample cut to 8 as in Pillow")
}

@Test(arguments: [
  ("orientation 6.jpg", ["turned upright (EXIF orientation 6)"]),
  ("inks.jpg", ["inks (CMYK) turned into red, green and blue"]),
  ("grey 1.png", ["palette turned into colors before any resizing"]),
  ("grey 8.png", []),
  ("grey 16.png", ["16 bits a sample rounded to 8"]),
  ("palette.png", ["palette turned into colors before any resizing"]),
  ("transparent colour.png", ["a transparent color is shown as it is stored"]),
  ("alpha.png", ["transparency dropped, the colors under it shown"]),
  ("animated.png", ["the first of 2 pictures of an animation"]),
  ("animated.webp", ["the first of 2 pictures of an animation"]),
])
func whatReadingChangesIsNoted(_ name: String, _ notes: [String]) throws {
  #expect(try PictureReference.named(name).picture().notes == notes)
}

@Test func aPictureCanBeLeftAsItLies() throws {
  let reference = PictureReference.named("orientation 6.jpg")
  let stored = try reference.picture(Reading(upright: false))
  #expect((stored.width, stored.height, stored.orientation) == (9, 7, 6))
  let upright = try reference.picture()
  #expect((upright.width, upright.height, upright.orientation) == (7, 9, 6))
}

@Test func aTransparentPictureCanLieOnAColor() throws {
  let reference = PictureReference.named("alpha.png")
  let plain = try reference.picture()
  let laid = try reference.picture(Reading(transparency: .over(.white)))
  let alpha = try #require(plain.alpha)
  #expect(laid.alpha == nil)
  for place in laid.pixels.indices {
    let cover = Double(alpha[place / 3]) / 255
    let exact = Double(plain.pixels[place]) * cover + 255 * (1 - cover)
    #expect(laid.pixels[place] == UInt8(exact.rounded()))
  }
}

@Test(arguments: [
  "transparent grey.png", "transparent colour.png", "palette with transparency.png",
])
func oneTransparentColorCanLieOnAColorToo(_ name: String) throws {
  let reference = PictureReference.named(name)
  let plain = try reference.picture()
  let laid = try reference.picture(Reading(transparency: .over(Color(red: 1, green: 2, blue: 3))))
  #expect(laid.notes.last == "laid on a color where transparent" || laid.pixels == plain.pixels)
}

@Test func onlyRegularFilesAreOpenedAndNoneIsWaitedFor() throws {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
    "fieldmark-\(getpid())-pictures")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  func place(_ name: String) -> String { folder.appendingPathComponent(name).path }

  try FileManager.default.createDirectory(
    atPath: place("folder.jpg"), withIntermediateDirectories: false)
  try FileManager.default.createSymbolicLink(
    atPath: place("link.jpg"), withDestinationPath: "nothing.jpg")
  try FileManager.default.createSymbolicLink(
    atPath: place("circle.jpg"), withDestinationPath: "circle.jpg")
  try #require(mkfifo(place("pipe.jpg"), 0o600) == 0)
  try Data().write(to: URL(fileURLWithPath: place("empty.jpg")))

  let kinds = "(JPEG, PNG or WebP)"
  for (name, found) in [
    ("folder.jpg", "expected a file, found a folder."),
    ("link.jpg", "expected a file, found a link to nothing."),
    ("circle.jpg", "expected a file to read, found too many levels of symbolic links."),
    ("pipe.jpg", "expected a file, found a pipe."),
    ("empty.jpg", "expected a picture \(kinds), found an empty file."),
    ("nothing.jpg", "expected a file to read, found nothing there."),
  ] {
    #expect(message { try Picture(Path(place(name))) } == "\(place(name)): \(found)")
  }
  #expect(message { try Picture("/dev/zero") } == "/dev/zero: expected a file, found a device.")
}

@Test(.enabled(if: ReferenceData.present, "needs FIELDMARK_REFERENCES"))
func everyPictureOfTheSuitesIsPillowsOrRefusedWithinTwoSeconds() throws {
  struct Answer: Decodable { let width, height: Int?, crc: UInt32? }
  // python3 References/make_pictures.py ../shared/data/suites > Tests/References/suites.json
  let answers = try ReferenceData.shipped([String: Answer].self, "suites.json")
  var differing: Set<String> = []
  for (name, answer) in answers {
    let start = ContinuousClock.now
    let picture = try? Picture(
      ReferenceData.path("data/suites/" + name), Reading(upright: false, depth: .asPillow))
    #expect(ContinuousClock.now - start < .seconds(2), "\(name)")
    if let crc = answer.crc, picture.map({ crc32($0.pixels) }) != crc { differing.insert(name) }
  }
  #expect(answers.values.count { $0.crc != nil } == 284)
  #expect(differing.subtracting(knownDifferences) == [])
}

private let knownDifferences: Set = [
  // Fuzzed progressive pictures with holes, which libjpeg-turbo 3.2, under Pillow 13, smooths over
  // otherwise than 2.1.
  "jpeg-crashtest/imagetestsuite/8e5e74dbf9b68a322fbb9512db837329.jpg",
  "jpeg-crashtest/imagetestsuite/f6b4389c3cf0f5997b2e5a4b905aea8d.jpg",
  // Lossless JPEG, which libjpeg-turbo reads from 3.0 on.
  "jpeg-reftest/lossless/1/jpeg_lossless_sel1-8bit.jpg",
  // Damaged pixels by their checksum, which Pillow does not look at.
  "png-bugfixes/x_interlaced_chck.png",
  "pngsuite/xcsn0g01.png",
]

private func interleaved(_ rgb: [UInt8], _ alpha: [UInt8]) -> [UInt8] {
  alpha.indices.flatMap { [rgb[$0 * 3], rgb[$0 * 3 + 1], rgb[$0 * 3 + 2], alpha[$0]] }
}
