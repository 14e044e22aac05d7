import Ground

/// The classes and functions that a pickle of weights may name, and what a call of each would give.
/// Nothing is ever called: this is a table from names to data.
struct PickleGlobal: Sendable {
  /// Gives the value of a call with these arguments; nil if the function does not take such
  /// arguments.
  let call: @Sendable (_ arguments: [Pickled], PickleMachine) -> Pickled?

  /// The names in `torch/_weights_only_unpickler.py`, and a few that training scripts leave behind.
  static let allowed: [String: PickleGlobal] = {
    var table: [String: PickleGlobal] = [
      "collections.OrderedDict": emptyDictionary,
      "collections.defaultdict": PickleGlobal { _, _ in .dictionary([]) },
      "torch._utils._rebuild_tensor_v2": tensor,
      "torch._utils._rebuild_parameter": firstArgument,
      "torch._utils._rebuild_parameter_with_state": firstArgument,
      "torch.Size": firstArgument,
    ]
    for name in harmless { table[name] = PickleGlobal { _, _ in .opaque } }
    for name in storages.keys { table["torch.\(name)Storage"] = notCalled }
    for name in types { table["torch.\(name)"] = notCalled }
    return table
  }()

  static let storages: [String: ElementType] = [
    "Float": .f32, "Double": .f64, "Half": .f16, "BFloat16": .bf16, "Long": .i64, "Int": .i32,
    "Short": .i16, "Char": .i8, "Byte": .u8, "Bool": .bool,
  ]

  /// Whether the name is one that TorchScript gives to its own classes, which exist only in its
  /// archives.
  static func isScriptClass(_ name: String) -> Bool { name.hasPrefix("__torch__.") }

  /// Returns the type of the numbers in a storage of this class.
  static func elementType(of storage: String) -> ElementType? {
    guard storage.hasPrefix("torch."), storage.hasSuffix("Storage") else { return nil }
    return storages[String(storage.dropFirst("torch.".count).dropLast("Storage".count))]
  }

  private static let emptyDictionary = PickleGlobal { arguments, _ in
    arguments.isEmpty ? .dictionary([]) : nil
  }

  /// Lists and dictionaries are refused, since they grow: if two values had the same long one, each
  /// growth would copy it.
  private static let firstArgument = PickleGlobal { arguments, _ in
    switch arguments.first {
    case .list, .dictionary: nil
    case let first: first
    }
  }

  private static let notCalled = PickleGlobal { _, _ in nil }

  /// (storage, offset, size, stride, requires_grad, backward_hooks[, metadata])
  private static let tensor = PickleGlobal { arguments, machine in
    guard arguments.count >= 4, case .storage(let storage) = arguments[0],
      case .integer(let offset) = arguments[1], let shape = machine.integers(arguments[2]),
      let strides = machine.integers(arguments[3])
    else { return nil }
    return .tensor(
      Pickled.View(storage: storage, offset: offset, shape: shape, strides: strides))
  }

  private static let harmless = [
    "_codecs.encode", "argparse.Namespace", "builtins.set", "__builtin__.set",
    "numpy.core.multiarray.scalar", "numpy._core.multiarray.scalar", "numpy.dtype",
    "torch.device", "torch.jit._pickle.build_intlist", "torch.jit._pickle.build_doublelist",
    "torch.jit._pickle.build_boollist", "torch.jit._pickle.build_tensorlist",
    "torch.jit._pickle.restore_type_tag",
  ]

  private static let types = [
    "float32", "float", "float64", "double", "float16", "half", "bfloat16", "uint8", "int8",
    "int16", "short", "int32", "int", "int64", "long", "bool",
  ]
}

/// Classes, calls and storages.
extension PickleMachine {
  func global(_ module: String, _ name: String) throws -> Pickled {
    let name = "\(module).\(name)"
    if PickleGlobal.allowed[name] != nil || (isScript && PickleGlobal.isScriptClass(name)) {
      return .global(name)
    }
    throw InputError(
      place, expected: "plain data and tensors",
      found: "the global '\(printable(name.utf8.prefix(200)))'",
      hint: "nothing in the file was run; if you trust it, load it in PyTorch and save "
        + "model.state_dict() alone")
  }

  mutating func call() throws {
    let arguments = try pop()
    let function = try pop()
    guard case .global(let name) = values[function], case .tuple(let places) = values[arguments]
    else { throw error("a call of a global", found: "something else") }
    if PickleGlobal.isScriptClass(name) {
      push(.object(attributes: nil))
      return
    }
    let few = places.prefix(8).map { values[$0] }
    guard let value = PickleGlobal.allowed[name]?.call(few, self) else {
      throw error("the arguments that '\(name)' takes", found: "other arguments")
    }
    push(value)
  }

  /// Gives attributes to an object. Those of a dictionary (`_metadata`) or a tensor are not needed.
  mutating func build() throws {
    let state = try pop()
    let place = try top()
    switch values[place] {
    case .object: values[place] = .object(attributes: state)
    case .dictionary, .tensor, .opaque: break
    default: throw error("an object to build", found: "something else")
    }
  }

  /// ('storage', class, key, location, number of elements)
  func storage(_ value: Pickled) throws -> Pickled {
    guard case .tuple(let places) = value, places.count >= 5,
      case .text("storage") = values[places[0]], case .global(let name) = values[places[1]],
      let type = PickleGlobal.elementType(of: name), case .text(let key) = values[places[2]],
      case .integer(let count) = values[places[4]], count >= 0
    else { throw error("a storage of numbers", found: "something else") }
    return .storage(Pickled.Storage(type: type, key: key, count: count))
  }
}
