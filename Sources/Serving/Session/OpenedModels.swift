import Encoders
import Ground
import Models
import Synchronization

/// The models that can be asked: the one that the session began with, and those that are found on
/// this machine, which are opened when they are first asked.
package final class OpenedModels: Sendable {
  package let first: OpenedModel
  private let caches: Caches?
  private let found: Once<[Listed]>
  private let others: Bounded<String, OpenedModel>
  private let opening = Mutex(())
  private let texts: Int

  /// A model that may be asked for by name, and what is known of it before it is opened.
  package struct Listed: Sendable {
    package let name: String
    package let summary: String
  }

  init(_ clip: CLIP, in caches: Caches?, _ limits: SessionLimits) {
    first = OpenedModel(clip, texts: limits.texts)
    texts = limits.texts
    self.caches = caches
    others = Bounded(most: limits.models)
    let first = clip.model
    found = Once {
      let own = Listed(
        name: first.name, summary: "\(first.layout.name), \(megabytes(first.bytes))")
      // What is found but cannot be opened is left out, as 'fieldmark models' does.
      let others = caches.map { FoundModel.all(in: $0) } ?? []
      return [own]
        + others.filter { $0.name != first.name }.compactMap { other in
          (try? other.layout()).map {
            Listed(name: other.name, summary: "\($0.name), \(megabytes(other.bytes))")
          }
        }
    }
  }

  /// All models that may be asked for. The list is made once.
  package func listed() throws -> [Listed] { try found.value() }

  package func isOpen(_ name: String) -> Bool {
    name == first.model.name || others.keys.contains(name)
  }

  /// The model of a name of the list; no other file of this machine can be opened by its name.
  package func model(_ name: String?) throws -> OpenedModel {
    guard let name, name != first.model.name else { return first }
    let names = try listed().map(\.name)
    guard let caches, names.contains(name) else {
      throw InputError(
        "'model'", expected: "one of \(names.joined(separator: ", "))",
        found: "'\(printable(name.utf8))'",
        hint: nearest(to: name, among: names).map { "did you mean '\($0)'?" })
    }
    // One model at a time is opened, so that two requests for it do not load it twice.
    return try opening.withLock { _ in
      try others.value(of: name) {
        OpenedModel(
          CLIP(
            try Model(Path(name), in: caches), precision: first.clip.precision, remembering: nil),
          texts: texts)
      }
    }
  }
}
