import Ground

/// Resolves paths as people write them in their own tables: relative to the table's folder, from
/// the root, or from their home folder.
///
///     Path("a.png").resolved(below: "birds", home: "/home/ada")           // birds/a.png
///     Path("~/photos/a.png").resolved(below: "birds", home: "/home/ada")  // /home/ada/photos/a.png
///
/// The user wrote such a table about their own pictures, so `..` is allowed. The tables of
/// published datasets come from others, and their paths must stay below the dataset's folder
/// (`staysInside`).
extension Path {
  func resolved(below folder: Path, home: Path?) -> Path {
    if bytes.first == UInt8(ascii: "/") { return self }
    if let home, bytes.starts(with: "~/".utf8) { return home / Path(bytes: Array(bytes[2...])) }
    return folder / self
  }
}

/// Reads such paths from a table, and counts those with Windows' backslashes.
struct WrittenPaths {
  let home: Path?
  private(set) var withBackslashes = 0

  init(home: Path?) { self.home = home }

  /// The path in the form in which it is stored; empty if the field is empty.
  mutating func name(in row: CSVRow, _ column: Int, _ what: String) throws -> [UInt8] {
    let field = Array(row[column])
    guard !field.isEmpty else { return [] }
    func refusal(_ expected: String, _ hint: String?) -> InputError {
      row.error(expected, found: "'\(printable(field.prefix(200)))'", hint: hint)
    }
    let slash = UInt8(ascii: "/")
    let backslash = UInt8(ascii: "\\")
    if field.contains(0) { throw refusal("a \(what)", "no file's name has a NUL in it") }
    if field.first == UInt8(ascii: "~") {
      guard field.count > 2, field[1] == slash else {
        throw refusal(
          "a \(what); '~/' begins one in your home folder",
          "homes of other users are not looked up, and './~...' names a file that begins with '~'")
      }
      guard home != nil else {
        throw refusal("a \(what) that can be found", "HOME, which '~' stands for, is not set")
      }
    }
    if field.firstRange(of: Array("://".utf8)) != nil {
      throw refusal("a \(what) on this machine", "nothing is fetched from the web")
    }
    if field.count > 2, field[1] == UInt8(ascii: ":"), [slash, backslash].contains(field[2]) {
      throw refusal(
        "a \(what) on this machine", "names below the table's folder are the same on every machine")
    }
    guard field.contains(backslash), !field.contains(slash) else { return field }
    withBackslashes += 1
    return field.map { $0 == backslash ? slash : $0 }
  }

  var notes: [String] {
    withBackslashes == 0
      ? []
      : ["names with '\\', as Windows writes them, are read with '/': \(withBackslashes)"]
  }
}
