import Fieldmark
import Foundation
import Testing

@Test(
  arguments: [
    ("null", .null), (" true\n", true), ("[]", []), ("{}", [:]), ("[1,[2,{}]]", [1, [2, [:]]]),
    (#"{"b":1,"a":[false,"x"]}"#, ["b": 1, "a": [false, "x"]]),
    ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
    ("9223372036854775808", .largeInteger("9223372036854775808")),
    ("-9223372036854775809", .largeInteger("-9223372036854775809")),
    ("-0", .number(-0.0)), ("1.0", .number(1)), ("-1.5e+2", .number(-150)), ("1e-2", .number(0.01)),
    (#""a\"\\\/\b\f\n\r\t\u0041""#, .string("a\"\\/\u{8}\u{c}\n\r\tA")),
    (#""\ud83d\udc26é\u00e9\u0000""#, .string("🐦éé\0")),
  ] as [(String, JSON)])
func aTextIsReadAsItsValue(text: String, value: JSON) throws {
  #expect(try JSON(parsing: text.utf8, place: "x") == value)
}

@Test(
  arguments: [
    ("", "x line 1, column 1: expected a value, found the end of the text."),
    ("{\n \"a\": 1\n \"b\"}", "x line 3, column 2: expected ',' or '}', found '\"'."),
    ("[\"éé\" 1]", "x line 1, column 7: expected ',' or ']', found '1'."),
    ("[1,]", "x line 1, column 4: expected a value, found ']'."),
    ("{\"a\":1,}", "x line 1, column 8: expected a key in quotes, found '}'."),
    ("{\"a\" 1}", "x line 1, column 6: expected ':', found '1'."),
    ("{\"a\":1,\"a\":2}", "x line 1, column 8: expected each key once, found 'a' again."),
    ("1 2", "x line 1, column 3: expected the end of the text, found '2'."),
    ("nul", "x line 1, column 4: expected a value, found the end of the text."),
    ("NaN", "x line 1, column 1: expected a value, found 'N'."),
    ("01", "x line 1, column 2: expected no digit after a leading zero, found '1'."),
    ("1.", "x line 1, column 3: expected a digit, found the end of the text."),
    ("1e400", "x line 1, column 1: expected a number that 64 bits hold, found '1e400...'."),
    ("\"a", "x line 1, column 3: expected '\"', found the end of the text."),
    (
      "\"\t\"",
      "x line 1, column 2: expected a text with its control characters escaped, found '\\u{9}'."
    ),
    ("\"\\x\"", "x line 1, column 3: expected one of \"\\/bfnrtu after a backslash, found 'x'."),
    ("\"\\ud83d\"", "x line 1, column 4: expected a character, found half of a surrogate pair."),
    ("\"\\udc26\"", "x line 1, column 4: expected a character, found half of a surrogate pair."),
    ("\"\\u12g4\"", "x line 1, column 6: expected four hexadecimal digits, found 'g'."),
    ("\u{feff}1", "x line 1, column 1: expected a value, found a byte order mark."),
    ("\u{a0}1", "x line 1, column 1: expected a value, found '\u{a0}'."),
  ] as [(String, String)])
func aWrongTextIsOneSentence(text: String, expected: String) {
  #expect(sentence { _ = try JSON(parsing: text.utf8, place: "x") } == expected)
}

@Test func bytesThatAreNotUTF8AreRefused() {
  let bytes: [UInt8] = [0x5b, 0x22, 0xc3, 0x28, 0x22, 0x5d]
  #expect(
    sentence { _ = try JSON(parsing: bytes, place: "x") }
      == "x line 1, column 3: expected a text in UTF-8, found other bytes.")
}

@Test func depthIsLimited() throws {
  let nested = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
  #expect(try JSON(parsing: nested.utf8, place: "x").array?.count == 1)
  #expect(
    sentence { _ = try JSON(parsing: "[\(nested)]".utf8, place: "x") }
      == "x line 1, column 65: expected at most 64 levels, found one more.")
  #expect(
    sentence { _ = try JSON(parsing: String(repeating: "[", count: 1 << 20).utf8, place: "x") }
      == "x line 1, column 65: expected at most 64 levels, found one more.")
}

@Test func textIsWrittenInBothStyles() {
  let value: JSON = [
    "picture": "a\"\\\n\u{1}\u{7f}\u{2028}é", "size": [500, 333], "score": 0.1, "none": [],
    "maps": [["peak": [1, 2]], [:]], "flags": [true, .null],
  ]
  #expect(
    value.written() == #"{"picture":"a\"\\\n\u0001\u007f\u2028é","size":[500,333],"score":0.1,"#
      + #""none":[],"maps":[{"peak":[1,2]},{}],"flags":[true,null]}"#)
  #expect(
    value.written(.indented) == """
      {
        "picture": "a\\"\\\\\\n\\u0001\\u007f\\u2028é",
        "size": [500,333],
        "score": 0.1,
        "none": [],
        "maps": [
          {
            "peak": [1,2]
          },
          {}
        ],
        "flags": [true,null]
      }
      """)
}

