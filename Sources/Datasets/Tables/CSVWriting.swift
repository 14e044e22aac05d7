extension String {
  /// As a field of comma-separated values (RFC 4180): in quotes, and its own quotes doubled, where a
  /// comma, a quote or the end of a line is inside. `CSVRows` reads it back.
  ///
  /// Readers go by bytes. To Swift a comma with an accent above it is one character, and no comma.
  package var asCSV: String {
    guard utf8.contains(where: { ",\"\n\r".utf8.contains($0) }) else { return self }
    var field = "\""
    for scalar in unicodeScalars {
      if scalar == "\"" { field.unicodeScalars.append(scalar) }
      field.unicodeScalars.append(scalar)
    }
    field.unicodeScalars.append("\"")
    return field
  }
}
