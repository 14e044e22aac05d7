import Fieldmark
import Foundation
import Testing

private let settings = RunSettings([.init("model", "demo")])

private func record(_ number: Int) -> RunRecord {
  var record = RunRecord(number: number, path: "birds/\(number).png", label: 0)
  record.maps = [.init(name: "grad-cam", grid: Matrix([[1, Float(number)]]))]
  record.numbers = [.init(map: "grad-cam", measure: "energy", value: .nan)]
  return record
}

@Test func aRunThatIsAsItWasWrittenIsWhole() throws {
  try inTemporaryFolder { folder in
    let run = try RunFile(folder / "a.run", settings)
    try run.add((0..<3).map { record($0) })
    // In the place of what was known.
    try run.add(record(1))
    #expect(try run.check().isWhole)
    #expect(try run.numbers(of: 1).count == 1)
    #expect(
      try run.check().text
        == "\(folder)/a.run: all 3 pictures are as they were written, and so are its settings.")
  }
}

@Test(
  arguments: [
    (
      "UPDATE pictures SET predicted = 7 WHERE number = 2",
      "1 of 3 pictures damaged: 2 ('birds/2.png')"
    ),
    (
      "UPDATE maps SET largest = 9",
      "3 of 3 pictures damaged: 0 ('birds/0.png'), 1 ('birds/1.png'), "
        + "2 ('birds/2.png')"
    ),
    (
      "DELETE FROM pictures WHERE number = 2",
      "pictures that it had are missing; 2 rows that belong to no picture"
    ),
    ("DELETE FROM numbers WHERE picture = 0", "1 of 3 pictures damaged: 0 ('birds/0.png')"),
    (
      "UPDATE pictures SET digest = NULL WHERE number = 1",
      "1 of 3 pictures damaged: 1 ('birds/1.png'); pictures that it had are missing"
    ),
  ])
func whatIsNotAsItWasWrittenIsNamed(_ change: String, _ damage: String) throws {
  try inTemporaryFolder { folder in
    let run = try RunFile(folder / "a.run", settings)
    try run.add((0..<3).map { record($0) })
    try Tables(folder / "a.run", .write).run(change)
    #expect(try run.check().damage == damage)
    try run.drop(try run.check())
    #expect(try run.check().isWhole)
  }
}

@Test func settingsThatAreNotAsTheyWereWrittenAreRefused() throws {
  try inTemporaryFolder { folder in
    let path = folder / "a.run"
    try RunFile(path, settings).expect(3)
    for change in [
      "UPDATE about SET value = '\"tiny\"' WHERE name = 'setting model'",
      "UPDATE about SET value = '4' WHERE name = 'pictures'",
      "DELETE FROM about WHERE name = 'pictures'",
      "UPDATE about SET value = '2' WHERE name = 'format'",
    ] {
      let tables = try Tables(path, .write)
      let rows = try tables.rows("SELECT * FROM about")
      try tables.run(change)
      #expect(
        sentence { _ = try RunFile(reading: path) }
          == "\(path): expected the settings that the run was written with, found damaged ones; "
          + "its numbers cannot be relied on; start a new run in another file.")
      try tables.run("DELETE FROM about")
      for row in rows { try tables.add("INSERT INTO about VALUES (?, ?)", row) }
      _ = try RunFile(reading: path)
    }
  }
}

/// A run as 0.1 wrote it.
private func oldRun(_ path: Fieldmark.Path) throws {
  let tables = try Tables(path, .write)
  try tables.run(
    """
    CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL);
    CREATE TABLE pictures (
      number INTEGER PRIMARY KEY, path TEXT NOT NULL, class INTEGER, predicted INTEGER,
      failure TEXT, width INTEGER, height INTEGER, region_x REAL, region_y REAL,
      region_width REAL, region_height REAL);
    CREATE TABLE maps (
      picture INTEGER NOT NULL, name TEXT NOT NULL, rows INTEGER NOT NULL, columns INTEGER NOT NULL,
      largest REAL NOT NULL, grid BLOB NOT NULL, PRIMARY KEY (picture, name));
    CREATE TABLE numbers (
      picture INTEGER NOT NULL, map TEXT NOT NULL, measure TEXT NOT NULL, value REAL, reason TEXT,
      counts BLOB, PRIMARY KEY (picture, map, measure)) WITHOUT ROWID;
    CREATE TABLE curves (
      picture INTEGER NOT NULL, map TEXT NOT NULL, measure TEXT NOT NULL, shares BLOB NOT NULL,
      target BLOB NOT NULL, rival BLOB NOT NULL, PRIMARY KEY (picture, map, measure));
    INSERT INTO about VALUES ('format', '2'), ('fieldmark', '0.1.0'), ('setting model', '"demo"');
    INSERT INTO pictures (number, path, class) VALUES (4, 'birds/4.png', 0);
    INSERT INTO numbers VALUES (4, 'grad-cam', 'energy', 0.5, NULL, NULL);
    """)
}

@Test func anOldRunIsReadAndGoesOnWithDigests() throws {
  try inTemporaryFolder { folder in
    let path = folder / "a.run"
    try oldRun(path)
    do {
      let run = try RunFile(reading: path)
      #expect(try run.isOld && run.check().isWhole && run.done() == [4])
      #expect(try run.picture(4)?.path == "birds/4.png" && run.numbers(of: 4).count == 1)
      #expect(
        run.remark
          == "\(path): an older version of Fieldmark wrote it without digests, so whether its numbers are "
          + "as they were written cannot be told.")
      #expect(
        try run.check().text
          == "\(path): its tables are sound; whether the numbers of its 1 picture are as they were "
          + "written cannot be told, since an older version of Fieldmark wrote it without digests."
      )
    }
    do {
      let run = try RunFile(path, settings)
      #expect(run.isOld)
      try run.add(record(5))
    }
    let run = try RunFile(reading: path)
    #expect(try !run.isOld && run.check().isWhole && run.done() == [4, 5])
    #expect(run.settings == settings)
    #expect(try run.numbers(of: 4).first?.value == 0.5)
  }
}

/// Page by page is zeroed; what is said to be whole is as it was, and is saved.
@Test func whatIsWholeOfADamagedFileIsSaved() throws {
  try inTemporaryFolder { folder in
    let (path, saved) = (folder / "a.run", folder / "b.run")
    do {
      let run = try RunFile(path, settings)
      try run.add((0..<60).map { record($0) })
    }
    let whole = try RunFile(reading: path)
    let maps = try (0..<60).map { try whole.maps(of: $0) }
    let bytes = try path.read(limit: 1 << 24)
    var (refused, rescued) = (0, 0)
    for page in 1..<bytes.count / 4096 {
      var damaged = bytes
      for place in page * 4096..<(page + 1) * 4096 { damaged[place] = 0 }
      try write(damaged, to: path)
      guard (try? RunFile(reading: path).check().isWhole) != true,
        let merging = try? RunMerging([path], wholeOnly: true)
      else {
        refused += 1
        continue
      }
      try? FileManager.default.removeItem(atPath: saved.description)
      let (run, _) = try merging.write(to: saved)
      let done = try run.done().sorted()
      if !done.isEmpty { rescued += 1 }
      for number in done {
        #expect(try run.maps(of: number) == maps[number])
        #expect(try run.picture(number)?.path == "birds/\(number).png")
      }
      #expect(try run.check().isWhole)
    }
    #expect(rescued > 0, "\(rescued) rescued, \(refused) refused")
  }
}
