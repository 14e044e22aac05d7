import Ground
import Synchronization

/// A world on disk, laid out like CUB-200-2011, with a mask for each trait that a picture shows.
///
/// ```swift
/// let folder = try WorldFolder(World(seed: 7), at: "birds")
/// try folder.write(500)
/// ```
///
/// The tables of an interrupted folder list the pictures that it has, and the same call goes on
/// from there. A folder that is written again, or made longer, gets the same bytes. `aviary.json`
/// has two numbers of pictures: `count` is how many were asked for, and `written` is how many the
/// tables list. `written` is 0 from the first picture until the last table is there, so that a
/// folder whose writing was killed can be told.
public struct WorldFolder: Sendable {
  public let world: World
  public let path: Path
  /// How many sentences each picture has.
  public let captions: Int
  /// Whether each test picture has its twins beside it: `counterfactuals.csv` lists them, and no reader
  /// of the dataset takes them for examples.
  public let hasTwins: Bool

  /// The folder must be new or empty, or must contain the same world. If it is forced, it may have
  /// other things in it, and those with the names of the world's files are overwritten.
  public init(
    _ world: World, at path: Path, captions: Int = 0, twins: Bool = false, isForced: Bool = false
  ) throws {
    (self.world, self.path, self.captions, hasTwins) = (world, path, captions, twins)
    guard path.kind != nil else { return }
    let names = try path.names()
    if names.isEmpty { return }
    guard names.contains(WorldFolder.settingsName) else {
      if isForced { return }
      throw InputError(
        path.description, expected: "an empty folder, or one with an aviary in it",
        found: "a folder with other things", hint: "name a new one, or force it to be written into",
        settings: ["force"],
        kind: .output)
    }
    let file = path / WorldFolder.settingsName
    let found = try JSON(parsing: file.read(limit: 1 << 24), place: file.description)
    let wanted = settings(count: 0, written: 0)
    let keys =
      (wanted.members ?? []).map(\.key)
      + [WorldFolder.cheatsKey, WorldFolder.twinsKey, WorldFolder.sightKey]
    if let key = keys.first(where: { !WorldFolder.numbers.contains($0) && found[$0] != wanted[$0] })
    {
      throw InputError(
        file.description,
        expected: "the \(key) asked for now, \(WorldFolder.told(wanted[key]))",
        found: WorldFolder.told(found[key]), hint: "name a new folder", kind: .output)
    }
  }

  static let settingsName: Path = "aviary.json"
  private static let cheatsKey = "cheats"
  private static let twinsKey = "counterfactuals"
  private static let sightKey = "sight"
  /// What may differ between calls for one world.
  private static let numbers: Set<String> = ["count", "written"]

  /// Returns a setting as messages show it: `48`, `Plain Brackle=snow:1.0`, `60 of them`, `none`.
  private static func told(_ setting: JSON?) -> String {
    guard let many = setting?.array else { return setting?.summary ?? "none" }
    if many.count > 4 { return "\(many.count) of them" }
    let words = many.map { one in
      guard let species = one["species"]?.string, let cue = one["cue"]?.string else {
        return one.string ?? one.summary
      }
      return "\(species)=\(cue):\(one["strength"]?.written() ?? "1")"
    }
    return words.isEmpty ? "none" : printable(words.joined(separator: ", ").utf8)
  }

