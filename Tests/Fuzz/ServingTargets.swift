import Ground

@testable import Serving

extension FuzzTarget {
  /// The parsers of what a client of the page's server sends. A new parser is added here.
  static let serving = [
    FuzzTarget(name: "http") { bytes in
      // The first line and the headers, as libmicrohttpd divides them.
      var lines = Array(bytes).split(separator: 10, omittingEmptySubsequences: false)
      let words = lines.removeFirst().split(separator: 32, omittingEmptySubsequences: false)
      guard words.count == 3 else { return }
      let headers = lines.map { line in
        let colon = line.firstIndex(of: 58) ?? line.endIndex
        return RequestHead.Line(
          name: Array(line[..<colon]), value: Array(line[colon...].dropFirst()))
      }
      for access in [Access.loopback, Access(address: "0.0.0.0", machine: "lab", token: "birds")] {
        do {
          let head = try RequestHead(Array(words[0]), Array(words[1]), Array(words[2]), headers)
          try access.check(head)
          precondition(!head.target.path.contains(".."), "A path that climbs.")
          let request = Request(
            head.method, path: head.target.path, query: head.target.query, headers: head.headers)
          let response = router.answer(request)
          precondition(response.status != 500, "A request that is not refused.")
        } catch {
          precondition(error is Refusal, "An error that is no refusal.")
        }
      }
    }
  ]

  private static let router = Router(
    Route.fixed + [
      .get("/api/pictures/{id}.png", "A picture") { .json(["id": .string($0["id"])]) },
      .delete("/api/pictures/{id}", "Forgets it") { .json(["id": .string($0["id"])]) },
      .post("/api/maps", "Maps", isComputing: true) { _ in .json(.null) },
    ])
}
