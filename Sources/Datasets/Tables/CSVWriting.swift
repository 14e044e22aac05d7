extension String {
  /// The string as a field of comma-separated values (RFC 4180). If it contains a comma, a quote or
  /// a line break, it is put in quotes and its own quotes are doubled. `CSVRows` reads it back.
  ///
  /// Unicode scalars are compared because readers go by bytes: to Swift, a comma with a combining
  /// accent is one character and not a comma.
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
