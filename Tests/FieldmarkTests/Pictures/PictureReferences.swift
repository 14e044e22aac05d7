import CFieldmark
import Fieldmark
import Foundation
import Testing

/// Small pictures of every kind, with Pillow's answers.
///
/// Made by `python3 References/make_pictures.py > Tests/References/pictures.json` with
/// Pillow 13.0.0 and transformers 5.23.0.
struct PictureReference: Decodable, CustomTestStringConvertible {
  let name: String
  let bytes: Data
  /// Pillow's mode, the size, and the CRC-32 of its RGB; nothing where Pillow refuses.
  let mode: String?
  let width: Int?
  let height: Int?
  let crc: UInt32?
  let alpha: UInt32?
  /// The CRC-32 after `ImageOps.exif_transpose`, where that changes anything.
  let upright: UInt32?
  /// Of some pictures, the CRC-32 after a resize, by `filter width height`.
  let sizes: [String: UInt32]?

  /// The CRC-32 at 13 x 9, where it is converted to red, green and blue after the resize, before it,
  /// and as transformers' processors do it, on white.
  let last: UInt32?
  let first: UInt32?
  let processed: UInt32?

  var testDescription: String { name }

  static let all: [PictureReference] = {
    do {
      return try ReferenceData.shipped([PictureReference].self, "pictures.json")
    } catch {
      preconditionFailure("Tests/References/pictures.json does not read: \(error)")
    }
  }()

  static func named(_ name: String) -> PictureReference {
    guard let match = all.first(where: { $0.name == name }) else {
      preconditionFailure("Tests/References/pictures.json has no '\(name)'.")
    }
    return match
  }

  func picture(_ reading: Reading = Reading()) throws -> Picture {
    try Picture(bytes: [UInt8](bytes), name: name, reading)
  }
}

func crc32(_ bytes: [UInt8]) -> UInt32 { fm_crc32(0, bytes, bytes.count) }
