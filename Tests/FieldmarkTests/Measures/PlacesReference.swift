import Fieldmark
import Foundation

/// Small random maps and truths, and what the packages that people use say of them.
/// (`python3 References/make_places.py Tests/References/measures`)
struct PlacesReference: Decodable {
  let width: Int
  let height: Int
  /// In 1024ths.
  private let maps: [String: [Float]]
  private let truths: [String: Place]
  let places: [OnPlace]
  let alone: [String: Alone]
  let together: [Together]
  let boxAccuracy: [String: [Double]]
  let pixelPrecision: Double
  let percentages: [[Double]]
  let discriminant: Discriminant
  let parts: Parts
  let bootstrap: Bootstrap
  let quantusPointingAtNothing: Double

  struct OnPlace: Decodable {
    let map: String
    let truth: String
    let energy: Double
    let averagePrecision: Double
    let rankAccuracy: Double
    let top100: Double
    let pointing: Bool
    let pointing2: Bool
    let pointing5: Bool
    let blob: Bool
    let overlap20: Double
    let overlapMean: Double
    let overlapBest: Double
    let largestBox: [Double]
    let anyBox: [Double]
  }

  struct Alone: Decodable {
    let sparseness: Double
    let complexity: Double
  }

  struct Together: Decodable {
    let first: String
    let second: String
    let pearson: Double
    let spearman: Double
    let ssim: Double
  }

  struct Discriminant: Decodable {
    let threshold: Double
    let pairs: [Pair]
    let divergences: [String: Double]

    struct Pair: Decodable {
      let classes: [Int]
      let parts: [String]
    }
  }

  struct Parts: Decodable {
    let points: [String: [Double]]
    let others: [String: [Double]]
    let discriminant: [String]
    let scores: [Score]

    struct Score: Decodable {
      let share: Double
      let recall: Double?
      let precision: Double?
      let piou: Double?
    }
  }

  struct Bootstrap: Decodable {
    let groups: [[Double]]
    let draws: Int
    let seed: UInt64
    let interval: [Double]
  }

  private struct Place: Decodable {
    let boxes: [[Double]]?
    let mask: String?
  }

  static func read() throws -> PlacesReference {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .custom { keys in
      let words = keys[keys.count - 1].stringValue.split(separator: "-").map(String.init)
      return Key(words[0] + words.dropFirst().map(\.capitalized).joined())
    }
    return try decoder.decode(
      PlacesReference.self,
      from: Data(contentsOf: ReferenceData.shipped("measures/places.json")))
  }

  func map(_ name: String) -> PixelMap {
    let values = (maps[name] ?? []).map { $0 / 1024 }
    return Heatmap(
      Matrix(rows: height, columns: width, values),
      region: Region(x: 0, y: 0, width: Double(width), height: Double(height)), width: width,
      height: height
    ).resized()
  }

  func truth(_ name: String) -> Truth {
    if let mask = truths[name]?.mask {
      return Truth(Mask(width: width, height: height, mask.map { $0 == "1" }))
    }
    let boxes = (truths[name]?.boxes ?? []).map {
      Region(x: $0[0], y: $0[1], width: $0[2], height: $0[3])
    }
    return Truth(boxes: boxes, width: width, height: height)
  }

  private struct Key: CodingKey {
    let stringValue: String
    let intValue: Int? = nil

    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.init(stringValue) }
    init?(intValue: Int) { return nil }
  }
}

/// A map with a number for each pixel of its picture.
func pixelMap(_ rows: [[Float]]) -> PixelMap {
  let (width, height) = (rows[0].count, rows.count)
  return Heatmap(
    Matrix(rows), region: Region(x: 0, y: 0, width: Double(width), height: Double(height)),
    width: width, height: height
  ).resized()
}

/// A map of which the model saw the columns from one on.
func pixelMap(_ rows: [[Float]], behind columns: Int) -> PixelMap {
  let (width, height) = (rows[0].count, rows.count)
  return Heatmap(
    Matrix(rows),
    region: Region(x: Double(columns), y: 0, width: Double(width), height: Double(height)),
    width: columns + width, height: height
  ).resized()
}

/// The pixels marked `#`.
func truth(_ rows: String...) -> Truth {
  Truth(Mask(width: rows[0].count, height: rows.count, rows.joined().map { $0 == "#" }))
}

func isClose(_ found: Double?, _ expected: Double?, within tolerance: Double = 1e-6) -> Bool {
  guard let found, let expected else { return found == nil && expected == nil }
  return abs(found - expected) <= tolerance
}

extension PixelMap {
  /// Another map of the whole picture, number by number.
  init(_ map: PixelMap, _ body: (Float) -> Float) {
    let values = map.values.mapped(body)
    self =
      Heatmap(
        values, region: Region(x: 0, y: 0, width: Double(map.width), height: Double(map.height)),
        width: map.width, height: map.height
      ).resized()
  }
}
