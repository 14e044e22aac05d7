import Fieldmark
import Foundation
import Testing

private func rows(_ text: String) throws -> [[String]] {
  let table = try CSVRows(MappedFile(Array(text.utf8), named: "x.csv"), name: "x.csv")
  var rows = [table.columns]
  try table.eachRow { row in rows.append(row.fields.map { String(decoding: $0, as: UTF8.self) }) }
  return rows
}

@Test func fieldsAreDividedByCommasOutsideOfQuotes() throws {
  #expect(try rows("a,b\n1,2") == [["a", "b"], ["1", "2"]])
  #expect(try rows("a,b\r\n\"1,\n\"\"x\"\"\",\r\n") == [["a", "b"], ["1,\n\"x\"", ""]])
  #expect(try rows("\u{feff}a\n\n\"\"\n1\n") == [["a"], ["1"]])
  #expect(try rows("a,b\n,\n") == [["a", "b"], ["", ""]])
}

@Test func whatDividesFieldsIsSeenInTheFirstRows() throws {
  #expect(try rows("a;b\n1,5;2") == [["a", "b"], ["1,5", "2"]])
  #expect(try rows("a\tb\n\"1\t2\"\t3") == [["a", "b"], ["1\t2", "3"]])
  #expect(try rows("a,\"b;c;d\"\n1,2;3;4") == [["a", "b;c;d"], ["1", "2;3;4"]])
  #expect(try rows("a;\"b,c,d\"\n1;2") == [["a", "b,c,d"], ["1", "2"]])
  #expect(try rows("\"a\";\"b, c, d\"\n\"1\";\"2\"") == [["a", "b, c, d"], ["1", "2"]])
  // The second row decides where a name has commas and no quotes.
  #expect(try rows("a;b, c, d\n1;2") == [["a", "b, c, d"], ["1", "2"]])
  #expect(try rows("a;b\n") == [["a", "b"]] && rows("a;b,c\n") == [["a;b", "c"]])
  #expect(try rows("\u{feff}sep=\t\r\na,\tb\n1,\t2,") == [["a,", "b"], ["1,", "2,"]])
  #expect(try rows("sep=x\n1\n") == [["sep=x"], ["1"]])
}

@Test func emptyFieldsBehindTheLastColumnAreNone() throws {
  #expect(try rows("a,b\n1,2,, \n3,\n") == [["a", "b"], ["1", "2"], ["3", ""]])
}

@Test func aCommaIsADecimalPointWhereItDividesNothing() throws {
  func numbers(_ text: String) throws -> [Double?] {
    let table = try CSVRows(MappedFile(Array(text.utf8), named: "x.csv"), name: "x.csv")
    var numbers: [Double?] = []
    try table.eachRow { numbers.append($0.decimal(in: $0[1])) }
    return numbers
  }
  #expect(
    try numbers("a;b\n;0,5\n;0.5\n;-1,25e2\n;1.234,5\n;1,2,3\n;,\n") == [
      0.5, 0.5, -125, nil, nil, nil,
    ])
  #expect(try numbers("a,b\n,\"0,5\"\n") == [nil])
}

/// What Python's csv wrote is read as it was given.
/// (`python3 References/make_datasets.py Tests/References/datasets`)
@Test(arguments: ["unix.csv", "windows.csv"])
func rowsOfPythonsAreReadBack(_ name: String) throws {
  let expected = try DatasetReferences.json([[String]].self, "rows.json")
  let bytes = try DatasetReferences.path(name).read(limit: 1 << 20)
  #expect(try rows(String(decoding: bytes, as: UTF8.self)) == expected)
}

@Test func aTornTableIsOneSentence() {
  let table: [(String, String)] = [
    ("a,b\n1\n", "x.csv line 2: expected 2 fields, found 1."),
    ("a\n\"1\n\n", "x.csv line 2: expected a closing quote, found the end of the file."),
    (
      "a\n\"1\"2\n",
      "x.csv line 2: expected ',' or the line's end behind a quoted field, found '2'."
    ),
    ("\n\n", "x.csv: expected a row with names of columns, found nothing but space."),
    ("a,b\n\"x\ny\",1\n1,2,3\n", "x.csv line 4: expected 2 fields, found 3."),
    (
      "a;b\n1;\"2\",3\n",
      "x.csv line 2: expected ';' or the line's end behind a quoted field, found ','."
    ),
    (
      "a\tb\n1\t\"2\",3\n",
      "x.csv line 2: expected a tab or the line's end behind a quoted field, found ','."
    ),
  ]
  for (text, expected) in table {
    var found = "no error"
    do { _ = try rows(text) } catch { found = "\(error)" }
    #expect(found == expected)
  }
}

/// The quick way of reading a decimal number equals the standard library's.
@Test func quickDecimalsEqualSlowOnes() {
  var texts = ["0", "0.1", "59.8540145985", "123456789012345", "0.000000000000001", "7.", ".5"]
  texts += ["1e5", "-3", "+4", "1234567890123456.7", "", ".", "x", "1.2.3", "nan", "inf", "1e999"]
  texts += (0..<2000).map { "\($0 &* 7919 % 1000).\($0 &* 104_729 % 99_991)" }
  // What the standard library reads besides is no decimal number.
  for text in ["0x10", "0x1p3", "1\0", "infinity"] {
    #expect(decimal(in: Array(text.utf8)) == nil, "\(text)")
  }
  for text in texts {
    #expect(decimal(in: Array(text.utf8)) == slowDecimal(in: Array(text.utf8)), "\(text)")
  }
}

/// A comma or quote with an accent above it is one character to Swift, and two to all who read the file.
@Test func fieldsAreReadBackAsTheyWereWritten() throws {
  let fields = [
    "plain", "a,b", "say \"wren\"", "two\nlines", "a\r", "a,\u{301}b", "\"\u{301}b", "\r\n", "",
  ]
  let names = fields.indices.map { "\($0)" }
  let text = [names, fields].map { $0.map(\.asCSV).joined(separator: ",") + "\n" }.joined()
  #expect(try rows(text) == [names, fields])
}

@Test func anEndlessNameOfAColumnIsCutInTheMessage() throws {
  let long = String(repeating: "a", count: 5000)
  let table = try CSVRows(MappedFile(Array(long.utf8), named: "x.csv"), name: "x.csv")
  let error = #expect(throws: InputError.self) { try table.column("path") }
  #expect(
    error?.description
      == "x.csv line 1: expected a column 'path', found '\(String(repeating: "a", count: 80))'.")
}
