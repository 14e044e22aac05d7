import CFieldmark
import Ground
import Models

/// Applies the function to each element. (Hendrycks, Gimpel 2016, arXiv 1606.08415; QuickGELU is
/// OpenAI's.)
///
///     quick GELU   x sigmoid(1.702 x)
///     GELU         x (1 + erf(x / sqrt 2)) / 2
///     tanh GELU    x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2
///     SiLU         x sigmoid(x)
extension Activation: Layer {
  public func callAsFunction(_ x: Matrix) -> Matrix { each(x, slopes: false) }

  public func traced(_ x: Matrix) -> Traced {
    // y = f(x)
    Traced(self(x)) { d in d.scaled(byRows: each(x, slopes: true)) }
  }

  private func each(_ x: Matrix, slopes: Bool) -> Matrix {
    x.elements.withUnsafeBufferPointer { elements in
      Matrix(rows: x.rows, columns: x.columns) { y in
        guard let from = elements.baseAddress, let to = y.baseAddress else { return }
        // An exponential costs about as much as 16 multiplications.
        fm_activate(
          from, Int64(elements.count), function, slopes ? 1 : 0, to,
          Int32(Cores.worth(16 * elements.count)))
      }
    }
  }

  private var function: fm_function {
    switch self {
    case .quickGELU: FM_F_QUICK_GELU
    case .gelu: FM_F_GELU
    case .geluTanh: FM_F_GELU_TANH
    case .silu: FM_F_SILU
    }
  }
}

/// SwiGLU's gate: `silu(first half of the columns) * second half`. (Shazeer 2020,
/// arXiv 2002.05202.)
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
