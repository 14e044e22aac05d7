import Ground
import Pictures

/// The numbers that a dataset's tables use for things, and the index of each in order of
/// appearance. The numbers may have gaps and come in any order.
///
///     numbering[239]      // 0, in a CUB-200-2011 that was cut to begin there
struct Numbering: Sendable {
  private var places: [Int: Int32] = [:]

  var count: Int { places.count }

  subscript(number: Int) -> Int? { places[number].map(Int.init) }

  /// The indices, ordered by their numbers.
  var placesByNumber: [Int] { places.sorted { $0.key < $1.key }.map { Int($0.value) } }

  /// Gives a number the next index; returns false if it already has one.
  mutating func append(_ number: Int) -> Bool {
    let place = Int32(clamping: places.count)
    return places.updateValue(place, forKey: number) == nil
  }
}

extension Numbering {
  /// Reads a table of numbers and names, such as `7 left wing`. Only the first space separates,
  /// since names may contain spaces.
  ///
  /// - Parameter what: What follows the number, in the words of messages: "a path".
  static func read(
    _ table: TextRows, _ what: String, name: (TextRow, UnsafeRawBufferPointer) throws -> Void
  ) throws -> Numbering {
    var numbering = Numbering()
    try table.eachRow { row in
      var words = row.words
      guard let number = words.integer(), let rest = words.rest() else {
        throw row.error("a number and \(what)")
      }
      guard numbering.append(number) else {
        throw row.error("each number once", found: "\(number) again")
      }
      try name(row, rest)
    }
    guard numbering.count > 0 else {
      throw table.error("rows of a number and \(what)", found: "nothing but space")
    }
    return numbering
  }

  /// Like `read`, for tables of which only the names are needed.
  static func names(
    _ folder: Path, _ file: String, _ what: String
  ) throws -> (names: [String], numbering: Numbering) {
    var names: [String] = []
    let numbering = try read(TextRows(folder, file), what) { _, name in
      names.append(printable(name))
    }
    return (names, numbering)
  }
}

extension Collection<UInt8> {
  /// Whether this path, relative to a folder, stays inside it. Tables come from strangers and may
  /// not be trusted.
  var staysInside: Bool {
    let parts = split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    return !isEmpty && !contains(0) && parts.first?.isEmpty == false
      && !parts.contains { $0.elementsEqual("..".utf8) }
  }

  /// Whether this ends like the name of a picture file, ignoring case.
  var endsLikeAPicture: Bool {
    let small = map { (0x41...0x5a).contains($0) ? $0 + 32 : $0 }
    return PictureFiles.endings.contains {
      small.count > $0.utf8.count && Path(bytes: small).hasSuffix($0)
    }
  }

  /// The path without the extension of its last component.
  var withoutEnding: [UInt8] {
    let name = Array(self)
    guard let dot = name.lastIndex(of: UInt8(ascii: ".")),
      !name[dot...].contains(UInt8(ascii: "/")), dot > 0
    else { return name }
    return Array(name[..<dot])
  }
}
