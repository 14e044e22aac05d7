/// Returns a number together with the noun that it counts, for sentences that people read.
///
/// ```swift
/// counted(1, "picture")                // 1 picture
/// counted(3, "class", "classes")       // 3 classes
/// ```
package func counted(_ count: Int, _ one: String, _ many: String? = nil) -> String {
  "\(count) \(count == 1 ? one : many ?? one + "s")"
}

/// Returns a size in bytes as people read it, in decimal units: `605.2 MB`, `12.5 kB`, `300 bytes`.
package func megabytes(_ bytes: Int) -> String {
  let units = [(1_000_000_000, "GB"), (1_000_000, "MB"), (1000, "kB")]
  guard let (unit, name) = units.first(where: { bytes >= $0.0 }) else { return "\(bytes) bytes" }
  return "\(bytes / unit).\(bytes % unit * 10 / unit) \(name)"
}

/// Returns the first four names in quotation marks, and says whether there are others.
package func listed(_ names: [String]) -> String {
  names.prefix(4).map { "'\(printable($0.utf8))'" }.joined(separator: ", ")
    + (names.count > 4 ? " and others" : "")
}
