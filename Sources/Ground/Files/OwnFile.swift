import Glibc

/// A file that Fieldmark wrote: it may be written again, while the files of others are left alone.
///
/// ```swift
/// OwnFile("fieldmark-out/bird-red-epaulets.png")?.kind      // .map
/// OwnFile("holiday.jpg")                                    // nil: somebody else's
/// ```
///
/// Every format that Fieldmark writes says so within its first kilobyte, and no more of a file is
/// read. The name proves nothing, since anyone may call a file `birds.run.csv`.
public struct OwnFile: Equatable, Sendable {
  public enum Kind: String, Sendable, CaseIterable {
    /// A picture of a map, a mask or a sheet.
    case map = "a picture with maps"
    /// A drawn bird, which is a picture to explain like any photograph.
    case drawing = "a drawn bird"
    case plot = "a plot"
    case page = "a page"
    case object = "a JSON file"
    case boxes = "a file of boxes"
    case table = "a table"
    case matrix = "a NumPy file"
    case head = "a classifier"
    case run = "a run"
  }

  public let kind: Kind
  /// A fingerprint of what the file was made from, if its format has room for that.
  public let source: String?

  package init(_ kind: Kind, source: String? = nil) { (self.kind, self.source) = (kind, source) }

  /// Recognizes a file. The result is nil unless one of this target's formats says that Fieldmark
  /// made it.
  public init?(_ path: Path) {
    guard let found = OwnFile(beginning: path.beginning(OwnFile.length), formats: OwnFile.formats)
    else { return nil }
    self = found
  }

  package init?(beginning bytes: [UInt8], formats: [Format]) {
    guard let found = formats.lazy.compactMap({ $0.read(bytes) }).first else { return nil }
    self = found
  }

  /// A file format in which Fieldmark leaves a mark, and how the mark is read.
  package struct Format: Sendable {
    package let read: @Sendable (_ beginning: [UInt8]) -> OwnFile?

    package init(_ read: @escaping @Sendable (_ beginning: [UInt8]) -> OwnFile?) {
      self.read = read
    }
  }

  /// How many bytes of a file are read to recognize it.
  package static let length = 1024

  /// The formats that have a place for a mark. Formats that are known by something else, such as
  /// the first line of a table, are recognized by the code that writes them.
  package static let formats: [Format] = [.png, .jpeg, .html, .json, .comment, .npy, .boxes]
}

extension OwnFile {
  /// What pictures carry as `Software`. That of drawn pictures (`artist`) has no version in it, so
  /// that the same words give the same bytes.
  public static let software = "fieldmark \(fieldmarkVersion)"
  public static let artist = "fieldmark aviary"

  /// The texts of a picture that is a result. They say what it shows and what it was made from.
  public static func texts(
    _ description: String, source: String? = nil
  ) -> [(key: String, value: String)] {
    [("Software", software)] + (source.map { [("Source", $0)] } ?? [])
      + [("Description", description)]
  }

  /// The same texts as the comment of a JPEG file: `fieldmark 0.1.0 [3f9a01c2d4e5]: red epaulets`.
  public static func jpegComment(_ description: String, source: String? = nil) -> String {
    software + (source.map { " [\($0)]" } ?? "") + ": " + description
  }

  /// The folder for results if the user names no other. A search for pictures passes it over.
  public static let folder: Path = "fieldmark-out"

  /// The beginning of text files whose format has comments as HTML has: Markdown, SVG.
  public static let comment = "<!-- fieldmark \(fieldmarkVersion) -->\n"
}

extension JSON {
  /// The object as it is written to a file, whose first member says that Fieldmark made it.
  public func marked(source: String? = nil) -> JSON {
    let mark = [Member("fieldmark", .string(fieldmarkVersion))]
    return .object(mark + (source.map { [Member("source", .string($0))] } ?? []) + (members ?? []))
  }
}

extension OwnFile.Format {
  /// In PNG, `Software` says that Fieldmark made the file, and `Description` that it is a result.
  package static let png = OwnFile.Format { bytes in
    guard bytes.starts(with: Signature.png) else { return nil }
    let texts = PNGTexts(bytes)
    guard texts["Software"]?.starts(with: "fieldmark ".utf8) == true else { return nil }
    let source = texts["Source"].map { String(decoding: $0, as: UTF8.self) }
    return OwnFile(texts["Description"] == nil ? .drawing : .map, source: source)
  }

  /// In JPEG, a comment among the segments before the picture begins with the name.
  package static let jpeg = OwnFile.Format { bytes in
    guard bytes.starts(with: [0xff, 0xd8, 0xff]) else { return nil }
    var place = 2
    while place + 4 <= bytes.count, bytes[place] == 0xff, bytes[place + 1] != 0xda {
      let content = bytes[min(place + 4, bytes.count)...]
      if bytes[place + 1] == 0xfe, content.starts(with: "fieldmark ".utf8) {
        let maker = content.prefix { $0 != UInt8(ascii: ":") }
        let source = maker.split(separator: UInt8(ascii: "[")).dropFirst().first
          .map { String(decoding: $0.prefix { $0 != UInt8(ascii: "]") }, as: UTF8.self) }
        return OwnFile(.map, source: source)
      }
      place += 2 + Int(bytes[place + 2]) << 8 + Int(bytes[place + 3])
    }
    return nil
  }

