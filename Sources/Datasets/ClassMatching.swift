import Encoders
import Ground

/// Gives a dataset the classes of a head. The dataset may have only some of them, or all in another
/// order.
extension Dataset {
  /// Returns the same pictures with the given classes in place of the dataset's own. Each class is
  /// found by its name, ignoring case. Classes without pictures may be missing among the given
  /// names; a name that matches several of them once case and underscores are ignored is not
  /// matched.
  ///
  /// ```swift
  /// let birds = try dataset.withClasses(head.names, of: "probe.safetensors")
  /// birds.notes.last        // 5 of the 13 classes of probe.safetensors have pictures here
  /// ```
  ///
  /// Attributes of classes that the dataset lacks are taken from the second table if both tables
  /// list the same attributes. If a class then has no row, the table is left out.
  public func withClasses(
    _ names: [String], of head: String, attributes told: ClassAttributes? = nil
  ) throws -> Dataset {
    let own = classes.indices.map(spokenName)
    if own == names { return self }
    let places = matches(own, names)
    var seen = [Bool](repeating: false, count: classes.count)
    for number in examples.indices { if let label = examples.label(number) { seen[label] = true } }
    let used = classes.indices.filter { seen[$0] }
    let unknown = used.filter { places[$0] == nil }.map { own[$0] }
    guard unknown.isEmpty else {
      let isNumbered = names == names.indices.map { "\($0)" }
      // A head without names of classes is matched by place, which needs as many rows as the
      // dataset has classes.
      if isNumbered, names.count != classes.count, places.allSatisfy({ $0 == nil }) {
        throw InputError(
          head,
          expected: "a row for each of the \(counted(classes.count, "class", "classes")) of "
            + "\(path), as it has no names of classes", found: counted(names.count, "row", "rows"),
          hint: "give a file with the name of each row's class, one on each line",
          settings: ["classes"])
      }
      throw InputError(
        path.description,
        expected: "pictures of the \(counted(names.count, "class", "classes")) of \(head) alone",
        found: "\(counted(unknown.count, "class", "classes")) that it does not know: "
          + listed(unknown),
        hint: isNumbered
          ? "the head has numbers for names; give a file with a name on each line"
          : "it has \(listed(names))", settings: isNumbered ? ["classes"] : [])
    }
    var whose: [Int: Int] = [:]
    for label in used {
      guard let place = places[label] else { continue }
      if let other = whose.updateValue(label, forKey: place) {
        throw InputError(
          path.description, expected: "each class of \(head) once",
          found:
            "'\(printable(classes[other].utf8))' and '\(printable(classes[label].utf8))', which "
            + "are both '\(printable(names[place].utf8))'")
      }
    }
    var renamed = self
    renamed.knownFingerprint = fingerprint
    renamed.classes = names
    renamed.examples.renumber(places.map { $0 ?? 0 })
    if used.count < names.count {
      renamed.notes.append(
        "\(used.count) of the \(names.count) classes of \(head) have pictures here.")
    }
    renamed.takeAttributes(of: self, places, told)
    return renamed
  }

  /// For each own class, its place among `names`, found by its spoken name or by its name in files.
  private func matches(_ own: [String], _ names: [String]) -> [Int?] {
    func plain(_ name: String) -> String {
      String(name.lowercased().map { $0 == "_" ? " " : $0 })
    }
    let exact = Dictionary(zip(names, names.indices)) { first, _ in first }
    let alike = Dictionary(grouping: names.indices) { plain(names[$0]) }.filter { $1.count == 1 }
    return own.indices.map { label in
      let spoken = [own[label], classes[label]]
      return spoken.lazy.compactMap { exact[$0] }.first
        ?? spoken.lazy.compactMap { alike[plain($0)]?.first }.first
    }
  }

  private mutating func takeAttributes(
    of dataset: Dataset, _ places: [Int?], _ told: ClassAttributes?
  ) {
    guard let table = dataset.classAttributes else { return }
    var sources = [Int?](repeating: nil, count: classes.count)
    for (label, place) in places.enumerated() { if let place { sources[place] = label } }
    let isSame = told?.attributes.map(\.name) == table.attributes.map(\.name)
    let others = isSame ? told?.percentages : nil
    let missing = sources.indices.filter { sources[$0] == nil }
    guard missing.isEmpty || others != nil else {
      classAttributes = nil
      notes.append(
        "The dataset's table of attributes lacks \(listed(missing.map { classes[$0] })), and is left out."
      )
      return
    }
    let rows = sources.enumerated().map { place, source in
      source.map { Array(table.percentages[row: $0]) } ?? others.map { Array($0[row: place]) } ?? []
    }
    classAttributes = ClassAttributes(table.attributes, Matrix(rows))
  }
}
