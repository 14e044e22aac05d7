import FieldmarkCLI
import Parsing
import Testing

@Test func theVersionNamesEveryLibraryWithItsOwn() {
  let lines = Program.fieldmark.transcript(["--version"]).results.split(separator: "\n")
  #expect(
    lines.map { $0.split(separator: " ")[0] } == [
      "fieldmark", "oneDNN", "ICU", "libjpeg-turbo", "libpng", "libwebp", "libdeflate", "zlib",
      "SQLite", "libcurl", "libmicrohttpd",
    ])
  for line in lines {
    #expect(line.wholeMatch(of: /[A-Za-z-]+ (\d+(\.\d+)+|not installed)/) != nil, "\(line)")
  }
}
