/// A step of an encoder. Weights never change, so only inputs have gradients.
///
/// ```swift
/// let y = layer(x)                 // the value alone, keeping nothing
/// let (value, pullback) = (layer.traced(x).value, layer.traced(x).pullback)
/// pullback(d)                      // how a change of x changes <d, layer(x)>
/// ```
public protocol Layer: Sendable {
  /// Returns the value together with its pullback.
  func traced(_ x: Matrix) -> Traced
  /// Returns the value alone and keeps nothing for a pullback.
  func callAsFunction(_ x: Matrix) -> Matrix
}

extension Layer {
  public func callAsFunction(_ x: Matrix) -> Matrix { traced(x).value }
}

/// The value of a layer together with its pullback, which turns the gradient of a score at the
/// value into the gradient at the input.
///
/// If a layer works row by row and was traced at a single row, its pullback takes any number of
/// rows: the gradients of as many scores at the same input.
public struct Traced: Sendable {
  public let value: Matrix
  public let pullback: @Sendable (Matrix) -> Matrix

  public init(_ value: Matrix, pullback: @escaping @Sendable (Matrix) -> Matrix) {
    self.value = value
    self.pullback = pullback
  }
}

/// Applies layers one after the other.
public struct Chain: Layer {
  public let layers: [any Layer]

  public init(_ layers: [any Layer]) { self.layers = layers }
  public init(_ layers: any Layer...) { self.layers = layers }

  public func traced(_ x: Matrix) -> Traced {
    var value = x
    var pullbacks: [@Sendable (Matrix) -> Matrix] = []
    for layer in layers {
      let traced = layer.traced(value)
      value = traced.value
      pullbacks.append(traced.pullback)
    }
    return Traced(value) { [pullbacks] d in pullbacks.reversed().reduce(d) { $1($0) } }
  }

  public func callAsFunction(_ x: Matrix) -> Matrix { layers.reduce(x) { $1($0) } }
}

/// Adds the output of a layer to its input, `x + layer(x)`, or to a shortcut,
/// `shortcut(x) + layer(x)`.
public struct Residual: Layer {
  public let layer: any Layer
  public let shortcut: (any Layer)?

  public init(_ layer: any Layer, shortcut: (any Layer)? = nil) {
    self.layer = layer
    self.shortcut = shortcut
  }

  public func traced(_ x: Matrix) -> Traced {
    let y = layer.traced(x)
    guard let short = shortcut?.traced(x) else {
      return Traced(x + y.value) { d in d + y.pullback(d) }
    }
    return Traced(short.value + y.value) { d in short.pullback(d) + y.pullback(d) }
  }

  public func callAsFunction(_ x: Matrix) -> Matrix { (shortcut?(x) ?? x) + layer(x) }
}

/// Adds the output of a layer to a matrix that does not depend on its input: `rest + layer(x)`.
public struct Added: Layer {
  public let rest: Matrix
  public let layer: any Layer

  public init(to rest: Matrix, _ layer: any Layer) {
    self.rest = rest
    self.layer = layer
  }

  public func traced(_ x: Matrix) -> Traced {
    let y = layer.traced(x)
    return Traced(rest + y.value, pullback: y.pullback)
  }

  public func callAsFunction(_ x: Matrix) -> Matrix { rest + layer(x) }
}
