import Ground
import Pictures
import Words

/// What the dataset's tables say about one picture.
struct Record: Sendable {
  let index: Int
  /// The picture's class, counted from 0.
  let species: Int
  /// The species of the drawn bird, counted from 0. It differs from the class if a classifier is to
  /// cheat.
  let bird: Int
  /// The path below `images/`, without its ending: `001.Plain_Brackle/Plain_Brackle_0001_7`.
  let stem: String
  let box: (x: Int, y: Int, width: Int, height: Int)
  let parts: [(x: Int, y: Int)?]
  /// For each attribute, whether it is there, and how certain that is, by CUB-200-2011's numbers.
  let labels: [(isPresent: Bool, certainty: UInt8)]
  let masks: [MaskRow]
  let captions: [String]
  let twins: [TwinRow]

  var image: String { stem + ".png" }

  /// A line of the index of masks.
  struct MaskRow: Sendable {
    let kind: String
    let phrase: String
    let attribute: Int?
    let pixels: Int
    /// The path below `masks/`.
    let file: String
  }

  /// A line of the table of counterfactuals.
  struct TwinRow: Sendable {
    let kind: Twin.Kind
    let what: String
    /// The class whose look it has, from 0.
    let toward: Int
    /// Below the dataset's folder.
    let file: String
  }
}

/// A file to be written, with its path below the dataset's folder.
struct FileContent: Sendable {
  let name: String
  let bytes: [UInt8]
}

extension Sighting {
  /// Its files and its rows, in a world that lists it under a class. Traits that are seen on the same
  /// patches share a mask.
  func filed(_ index: Int, in world: World, captions: [String], twins: [Twin])
    -> (record: Record, files: [FileContent])
  {
    let (label, number) = (world.label(of: index), index / world.species.count)
    let named = world.species[label]
    let digits = String(number + 1)
    let padded = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    let folder = named.folder(at: label)
    let stem = "\(folder)/\(named.fileName)_\(padded)_\(index)"
    var files = [
      FileContent(name: "images/\(stem).png", bytes: file),
      FileContent(name: "segmentations/\(stem).png", bytes: gray(segmentation)),
    ]
    var rows: [Record.MaskRow] = []
    var names: [[UInt8]: String] = [:]
    let counts = counts
    func add(_ kind: String, _ phrase: String, _ attribute: Int?, _ things: [UInt8]) {
      // Patches that are not seen in the picture make no difference to a mask.
      let seen = things.filter { counts[Int($0)] > 0 }.sorted()
      let name =
        names[seen] ?? "\(stem)/\(slug(kind == "trait" ? phrase : "\(kind) \(phrase)")).png"
      if names[seen] == nil {
        names[seen] = name
        files.append(FileContent(name: "masks/\(name)", bytes: gray(mask(of: seen))))
      }
      let pixels = seen.reduce(0) { $0 + counts[Int($1)] }
      rows.append(
        .init(kind: kind, phrase: phrase, attribute: attribute, pixels: pixels, file: name))
    }
    for trait in traits {
      add("trait", trait.phrase, trait.attribute, trait.patches.map(\.rawValue))
    }
    for thing in context { add(thing.kind, thing.phrase, nil, thing.things) }
    var twinRows: [Record.TwinRow] = []
    for twin in twins {
      // What is the same in words is the same picture, whichever class it is like.
      let name = "counterfactuals/\(stem)/\(slug("\(twin.kind) \(twin.what)")).png"
      if !twinRows.contains(where: { $0.file == name }) {
        files.append(FileContent(name: name, bytes: twin.sighting.file))
      }
      twinRows.append(.init(kind: twin.kind, what: twin.what, toward: twin.toward, file: name))
    }
    let record = Record(
      index: index, species: label,
      bird: world.species.firstIndex { $0.name == species.name } ?? label, stem: stem,
      box: box ?? (0, 0, width, height), parts: parts,
      labels: labels(counts), masks: rows, captions: captions, twins: twinRows)
    return (record, files)
  }

  /// The picture as a file.
  private var file: [UInt8] { picture.png(text: [("Software", OwnFile.artist)]) }

  /// An attribute is "definitely" there or not where enough of its region is seen to tell, else
  /// "not visible"; there is no guessing.
  private func labels(_ counts: [Int]) -> [(isPresent: Bool, certainty: UInt8)] {
    let present = Set(traits.compactMap(\.attribute))
    return Prompts.attributes.enumerated().map { index, attribute in
      let region = Region.ofGroup[attribute.group] ?? Region.bird
      let isSeen = pixels(of: region, counts) >= leastPixels
      return (present.contains(index + 1), isSeen ? 4 : 1)
    }
  }

  private func gray(_ mask: [Bool]) -> [UInt8] {
    PNGSamples.gray(mask.map { $0 ? 255 : 0 }).png(width: width, height: height)
  }

  /// Returns a phrase as a file name.
  private func slug(_ phrase: String) -> String {
    let letters = phrase.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" }
    return String(letters).split(separator: "_").joined(separator: "_")
  }
}

extension Species {
  /// A class's folder: `001.Plain_Brackle`.
  func folder(at index: Int) -> String {
    let digits = String(index + 1)
    return String(repeating: "0", count: max(0, 3 - digits.count)) + digits + "."
      + fileName
  }
}
