import Encoders
import Explaining
import Ground
import Pictures
import Synchronization

/// Pictures as models see them, kept so that a second question about a picture does not run the
/// image encoder again.
package final class KeptViews: Sendable {
  private let views: Bounded<Key, KeptView>

  /// Everything that a view depends on.
  package struct Key: Hashable, Sendable {
    package let picture: String
    package let model: String
    package let block: Int
    package let fit: PictureFit?
    package let size: InputSize?

    package init(
      picture: String, model: String, block: Int, fit: PictureFit? = nil, size: InputSize? = nil
    ) {
      (self.picture, self.model, self.block) = (picture, model, block)
      (self.fit, self.size) = (fit, size)
    }
  }

  init(_ limits: SessionLimits) { views = Bounded(most: limits.views) }

  /// Calls the body with a view, which is made by `open` if it is not kept. What the view has
  /// computed is counted afterward.
  package func with<Value: Sendable>(
    _ key: Key, goesOn: @escaping @Sendable () -> Bool, open: (Passes) throws -> Tiles,
    _ body: (Tiles) throws -> Value
  ) throws -> Value {
    let kept = views.value(of: key) { KeptView() }
    defer { views.weigh(key, cost: kept.bytes) }
    return try kept.with(goesOn: goesOn, open: open, body)
  }

  /// Forgets all views of a picture.
  package func forget(picture: String) {
    for key in views.keys where key.picture == picture { views.forget(key) }
  }

  /// The bytes of all views.
  package var bytes: Int { views.cost }
  package var keys: [Key] { views.keys }
}

/// A view that outlives the question it was made for. One question at a time is answered with it,
/// because its passes ask whether anyone still waits for the answer.
private final class KeptView: Sendable {
  private let turn = Mutex(())
  private let tiles = Mutex<Tiles?>(nil)
  private let asking = Asking()

  /// Whether anyone waits for the answer to the present question.
  private final class Asking: Sendable {
    let goesOn = Mutex<@Sendable () -> Bool>({ true })
  }

  func with<Value: Sendable>(
    goesOn: @escaping @Sendable () -> Bool, open: (Passes) throws -> Tiles,
    _ body: (Tiles) throws -> Value
  ) throws -> Value {
    try turn.withLock { _ in
      asking.goesOn.withLock { $0 = goesOn }
      defer { asking.goesOn.withLock { $0 = { true } } }
      if let known = tiles.withLock({ $0 }) { return try body(known) }
      let passes = Passes(goesOn: { [asking] in asking.goesOn.withLock { $0 }() })
      let opened = try open(passes)
      tiles.withLock { $0 = opened }
      return try body(opened)
    }
  }

  var bytes: Int { tiles.withLock { $0 }?.views.reduce(0) { $0 + $1.keptBytes } ?? 1 }
}
