import Ground

/// The named tensors of a file of weights, whatever its format: safetensors, pieces with an index,
/// PyTorch's archives (which are read as data and never run), or NumPy's.
///
/// ```swift
/// let checkpoint = try Checkpoint("ViT-B-16.pt")
/// checkpoint.names                         // ["positional_embedding", ...], 302 of them
/// try checkpoint.tensor("visual.proj")     // 768 x 512, F16
/// ```
///
/// Opening reads only the table of contents; a tensor is read when it is used.
public struct Checkpoint: Sendable {
  public enum Format: String, Sendable {
    case safetensors = "safetensors"
    case shards = "safetensors in pieces"
    case pytorch = "PyTorch archive"
    case torchScript = "TorchScript archive"
    case numpy = "NumPy archive"
  }

  public let path: Path
  public let format: Format
  /// The names in the order of the file.
  public let names: [String]
  /// What the file has besides the tensors: `__metadata__` in safetensors, numbers and texts in a
  /// training checkpoint.
  public let metadata: [String: String]
  private let tensors: [Tensor]
  private let places: [String: Int]

  /// Opens a file, whose format is recognized by its content, or an index, which has the ending
  /// `.index.json`.
  public init(_ path: Path) throws {
    if path.hasSuffix(".index.json") {
      try self.init(index: path)
    } else {
      try self.init(file: MappedFile(path))
    }
  }

  /// Reads the contents of one file, mapped or in memory.
  package init(file: MappedFile) throws {
    let start = file.withBytes { Array($0.prefix(512)) }
    switch Signature(start, named: file.path) {
    case .safetensors: try self.init(safetensors: file)
    case .zip: try self.init(archive: ZipArchive(file))
    case .other(let found, let hint):
      throw InputError(
        file.path.description, expected: "weights as safetensors or a PyTorch archive",
        found: found, hint: hint)
    }
  }

  private init(archive: ZipArchive) throws {
    let isNumPy = archive.entries.contains { $0.name.hasSuffix(".npy") }
    if isNumPy { try self.init(numpy: archive) } else { try self.init(pytorch: archive) }
  }

  init(
    path: Path, format: Format, tensors: [Tensor], metadata: [String: String]
  ) throws {
    self.path = path
    self.format = format
    self.metadata = metadata
    names = tensors.map(\.name)
    self.tensors = tensors
    places = try Dictionary(tensors.enumerated().map { ($1.name, $0) }) { first, _ in
      throw InputError(
        path.description, expected: "each tensor once", found: "\(tensors[first].place) twice")
    }
  }

  public subscript(name: String) -> Tensor? { places[name].map { tensors[$0] } }

  /// Returns the tensor of a name. Throws if it is missing.
  public func tensor(_ name: String) throws -> Tensor {
    if let tensor = self[name] { return tensor }
    throw InputError(
      path.description, expected: "a tensor '\(printable(name.utf8))'",
      found: "none of that name among \(names.count)")
  }
}

/// What a file's first bytes tell about its format.
private enum Signature {
  case safetensors
  case zip
  case other(found: String, hint: String?)

  init(_ start: [UInt8], named path: Path) {
    func begins(_ bytes: [UInt8]) -> Bool { start.starts(with: bytes) }
    func begins(_ text: String) -> Bool { start.starts(with: text.utf8) }
    let resave = "load it in PyTorch and save model.state_dict() again with torch.save"
    if begins("PK\u{3}\u{4}") || begins("PK\u{5}\u{6}") {
      self = .zip
    } else if path.hasSuffix(".safetensors") && !begins("version https://git-lfs") {
      self = .safetensors
    } else if begins([0x80, 0x02, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20]) {
      self = .other(found: "PyTorch's format from before version 1.6", hint: resave)
    } else if start.count > 262, start[257...].starts(with: "ustar".utf8) {
      self = .other(found: "a tar archive, PyTorch's format from before version 0.2", hint: resave)
    } else if start.count > 1, start[0] == 0x80, start[1] <= 5 {
      self = .other(found: "a bare pickle", hint: resave)
    } else if begins("\u{1f}\u{8b}") || begins([0x1f, 0x8b]) {
      self = .other(found: "a gzip file", hint: "unpack it first")
    } else if begins("version https://git-lfs") {
      self = .other(
        found: "a pointer of Git LFS, not the file itself", hint: "fetch it with 'git lfs pull'")
    } else if begins([0x93] + "NUMPY".utf8) {
      self = .other(found: "one array of NumPy without a name", hint: nil)
    } else if start.count > 8, [0x7b, 0x20, 0x0a, 0x0d, 0x09].contains(start[8]) {
      self = .safetensors
    } else if begins("{") {
      self = .other(found: "JSON", hint: "an index of pieces has the ending .index.json")
    } else if begins("<") {
      self = .other(found: "a web page", hint: "download the file itself")
    } else {
      self = .other(found: "something else", hint: nil)
    }
  }
}
