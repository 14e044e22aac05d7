import Datasets
import Ground
import Pictures

extension Example {
  /// The picture, if it has the bytes that a run measured, or the run does not say which.
  public func picture(asIn run: RunFile) throws -> Picture {
    if let known = try run.picture(number)?.identity, try !known.isStill(of: self) {
      throw InputError(
        description, expected: "the picture that the run measured", found: "another one")
    }
    return try picture()
  }
}
