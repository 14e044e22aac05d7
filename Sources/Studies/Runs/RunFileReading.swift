import Datasets
import Encoders
import Ground
import Measures
import Pictures

/// Runs are read one column or one picture at a time, so a hundred thousand pictures take hardly
/// more memory than a hundred.
extension RunFile {
  /// The numbers of the pictures that are done, including those that failed.
  public func done() throws -> Set<Int> {
    Set(try tables.rows("SELECT number FROM pictures").compactMap { $0[0].integer })
  }

  /// The number of pictures that the run should have; nil if it is not known.
  public func expected() throws -> Int? {
    try about("pictures").flatMap { Int($0) }
  }

  /// The folder of the run's dataset when it was written.
  public func folder() throws -> Path? { try about("folder").map { Path($0) } }

  /// Calls `body` with every picture in the order of their numbers, without its maps, numbers and
  /// curves.
  public func eachPicture(_ body: (RunRecord) throws -> Void) throws {
    try tables.each("SELECT \(columns) FROM pictures ORDER BY number") { row in
      if let record = RunRecord(row) { try body(record) }
    }
  }

  private var columns: String {
    isPlain ? RunLayout.oldPictureColumns : RunLayout.pictureColumns
  }

  public func picture(_ number: Int) throws -> RunRecord? {
    let rows = try tables.rows(
      "SELECT \(columns) FROM pictures WHERE number = ?", [.integer(number)])
    return rows.first.flatMap { RunRecord($0) }
  }

  /// Calls `body` with each picture's number for a map and a measure, in the order of the pictures'
  /// numbers. Rows are found picture by picture, as they were when their digests were checked.
  public func eachNumber(
    of map: String, _ measure: String, _ body: (_ picture: Int, RunRecord.Number) throws -> Void
  ) throws {
    for picture in try done().sorted() {
      try tables.each(
        "SELECT value, reason, counts FROM numbers WHERE picture = ? AND map = ? AND measure = ?",
        [.integer(picture), .text(map), .text(measure)]
      ) { row in
        try body(
          picture,
          RunRecord.Number(
            map: map, measure: measure, value: row[0].number, reason: row[1].text,
            counts: row[2].bytes.map { [Float](littleEndian: $0) } ?? []))
      }
    }
  }

  public func eachCurve(
    of map: String, _ measure: String, _ body: (_ picture: Int, MeasureResult.Curve) throws -> Void
  ) throws {
    for picture in try done().sorted() {
      try tables.each(
        "SELECT shares, target, rival FROM curves WHERE picture = ? AND map = ? AND measure = ?",
        [.integer(picture), .text(map), .text(measure)]
      ) { row in
        if let curve = MeasureResult.Curve(row[0], row[1], row[2]) { try body(picture, curve) }
      }
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
        let curve = MeasureResult.Curve(row[2], row[3], row[4])
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

extension MeasureResult.Curve {
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
    if row.count > 12, let digest = row[11].bytes, let stamp = row[12].text {
      identity = PictureIdentity(digest: digest, stamp: stamp)
    }
  }
}

extension Example {
  /// Returns the picture if it still has the bytes that the run measured, or if the run does not
  /// store its identity. Throws otherwise.
  public func picture(asIn run: RunFile) throws -> Picture {
    if let known = try run.picture(number)?.identity, try !known.isStill(of: self) {
      throw InputError(
        description, expected: "the picture that the run measured", found: "another one")
    }
    return try picture()
  }
}
