import Ground

/// Names for the files of pictures and questions, without endings: `blackbird-red-epaulets`.
///
/// ```swift
/// let names = FileNames(["a/1.jpg", "b/1.jpg"], ["red-epaulets"])
/// names["b/1.jpg", 0]      // 1-red-epaulets-2
/// ```
///
/// No two are the same, even where big and small letters are one: who comes later gets a number.
/// They follow from the pictures and questions alone, in their order, so the same words give the
/// same names, whatever fails and whatever lies there already. A picture that is named twice has
/// its names once. No name is that of a picture, so none is written over that lies in the folder.
public struct FileNames: Sendable {
  private var names: [Path: [Path]] = [:]

  /// Questions as files can be called (`QuestionName`).
  public init(_ pictures: [Path], _ questions: [String]) {
    // `bird.png` and `bird.heat.png` are files of the name `bird`.
    var taken = Set(
      pictures.map { FileNames.folded(Array(FileNames.stem(of: $0).prefix { $0 != 0x2e })) })
    taken.formUnion(pictures.map { FileNames.folded(FileNames.stem(of: $0)) })
    // Counting on from the last number keeps thousands of pictures of one name from being slow.
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

  /// Letters and digits, small; one `-` for whatever stands between them. 60 bytes at most.
  package static func slug(_ text: String, keepingCapitals: Bool = false) -> String {
    var words: [String] = [""]
    for scalar in (keepingCapitals ? text : text.lowercased()).unicodeScalars {
      // Marks belong to the letter before them: Hindi words would fall apart.
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

  /// The name of a picture's file without its ending.
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
