import Ground

extension RunFile {
  /// Writes a picture completely or not at all, and replaces what the run had about it.
  public func add(_ record: RunRecord) throws { try add([record]) }

  /// Writes several pictures in one transaction, so that the disk is waited for only once.
  public func add(_ records: [RunRecord]) throws {
    try tables.together {
      for record in records { try write(record) }
    }
  }

  private func write(_ record: RunRecord) throws {
    let place = record.place
    let former = try remove(record.number)
    try tables.add(
      "INSERT INTO pictures VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)",
      [
        .integer(record.number), .text(record.path), Tables.Value(record.label),
        Tables.Value(record.predicted), record.failure.map { .text($0) } ?? .nothing,
        Tables.Value(place?.width), Tables.Value(place?.height),
        Tables.Value(place?.region.x), Tables.Value(place?.region.y),
        Tables.Value(place?.region.width), Tables.Value(place?.region.height),
        record.identity.map { .bytes($0.digest) } ?? .nothing,
        record.identity.map { .text($0.stamp) } ?? .nothing,
      ])
    for map in record.maps { try add(map, of: record.number) }
    for number in record.numbers { try add(number, of: record.number) }
    for curve in record.curves { try add(curve, of: record.number) }
    // The digest is of the rows as they will be read again, which may differ from the given
    // numbers: SQLite does not store NaN.
    try RunDigests.seal(picture: record.number, replacing: former, tables)
  }

  /// Deletes everything about a picture, and returns the digest that it had.
  @discardableResult
  func remove(_ number: Int) throws -> [UInt8]? {
    guard try !tables.rows("SELECT 1 FROM pictures WHERE number = ?", [.integer(number)]).isEmpty
    else { return nil }
    let former = try RunDigests.kept(of: number, tables)
    for table in RunLayout.parts {
      try tables.add("DELETE FROM \(table) WHERE picture = ?", [.integer(number)])
    }
    try tables.add("DELETE FROM pictures WHERE number = ?", [.integer(number)])
    return former
  }

  /// Stores the number of pictures that the finished run will have, so that merging knows what is
  /// missing.
  public func expect(_ pictures: Int) throws {
    try say([("pictures", "\(pictures)"), ("parts", nil)])
  }

  /// Stores the folder of the dataset, from which pages read pictures later. It may have moved by
  /// then.
  public func remember(folder: Path) throws {
    try say([("folder", String(decoding: folder.bytes, as: UTF8.self))])
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
