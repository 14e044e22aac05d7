import Ground
import Pictures

/// Colors for numbers from 0 to 1.
///
/// ```swift
/// ColorMap.turbo.colors[128]      // a green: the middle of 256
/// ```
public enum ColorMap: String, CaseIterable, Named {
  public static let kind = "a color map"

  /// Its brightness rises evenly from blue to yellow, so it also works for color-blind people and
  /// in grayscale. Smith and van der Walt 2015, matplotlib; CC0.
  case viridis
  /// A rainbow without jet's false edges. Mikhailov 2019, Google AI; Apache 2.0.
  case turbo
  /// The rainbow of most papers, as OpenCV draws it. It shows edges where there are none.
  case jet

  /// 256 colors, for 0, 1/255, ... 1. They differ by at most 1 in 255 from the published tables
  /// (matplotlib 3.11's viridis and turbo, OpenCV 4's jet). Of viridis and turbo, every fifth entry
  /// is stored.
  public var colors: [Color] {
    switch self {
    case .viridis: ColorMap.viridisColors
    case .turbo: ColorMap.turboColors
    case .jet: ColorMap.jetColors
    }
  }

  private static let viridisColors = between(viridisAnchors)
  private static let turboColors = between(turboAnchors)

  /// The channels are ramps of slope 4 whose centers are a quarter apart.
  private static let jetColors = (0..<256).map { step in
    func ramp(_ middle: Float) -> UInt8 {
      UInt8(((1.5 - abs(4 * Float(step) / 255 - middle)).withinUnit * 255).rounded())
    }
    return Color(red: ramp(3), green: ramp(2), blue: ramp(1))
  }

  /// Interpolates linearly between the stored colors, which are every fifth one.
  private static func between(_ anchors: [UInt32]) -> [Color] {
    (0..<256).map { step in
      let (before, share) = (step / 5, UInt32(step % 5))
      let after = min(before + 1, anchors.count - 1)
      func part(_ shift: UInt32) -> UInt8 {
        let (a, b) = (anchors[before] >> shift & 0xff, anchors[after] >> shift & 0xff)
        return UInt8(((5 - share) * a + share * b + 2) / 5)
      }
      return Color(red: part(16), green: part(8), blue: part(0))
    }
  }

  private static let viridisAnchors: [UInt32] = [
    0x440154, 0x46085c, 0x471063, 0x481769, 0x481d6f, 0x482475, 0x472a7a, 0x46307e,
    0x453781, 0x433d84, 0x414287, 0x3f4889, 0x3d4e8a, 0x3a538b, 0x38598c, 0x355e8d,
    0x33638d, 0x31688e, 0x2e6d8e, 0x2c718e, 0x2a768e, 0x297b8e, 0x27808e, 0x25848e,
    0x23898e, 0x218e8d, 0x20928c, 0x1f978b, 0x1e9c89, 0x1fa188, 0x21a585, 0x24aa83,
    0x28ae80, 0x2eb37c, 0x35b779, 0x3dbc74, 0x46c06f, 0x50c46a, 0x5ac864, 0x65cb5e,
    0x70cf57, 0x7cd250, 0x89d548, 0x95d840, 0xa2da37, 0xb0dd2f, 0xbddf26, 0xcae11f,
    0xd8e219, 0xe5e419, 0xf1e51d, 0xfde725,
  ]

  private static let turboAnchors: [UInt32] = [
    0x30123b, 0x36215f, 0x3b2f80, 0x3f3e9c, 0x424bb5, 0x4559cb, 0x4666dd, 0x4773eb,
    0x4680f6, 0x458cfd, 0x4099ff, 0x38a5fb, 0x2fb2f4, 0x27bee9, 0x1fc9dd, 0x1ad4d0,
    0x18ddc2, 0x1ae4b6, 0x22ebaa, 0x2ff19b, 0x3ff68a, 0x52fa7a, 0x65fd69, 0x79fe59,
    0x8bff4b, 0x9cfe40, 0xa9fb39, 0xb7f735, 0xc3f134, 0xd0ea34, 0xdbe236, 0xe5d938,
    0xeecf3a, 0xf5c53a, 0xfaba39, 0xfdae35, 0xfea130, 0xfe932a, 0xfc8423, 0xf9751d,
    0xf46617, 0xef5811, 0xe84b0c, 0xe14109, 0xd83706, 0xce2d04, 0xc32503, 0xb71d02,
    0xa91601, 0x9b0f01, 0x8b0902, 0x7a0403,
  ]
}
