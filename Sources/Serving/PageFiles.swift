import CFieldmark
import Ground

/// The files of the page, which are part of the program.
///
/// A browser keeps them and asks each time whether they are still the same.
package struct PageFiles: Sendable {
  private let files: [String: File]

  private struct File: Sendable {
    let type: String
    let bytes: [UInt8]
    /// The beginning of the digest of the bytes, in quotes.
    let tag: String
  }

  package static let embedded = PageFiles(
    (0..<fm_page_file_count()).map { index in
      let file = fm_page_file_at(index)
      return (
        String(cString: file.name),
        Array(UnsafeBufferPointer(start: file.content.bytes, count: file.content.count))
      )
    })

  package init(_ files: [(name: String, bytes: [UInt8])]) {
    self.files = Dictionary(
      uniqueKeysWithValues: files.map { name, bytes in
        var digest = Digest.sha256
        digest.add(bytes)
        return (
          name,
          File(type: type(of: name), bytes: bytes, tag: "\"\(digest.hexadecimal.prefix(16))\"")
        )
      })
  }

  /// A route for each file. `index.html` is what is at `/`.
  package var routes: [Route] {
    files.sorted { $0.key < $1.key }.map { name, file in
      Route.get(name == "index.html" ? "/" : "/\(name)", "A file of the page") { request in
        let headers = ["Cache-Control": "no-cache", "ETag": file.tag]
        let known = (request.headers["if-none-match"] ?? "").split(separator: ",").map {
          $0.drop { $0 == " " }.replacing("W/", with: "").prefix { $0 != " " }
        }
        guard !known.contains(where: { $0 == file.tag || $0 == "*" }) else {
          return Response(304, type: file.type, headers: headers, body: [])
        }
        return Response(type: file.type, headers: headers, body: file.bytes)
      }
    }
  }
}

/// The type of a file by the ending of its name.
private func type(of name: String) -> String {
  switch name.split(separator: ".").last {
  case "html": "text/html; charset=utf-8"
  case "css": "text/css; charset=utf-8"
  case "js": "text/javascript; charset=utf-8"
  case "svg": "image/svg+xml"
  case "png": "image/png"
  case "json": "application/json"
  default: "application/octet-stream"
  }
}
