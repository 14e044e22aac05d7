import Encoders

/// Tables whose rows begin with the number of a picture, followed by other numbers. Rows about
/// pictures that the dataset does not list, as in one that was cut, are passed over and counted.
struct PictureTables {
  let folder: Path
  let pictures: Numbering
  private(set) var notes: [String] = []

  init(_ folder: Path, _ pictures: Numbering) {
    (self.folder, self.pictures) = (folder, pictures)
  }

  /// Hands out the numbers behind the picture's. Where the body says that they make no sense, or
  /// there are fewer or more, the row is refused as not being `shape`.
  mutating func read(
    _ file: String, _ shape: String, words count: Int,
    _ body: (_ example: Int, _ numbers: SIMD4<Double>) -> Bool
  ) throws {
    precondition((2...5).contains(count), "A row has up to four numbers behind the picture's.")
    var strangers = 0
    try TextRows(folder, file).eachRow { row in
      var words = row.words
      var numbers = SIMD4<Double>()
      let picture = words.integer()
      for index in 0..<count - 1 {
        guard let number = words.decimal() else { throw row.error(shape) }
        numbers[index] = number
      }
      guard let picture, words.isAtEnd else { throw row.error(shape) }
      guard let example = pictures[picture] else {
        strangers += 1
        return
      }
      guard body(example, numbers) else { throw row.error(shape) }
    }
    if strangers > 0 {
      notes.append("rows of \(file) about pictures that images.txt does not list: \(strangers)")
    }
  }
}
