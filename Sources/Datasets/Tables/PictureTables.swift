import Ground

/// Reads tables whose rows begin with the number of a picture, followed by other numbers. Rows
/// about pictures that the dataset does not list, as happens when it was cut, are skipped and
/// counted.
struct PictureTables {
  let folder: Path
  let pictures: Numbering
  private(set) var notes: [String] = []

  init(_ folder: Path, _ pictures: Numbering) {
    (self.folder, self.pictures) = (folder, pictures)
  }

  /// Calls `body` with the numbers that follow the picture's. It returns which of `kinds` things
  /// the row describes, or nil if the numbers make no sense. In that case, or if a row has too few
  /// or too many numbers, the row is refused as not being `shape`. A second row about the same
  /// thing is refused too, since one of the two must be wrong.
  mutating func read(
    _ file: String, _ shape: String, words count: Int, kinds: Int = 1,
    _ body: (_ example: Int, _ numbers: SIMD4<Double>) -> Int?
  ) throws {
    precondition((2...5).contains(count), "A row has up to four numbers behind the picture's.")
    var strangers = 0
    var isTold = [Bool](repeating: false, count: pictures.count * kinds)
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
      guard let kind = body(example, numbers) else { throw row.error(shape) }
      guard !isTold[example * kinds + kind] else {
        throw kinds == 1
          ? row.error("each picture once", found: "\(picture) again")
          : row.error("each part of a picture once")
      }
      isTold[example * kinds + kind] = true
    }
    if strangers > 0 {
      notes.append("rows of \(file) about pictures that images.txt does not list: \(strangers)")
    }
  }
}