  /// Draws and writes so many pictures, in which the species take turns, until `goesOn` returns
  /// false. Then it writes the tables. Returns how many pictures there are.
  @discardableResult
  public func write(
    _ count: Int, goesOn: @escaping @Sendable () -> Bool = { true },
    progress: @escaping @Sendable (Int) -> Void = { _ in }
  ) throws -> Int {
    precondition(count > 0, "A folder has pictures.")
    let former = try formerSettings()
    let asked = former?["count"]?.integer ?? 0
    guard count >= asked else {
      throw InputError(
        path.description, expected: "at most \(count) pictures", found: "\(asked)",
        hint: "name a new folder, or a count that is not less", kind: .output)
    }
    try path.createFolder()
    WorldFolder.clear(path)
    // Fieldmark 0.1 did not say how many pictures were written.
    let had = former?["written"]?.integer ?? asked
    try save(settings(count: count, written: 0))
    let records = Mutex<[Record]>([])
    let result = Result {
      try concurrently(count) { index in
        try filed(index)
      } delivering: { index, filed in
        // Files are saved only here, in order, so that everything that the tables will list is on
        // the disk.
        let (record, files) = try filed.get()
        for file in files { try save(file) }
        records.withLock { $0.append(record) }
        progress(index + 1)
        return goesOn()
      }
    }
    let done = records.withLock { $0 }
    if done.count < max(1, had) {
      // The tables still list what an earlier call wrote, which is still there. If there is no room
      // even for this file, the folder stays marked as incomplete.
      if let former, had > 0 { try? save(former) }
      try result.get()
      return had
    }
    // Where even one more picture has no room, the tables may still have.
    try WorldTables(world, captions: captions > 0, twins: hasTwins, done).write { try save($0, $1) }
    try save(settings(count: done.count, written: done.count))
    try result.get()
    return done.count
  }

  /// Removes what a killed program left half written, in all folders of the world.
  private static func clear(_ folder: Path) {
    folder.clearAbandoned()
    for name in (try? folder.names()) ?? [] where (folder / name).kind == .folder {
      clear(folder / name)
    }
  }

  private func filed(_ index: Int) throws -> (record: Record, files: [FileContent]) {
    let sighting = world.draw(index)
    let seed = world.seed &+ UInt64(index) &* 0x9e37_79b9_7f4a_7c15
    let twins =
      hasTwins && !world.isForTraining(index) ? world.twins(of: index, beside: sighting) : []
    return sighting.filed(
      index, in: world, captions: sighting.captions(captions, seed: seed), twins: twins)
  }

  /// Returns what an earlier call said about the folder.
  private func formerSettings() throws -> JSON? {
    let file = path / WorldFolder.settingsName
    guard file.kind != nil else { return nil }
    return try JSON(parsing: file.read(limit: 1 << 24), place: file.description)
  }

  private func settings(count: Int, written: Int) -> JSON {
    let plain: JSON = [
      "aviary": 1, "count": .integer(count), "written": .integer(written),
      "seed": .string(String(world.seed)), "size": .integer(world.size),
      "captions": .integer(captions),
      "species": .array(world.species.map { .string($0.name) }),
      "shortcuts": .array(world.shortcuts.map(\.json)),
    ]
    // A world without these is written as before there were any.
    var members = plain.members ?? []
    if !world.cheats.isEmpty {
      members.append(JSON.Member(WorldFolder.cheatsKey, .array(world.cheats.map(\.json))))
    }
    if hasTwins { members.append(JSON.Member(WorldFolder.twinsKey, "test pictures")) }
    if world.sight != .clear {
      members.append(JSON.Member(WorldFolder.sightKey, .string(world.sight.name)))
    }
    return .object(members)
  }

  private func save(_ file: FileContent) throws {
    let path = path / Path(file.name)
    try path.folder.createFolder()
    // Each file is written completely or not at all, but without waiting for the disk: thousands of
    // small files would take hours, and all of them can be drawn again.
    var calls = FileCalls.system
    calls.sync = { _ in }
    var atomic = try AtomicFile(path, calls: calls)
    try atomic.append(file.bytes)
    try atomic.commit()
  }

  private func save(_ settings: JSON) throws {
    try save(WorldFolder.settingsName.description, settings.written(.indented) + "\n")
  }

  private func save(_ name: String, _ text: String) throws {
    try save(FileContent(name: name, bytes: Array(text.utf8)))
  }
}

extension Shortcut {
  var json: JSON {
    ["species": .string(species), "cue": .string(cue.name), "strength": JSON(strength)]
  }
}

extension Cheat {
  var json: JSON {
    ["species": .string(species), "cue": .string(cue.name), "strength": JSON(strength)]
  }
}
