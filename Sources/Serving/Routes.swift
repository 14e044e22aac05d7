import Ground

extension Route {
  /// What is served whatever the model and the pictures are: the page, and whether the server runs.
  public static var fixed: [Route] {
    PageFiles.embedded.routes + [
      .get("/api/health", "Whether the server runs, and its version") { _ in
        .json(["status": "ok", "version": .string(fieldmarkVersion)])
      }
    ]
  }
}

extension Router {
  /// The function that a server needs: requests that compute are answered one at a time, and so
  /// many of them may wait.
  ///
  /// ```swift
  /// let server = try Server(handler: Router(Route.fixed).handler())
  /// ```
  public func handler(
    waiting most: Int = ServerLimits().waiting
  ) -> @Sendable (Request) -> Response {
    let line = WaitingLine(of: most)
    return { request in
      answer(request) { work in try line.wait(goesOn: request.goesOn, work) }
    }
  }
}
