import Fieldmark
import Foundation
import Testing

/// A session with the built-in model and an uploaded picture, asked without a network.
struct AskedServer {
  let session: Session
  let router: Router
  /// The id of the uploaded picture.
  let picture: String

  init(
    classifier: Classifier? = nil, files: [Fieldmark.Path] = [],
    _ limits: SessionLimits = SessionLimits()
  ) throws {
    let clip = try CLIP("demo", isRemembering: false, in: Environment([:]))
    session = Session(clip, files: files, classifier: classifier, limits)
    router = Router(Answers(session).routes)
    picture = try session.pictures.add(AskedServer.wide(), called: "wide.png").id
  }

  /// The bytes of a picture of 31 x 20 pixels or so.
  static func wide() throws -> [UInt8] {
    try TinyModel(name: "vit").pictureFile("wide").pictureBytes()
  }

  /// A picture in which each pixel has the same color.
  static func plain(_ gray: UInt8, side: Int = 64) -> [UInt8] {
    Picture(
      width: side, height: side, pixels: [UInt8](repeating: gray, count: 3 * side * side)
    ).png()
  }

  func get(_ path: String, _ query: [String: String] = [:]) -> Response {
    router.answer(Request("GET", path, query: query))
  }

  func post(_ path: String, _ body: String) -> Response {
    router.answer(Request("POST", path, body: Array(body.utf8)))
  }

  func post(_ path: String, _ body: JSON) -> Response { post(path, body.written()) }

  /// What is asked of the uploaded picture, with further members.
  func question(_ others: [(String, JSON)] = []) -> JSON {
    let all: [(String, JSON)] =
      [("picture", .string(picture)), ("concepts", ["red epaulets"])].filter { own in
        !others.contains { $0.0 == own.0 }
      } + others
    return .object(all.map { JSON.Member($0.0, $0.1) })
  }
}

extension Response {
  var json: JSON {
    get throws { try JSON(parsing: body, place: "the answer") }
  }

  /// The status and the sentence of an error.
  var refusal: String {
    let sentence = (try? json)?["error"]?.string ?? "no error"
    return "\(status) \(sentence)"
  }
}

extension JSON {
  var floats: [Float] { array?.compactMap { $0.number.map { Float($0) } } ?? [] }
}
