import Encoders

/// What is made of a run is read a column or a picture at a time: a hundred thousand pictures take
/// hardly more memory than a hundred.
extension RunFile {
  /// The numbers of the pictures that are done, those that failed among them.
  public func done() throws -> Set<Int> {
    Set(try tables.rows("SELECT number FROM pictures").compactMap { $0[0].integer })
  }

  /// How many pictures it is to have; nil where nobody said.
  public func expected() throws -> Int? {
    try tables.rows("SELECT value FROM about WHERE name = 'pictures'").first
      .flatMap { $0[0].text }.flatMap { Int($0) }
  }

  /// Where its pictures were.
  public func folder() throws -> Path? {
    try tables.rows("SELECT value FROM about WHERE name = 'folder'").first
      .flatMap { $0[0].text }.map { Path($0) }
  }

  /// Every picture in the order of their numbers, with what is known of it but its maps, numbers and
  /// curves.
  public func eachPicture(_ body: (RunRecord) throws -> Void) throws {
    try tables.each(
      "SELECT \(RunFile.pictureColumns) FROM pictures ORDER BY number"
    ) { row in
      if let record = RunRecord(row) { try body(record) }
    }
  }

  private static let pictureColumns =
    "number, path, class, predicted, failure, width, height, region_x, region_y, region_width, "
    + "region_height"

  public func picture(_ number: Int) throws -> RunRecord? {
    let rows = try tables.rows(
      "SELECT \(RunFile.pictureColumns) FROM pictures WHERE number = ?", [.integer(number)])
    return rows.first.flatMap { RunRecord($0) }
  }

  /// What a picture was found to have in a map by a measure, in the order of the pictures' numbers.
  public func eachNumber(
    of map: String, _ measure: String, _ body: (_ picture: Int, RunRecord.Number) throws -> Void
  ) throws {
    try tables.each(
      "SELECT picture, value, reason, counts FROM numbers WHERE map = ? AND measure = ? "
        + "ORDER BY picture", [.text(map), .text(measure)]
    ) { row in
      guard let picture = row[0].integer else { return }
      try body(
        picture,
        RunRecord.Number(
          map: map, measure: measure, value: row[1].number, reason: row[2].text,
          counts: row[3].bytes.map { [Float](littleEndian: $0) } ?? []))
    }
  }

  public func eachCurve(
    of map: String, _ measure: String, _ body: (_ picture: Int, Finding.Curve) throws -> Void
  ) throws {
    try tables.each(
      "SELECT picture, shares, target, rival FROM curves WHERE map = ? AND measure = ? "
        + "ORDER BY picture", [.text(map), .text(measure)]
    ) { row in
      guard let picture = row[0].integer, let curve = Finding.Curve(row[1], row[2], row[3]) else {
        return
      }
      try body(picture, curve)
    }
  }

  public func numbers(of picture: Int) throws -> [RunRecord.Number] {
    try tables.rows(
      "SELECT map, measure, value, reason, counts FROM numbers WHERE picture = ?",
      [.integer(picture)]
    ).compactMap { row in
      guard let map = row[0].text, let measure = row[1].text else { return nil }
      return RunRecord.Number(
        map: map, measure: measure, value: row[2].number, reason: row[3].text,
        counts: row[4].bytes.map { [Float](littleEndian: $0) } ?? [])
    }
  }

  public func curves(of picture: Int) throws -> [RunRecord.Curve] {
    try tables.rows(
      "SELECT map, measure, shares, target, rival FROM curves WHERE picture = ? ORDER BY rowid",
      [.integer(picture)]
    ).compactMap { row in
      guard let map = row[0].text, let measure = row[1].text,
        let curve = Finding.Curve(row[2], row[3], row[4])
      else { return nil }
      return RunRecord.Curve(map: map, measure: measure, curve)
    }
  }

  public func maps(of picture: Int) throws -> [RunRecord.Map] {
    try tables.rows(
      "SELECT name, rows, columns, largest, grid FROM maps WHERE picture = ? ORDER BY rowid",
      [.integer(picture)]
    ).compactMap { row in
      guard let name = row[0].text, let bytes = row[4].bytes,
        let rows = row[1].integer, let columns = row[2].integer, let largest = row[3].number,
        rows > 0, columns > 0, rows <= 1 << 16, columns <= 1 << 16,
        bytes.count == 2 * rows * columns
      else { return nil }
      return RunRecord.Map(
        name: name,
        grid: Matrix(rows: rows, columns: columns, halves: bytes, largest: Float(largest)))
    }
  }
}

extension Finding.Curve {
  fileprivate init?(_ shares: Tables.Value, _ target: Tables.Value, _ rival: Tables.Value) {
    guard let shares = shares.bytes, let target = target.bytes, let rival = rival.bytes,
      shares.count == target.count, shares.count == rival.count
    else { return nil }
    self.init(
      shares: [Float](littleEndian: shares), target: [Float](littleEndian: target),
      rival: [Float](littleEndian: rival))
  }
}

extension RunRecord {
  fileprivate init?(_ row: [Tables.Value]) {
    guard let number = row[0].integer, let path = row[1].text else { return nil }
    var place: Place?
    if let width = row[5].integer, let height = row[6].integer, let x = row[7].number,
      let y = row[8].number, let across = row[9].number, let down = row[10].number,
      [x, y, across, down].allSatisfy({ abs($0) < 1e9 }), across > 0, down > 0, width > 0,
      height > 0
    {
      place = Place(
        width: width, height: height, region: Region(x: x, y: y, width: across, height: down))
    }
    self.init(
      number: number, path: path, label: row[2].integer, predicted: row[3].integer, place: place)
    failure = row[4].text
  }
}