  /// In HTML it is `<meta name="generator" content="fieldmark 0.1.0">`; pages of version 0.1 are
  /// known by their style.
  package static let html = OwnFile.Format { bytes in
    guard bytes.starts(with: "<!DOCTYPE html>".utf8) else { return nil }
    let isOurs = [
      "<meta name=\"generator\" content=\"fieldmark ",
      "<style>:root { color-scheme: light dark } body { font: 15px/1.4 sans-serif; margin: 2em }",
    ].contains { bytes.place(behind: $0) != nil }
    return isOurs
      ? OwnFile(.page, source: bytes.text(behind: "<meta name=\"source\" content=\"")) : nil
  }

  /// In JSON it is the object's first member.
  package static let json = OwnFile.Format { bytes in
    let words = bytes.filter { ![0x20, 0x09, 0x0a, 0x0d].contains($0) }
    guard words.starts(with: "{\"fieldmark\":\"".utf8) else { return nil }
    return OwnFile(.object, source: words.text(behind: "\"source\":\""))
  }

  /// Lines of boxes have no room for words, so the mark is a space before the first, which readers skip and
  /// nobody else writes.
  package static let boxes = OwnFile.Format { bytes in
    bytes.starts(with: " 0 0.".utf8) || bytes.starts(with: " 0 1.".utf8)
      || bytes == Array(" \n".utf8)
      ? OwnFile(.boxes) : nil
  }

  /// In Markdown and SVG it is a comment as the first line.
  package static let comment = OwnFile.Format { bytes in
    guard bytes.starts(with: "<!-- fieldmark ".utf8) else { return nil }
    return OwnFile(bytes.place(behind: "<svg") == nil ? .table : .plot)
  }

  /// NumPy's header allows no entry of our own, so the mark is a space before the first entry,
  /// which nobody else writes.
  package static let npy = OwnFile.Format { bytes in
    guard bytes.starts(with: Signature.npy), bytes.dropFirst(10).starts(with: "{ 'descr'".utf8)
    else { return nil }
    return OwnFile(.matrix)
  }
}

extension [UInt8] {
  /// The index after the first occurrence of a text.
  fileprivate func place(behind text: String) -> Int? {
    let wanted = Array(text.utf8)
    guard count >= wanted.count else { return nil }
    return (0...count - wanted.count).first { self[$0...].starts(with: wanted) }
      .map { $0 + wanted.count }
  }

  /// The text between the first occurrence of a text and the next quotation mark.
  fileprivate func text(behind text: String) -> String? {
    place(behind: text).map {
      String(decoding: self[$0...].prefix { $0 != UInt8(ascii: "\"") }, as: UTF8.self)
    }
  }
}

/// The texts before a PNG's pixels, as far as the bytes reach; the last one may be cut off.
private struct PNGTexts {
  private var values: [String: [UInt8]] = [:]

  init(_ bytes: [UInt8]) {
    var place = 8
    while place + 8 <= bytes.count {
      let length = bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
      let name = String(decoding: bytes[place + 4..<place + 8], as: UTF8.self)
      if name == "IDAT" { return }
      let content = bytes[(place + 8)...].prefix(length)
      if let end = content.firstIndex(of: 0), name == "tEXt" || name == "iTXt" {
        let key = String(decoding: content[..<end], as: UTF8.self)
        // The UTF-8 text of an iTXt chunk has four empty fields before it.
        values[key] = Array(content[(end + 1)...].dropFirst(name == "iTXt" ? 4 : 0))
      }
      place += 12 + length
    }
  }

  subscript(key: String) -> [UInt8]? { values[key] }
}

extension Path {
  /// Whether Fieldmark drew the picture, as it did the first bird of the demo and those of the
  /// aviary; otherwise it is taken for a photograph.
  public var isDrawnBird: Bool { OwnFile(self)?.kind == .drawing }

  /// The first bytes of a regular file. There are none if it cannot be read.
  package func beginning(_ count: Int) -> [UInt8] {
    guard let (descriptor, _) = try? openForReading(self) else { return [] }
    defer { close(descriptor) }
    return [UInt8](unsafeUninitializedCapacity: count) { bytes, initialized in
      while initialized < count, let start = bytes.baseAddress {
        let part = Glibc.read(descriptor, start + initialized, count - initialized)
        if part < 0 && errno == EINTR { continue }
        if part <= 0 { return }
        initialized += part
      }
    }
  }
}
