/// What stands in a pickle, as data: a tree (or net, where things are shared) of plain values.
/// The places are indices into `Pickle.values`.
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
  /// A class or function, by its name alone.
  case global(String)
  case storage(Storage)
  case tensor(View)
  /// A module of TorchScript: its attributes are a dictionary, once they have been read.
  case object(attributes: Place?)
  /// Something known and harmless that weights have no use for: a set, a number of NumPy.
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