@Test func numbersThatJSONCannotWriteBecomeNull() {
  #expect(JSON.array([.number(.nan), .number(.infinity)]).written() == "[null,null]")
  #expect(
    JSON(
      [0.1, Float.leastNonzeroMagnitude, 3.4028235e38, 16_777_216].map(
        JSON.init(_:) as (Float) -> JSON)
    ).written()
      == "[0.1,1e-45,3.4028235e+38,16777216.0]")
}

@Test func whatIsWrittenReadsBackTheSame() throws {
  var random = SystemRandomNumberGenerator()
  for _ in 0..<2000 {
    let value = JSON.random(depth: 4, using: &random)
    for style in [JSON.Style.compact, .indented] {
      let text = value.written(style)
      #expect(try JSON(parsing: text.utf8, place: text) == value)
      if style == .compact { #expect(!text.contains("\n")) }
    }
  }
}

@Test func noBytesTrap() {
  var random = SystemRandomNumberGenerator()
  let seed = Array(#"{"a":[1,-2.5e3,"\ud83d\udc26é",true,null],"b":{"c":[]}}"#.utf8)
  for _ in 0..<20_000 {
    var bytes = seed
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let place = Int.random(in: 0..<bytes.count, using: &random)
      switch Int.random(in: 0..<3, using: &random) {
      case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
      case 1: bytes.remove(at: place)
      default: bytes.insert(bytes.randomElement(using: &random) ?? 0, at: place)
      }
      if bytes.isEmpty { break }
    }
    if let value = try? JSON(parsing: bytes, place: "x") {
      #expect((try? JSON(parsing: value.written().utf8, place: "x")) == value)
    }
  }
}

@Test func aMemberIsWhatIsExpectedOrOneSentence() throws {
  let config: JSON = ["width": 768, "name": "ViT", "eps": 1e-5, "bias": .null, "list": [1]]
  #expect(try config.get("width", .integer, in: "c") == 768)
  #expect(try config.get("width", .number, in: "c") == 768)
  #expect(try config.get("name", .string, in: "c") == "ViT")
  #expect(try config.find("bias", .bool, in: "c") == nil)
  #expect(try config.find("absent", .object, in: "c") == nil)
  let table: [(String, () throws -> Void)] = [
    (
      "c 'name': expected a whole number, found \"ViT\".",
      { _ = try config.get("name", .integer, in: "c") }
    ),
    (
      "c 'eps': expected a whole number, found 1e-05.",
      { _ = try config.find("eps", .integer, in: "c") }
    ),
    (
      "c 'list': expected an object, found an array.",
      { _ = try config.get("list", .object, in: "c") }
    ),
    ("c 'x': expected a text, found nothing.", { _ = try config.get("x", .string, in: "c") }),
    (
      "c 'bias': expected true or false, found null.",
      { _ = try config.get("bias", .bool, in: "c") }
    ),
    ("c: expected an object, found 5.", { _ = try JSON.integer(5).get("x", .array, in: "c") }),
  ]
  for (expected, body) in table { #expect(sentence(body) == expected) }
}

/// nst/JSONTestSuite, folder test_parsing: what begins with `y_` is read, with `n_` refused. Two of
/// the first kind have a key twice, which we refuse.
@Test(.enabled(if: suite != nil, "needs JSON_TEST_SUITE, the folder of the suite's files"))
func theTestSuiteIsReadAndRefusedAsItSays() throws {
  let folder = Path(try #require(suite))
  var counts = [0, 0]
  for name in try folder.names() {
    let isRead = (try? JSON(file: folder / name)) != nil
    if name.description.hasPrefix("y_object_duplicated_key") {
      #expect(!isRead)
    } else if name.description.hasPrefix("y_") {
      #expect(isRead, "\(name)")
      counts[0] += 1
    } else if name.description.hasPrefix("n_") {
      #expect(!isRead, "\(name)")
      counts[1] += 1
    }
  }
  #expect(counts == [93, 188])
}

private let suite = ProcessInfo.processInfo.environment["JSON_TEST_SUITE"]

extension JSON {
  init(_ elements: [JSON]) { self = .array(elements) }

  static func random(depth: Int, using random: inout some RandomNumberGenerator) -> JSON {
    switch Int.random(in: 0..<(depth == 0 ? 5 : 7), using: &random) {
    case 0: return .null
    case 1: return .bool(.random(using: &random))
    case 2: return .integer(.random(in: .min ... .max, using: &random))
    case 3:
      let value = Double(bitPattern: .random(in: 0 ... .max, using: &random))
      return .number(value.isFinite ? value : 0.5)
    case 4: return .string(text(using: &random))
    case 5:
      return .array(
        (0..<Int.random(in: 0..<4, using: &random)).map { _ in
          .random(depth: depth - 1, using: &random)
        })
    default:
      return .object(
        (0..<Int.random(in: 0..<12, using: &random)).map {
          Member("\($0)" + text(using: &random), .random(depth: depth - 1, using: &random))
        })
    }
  }

  private static func text(using random: inout some RandomNumberGenerator) -> String {
    String(
      String.UnicodeScalarView(
        (0..<Int.random(in: 0..<20, using: &random)).compactMap { _ in
          Unicode.Scalar(
            UInt32.random(in: 0...(.random(using: &random) ? 0x80 : 0x10ffff), using: &random))
        }))
  }
}
