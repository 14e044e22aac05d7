import Encoders
import Explaining
import Ground
import Pictures
import Reports

/// Files of maps, as `fieldmark highlight --save` writes them.
extension Answers {
  var filesRoute: Route {
    .post("/api/files/{format}", "A map as a file", isComputing: true) { [session] request in
      let kind = try SavedFile.Kind(named: request["format"])
      let asked = try FileRequest(AskedObject(request, FileRequest.members), session)
      let question = try asked.map.questions(session)[0]
      let (look, method, settings) = (asked.map.look, asked.map.method, asked.map.settings)
      let file = try look.look(session, request) { tiles in
        let highlight = try Highlight.all([question], method, tiles, settings)[0]
        return try SavedFile(
          kind, highlight, tiles.views[0], asked, try session.pictures.pixels(of: look.picture))
      }
      let command = asked.map.command(session, and: [("save", kind.name)] + asked.words)
      return file.response(command.written)
    }
  }
}

/// A file of one map: its bytes, its type and the name that it is saved under.
struct SavedFile: Sendable {
  let bytes: [UInt8]
  let type: String
  let name: String

  /// A format of files of maps, or the page of all maps.
  enum Kind: Sendable {
    case format(HighlightFormat)
    case page

    static let pageName = "html"
    static var names: [String] { HighlightFormat.all.map(\.name) + [pageName] }

    init(named name: String) throws {
      if name == Kind.pageName {
        self = .page
      } else if let format = HighlightFormat(named: name) {
        self = .format(format)
      } else {
        throw Refusal(
          404,
          InputError(
            "format", expected: "one of \(Kind.names.joined(separator: ", "))",
            found: "'\(printable(name.utf8.prefix(60)))'",
            hint: nearest(to: name, among: Kind.names).map { "did you mean '\($0)'?" }))
      }
    }

    var name: String {
      switch self {
      case .format(let format): format.name
      case .page: Kind.pageName
      }
    }

    func ending(_ style: HighlightFormat.Style) -> String {
      switch self {
      case .format(let format): format.ending(style)
      case .page: ".html"
      }
    }
  }

  init(
    _ kind: Kind, _ highlight: Highlight, _ view: View, _ asked: FileRequest, _ picture: Picture
  ) throws {
    let (path, look) = (asked.map.look.picture.path, asked.map.look)
    let ending = kind.ending(asked.style)
    type = SavedFile.type(of: ending)
    let question = QuestionName(
      asked.map.concepts, against: asked.map.rule.map { [$0.description] } ?? asked.map.against,
      strengths: asked.map.strength == MapRequest.standard.strength ? [] : [asked.map.strength],
      methods: asked.map.method.name == MapRequest.standard.method.name
        ? [] : [asked.map.method.name]
    ).written
    name = "\(FileNames([path], [question])[path, 0])\(ending)"
    let model = look.model.model
    let seen = look.encoder.preprocessing.converted(picture)
    switch kind {
    case .format(let format):
      let provenance = Provenance(
        model: model.name, notes: model.notes, view.encoder.members(tiled: look.fit == .tiles))
      let object = highlight.json(picture: path, provenance)
      bytes = try ScratchFolder.bytes(named: "map\(ending)") {
        try format.write(highlight, seen, object, to: $0, asked.style, isMoved: true)
      }
    case .page:
      var sheet = HighlightSheet(model: model.name, notes: model.notes)
      sheet.rows = [try HighlightSheet.row(path, seen, [highlight], asked.style.colors)]
      bytes = Array(sheet.page.utf8)
    }
  }

  /// The type of a file by the ending of its name.
  static func type(of ending: String) -> String {
    switch ending.split(separator: ".").last {
    case "png": "image/png"
    case "json": "application/json"
    case "html": "text/html; charset=utf-8"
    case "txt", "csv": "text/plain; charset=utf-8"
    default: "application/octet-stream"
    }
  }

  /// The file as something to save, and never as something to show: a page must not run in the
  /// page's own origin.
  func response(_ command: String) -> Response {
    let ascii = String(
      decoding: name.utf8.map { byte in
        (0x20...0x7e).contains(byte) && byte != 0x22 && byte != 0x5c ? byte : UInt8(ascii: "_")
      }, as: UTF8.self)
    return Response(
      type: type,
      headers: [
        "Content-Disposition":
          "attachment; filename=\"\(ascii)\"; filename*=UTF-8''\(percentEncoded(name))",
        "X-Fieldmark-Command": percentEncoded(command),
      ], body: bytes)
  }
}
