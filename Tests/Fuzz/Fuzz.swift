import Glibc

/// One parser under fire: a name, and what to do with any bytes at all. Finding nothing wrong
/// means returning; a trap, a hang or a sanitizer's report is a find.
struct FuzzTarget: Sendable {
  let name: String
  let run: @Sendable (UnsafeRawBufferPointer) -> Void
}

extension FuzzTarget {
  /// Every parser that meets bytes from outside; a new one is a line here.
  static let all = [
    FuzzTarget(name: "printable") { bytes in _ = printable(bytes) }
  ]

  /// The one that the environment names.
  static let chosen: FuzzTarget = {
    let name = getenv("FIELDMARK_FUZZ").map { String(cString: $0) } ?? ""
    guard let target = all.first(where: { $0.name == name }) else {
      let names = all.map(\.name).joined(separator: ", ")
      preconditionFailure("FIELDMARK_FUZZ names none of \(names).")
    }
    return target
  }()
}

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  FuzzTarget.chosen.run(UnsafeRawBufferPointer(start: bytes, count: count))
  return 0
}
