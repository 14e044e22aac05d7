import Encoders
import Explaining
import Ground
import Models
import Reports

/// What can be asked: models, methods with their settings, formats, colors and limits.
extension Answers {
  var aboutRoute: Route {
    .get("/api/about", "What can be asked") { [session] _ in
      let model = session.models.first
      let encoder = try model.encoder(nil, nil)
      let preprocessing = encoder.preprocessing
      var members: [JSON.Member] = [
        .init("version", .string(fieldmarkVersion)), .init("model", .string(model.model.name)),
        .init(
          "models",
          .array(
            try session.models.listed().map { listed in
              [
                "name": .string(listed.name), "summary": .string(listed.summary),
                "is_open": .bool(session.models.isOpen(listed.name)),
              ]
            })),
        .init(
          "notes",
          .array((model.model.notes + [model.model.caution].compactMap { $0 }).map(JSON.string))),
        .init("methods", .array(Method.all.map(\.json))),
        .init("default_method", .string(MapRequest.standard.method.name)),
        .init("blocks", .integer(encoder.blocks)),
        .init("default_layer", .integer(encoder.blocks - 1)),
        .init("size", [.integer(preprocessing.width), .integer(preprocessing.height)]),
        .init("fits", list(PictureFit.all) { $0.summary }),
        .init("default_fit", .string(preprocessing.fit.name)),
        .init("resolutions", .array(Answers.resolutions(encoder))),
        .init("weightings", list(Weighting.all) { $0.summary }),
        .init("default_weighting", .string(MapRequest.standard.weighting.name)),
        .init("default_strength", JSON(MapRequest.standard.strength)),
        .init("color_maps", .array(ColorMap.all.map(\.json))),
        .init("default_color_map", .string(HighlightFormat.Style().colors.name)),
      ]
      if let classifier = session.classifier {
        members.append(.init("classes", .array(classifier.names.map(JSON.string))))
      }
      members += [
        .init("likenesses", list(Likeness.all) { $0.summary }),
        .init("default_likeness", .string(Likeness.sfam.name)),
        .init("formats", .array(Answers.formats)), .init("can_audit", false),
        .init(
          "limits",
          [
            "body": .integer(ServerLimits().body), "concepts": .integer(MapRequest.most),
            "references": .integer(MapRequest.most), "characters": .integer(MapRequest.characters),
            "likeness": .integer(LikenessRequest.most),
          ]),
      ]
      return .json(.object(members))
    }
  }

  /// Sizes to choose from; others can be asked for too.
  private static func resolutions(_ encoder: ImageEncoder) -> [JSON] {
    let (own, patch) = (encoder.preprocessing, encoder.architecture.image.patch)
    guard own.width == own.height, patch > 0 else { return [.string("native")] }
    let sizes = [2, 3, 4].map { $0 * own.width / 2 / patch * patch }
    return sizes.map(JSON.integer) + [.string("native")]
  }

  private static var formats: [JSON] {
    SavedFile.Kind.names.compactMap { name in
      guard let kind = try? SavedFile.Kind(named: name) else { return nil }
      let summary =
        switch kind {
        case .format(let format): format.summary
        case .page: "a page with the picture and the map"
        }
      return [
        "name": .string(name), "summary": .string(summary),
        "type": .string(SavedFile.type(of: kind.ending(.init()))),
      ]
    }
  }
}

private func list<Family: Named>(_ all: [Family], _ summary: (Family) -> String) -> JSON {
  .array(all.map { ["name": .string($0.name), "summary": .string(summary($0))] })
}

extension ColorMap {
  fileprivate var json: JSON {
    [
      "name": .string(name),
      "colors": .array(
        colors.map { color in
          .string(
            "#"
              + [color.red, color.green, color.blue].map {
                ($0 < 16 ? "0" : "") + String($0, radix: 16)
              }.joined())
        }),
    ]
  }
}

extension Method {
  fileprivate var json: JSON {
    [
      "name": .string(name), "summary": .string(summary), "paper": .string(paper),
      "is_linear": .bool(isLinear), "ignores_target": .bool(ignoresTarget),
      "is_slow": .bool(isSlow), "draws_at_random": .bool(takes.contains { $0.name == "seed" }),
      "settings": .array(
        SettingsRequest.declarations(of: self).values.sorted { $0.name < $1.name }.map(\.json)),
    ]
  }
}

extension Method.SettingDeclaration {
  /// The default is a number, or words where it depends on the model or on another setting.
  fileprivate var json: JSON {
    let type =
      switch kind {
      case .whole: "integer"
      case .decimal: "number"
      case .general: "choice"
      }
    var members: [JSON.Member] = [
      .init("name", .string(name)), .init("summary", .string(help)), .init("type", .string(type)),
      .init(
        "default",
        Int(standard).map(JSON.integer) ?? Float(standard).map { JSON($0) }
          ?? .string(standard)),
    ]
    if let least { members.append(.init("least", least)) }
    if let most { members.append(.init("most", most)) }
    if case .general = kind {
      members.append(.init("choices", .array(Scorer.Scale.all.map { .string($0.name) })))
    }
    return .object(members)
  }
}
