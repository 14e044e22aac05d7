import Ground

/// Reads a pickle as data. A pickle is a program that builds objects on a stack, and it can call
/// any function of Python. This machine knows the instructions that torch.save writes, builds a
/// tree of values, and refuses everything else by name. It runs nothing.
///
///     x.pt: expected plain data and tensors, found the global 'posix.system'; ...
///
/// The limits are 64 MiB, a million values on the stack or remembered, four million in all, and
/// texts of 1 MiB. Each instruction takes time in proportion to its own bytes and to what it takes
/// off the stack, so no short pickle is a long program.
struct PickleMachine {
  let bytes: [UInt8]
  let place: String
  /// Whether the pickle is TorchScript's, which has classes of its own.
  let isScript: Bool
  var position = 0
  var values: [Pickled] = []
  var stack: [Pickled.Place] = []
  var marks: [Int] = []
  var memo: [Int: Pickled.Place] = [:]

  static func read(_ bytes: [UInt8], place: String, isScript: Bool) throws -> Pickle {
    guard bytes.count <= 1 << 26 else {
      throw InputError(place, expected: "at most 67108864 bytes", found: "\(bytes.count)")
    }
    var machine = PickleMachine(bytes: bytes, place: place, isScript: isScript)
    while true {
      guard try machine.step() else { break }
      guard machine.stack.count <= 1 << 20, machine.values.count <= 1 << 22,
        machine.memo.count <= 1 << 20, machine.marks.count <= 1 << 20
      else { throw machine.error("a pickle of a reasonable size", found: "one that is too large") }
    }
    guard machine.stack.count == 1, machine.marks.isEmpty, machine.position == bytes.count else {
      throw machine.error("one value", found: "something else")
    }
    return Pickle(values: machine.values, root: machine.stack[0])
  }

  private init(bytes: [UInt8], place: String, isScript: Bool) {
    self.bytes = bytes
    self.place = place
    self.isScript = isScript
  }

