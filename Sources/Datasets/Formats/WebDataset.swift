import Ground

extension DatasetFormat {
  /// WebDataset's shards: tar archives in which consecutive files with the same name up to the
  /// first dot form one example. The dataset is given by one file, by a folder, or by a pattern
  /// with braces. Nothing is unpacked; pictures are read from the archive.
  ///
  /// The class comes from `.cls`, else from the member `class` or `label` of `.json`, else from a
  /// `.txt` of one line. Numbers count from 0; `classes.txt` or `classnames.txt` beside the shards
  /// gives their names, one on each line. A shard whose name contains a word of `Example.Use.words`
  /// belongs to that split.
  public static let webDataset = DatasetFormat(
    "webdataset", "WebDataset's tar shards: a file, a folder, or shard-{000..012}.tar",
    recognizes: { path in
      path.hasSuffix(".tar") && (path.isFile || path.bytes.contains(UInt8(ascii: "{")))
        || !Shards.below(path).isEmpty
    },
    open: { path in
      let below = Shards.below(path)
      if !below.isEmpty { return try Shards(path: path, folder: path, files: below).dataset() }
      // A file whose own name contains braces is taken as it is.
      let files = try path.isFile ? [path] : path.withBracesExpanded()
      return try Shards(path: path, folder: path.folder, files: files).dataset()
    })
}

private struct Shards {
  let path: Path
  /// The folder in which the names of classes are looked for.
  let folder: Path
  let files: [Path]

  /// The archives in the folder or, if it has none, in its subfolders.
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
      dataset.notes.append("shards whose names do not contain a known split: \(names)")
    }
    return dataset
  }

  /// The names beside the shards, if the classes are numbers.
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

  /// Finds the split by a word of the file's name, or by the name of its folder.
  private static func use(of file: Path) -> Example.Use? {
    let words = file.lastComponent.description.split { !$0.isLetter }
    return words.compactMap { Example.Use(named: String($0)) }.first
      ?? Example.Use(named: file.folder.lastComponent.description)
  }
}

/// Collects the examples of the archives, member by member.
private struct ShardReading {
  var examples = Examples(in: .archives)
  var classes = FoundClasses()
  private(set) var without = 0

  var notes: [String] {
    without == 0 ? [] : ["examples left out, without a JPEG, PNG or WebP picture: \(without)"]
  }

  /// The members that share a name up to the first dot.
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

  /// Divides a name at the first dot after the last slash, as WebDataset does. Nil if there is no
  /// dot or nothing before it; such files are ignored, since macOS puts a `._robin.jpg` before
  /// every `robin.jpg`.
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

  /// The text if it is a single line. A caption of several lines is not a class.
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
