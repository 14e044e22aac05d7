import Ground
import Pictures

/// How a picture that is not of a model's shape is fitted to it.
///
/// ```swift
/// try encoder.seeing(.squash, .sides(width: 448, height: 448)).preprocessing.width      // 448
/// ```
public enum PictureFit: String, CaseIterable, Named {
  public static let kind = "a fit"
  case crop, squash, pad, tiles

  public var summary: String {
    switch self {
    case .crop: "The middle is cut out."
    case .squash: "Both sides are made to fit, which distorts shapes."
    case .pad: "The whole picture is shown, with black around it."
    case .tiles: "The model is run on overlapping tiles that cover the picture."
    }
  }
}

/// The size of what a model sees, in pixels: `336`, `448x224` (width first), or `native`, which is
/// each picture's own size.
public enum InputSize: Hashable, Sendable {
  case sides(width: Int, height: Int)
  case native

  public static let expectation = "a number of pixels, two such as 448x224, or native"

  public init?(text: String) {
    guard text != "native" else {
      self = .native
      return
    }
    let sides = text.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
    guard sides.count <= 2, let width = sides[0], let height = sides[sides.count - 1] else {
      return nil
    }
    self = .sides(width: width, height: height)
  }
}

extension InputSize {
  /// The size as it is asked for: `336`, `448x224`, `native`.
  public var text: String {
    switch self {
    case .native: "native"
    case .sides(let width, let height): width == height ? "\(width)" : "\(width)x\(height)"
    }
  }
}

extension ImageEncoder {
  /// Returns the same encoder for pictures that are fitted in another way or have another size; nil
  /// keeps what the encoder has. Tiles are fitted like crops, since each of them has the model's
  /// shape. At its native size a picture is seen whole, so no fit goes with it.
  public func seeing(_ fit: PictureFit?, _ size: InputSize?) throws -> ImageEncoder {
    var preprocessing = preprocessing
    switch size {
    case .native:
      guard fit == nil else {
        throw InputError(
          "fit", expected: "none at the native resolution", found: "'\(fit?.name ?? "")'",
          hint: "at its native size the whole picture is seen, in its own shape", kind: .words)
      }
      return try native()
    case .sides(let width, let height):
      preprocessing = try preprocessing.resized(width: width, height: height)
    case nil: break
    }
    switch fit {
    case .crop where preprocessing.width == preprocessing.height,
      .tiles where preprocessing.width == preprocessing.height:
      preprocessing = try preprocessing.fitting(.crop(shortest: preprocessing.width))
    case .crop, .tiles: preprocessing = try preprocessing.fitting(.cover)
    case .squash: preprocessing = try preprocessing.fitting(.squash)
    case .pad: preprocessing = try preprocessing.fitting(.pad(.black))
    case nil: break
    }
    return try with(preprocessing)
  }
}
