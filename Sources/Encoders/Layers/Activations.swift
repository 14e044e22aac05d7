import Glibc

/// Each element by itself. (Hendrycks, Gimpel 2016, arXiv 1606.08415; QuickGELU is OpenAI's.)
extension Activation: Layer {
  public func callAsFunction(_ x: Matrix) -> Matrix { x.mapped { value($0) } }

  public func traced(_ x: Matrix) -> Traced {
    // y = f(x)
    Traced(self(x)) { d in d.scaled(byRows: x.mapped { slope($0) }) }
  }

  func value(_ x: Float) -> Float {
    switch self {
    case .quickGELU: x * sigmoid(1.702 * x)
    case .gelu: 0.5 * x * (1 + erff(x * root(0.5)))
    case .geluTanh: 0.5 * x * (1 + tanhf(root(2 / .pi) * (x + 0.044715 * x * x * x)))
    case .silu: x * sigmoid(x)
    }
  }

  /// The derivative of `value`.
  func slope(_ x: Float) -> Float {
    switch self {
    case .quickGELU:
      let s = sigmoid(1.702 * x)
      return s + 1.702 * x * s * (1 - s)
    case .gelu:
      return 0.5 * (1 + erff(x * root(0.5))) + x * expf(-0.5 * x * x) * root(0.5 / .pi)
    case .geluTanh:
      let t = tanhf(root(2 / .pi) * (x + 0.044715 * x * x * x))
      return 0.5 * (1 + t) + 0.5 * x * (1 - t * t) * root(2 / .pi) * (1 + 3 * 0.044715 * x * x)
    case .silu:
      let s = sigmoid(x)
      return s + x * s * (1 - s)
    }
  }

  private func sigmoid(_ x: Float) -> Float { 1 / (1 + expf(-x)) }
  private func root(_ x: Float) -> Float { x.squareRoot() }
}

/// SwiGLU's middle: `silu(first half of the columns) * second half`.
/// (Shazeer 2020, arXiv 2002.05202.)
public struct Gate: Layer {
  public init() {}

  public func traced(_ x: Matrix) -> Traced {
    let half = x.columns / 2
    let a = x.columns(0..<half)
    let b = x.columns(half..<2 * half)
    let activated = Activation.silu.traced(a)
    // y = silu(a) * b
    return Traced(activated.value.merged(b, *)) { d in
      .beside([activated.pullback(d.scaled(byRows: b)), d.scaled(byRows: activated.value)])
    }
  }
}
