import Fieldmark
import Foundation
import Testing

/// Two classes, as folders of one picture each, and a table beside them.
private func inFolder(
  _ table: String, _ body: (Dataset, Fieldmark.Path) throws -> Void
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
  (
    "name,crested\nPike,1\n",
    "FOLDER line 1: expected a column 'class', found 'name', 'crested'; it may also be called label, "
      + "species, class_name, category, target, labels."
  ),
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
    "FOLDER line 1: expected a name of its own for each attribute, found none of column 3."
  ),
  (
    "class,crested,finned\nPike,yes,no\nBlue Perch,no,0\n",
    "FOLDER line 3, column 'finned': expected yes or no, as in other fields, found '0'."
  ),
  (
    "class,crested,finned\nPike,yes,0\nBlue Perch,20,30\n",
    "FOLDER line 2, column 'crested': expected a number, as in other fields, found 'yes'."
  ),
  (
    "class,crested,finned\nPike,80,70\nBlue Perch,20,0.8\n",
    "FOLDER line 3, column 'finned': expected a percentage from 0 to 100, as in other fields, found "
      + "'0.8'; where less than one percent is meant, percent signs in all fields that are not 0 say so."
  ),
  (
    "class,crested,finned\nPike,80,0.5\nBlue Perch,0.2,1\n",
    "FOLDER line 2, column 'crested': expected a share from 0 to 1, as in other fields, found '80'; "
      + "where less than one percent is meant, percent signs in all fields that are not 0 say so."
  ),
  (
    "class,crested,finned\nPike,80 %,70%\nBlue Perch,0,20\n",
    "FOLDER line 3, column 'finned': expected a number with a percent sign, as in other fields, found "
      + "'20'."
  ),
  (
    "class,crested\nPike,NA\n",
    "FOLDER line 2: expected a percentage, a share, or yes or no as 'crested', found 'NA'; a field with "
      + "nothing in it is 0."
  ),
  (
    "class,crested\nPike,101%\n",
    "FOLDER line 2: expected percentages from 0 to 100 as 'crested', found 101.0."
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

/// What a table means is told from all of it, and said.
@Test(arguments: [
  ("class,a,b\nPike,80,12.5\nBlue Perch,,1\n", "numbers are taken for percent, 0 to 100"),
  (
    "class,a,b\nPike,0.8,.125\nBlue Perch,,0.01\n",
    "numbers are taken for shares, 0 to 1: 0.5 is 50 percent"
  ),
  (
    "species;a;b\nPike;0,8;0,125\nBlue Perch;;0,01\n",
    "numbers are taken for shares, 0 to 1: 0.5 is 50 percent"
  ),
  (
    "Class\ta\tb\nPike\t80 %\t12,5%\nBlue Perch\t0\t1\u{a0}%\n",
    "numbers are taken for percent, as their signs say"
  ),
])
func numbersMeanWhatTheWholeTableSays(_ text: String, _ note: String) throws {
  try inFolder(text) { dataset, file in
    let (table, notes) = try ClassAttributes.read(file, of: dataset)
    #expect(table.percentages == Matrix([[0, 1], [80, 12.5]]))
    #expect(notes == ["\(file): \(note)"])
  }
}

@Test(arguments: [
  (
    "class,a,b,c\nPike,1,0,\nBlue Perch,0,1.0,0\n",
    "0 and 1 are taken for no and yes, 0 and 100 percent"
  ),
  ("class,a,b,c\nPike,yes,no,\nBlue Perch,No,Y,n\n", "yes and no are taken for 100 and 0 percent"),
  (
    ",a,b,c\nPike,True,False,\nBlue Perch,False,True,False\n",
    "yes and no are taken for 100 and 0 percent"
  ),
  (
    ",class,a,b,c\n0,Pike,present,absent,\n1,Blue_Perch,,x,-\n",
    "yes and no are taken for 100 and 0 percent"
  ),
  (
    "Unnamed: 0,Species,a,b,c,\n0,Pike,+,-,-,\n1,Blue Perch,-,+,,\n,,,,,\n",
    "yes and no are taken for 100 and 0 percent"
  ),
])
func yesAndNoAreAllAndNothing(_ text: String, _ note: String) throws {
  try inFolder(text) { dataset, file in
    let (table, notes) = try ClassAttributes.read(file, of: dataset)
    #expect(table.attributes == ["a", "b", "c"].map { Attribute($0) })
    #expect(table.percentages == Matrix([[0, 100, 0], [100, 0, 0]]))
    #expect(notes == ["\(file): \(note)"])
  }
}

@Test func onesAmongPercentagesAreNoted() throws {
  try inFolder("class,a,b,c\nPike,80,0,0\nBlue Perch,20,1,0\n") { dataset, file in
    let (table, notes) = try ClassAttributes.read(file, of: dataset)
    #expect(table.percentages == Matrix([[20, 1, 0], [80, 0, 0]]))
    #expect(
      notes.last
        == "\(file): 1 is taken for one percent in 'b', where it may mean yes; then 100 is to be written"
    )
  }
}

@Test func aTableOfNothingMeansNothing() throws {
  try inFolder("class,a\nPike,0\nBlue Perch,\n") { dataset, file in
    let (table, notes) = try ClassAttributes.read(file, of: dataset)
    #expect(table.percentages == Matrix([[0], [0]]) && notes.isEmpty)
  }
}
