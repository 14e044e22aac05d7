import Ground

/// Names of files for pictures and questions, without endings: `blackbird-red-epaulets`.
///
/// ```swift
/// let names = FileNames(["a/1.jpg", "b/1.jpg"], ["red-epaulets"])
/// names["b/1.jpg", 0]      // 1-red-epaulets-2
/// ```
///
/// All names are different, even on file systems that ignore case: repeated names get a number. The
/// names depend only on the pictures and questions and on their order, so the same command gives
/// the same names whatever fails and whatever exists already. A picture that is given twice has
/// only one set of names. No name equals that of a given picture, so no picture in the folder is
/// overwritten.
public struct FileNames: Sendable {
  private var names: [Path: [Path]] = [:]

  /// - Parameter questions: The names of questions, as `QuestionName` makes them.
  public init(_ pictures: [Path], _ questions: [String]) {
    // The names `bird.png` and `bird.heat.png` both belong to the stem `bird`.
    var taken = Set(
      pictures.map { FileNames.folded(Array(FileNames.stem(of: $0).prefix { $0 != 0x2e })) })
    taken.formUnion(pictures.map { FileNames.folded(FileNames.stem(of: $0)) })
    // Counting continues from the last number, so that thousands of pictures with one name are not
    // slow.
    var numbers: [[UInt8]: Int] = [:]
    for picture in pictures where names[picture] == nil {
      let stem = FileNames.stem(of: picture)
      names[picture] = questions.map { question in
        let first = stem + Array("-\(question)".utf8)
        var name = first
        let key = FileNames.folded(first)
        while !taken.insert(FileNames.folded(name)).inserted {
          let number = (numbers[key] ?? 1) + 1
          numbers[key] = number
          name = first + Array("-\(number)".utf8)
        }
        return Path(bytes: name)
      }
    }
  }

  public subscript(picture: Path, question: Int) -> Path {
    guard let names = names[picture] else {
      preconditionFailure("Only pictures that were given have names.")
    }
    return names[question]
  }

  /// Makes a name of at most 60 bytes from lowercase letters and digits, with a `-` in place of
  /// everything between them.
  package static func slug(_ text: String, keepingCapitals: Bool = false) -> String {
    var words: [String] = [""]
    for scalar in (keepingCapitals ? text : text.lowercased()).unicodeScalars {
      // Combining marks belong to the letter before them; without them, Hindi words would fall
      // apart.
      let isLetter = scalar.properties.isAlphabetic || scalar.properties.numericType != nil
      let isMark = scalar.properties.generalCategory == .nonspacingMark
      if isLetter || isMark {
        words[words.count - 1].unicodeScalars.append(scalar)
      } else if words.last != "" {
        words.append("")
      }
    }
    let slug = words.filter { !$0.isEmpty }.joined(separator: "-")
    return slug.isEmpty ? "concept" : shortened(slug, 60)
  }

  static func shortened(_ text: String, _ most: Int) -> String {
    String(decoding: shortened(Array(text.utf8), most), as: UTF8.self)
  }

  /// The name of a picture's file without its extension.
  static func stem(of picture: Path) -> [UInt8] {
    let name = picture.lastComponent.bytes
    let dot = name.lastIndex(of: UInt8(ascii: ".")) ?? 0
    return shortened(dot > 0 ? Array(name[..<dot]) : name, 110)
  }

  /// The first bytes, cut between two characters.
  private static func shortened(_ bytes: [UInt8], _ most: Int) -> [UInt8] {
    guard bytes.count > most else { return bytes }
    var end = most
    while end > 0, bytes[end] & 0xc0 == 0x80 { end -= 1 }
    return Array(bytes[..<end])
  }

  private static func folded(_ name: [UInt8]) -> [UInt8] {
    name.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 + 32 : $0 }
  }
}
