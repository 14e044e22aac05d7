import Ground

/// The shortest ends of paths that tell pictures apart: the file's name, with as many of its folders as are
/// needed.
///
/// ```swift
/// let names = ShortNames(["a/b/1.jpg", "a/c/1.jpg", "a/c/2.jpg"])
/// names["a/b/1.jpg"]      // b/1.jpg
/// names["a/c/2.jpg"]      // 2.jpg
/// ```
public struct ShortNames: Sendable {
  private var names: [Path: String] = [:]

  public init(_ paths: [Path]) {
    let all = Set(paths)
    var left = all.map { path in (path, path.bytes.split(separator: UInt8(ascii: "/"))) }
    var parts = 1
    while !left.isEmpty {
      let ends = left.map { Array($0.1.suffix(parts).joined(separator: [UInt8(ascii: "/")])) }
      let counts = Dictionary(ends.map { ($0, 1) }, uniquingKeysWith: +)
      var rest: [(Path, [ArraySlice<UInt8>])] = []
      for (path, end) in zip(left, ends) {
        // Paths that differ only in their first slash have no end that tells them apart.
        if counts[end] == 1 || path.1.count <= parts {
          names[path.0] = printable(counts[end] == 1 ? end : path.0.bytes)
        } else {
          rest.append(path)
        }
      }
      left = rest
      parts += 1
    }
  }

  public subscript(path: Path) -> String { names[path] ?? printable(path.bytes) }
}
