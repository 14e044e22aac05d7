import Ground

/// Finds the route for a request and answers it. Whatever a route throws becomes an answer with one
/// sentence.
///
/// ```swift
/// let router = Router([.get("/api/health", "Whether it runs") { _ in .json(["status": "ok"]) }])
/// router.answer(Request("GET", "/api/health")).status      // 200
/// router.answer(Request("POST", "/api/health")).status     // 405
/// ```
public struct Router: Sendable {
  public let routes: [Route]

  public init(_ routes: [Route]) { self.routes = routes }

  /// The route of a request, with the parts of the path that its pattern names. A request that no
  /// route answers throws a refusal.
  func route(for request: Request) throws -> (route: Route, parameters: [String: String]) {
    let fitting = routes.compactMap { route in
      route.parameters(in: request.path).map { (route: route, parameters: $0) }
    }
    guard !fitting.isEmpty else { throw Refusal(404, "There is nothing at this address.") }
    // HEAD asks for the headers of GET; the server leaves the body out.
    let method = request.method == "HEAD" ? "GET" : request.method
    let best = fitting.filter { $0.route.method == method }
      .max { $0.route.precision.lexicographicallyPrecedes($1.route.precision) }
    if let best { return best }
    let methods = Set(
      fitting.flatMap { $0.route.method == "GET" ? ["GET", "HEAD"] : [$0.route.method] })
    let allowed = methods.sorted().joined(separator: ", ")
    throw Refusal(
      405,
      "This address can be asked with \(allowed), and not with \(printable(request.method.utf8)).",
      headers: ["Allow": allowed])
  }

  /// Answers a request. A request whose route computes does so inside `line`.
  public func answer(
    _ request: Request, inLine line: (() throws -> Response) throws -> Response = { try $0() }
  ) -> Response {
    do {
      let (route, parameters) = try route(for: request)
      var request = request
      request.parameters = parameters
      guard route.isComputing else { return try route.answer(request) }
      return try line { [request] in try route.answer(request) }
    } catch let refusal as Refusal {
      return refusal.response
    } catch let error as InputError {
      return .error(422, error.description)
    } catch is Interrupted {
      return .error(503, "The work was given up, since nobody waits for the answer any more.")
    } catch {
      return .error(
        500, "Fieldmark made a mistake of its own: \(printable("\(error)".utf8)). Please report it."
      )
    }
  }
}
