import Encoders

/// What the settings of methods must be to mean anything.
extension Method.Settings {
  var randomMasks: Int? { get throws { try checked(masks, "masks", atMost: 1_000_000) } }
  var triedChannels: Int? { get throws { try checked(channels, "channels", atMost: .max) } }
  var windowSide: Int? { get throws { try checked(window, "window", atMost: .max) } }
  var windowStep: Int? { get throws { try checked(step, "step", atMost: .max) } }
  var takenSteps: Int? { get throws { try checked(iterations, "iterations", atMost: 1_000_000) } }
  var searchPoints: Int? { get throws { try checked(points, "points", atMost: 256) } }
  var spotWidth: Double? {
    get throws {
      guard let sigma else { return nil }
      if sigma > 0, sigma <= 1000 { return Double(sigma) }
      throw InputError("sigma", expected: "above 0, up to 1000", found: "\(sigma)", kind: .words)
    }
  }

  private func checked(_ number: Int?, _ name: String, atMost most: Int) throws -> Int? {
    guard let number, !(1...most).contains(number) else { return number }
    let range = most == .max ? "at least 1" : "1 to \(most)"
    throw InputError(name, expected: range, found: "\(number)", kind: .words)
  }
}
