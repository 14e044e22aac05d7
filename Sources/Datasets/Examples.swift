import Ground
import Pictures

/// The pictures of a dataset, stored in columns: all names in one buffer, 4 bytes for each class, 1
/// for each use, and 16 for each box if there are any. A hundred thousand pictures with names of
/// sixty letters take about 10 MB.
///
/// ```swift
/// for bird in dataset.examples where bird.isTraining { print(bird.name) }
/// ```
public struct Examples: RandomAccessCollection, Sendable {
  /// Where the pictures are stored.
  enum Place: Sendable {
    case folder(Path)
    case archives
    /// At the paths that a user's own table gives, which are below its folder or anywhere.
    case written(below: Path, home: Path?)
  }

  /// A file that holds many pictures.
  struct Archive: Sendable {
    let path: Path
    let size: Int
  }

  /// A picture in an archive.
  struct Member: Sendable {
    let archive: Int32
    let start: Int
    let count: Int
  }

  private let place: Place
  private var archives: [Archive] = []
  private let banner: Int
  private var names = NameList()
  private var labels: [Int32] = []
  private var uses: [UInt8] = []
  /// Empty until the first box is set; then a box for each picture, NaN where there is none.
  private var boxes: [SIMD4<Float>] = []
  private var members: [Member] = []

  init(in place: Place, banner: Int = 0) { (self.place, self.banner) = (place, banner) }

  public var startIndex: Int { 0 }
  public var endIndex: Int { labels.count }

  public subscript(number: Int) -> Example {
    let name = Path(bytes: Array(names[number]))
    let source: Example.Source
    switch place {
    case .folder(let folder): source = .file(folder / name)
    case .written(let folder, let home):
      source = .file(name.resolved(below: folder, home: home))
    case .archives:
      let member = members[number]
      let archive = archives[Int(member.archive)]
      source = .member(
        archive: archive.path, bytes: member.start..<member.start + member.count,
        archiveSize: archive.size)
    }
    return Example(
      number: number, name: name, label: label(number), use: Example.Use(rawValue: uses[number]),
      box: box(number), banner: banner, source: source)
  }

  /// The class of one picture, without making the whole `Example`.
  public func label(_ number: Int) -> Int? { labels[number] < 0 ? nil : Int(labels[number]) }

  public func box(_ number: Int) -> Region? {
    guard !boxes.isEmpty, !boxes[number].x.isNaN else { return nil }
    let box = boxes[number]
    return Region(
      x: Double(box.x), y: Double(box.y), width: Double(box.z), height: Double(box.w))
  }

  /// The memory that the columns use.
  package var bytesInUse: Int {
    names.bytesInUse + labels.count * 4 + uses.count + boxes.count * 16 + members.count * 24
  }

  public func use(_ number: Int) -> Example.Use? { Example.Use(rawValue: uses[number]) }
  func name(_ number: Int) -> ArraySlice<UInt8> { names[number] }
}

extension Examples {
  mutating func append(
    _ name: some Collection<UInt8>, label: Int? = nil, use: Example.Use? = nil,
    member: Member? = nil
  ) {
    names.append(name)
    labels.append(label.map { Int32(clamping: $0) } ?? -1)
    uses.append(use?.rawValue ?? 0)
    if !boxes.isEmpty { boxes.append(.none) }
    if let member { members.append(member) }
  }

  /// Adds an archive and returns its index.
  mutating func append(_ archive: Archive) -> Int32 {
    guard case .archives = place else {
      preconditionFailure("Pictures lie in one folder, or in archives.")
    }
    archives.append(archive)
    return Int32(archives.count - 1)
  }

  mutating func set(label: Int, of number: Int) { labels[number] = Int32(clamping: label) }
  mutating func set(use: Example.Use?, of number: Int) { uses[number] = use?.rawValue ?? 0 }

  mutating func set(box: Region, of number: Int) {
    if boxes.isEmpty { boxes = [SIMD4<Float>](repeating: .none, count: count) }
    boxes[number] = SIMD4(Float(box.x), Float(box.y), Float(box.width), Float(box.height))
  }

  /// Replaces the classes' numbers. They were assigned before the order of the classes was known.
  mutating func renumber(_ order: [Int]) {
    for index in labels.indices where labels[index] >= 0 {
      labels[index] = Int32(order[Int(labels[index])])
    }
  }
}

extension SIMD4<Float> {
  fileprivate static var none: SIMD4<Float> { SIMD4(repeating: .nan) }
}

/// Many names in one buffer. An array of arrays would take twice as much memory.
struct NameList: Sendable {
  private var bytes: [UInt8] = []
  private var ends: [Int] = []

  var count: Int { ends.count }
  var bytesInUse: Int { bytes.count + ends.count * 8 }

  mutating func append(_ name: some Collection<UInt8>) {
    bytes += name
    ends.append(bytes.count)
  }

  subscript(index: Int) -> ArraySlice<UInt8> {
    bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]]
  }
}
