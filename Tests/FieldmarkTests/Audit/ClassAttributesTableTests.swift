import Encoders
import Fieldmark
import Foundation
import Testing

/// Two classes, as folders of one picture each, and a table beside them.
private func inFolder(
  _ table: String, _ body: (Dataset, Encoders.Path) throws -> Void
) throws {
  try inSmallFolder { folder in
    try folder.picture("fish/Blue_Perch/1.png")
    try folder.picture("fish/Pike/1.png")
    try folder.put("table.csv", table)
    try body(Dataset(folder.path / "fish"), folder.path / "table.csv")
  }
}

@Test func aTableIsReadByNamesInAnyOrder() throws {
  let text = "fin::red,class,crested\n,pike,12.5\r\n80,\"Blue Perch\",\n"
  try inFolder(text) { dataset, file in
    let table = try ClassAttributes(file, of: dataset)
    #expect(table.attributes == [Attribute("fin::red"), Attribute("crested")])
    #expect(table.percentages == Matrix([[80, 0], [0, 12.5]]))
  }
}

@Test(arguments: [
  ("name,crested\nPike,1\n", "FOLDER line 1: expected a column 'class', found 'name', 'crested'."),
  (
    "class,crested\nPike,1\nPerch,2\n",
    "FOLDER line 3: expected one of the dataset's 2 classes, found 'Perch'."
  ),
  (
    "class,crested\nPike,1\npike,2\n",
    "FOLDER line 3: expected each class once, found 'pike' again."
  ),
  (
    "class,crested\nPike,1\n",
    "FOLDER: expected a row for each of 2 classes, found none for 'Blue Perch'."
  ),
  (
    "class,crested\nPike,101\n",
    "FOLDER line 2: expected percentages from 0 to 100 as 'crested', found 101.0."
  ),
  (
    "class,crested\nPike,-1\n",
    "FOLDER line 2: expected percentages from 0 to 100 as 'crested', found -1.0."
  ),
  (
    "class,crested,crested\nPike,1,1\n",
    "FOLDER line 1: expected a name of its own for each attribute, found 'crested'."
  ),
  (
    "class,crested,\nPike,1,1\n",
    "FOLDER line 1: expected a name of its own for each attribute, found none."
  ),
  (
    "class,traits\nPike,1\n",
    "FOLDER line 1: expected a name of its own for each attribute, found 'traits'; "
      + "the run calls something else so."
  ),
])
func aTableIsRefusedInASentence(_ text: String, _ sentence: String) throws {
  try inFolder(text) { dataset, file in
    let error = #expect(throws: InputError.self) { try ClassAttributes(file, of: dataset) }
    let said = "\(try #require(error))"
    #expect(said.replacingOccurrences(of: file.description, with: "FOLDER") == sentence)
  }
}
