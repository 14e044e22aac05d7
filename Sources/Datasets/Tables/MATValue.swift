/// A MATLAB value, as far as annotations need it.
///
/// ```swift
/// let file = try MATFile(MappedFile("devkit/cars_meta.mat"), name: "cars_meta.mat")
/// file["class_names"]      // .cells([.text("AM General Hummer SUV 2000"), ...])
/// ```
package enum MATValue: Equatable, Sendable {
  /// Numbers of any type, column by column.
  case numbers([Double])
  case text(String)
  case cells([MATValue])
  /// A struct array: the names of its fields, and for each element their values.
  case records([String], [[MATValue]])
  /// A value that is not read, by the name of its kind.
  case other(String)

  /// The number, if the value is a single one.
  var number: Double? {
    if case .numbers(let numbers) = self, numbers.count == 1 { numbers[0] } else { nil }
  }

  /// The text. An empty array of numbers is an empty text too.
  var text: String? {
    switch self {
    case .text(let text): text
    case .numbers(let numbers) where numbers.isEmpty: ""
    default: nil
    }
  }

  var cells: [MATValue]? { if case .cells(let cells) = self { cells } else { nil } }

  /// The value's kind in messages.
  var kind: String {
    switch self {
    case .numbers(let numbers): numbers.count == 1 ? "a number" : "\(numbers.count) numbers"
    case .text: "a text"
    case .cells(let cells): "\(cells.count) cells"
    case .records(_, let rows): "a struct array of \(rows.count)"
    case .other(let name): name
    }
  }
}
