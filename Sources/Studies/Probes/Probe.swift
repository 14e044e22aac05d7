import Datasets
import Explaining
import Ground
import Models

/// A linear head with everything that is needed to use it and to train it again. Its file, which
/// `--classifier` reads, has the tensors `weight` and `bias`, the names of the classes, and the
/// settings of the training.
///
/// ```swift
/// let probe = try Probe.trained(on: rows, names: dataset.classes, with: .adam)
/// try probe.write(to: "probe.safetensors", about: [.init("model", .string("demo"))])
/// ```
public struct Probe: Sendable {
  public let head: LinearHead
  /// The names of the classes, in the order of the rows.
  public let names: [String]
  public let training: String
  public let settings: Training.Settings
  public let isStandardized: Bool
  /// Nil for ways of training with a fixed number of epochs.
  public let ending: Training.Ending?

  /// Trains a head. If columns are standardized, this is undone at the end, so that the head takes
  /// plain embeddings.
  public static func trained(
    on rows: LabeledRows, names: [String], with training: Training,
    _ settings: Training.Settings = Training.Settings(), standardized: Bool = false,
    after step: @escaping Training.Step = { _, _, _ in true }
  ) throws -> Probe {
    precondition(names.count == rows.classes, "Each class has a name.")
    let trained: Trained
    if standardized {
      let scaling = Standardization(of: rows.features)
      let scaled = try LabeledRows(
        scaling(rows.features), labels: rows.labels, classes: rows.classes)
      let found = try training.trained(scaled, settings, after: step)
      trained = Trained(head: scaling.undone(found.head), ending: found.ending)
    } else {
      trained = try training.trained(rows, settings, after: step)
    }
    return Probe(
      head: trained.head, names: names, training: training.name, settings: settings,
      isStandardized: standardized, ending: trained.ending)
  }

  /// The settings of the training, for readers of the file.
  public var json: JSON {
    .object(
      [
        .init("training", .string(training)), .init("seed", .string("\(settings.seed)")),
        .init("epochs", settings.epochs.map(JSON.integer) ?? .null),
        .init("start", training == Training.adam.name ? .string(settings.start.rawValue) : .null),
        .init("batch", training == Training.adam.name ? .integer(settings.batch) : .null),
        .init("rate", training == Training.adam.name ? JSON(settings.rate) : .null),
        .init("decay", settings.decay.map { JSON($0) } ?? .null),
        .init("standardised", .bool(isStandardized)),
      ].filter { $0.value != .null })
  }

  /// Writes the head. With the attributes of its classes, it can be audited on any picture.
  public func write(
    to path: Path, about others: [JSON.Member] = [], attributes: ClassAttributes? = nil
  ) throws {
    let about = JSON.object((json.members ?? []) + others)
    var metadata = [
      "classes": JSON.array(names.map(JSON.string)).written(), "probe": about.written(),
      "fieldmark": fieldmarkVersion,
    ]
    if let attributes { metadata["attributes"] = attributes.json.written() }
    try writeSafetensors(
      [
        Tensor("weight", shape: [names.count, head.weights.columns], head.weights.elements),
        Tensor("bias", shape: [names.count], head.biases),
      ],
      metadata: metadata, to: path)
  }
}
