extension String {
  /// As a field of comma-separated values (RFC 4180): in quotes, and its own quotes doubled, where a
  /// comma, a quote or the end of a line is inside. `CSVRows` reads it back.
  var asCSV: String {
    guard contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return self }
    return "\"" + replacing("\"", with: "\"\"") + "\""
  }
}
