import Ground

/// The annotators' answers for each picture and attribute, from CUB-200-2011's
/// `attributes/image_attribute_labels.txt`. Its columns are the picture, the attribute, whether it
/// is present, how certain the annotator was and how long the answer took. The table has 3.7
/// million rows, so it is looked up rather than kept in memory.
///
/// Known copies have a few rows with six or seven numbers, at least one of them superfluous. As in
/// other readers of this file, the first four count and the last is the time. Rows that still make
/// no sense are skipped. Both kinds are counted and reported in the notes.
struct AttributeLabels: Sendable {
  private let reader: Reader
  private let index: Once<Index>

  init(_ folder: Path, _ name: String, pictures: Numbering, attributes: Numbering) {
    let reader = Reader(pictures: pictures, attributes: attributes)
    self.reader = reader
    index = Once { try Index(TextRows(folder, name), reader) }
  }

  func labels(of example: Int) throws -> [AttributeLabel?] {
    var labels = [AttributeLabel?](repeating: nil, count: reader.attributes.count)
    try index.value().rows.eachRow(of: example) { row in
      // When the dataset was cut, rows about removed pictures may stand among the rows of this one.
      guard let answer = reader.answer(row), answer.example == example else { return }
      labels[answer.attribute] = answer.label
    }
    return labels
  }

  func notes() throws -> [String] { try index.value().notes }

  /// The content of a row.
  struct Answer {
    /// Nil for a picture that the dataset does not list, as happens when it was cut.
    let example: Int?
    let attribute: Int
    let label: AttributeLabel
    /// Whether the row has more numbers than it should.
    let isLong: Bool
  }

  struct Reader: Sendable {
    let pictures: Numbering
    let attributes: Numbering

    /// Nil for a row that makes no sense.
    func answer(_ row: TextRow) -> Answer? {
      var words = row.words
      guard let picture = words.integer(), let number = words.integer(),
        let attribute = attributes[number], let isPresent = words.integer(), isPresent < 2,
        let sureness = words.integer(), let byte = UInt8(exactly: sureness),
        let certainty = AttributeLabel.Certainty(rawValue: byte), var last = words.next()
      else { return nil }
      var isLong = false
      while let next = words.next() { (last, isLong) = (next, true) }
      return Answer(
        example: pictures[picture], attribute: attribute,
        label: AttributeLabel(
          isPresent: isPresent == 1, certainty: certainty, seconds: decimal(in: last)),
        isLong: isLong)
    }
  }

  /// The places of each picture's rows, and notes about rows that are not as they should be.
  private struct Index: Sendable {
    let rows: RowIndex
    let notes: [String]

    init(_ table: TextRows, _ reader: Reader) throws {
      var long = Strange()
      var senseless = Strange()
      var foreign = Strange()
      rows = try RowIndex(table, examples: reader.pictures.count) { row in
        guard let answer = reader.answer(row) else {
          senseless.add(row)
          return nil
        }
        if answer.isLong { long.add(row) }
        if answer.example == nil { foreign.add(row) }
        return answer.example
      }
      notes = [
        long.note("with more than five numbers, read by the first four and the last", table),
        senseless.note("that make no sense, passed over", table),
        foreign.note("about pictures that images.txt does not list", table),
      ].compactMap { $0 }
    }
  }

  /// Counts rows that are not as they should be, and remembers the line of the first.
  private struct Strange {
    var count = 0
    var first = 0

    mutating func add(_ row: TextRow) {
      if count == 0 { first = row.line }
      count += 1
    }

    func note(_ fate: String, _ table: TextRows) -> String? {
      count == 0 ? nil : "rows of \(table.name) \(fate): \(count), the first in line \(first)"
    }
  }
}
