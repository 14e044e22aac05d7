import Fieldmark
import Testing

private let head = ["Crow", "Blue Jay", "Rook", "Gull"]

private func folders(_ names: [String], _ body: (Dataset) throws -> Void) throws {
  try inSmallFolder { folder in
    for name in names { try folder.picture("\(name)/1.png") }
    try body(try Dataset(folder.path))
  }
}

@Test func aDatasetMayHaveSomeOfAHeadsClassesInAnyOrder() throws {
  try folders(["rook", "002.Blue_Jay"]) { dataset in
    let matched = try dataset.withClasses(head, of: "head.npy")
    #expect(matched.classes == head)
    let labels = matched.examples.map { [$0.name.description, "\($0.label ?? -1)"] }
    #expect(Set(labels) == [["rook/1.png", "2"], ["002.Blue_Jay/1.png", "1"]])
    #expect(matched.notes.last == "2 of the 4 classes of head.npy have pictures here.")
    // A run knows the dataset again, whatever its classes are called meanwhile.
    #expect(matched.fingerprint == dataset.fingerprint)
  }
}

@Test func theSameClassesStayAsTheyAre() throws {
  try folders(["Crow", "Gull"]) { dataset in
    let matched = try dataset.withClasses(["Crow", "Gull"], of: "head.npy")
    #expect(matched.notes == dataset.notes && matched.classes == dataset.classes)
  }
}

@Test func classesThatAHeadDoesNotKnowAreNamed() throws {
  try folders(["Crow", "a", "b", "c", "d", "e"]) { dataset in
    let error = #expect(throws: InputError.self) {
      try dataset.withClasses(head, of: "head.npy")
    }
    #expect(
      error?.description
        == "\(dataset.path): expected pictures of the 4 classes of head.npy alone, found 5 classes that "
        + "it does not know: 'a', 'b', 'c', 'd' and others; it has 'Crow', 'Blue Jay', 'Rook', 'Gull'."
    )
  }
}

/// Rows without names stand for a dataset's classes where there are as many, which is seen elsewhere.
@Test func rowsWithoutNamesMustBeAsManyAsTheClasses() throws {
  try folders(["Crow", "a", "b", "c", "d", "e", "f", "g"]) { dataset in
    let nameless = #expect(throws: InputError.self) {
      try dataset.withClasses((0..<9).map { "\($0)" }, of: "head.npy")
    }
    #expect(
      nameless?.description
        == "head.npy: expected a row for each of the 8 classes of \(dataset.path), as it has no names of "
        + "classes, found 9 rows; give a file with the name of each row's class, one on each line.")
  }
  // Numbers that are names of classes are names.
  try folders(["0", "1", "crow"]) { dataset in
    let numbered = #expect(throws: InputError.self) {
      try dataset.withClasses(["0", "1"], of: "head.npy")
    }
    #expect(
      numbered?.description
        == "\(dataset.path): expected pictures of the 2 classes of head.npy alone, found 1 class that it "
        + "does not know: 'crow'; the head has numbers for names; give a file with a name on each line."
    )
  }
}

@Test func twoClassesThatAreOneToAHeadAreRefused() throws {
  try folders(["crow", "Crow_"].map { $0 == "Crow_" ? "001.Crow" : $0 }) { dataset in
    let error = #expect(throws: InputError.self) {
      try dataset.withClasses(head, of: "head.npy")
    }
    #expect(
      error?.description
        == "\(dataset.path): expected each class of head.npy once, found '001.Crow' and 'crow', which "
        + "are both 'Crow'.")
  }
}

@Test func attributesOfOtherClassesComeFromTheHead() throws {
  try SmallEvaluation.run { small in
    let dataset = small.dataset
    let table = try #require(dataset.classAttributes)
    let names = dataset.classes.indices.map { dataset.spokenName(of: $0) }
    // A head that knows one class more, and the others the other way around.
    let more = ["Rook"] + names.reversed()
    let known = try dataset.withClasses(
      more, of: "head",
      attributes: ClassAttributes(
        table.attributes,
        Matrix(
          [[Float](repeating: 7, count: table.attributes.count)]
            + names.indices.map { _ in [Float](repeating: 0, count: table.attributes.count) })))
    let rows = try #require(known.classAttributes).percentages
    #expect(rows.rows == 6 && rows[0, 0] == 7)
    for label in names.indices {
      #expect(Array(rows[row: 5 - label]) == Array(table.percentages[row: label]))
    }
    let alone = try dataset.withClasses(more, of: "head")
    #expect(alone.classAttributes == nil)
    #expect(
      alone.notes.last
        == "The dataset's table of attributes lacks 'Rook', and is left out.")
  }
}
