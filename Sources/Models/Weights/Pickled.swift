/// The content of a pickle as data: a tree of plain values, or a graph if values are shared. The
/// places are indices into `Pickle.values`.
enum Pickled: Sendable {
  typealias Place = Int

  case none
  case bool(Bool)
  case integer(Int)
  case number(Double)
  case text(String)
  case tuple([Place])
  case list([Place])
  case dictionary([(key: Place, value: Place)])
  /// A class or function, of which only the name is kept.
  case global(String)
  case storage(Storage)
  case tensor(View)
  /// A module of TorchScript. Its attributes are a dictionary once they have been read.
  case object(attributes: Place?)
  /// Something known and harmless for which weights have no use, such as a set or a number of
  /// NumPy.
  case opaque

  /// A run of numbers in an entry of the archive.
  struct Storage: Sendable {
    let type: ElementType
    let key: String
    let count: Int
  }

  /// A tensor: some of the numbers of a storage.
  struct View: Sendable {
    let storage: Storage
    let offset: Int
    let shape: [Int]
    let strides: [Int]
  }
}

/// A pickle after reading.
struct Pickle: Sendable {
  let values: [Pickled]
  let root: Pickled.Place

  subscript(place: Pickled.Place) -> Pickled { values[place] }

  func text(_ place: Pickled.Place) -> String? {
    if case .text(let text) = values[place] { text } else { nil }
  }

  func pairs(_ place: Pickled.Place) -> [(key: Pickled.Place, value: Pickled.Place)]? {
    if case .dictionary(let pairs) = values[place] { pairs } else { nil }
  }
}
