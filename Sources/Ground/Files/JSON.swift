/// A JSON value that is read strictly and kept exactly: whole numbers stay whole, and members keep
/// their order.
///
/// ```swift
/// let config = try JSON(parsing: bytes, place: "config.json")
/// try config.get("projection_dim", .integer, in: "config.json")      // 512
/// config["text_config"]?["hidden_act"]?.string                       // "quick_gelu"
/// ```
///
/// Values can be written as Swift literals:
///
/// ```swift
/// let row: JSON = ["picture": "a.jpg", "size": [500, 333], "score": 3.25]
/// row.written()      // {"picture":"a.jpg","size":[500,333],"score":3.25}
/// ```
public enum JSON: Equatable, Sendable {
  case null
  case bool(Bool)
  case integer(Int)
  /// A whole number that does not fit into 64 bits, as it was written.
  case largeInteger(String)
  case number(Double)
  case string(String)
  case array([JSON])
  case object([Member])

  public struct Member: Equatable, Sendable {
    public let key: String
    public let value: JSON

    public init(_ key: String, _ value: JSON) {
      self.key = key
      self.value = value
    }
  }

  /// Creates the number with the fewest digits that reads back as the same Float: 0.1, not
  /// 0.10000000149011612.
  public init(_ value: Float) { self = .number(Double(value.description) ?? Double(value)) }
}

extension JSON {
  /// The value of an object's member. It is nil if there is no such member or this is no object.
  public subscript(key: String) -> JSON? { members?.first { $0.key == key }?.value }

  public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
  public var integer: Int? { if case .integer(let value) = self { value } else { nil } }
  public var string: String? { if case .string(let value) = self { value } else { nil } }
  public var array: [JSON]? { if case .array(let value) = self { value } else { nil } }
  public var members: [Member]? { if case .object(let value) = self { value } else { nil } }
  /// The value as a number, whether it is whole or not.
  public var number: Double? {
    switch self {
    case .number(let value): value
    case .integer(let value): Double(value)
    case .largeInteger(let digits): Double(digits)
    default: nil
    }
  }

  /// What a member has to be, in words for messages and as a type.
  public struct Reading<Value: Sendable>: Sendable {
    let expectation: String
    let read: @Sendable (JSON) -> Value?
  }

  /// Returns a member that must be there and be of the expected kind. The error otherwise reads
  /// `config.json 'hidden_size': expected a whole number, found "768".`
  public func get<Value>(
    _ key: String, _ reading: Reading<Value>, in place: @autoclosure () -> String
  ) throws -> Value {
    if let value = try find(key, reading, in: place()) { return value }
    let found = self[key] == nil ? "nothing" : "null"
    throw InputError("\(place()) '\(key)'", expected: reading.expectation, found: found)
  }

  /// Returns a member, or nil if it is missing or null. A value of another kind is refused.
  public func find<Value>(
    _ key: String, _ reading: Reading<Value>, in place: @autoclosure () -> String
  ) throws -> Value? {
    guard let members else { throw InputError(place(), expected: "an object", found: summary) }
    guard let member = members.first(where: { $0.key == key })?.value, member != .null else {
      return nil
    }
    if let value = reading.read(member) { return value }
    throw InputError(
      "\(place()) '\(key)'", expected: reading.expectation, found: member.summary)
  }

  /// The value as messages show it: itself if it is short, otherwise its kind.
  public var summary: String {
    switch self {
    case .array: return "an array"
    case .object: return "an object"
    default:
      let text = written()
      return text.utf8.count <= 60 ? printable(text.utf8) : "a long text"
    }
  }
}

extension JSON.Reading {
  public static var bool: JSON.Reading<Bool> { .init(expectation: "true or false") { $0.bool } }
  public static var integer: JSON.Reading<Int> {
    .init(expectation: "a whole number") { $0.integer }
  }
  public static var number: JSON.Reading<Double> { .init(expectation: "a number") { $0.number } }
  public static var string: JSON.Reading<String> { .init(expectation: "a text") { $0.string } }
  public static var array: JSON.Reading<[JSON]> { .init(expectation: "an array") { $0.array } }
  public static var object: JSON.Reading<JSON> {
    .init(expectation: "an object") { $0.members == nil ? nil : $0 }
  }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByFloatLiteral, ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral
{
  public init(stringLiteral value: String) { self = .string(value) }
  public init(integerLiteral value: Int) { self = .integer(value) }
  public init(floatLiteral value: Double) { self = .number(value) }
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  public init(arrayLiteral elements: JSON...) { self = .array(elements) }
  public init(dictionaryLiteral elements: (String, JSON)...) {
    self = .object(elements.map { Member($0, $1) })
  }
}
