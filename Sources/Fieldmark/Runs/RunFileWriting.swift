import Encoders

extension RunFile {
  /// Writes a picture, as a whole or not at all; in the place of what was known of it.
  public func add(_ record: RunRecord) throws { try add([record]) }

  /// The same of several at once: the disk is waited for once.
  public func add(_ records: [RunRecord]) throws {
    try tables.together {
      for record in records { try write(record) }
    }
  }

  private func write(_ record: RunRecord) throws {
    let place = record.place
    try tables.add(
      "INSERT OR REPLACE INTO pictures VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      [
        .integer(record.number), .text(record.path), Tables.Value(record.label),
        Tables.Value(record.predicted), record.failure.map { .text($0) } ?? .nothing,
        Tables.Value(place?.width), Tables.Value(place?.height),
        Tables.Value(place?.region.x), Tables.Value(place?.region.y),
        Tables.Value(place?.region.width), Tables.Value(place?.region.height),
      ])
    for map in record.maps { try add(map, of: record.number) }
    for number in record.numbers { try add(number, of: record.number) }
    for curve in record.curves { try add(curve, of: record.number) }
  }

  /// How many pictures it is to have when it is done, so that whoever joins runs knows what is missing.
  public func expect(_ pictures: Int) throws {
    try tables.add(
      "INSERT OR REPLACE INTO about VALUES ('pictures', ?)", [.text("\(pictures)")])
    try tables.add("DELETE FROM about WHERE name = 'parts'", [])
  }

  /// Where its pictures lie, for whoever draws them later; they may have been moved since.
  public func remember(folder: Path) throws {
    try tables.add(
      "INSERT OR REPLACE INTO about VALUES ('folder', ?)",
      [.text(String(decoding: folder.bytes, as: UTF8.self))])
  }

  private func add(_ map: RunRecord.Map, of picture: Int) throws {
    try tables.add(
      "INSERT OR REPLACE INTO maps VALUES (?, ?, ?, ?, ?, ?)",
      [
        .integer(picture), .text(map.name), .integer(map.grid.rows), .integer(map.grid.columns),
        .number(Double(map.grid.largest)), .bytes(map.grid.halves),
      ])
  }

  private func add(_ number: RunRecord.Number, of picture: Int) throws {
    try tables.add(
      "INSERT OR REPLACE INTO numbers VALUES (?, ?, ?, ?, ?, ?)",
      [
        .integer(picture), .text(number.map), .text(number.measure),
        Tables.Value(number.value), number.reason.map { .text($0) } ?? .nothing,
        number.counts.isEmpty ? .nothing : .bytes(number.counts.littleEndian),
      ])
  }

  private func add(_ curve: RunRecord.Curve, of picture: Int) throws {
    try tables.add(
      "INSERT OR REPLACE INTO curves VALUES (?, ?, ?, ?, ?, ?)",
      [
        .integer(picture), .text(curve.map), .text(curve.measure),
        .bytes(curve.curve.shares.littleEndian), .bytes(curve.curve.target.littleEndian),
        .bytes(curve.curve.rival.littleEndian),
      ])
  }
}
