import CFieldmark
import Ground

/// Everything that a session answers, as routes.
///
/// ```swift
/// let session = Session(try CLIP("demo"))
/// let router = Router(Answers(session).routes)
/// router.answer(Request("GET", "/api/about")).status      // 200
/// ```
public struct Answers: Sendable {
  package let session: Session

  public init(_ session: Session) { self.session = session }

  public var routes: [Route] {
    [aboutRoute, interfaceRoute] + pictureRoutes + [
      mapsRoute, presenceRoute, boxesRoute, filesRoute, likenessRoute, classesRoute,
    ]
  }

  /// The description of the interface, of which a test says that it is true.
  private var interfaceRoute: Route {
    .get("/api/openapi.json", "The description of this interface, as OpenAPI 3.1") { _ in
      let file = fm_embedded_interface()
      return Response(
        type: "application/json",
        body: Array(UnsafeBufferPointer(start: file.bytes, count: file.count)))
    }
  }
}