  /// Carries out one instruction, and returns false at the last one. The names of instructions are
  /// those of Python's pickletools.
  private mutating func step() throws -> Bool {
    let opcode = try byte()
    switch opcode {
    case 0x80:  // PROTO
      let version = try byte()
      guard (2...5).contains(version) else {
        throw error("a pickle of protocol 2 to 5", found: "protocol \(version)")
      }
    case UInt8(ascii: "."): return false  // STOP
    case 0x95: position += 8  // FRAME, a hint for reading ahead
    case UInt8(ascii: "("): marks.append(stack.count)  // MARK

    case UInt8(ascii: "N"): push(.none)
    case 0x88: push(.bool(true))  // NEWTRUE
    case 0x89: push(.bool(false))  // NEWFALSE
    case UInt8(ascii: "K"): push(.integer(Int(try byte())))  // BININT1
    case UInt8(ascii: "M"): push(.integer(try count(2)))  // BININT2
    case UInt8(ascii: "J"): push(.integer(try signed(take(4))))  // BININT
    case 0x8a: push(try longInteger(count: Int(byte())))  // LONG1
    case UInt8(ascii: "G"):  // BINFLOAT, the high byte first
      let bits = try take(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      push(.number(Double(bitPattern: bits)))
    case UInt8(ascii: "X"): push(try text(count: count(4)))  // BINUNICODE
    case 0x8c: push(try text(count: count(1)))  // SHORT_BINUNICODE
    case UInt8(ascii: "U"): push(try text(count: count(1)))  // SHORT_BINSTRING
    case UInt8(ascii: "T"): push(try text(count: count(4)))  // BINSTRING
    case UInt8(ascii: "C"), UInt8(ascii: "B"):  // SHORT_BINBYTES, BINBYTES
      _ = try take(count(opcode == UInt8(ascii: "C") ? 1 : 4))
      push(.opaque)

    case UInt8(ascii: "}"): push(.dictionary([]))  // EMPTY_DICT
    case UInt8(ascii: "]"): push(.list([]))  // EMPTY_LIST
    case UInt8(ascii: ")"): push(.tuple([]))  // EMPTY_TUPLE
    case 0x8f: push(.opaque)  // EMPTY_SET
    case UInt8(ascii: "t"): push(.tuple(try popToMark()))  // TUPLE
    case 0x85, 0x86, 0x87:  // TUPLE1, 2, 3
      let items = try (0..<Int(opcode) - 0x84).map { _ in try pop() }
      push(.tuple(items.reversed()))
    case UInt8(ascii: "a"): try append([pop()])  // APPEND
    case UInt8(ascii: "e"), 0x90: try append(popToMark())  // APPENDS, ADDITEMS
    case UInt8(ascii: "s"):  // SETITEM
      let value = try pop()
      try setItems([pop(), value])
    case UInt8(ascii: "u"): try setItems(popToMark())  // SETITEMS

    case UInt8(ascii: "q"): memo[try count(1)] = try top()  // BINPUT
    case UInt8(ascii: "r"): memo[try count(4)] = try top()  // LONG_BINPUT
    case 0x94: memo[memo.count] = try top()  // MEMOIZE
    case UInt8(ascii: "h"): try recall(count(1))  // BINGET
    case UInt8(ascii: "j"): try recall(count(4))  // LONG_BINGET

    case UInt8(ascii: "c"): push(try global(line(), line()))  // GLOBAL
    case 0x93:  // STACK_GLOBAL
      guard case .text(let name) = values[try pop()], case .text(let module) = values[try pop()]
      else { throw error("the name of a global", found: "something else") }
      push(try global(module, name))
    case UInt8(ascii: "Q"): push(try storage(values[pop()]))  // BINPERSID
    case UInt8(ascii: "R"), 0x81: try call()  // REDUCE, NEWOBJ
    case UInt8(ascii: "b"): try build()  // BUILD
    default:
      throw error("an instruction of torch.save", found: "0x\(String(opcode, radix: 16))")
    }
    return true
  }
}

/// The stack, and what is remembered.
extension PickleMachine {
  mutating func push(_ value: Pickled) {
    stack.append(values.count)
    values.append(value)
  }

  /// Returns what is on top of the stack, but never what lies below the last mark.
  func top() throws -> Pickled.Place {
    guard let top = stack.last, stack.count > marks.last ?? 0 else {
      throw error("something on the stack", found: "nothing")
    }
    return top
  }

  mutating func pop() throws -> Pickled.Place {
    let place = try top()
    stack.removeLast()
    return place
  }

  private mutating func popToMark() throws -> [Pickled.Place] {
    guard let mark = marks.popLast() else { throw error("a mark", found: "none") }
    defer { stack.removeSubrange(mark...) }
    return Array(stack[mark...])
  }

  private mutating func recall(_ key: Int) throws {
    guard let place = memo[key] else { throw error("something remembered", found: "nothing") }
    stack.append(place)
  }

  private mutating func append(_ items: [Pickled.Place]) throws {
    let place = try top()
    switch values[place] {
    case .list(var list):
      values[place] = .none  // so that the list grows in place
      list += items
      values[place] = .list(list)
    case .opaque: break
    default: throw error("a list to append to", found: "something else")
    }
  }

  private mutating func setItems(_ items: [Pickled.Place]) throws {
    let place = try top()
    guard items.count.isMultiple(of: 2) else {
      throw error("a value for each key", found: "a key without one")
    }
    switch values[place] {
    case .dictionary(var pairs):
      values[place] = .none
      for index in stride(from: 0, to: items.count, by: 2) {
        pairs.append((items[index], items[index + 1]))
      }
      values[place] = .dictionary(pairs)
    case .opaque: break
    default: throw error("a dictionary to set items of", found: "something else")
    }
  }
}
