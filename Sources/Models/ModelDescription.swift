import Ground
import Pictures

/// What `models show --json` prints of a model.
extension Model {
  /// The keys stay the same in every version. A source has the key of the value that it belongs to.
  public var json: JSON {
    [
      "name": .string(name),
      "layout": .string(layout.name),
      "architecture": architectureJSON,
      "activation": .string(activation.rawValue),
      "preprocessing": preprocessing.json,
      "normalizer": normalizer.map { .string($0.name) } ?? .null,
      "sources": .object(sources.map { JSON.Member($0.name, .string($0.source)) }),
      "file": .string(file.description),
      "format": .string(format.rawValue),
      "parameters": .integer(parameters),
      "bytes": .integer(bytes),
      "notes": .array(notes.map(JSON.string)),
    ]
  }

  /// What the blocks apply between their two products.
  public var activation: Activation { architecture.activation }

  /// The architecture, in the words of its family.
  public var architectureJSON: JSON {
    var members: [JSON.Member] = [
      .init("kind", .string(architecture.kind)),
      .init("embedding", .integer(architecture.embedding)),
      .init("image", architecture.image.json(form.facts(architecture.image))),
    ]
    if let text = architecture.text { members.append(.init("text", text.json)) }
    return .object(members)
  }
}

extension Architecture.Blocks {
  package var members: [JSON.Member] {
    [
      .init("width", .integer(width)), .init("layers", .integer(layers)),
      .init("heads", .integer(heads)), .init("mlp", .integer(mlp)), .init("epsilon", JSON(epsilon)),
    ]
  }
}

extension Architecture.Image {
  fileprivate func json(_ facts: [JSON.Member]) -> JSON {
    .object(
      [
        .init(
          "size",
          size.width == size.height
            ? .integer(size.width) : .array([.integer(size.width), .integer(size.height)])),
        .init("patch", .integer(patch)),
      ] + facts + [.init("pooling", .string(pooling.description))])
  }
}

extension Architecture.Text {
  fileprivate var json: JSON {
    let more = [
      ("layerScale", hasLayerScale), ("projectionBias", hasProjectionBias),
      ("logitBias", hasLogitBias),
    ]
    return .object(
      blocks.members + [
        .init("activation", .string(blocks.activation.rawValue)),
        .init("context", .integer(context)), .init("vocabulary", .integer(vocabulary)),
        .init("merges", .integer(merges)), .init("pooling", .string(pooling.description)),
      ] + more.filter(\.1).map { .init($0.0, true) })
  }
}

extension Preprocessing {
  /// `{"size": [224, 224], "fit": "crop", "shortest": 224, ...}`
  public var json: JSON {
    var members: [JSON.Member] = [.init("size", size)]
    members.append(.init("fit", .string(fit.name)))
    if case .crop(let shortest) = fit { members.append(.init("shortest", .integer(shortest))) }
    return .object(
      members + [
        .init("filter", .string(filter.name)),
        .init("transparency", .string(transparency.name)),
        .init("mean", .array((0..<3).map { JSON(mean[$0]) })),
        .init("deviation", .array((0..<3).map { JSON(deviation[$0]) })),
      ])
  }
}

extension Preprocessing.Conversion {
  public var name: String {
    switch self {
    case .last: "dropped after resizing"
    case .first: "dropped before resizing"
    case .firstOn(.white): "laid on white before resizing"
    case .firstOn(let color):
      "laid on \(color.red), \(color.green), \(color.blue) before resizing"
    }
  }
}

extension Preprocessing {
  /// `[224, 224]`, or `"native"` if each picture has its own size.
  public var size: JSON {
    if case .native = fit { return "native" }
    return .array([.integer(width), .integer(height)])
  }
}

extension Preprocessing.Fit {
  public var name: String {
    switch self {
    case .crop: "crop"
    case .cover: "cover"
    case .squash: "squash"
    case .pad: "pad"
    case .native: "native"
    }
  }
}
