import Fieldmark
import Testing

/// A folder with a picture at each of these places.
private func inFolder(
  _ small: SmallEvaluation, _ names: [String], _ body: (Path) throws -> Void
) throws {
  let bytes = try small.dataset.examples[0].bytes()
  try inTemporaryFolder { folder in
    for name in names {
      try (folder / Path(name)).folder.createFolder()
      try write(bytes, to: folder / Path(name))
    }
    try body(folder)
  }
}

@Test func picturesOfAClassAndAnAttributeAreFoundByTheirFolders() throws {
  try SmallEvaluation.run { small in
    let table = try #require(small.dataset.classAttributes)
    let name = table.attributes[5].name
    let other = name.replacing("::", with: "--")
    try inFolder(
      small,
      [
        "Plain_Brackle/\(name)/1.png", "002.Plain_Brackle/\(other)/2.png",
        "lemon thornet/\(other)/3.png",
        "Perch/\(name)/4.png", "Plain_Brackle/has_no_name/5.png",
      ]
    ) { folder in
      func read(_ labels: Set<Int>) throws -> CounterfactualFolder {
        try CounterfactualFolder(folder, of: small.dataset, table, labels: labels)
      }
      let all = try read([0, 1, 2, 3, 4])
      #expect(all.examples.count == 3 && all.leftOut == 2)
      #expect(
        Set(all.groups.keys.map { "\($0.label) \($0.attribute)" }) == ["1 5", "3 5"])
      #expect(all.groups.values.map(\.count).sorted() == [1, 2])
      let some = try read([3])
      #expect(some.examples.count == 1 && some.leftOut == 2)
      #expect(some.fingerprint == all.fingerprint)
    }
  }
}

@Test func aFolderOfOtherThingsIsRefused() throws {
  try SmallEvaluation.run { small in
    let table = try #require(small.dataset.classAttributes)
    try inFolder(small, ["Perch/red/1.png"]) { folder in
      do {
        _ = try CounterfactualFolder(folder, of: small.dataset, table, labels: [0])
        Issue.record("It was read.")
      } catch {
        #expect(
          "\(error)".replacing("\(folder)", with: "SUB")
            == "SUB: expected folders of classes of the dataset, with folders of attributes of the table in "
            + "them, found 'Perch/red/1.png'; 'Redshouldered Brackle/\(table.attributes[0].name)/1.png' would be "
            + "one.")
      }
    }
  }
}
