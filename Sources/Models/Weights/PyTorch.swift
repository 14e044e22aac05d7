import Ground

/// PyTorch's archives (`.pt`, `.pth`, `.bin`), read as data. Such a file is a zip archive of one
/// pickle, which says what the tensors are called and how they lie, and of an entry of raw numbers
/// for each storage.
///
///     archive/data.pkl    {"epoch": 3, "state_dict": {"module.visual.proj": tensor of storage 0}}
///     archive/data/0      393,216 numbers of 16 bits
///
/// The names are those of the state dictionary, wherever it is: at the top, or under `state_dict`,
/// `model_state_dict` or `model`, where training scripts save it. The prefix `module.`, which
/// DataParallel puts before every name, is taken off. A TorchScript archive has objects instead,
/// whose attributes give the same names; its code is not looked at. Nothing in the file is run; see
/// `PickleMachine`.
extension Checkpoint {
  package init(pytorch archive: ZipArchive) throws {
    let path = archive.file.path
    let place = path.description
    let roots = archive.entries.filter { entry in
      entry.name.hasSuffix("/data.pkl") && entry.name.utf8.count { $0 == UInt8(ascii: "/") } == 1
    }
    guard roots.count == 1, let entry = roots.first else {
      throw InputError(
        place, expected: "a PyTorch archive", found: "a zip archive without one 'data.pkl'")
    }
    let folder = String(entry.name.dropLast("data.pkl".count))
    if let order = archive[folder + "byteorder"] {
      let text = try String(decoding: archive.contents(of: order, limit: 64), as: UTF8.self)
      guard text == "little" else {
        throw InputError(
          place, expected: "numbers with their low byte first", found: "'\(printable(text.utf8))'",
          hint: "save it again on a little-endian machine")
      }
    }
    let isScript = archive[folder + "constants.pkl"] != nil
    let pickle = try PickleMachine.read(
      archive.contents(of: entry, limit: 1 << 26),
      place: "\(place) entry '\(printable(entry.name.utf8))'", isScript: isScript)
    var collection = TensorCollection(pickle: pickle)
    try collection.collect(pickle.weights, "", depth: 0, place)
    guard !collection.found.isEmpty else {
      throw InputError(place, expected: "tensors", found: "none among the values saved")
    }
    let tensors = try collection.withoutPrefix("module.").map { name, view in
      try Tensor(name, view, in: archive, folder: folder)
    }
    try self.init(
      path: path, format: isScript ? .torchScript : .pytorch, tensors: tensors,
      metadata: pickle.notes)
  }
}

extension Tensor {
  fileprivate init(
    _ name: String, _ view: Pickled.View, in archive: ZipArchive, folder: String
  ) throws {
    let storage = view.storage
    let key = "\(folder)data/\(storage.key)"
    guard let entry = archive[key], !entry.isDeflated else {
      throw InputError(
        Tensor.place(name),
        expected: "its numbers in the entry '\(printable(key.utf8.prefix(200)))'",
        found: archive[key] == nil ? "no such entry" : "a compressed entry")
    }
    let size = storage.type.bits / 8
    let bytes = storage.count.multipliedReportingOverflow(by: size)
    guard !bytes.overflow, bytes.partialValue == entry.count else {
      throw InputError(
        Tensor.place(name),
        expected: "\(storage.count) of type \(storage.type) in '\(printable(key.utf8))'",
        found: "\(entry.count) bytes")
    }
    guard view.offset >= 0, view.offset <= storage.count else {
      throw InputError(
        Tensor.place(name), expected: "a place among \(storage.count) numbers",
        found: "\(view.offset)")
    }
    try self.init(
      name, storage.type, shape: view.shape, strides: view.strides, storage: archive.file,
      start: entry.stored.lowerBound + view.offset * size, end: entry.stored.upperBound)
  }
}

extension Pickle {
  /// The value that has the weights: the state dictionary of a training checkpoint, or else the
  /// root.
  fileprivate var weights: Pickled.Place {
    for name in ["state_dict", "model_state_dict", "model"] {
      let member = pairs(root)?.first { text($0.key) == name }?.value
      if let member, pairs(member)?.contains(where: { isTensor($0.value) }) == true {
        return member
      }
    }
    return root
  }

  private func isTensor(_ place: Pickled.Place) -> Bool {
    if case .tensor = self[place] { true } else { false }
  }

  /// Plain values beside the weights, such as the epoch or the name of a run.
  fileprivate var notes: [String: String] {
    var notes: [String: String] = [:]
    for pair in pairs(root) ?? [] {
      guard let key = text(pair.key) else { continue }
      switch self[pair.value] {
      case .bool(let value): notes[key] = "\(value)"
      case .integer(let value): notes[key] = "\(value)"
      case .number(let value): notes[key] = "\(value)"
      case .text(let value): notes[key] = value
      default: break
      }
    }
    return notes
  }
}

/// A collection of tensors. Each has a name made of the keys that lead to it, joined by dots.
private struct TensorCollection {
  let pickle: Pickle
  var found: [(name: String, view: Pickled.View)] = []
  /// How many values were passed, including keys that lead to nothing. Shared values count each
  /// time they are passed, since they may share others in turn.
  private var steps = 0

  private static let mostTensors = 100_000
  private static let mostSteps = 1 << 20
  private static let mostLevels = 64
  private static let longestName = 1024

  init(pickle: Pickle) { self.pickle = pickle }

  mutating func collect(
    _ value: Pickled.Place, _ name: String, depth: Int, _ place: String
  ) throws {
    func limit(_ expected: String, _ isKept: Bool) throws {
      if !isKept { throw InputError(place, expected: "at most " + expected, found: "more") }
    }
    try pass(1, place)
    try limit("\(Self.mostLevels) values inside each other", depth <= Self.mostLevels)
    try limit("\(Self.mostTensors) tensors", found.count <= Self.mostTensors)
    try limit("\(Self.longestName) bytes in a name", name.utf8.count <= Self.longestName)
    let prefix = name.isEmpty ? "" : name + "."
    switch pickle[value] {
    case .tensor(let view): found.append((name, view))
    case .object(let attributes?):
      // Attributes that are not a dictionary are ignored, so that no object can be an attribute of
      // itself.
      guard pickle.pairs(attributes) != nil else { return }
      try collect(attributes, name, depth: depth + 1, place)
    case .dictionary(let pairs):
      // All keys are counted, whatever they lead to.
      try pass(pairs.count, place)
      for pair in pairs {
        let key: String
        switch pickle[pair.key] {
        case .text(let text): key = text
        case .integer(let number): key = String(number)
        default: continue
        }
        try collect(pair.value, prefix + key, depth: depth + 1, place)
      }
    case .list(let items), .tuple(let items):
      for (index, item) in items.enumerated() {
        try collect(item, prefix + String(index), depth: depth + 1, place)
      }
    default: break
    }
  }

  /// Counts values before they are looked at, and throws if there are too many.
  private mutating func pass(_ count: Int, _ place: String) throws {
    steps += count
    guard steps <= Self.mostSteps else {
      throw InputError(
        place, expected: "at most \(Self.mostSteps) values, shared ones counted each time",
        found: "more")
    }
  }

  func withoutPrefix(_ prefix: String) -> [(name: String, view: Pickled.View)] {
    guard found.allSatisfy({ $0.name.hasPrefix(prefix) }) else { return found }
    return found.map { (String($0.name.dropFirst(prefix.count)), $0.view) }
  }
}
