import Ground

extension DatasetFormat {
  /// WebDataset's shards: tar archives in which files of one name, up to the first dot, that stand
  /// together are one example. Named by one file, by a folder, or by a pattern with braces. Nothing
  /// is unpacked: a picture is read from where it lies.
  ///
  /// The class is what `.cls` says, else the member `class` or `label` of `.json`, else a line of
  /// `.txt`. Numbers count from 0; `classes.txt` or `classnames.txt` beside the shards, a name on
  /// each line, says what they mean. A shard whose name has a word of `Example.Use.words` in it
  /// is for that.
  public static let webDataset = DatasetFormat(
    "webdataset", "WebDataset's tar shards: a file, a folder, or shard-{000..012}.tar",
    recognizes: { path in
      path.hasSuffix(".tar") && (path.isFile || path.bytes.contains(UInt8(ascii: "{")))
        || !Shards.below(path).isEmpty
    },
    open: { path in
      let below = Shards.below(path)
      if !below.isEmpty { return try Shards(path: path, folder: path, files: below).dataset() }
      // A file whose name has braces in it is that file.
      let files = try path.isFile ? [path] : path.withBracesExpanded()
      return try Shards(path: path, folder: path.folder, files: files).dataset()
    })
}

private struct Shards {
  let path: Path
  /// Where names of classes may be.
  let folder: Path
  let files: [Path]

  /// The archives in a folder, else those one folder further down.
  static func below(_ path: Path) -> [Path] {
    guard path.isFolder else { return [] }
    let names = path.namesIfAny
    let files = archives(path, names)
    if !files.isEmpty { return files }
    return names.filter { (path / $0).isFolder }.flatMap { name in
      archives(path / name, (path / name).namesIfAny)
    }
  }

  private static func archives(_ folder: Path, _ names: [Path]) -> [Path] {
    names.filter { $0.hasSuffix(".tar") && (folder / $0).isFile }.map { folder / $0 }
  }

  func dataset() throws -> Dataset {
    var reading = ShardReading()
    for path in files {
      let file = try MappedFile(path)
      let archive = reading.examples.append(.init(path: path, size: file.count))
      try file.withBytes { bytes in
        try reading.read(bytes, archive, place: path.description, use: Shards.use(of: path))
      }
    }
    let (names, order) = reading.classes.settled()
    reading.examples.renumber(order)
    var dataset = Dataset(
      "webdataset", path, classes: try classNames(atLeast: names) ?? names, reading.examples)
    dataset.notes = reading.notes
    let unsaid = files.filter { Shards.use(of: $0) == nil }
    if !unsaid.isEmpty, unsaid.count < files.count {
      let names = unsaid.prefix(5).map { "'\($0.lastComponent)'" }.joined(separator: ", ")
      dataset.notes.append("shards whose names say no split that is known: \(names)")
    }
    return dataset
  }

  /// The names beside the shards, where classes are numbers.
  private func classNames(atLeast numbers: [String]) throws -> [String]? {
    guard numbers.enumerated().allSatisfy({ String($0) == $1 }), !numbers.isEmpty else {
      return nil
    }
    let list = ["classes.txt", "classnames.txt"].first { (folder / Path($0)).isFile }
    guard let list else { return nil }
    var names: [String] = []
    try TextRows(folder, list).eachRow { names.append(printable($0.words.rest() ?? $0.bytes)) }
    guard names.count >= numbers.count else {
      throw InputError(
        list, expected: "a name for each of \(numbers.count) classes, counted from 0",
        found: "\(names.count)")
    }
    return names
  }

  /// By a word of the name, or the name of the folder that it lies in.
  private static func use(of file: Path) -> Example.Use? {
    let words = file.lastComponent.description.split { !$0.isLetter }
    return words.compactMap { Example.Use(named: String($0)) }.first
      ?? Example.Use(named: file.folder.lastComponent.description)
  }
}

/// What is gathered from archives, one member after the other.
private struct ShardReading {
  var examples = Examples(in: .archives)
  var classes = FoundClasses()
  private(set) var without = 0

  var notes: [String] {
    without == 0 ? [] : ["examples left out, without a JPEG, PNG or WebP picture: \(without)"]
  }

  /// The members of one name.
  private struct Sample {
    let key: ArraySlice<UInt8>
    var picture: TarReader.Member?
    var label: (rank: Int, name: [UInt8])?
  }

  mutating func read(
    _ bytes: UnsafeRawBufferPointer, _ archive: Int32, place: String, use: Example.Use?
  ) throws {
    var reader = try TarReader(bytes, place: place)
    var sample: Sample?
    while let member = try reader.next() {
      guard let (key, ending) = ShardReading.divided(member.name) else { continue }
      if let former = sample, former.key != key {
        finish(former, archive, use)
        sample = nil
      }
      var current = sample ?? Sample(key: key)
      try take(member, ending, bytes, &current, place)
      sample = current
    }
    if let sample { finish(sample, archive, use) }
  }

  /// At the first dot behind the last slash, as WebDataset divides names. Nil where nothing stands
  /// before that dot or there is none: those are passed over as if they were not there, since macOS
  /// puts a `._robin.jpg` before every `robin.jpg`.
  private static func divided(_ name: [UInt8]) -> (key: ArraySlice<UInt8>, ending: String)? {
    let start = name.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
    guard let dot = name[start...].firstIndex(of: UInt8(ascii: ".")), dot > start else {
      return nil
    }
    return (name[..<dot], printable(name[(dot + 1)...]).lowercased())
  }

  private func take(
    _ member: TarReader.Member, _ ending: String, _ bytes: UnsafeRawBufferPointer,
    _ sample: inout Sample, _ place: String
  ) throws {
    let content = UnsafeRawBufferPointer(rebasing: bytes[member.content])
    func offer(_ rank: Int, _ name: some Collection<UInt8>) {
      guard !name.isEmpty, sample.label.map({ $0.rank > rank }) ?? true else { return }
      sample.label = (rank, Array(name))
    }
    switch ending {
    case "jpg", "jpeg", "png", "webp": if sample.picture == nil { sample.picture = member }
    case "cls": if let word = line(content) { offer(0, word) }
    case "txt": if let word = line(content) { offer(2, word) }
    case "json":
      guard content.count <= 1 << 20 else { return }
      let json = try JSON(
        parsing: content, place: "\(place) member '\(printable(member.name))'", repeating: 64)
      guard let value = json["class"] ?? json["label"] else { return }
      if let number = value.integer { offer(1, String(number).utf8) }
      if let text = value.string { offer(1, text.utf8) }
    default: return
    }
  }

  /// A text of one line; a caption of many is no class.
  private func line(_ content: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
    var end = content.count
    while end > 0, LineWords.isSpace(content[end - 1]) || content[end - 1] == 0x0a { end -= 1 }
    let text = UnsafeRawBufferPointer(rebasing: content[..<end])
    guard end <= 200, !text.contains(0x0a) else { return nil }
    return LineWords(text).rest()
  }

  private mutating func finish(_ sample: Sample, _ archive: Int32, _ use: Example.Use?) {
    guard let picture = sample.picture else {
      without += 1
      return
    }
    examples.append(
      picture.name, label: sample.label.map { classes.label(of: $0.name) }, use: use,
      member: Examples.Member(
        archive: archive, start: picture.content.lowerBound, count: picture.content.count))
  }
}
