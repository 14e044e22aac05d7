import CFieldmark

/// The type of a tensor's numbers in a file, under the name that the safetensors format has for it.
///
/// ```swift
/// ElementType(named: "BF16")      // .bf16
/// ```
///
/// All types of the format can be named, sized and skipped. Those in which encoders are not
/// published (8-bit and smaller floats, complex numbers) cannot be read.
public struct ElementType: Sendable {
  public let name: String
  /// The size of one element in bits, since some are smaller than a byte.
  public let bits: Int
  /// Turns elements, at any address, into floats; nil for types that cannot be read.
  let floats: Conversion<Float>?
  /// Turns elements into whole numbers, for types that are whole.
  let integers: Conversion<Int>?

  typealias Conversion<Value> =
    @Sendable (UnsafeRawPointer, UnsafeMutableBufferPointer<Value>) ->
    Void

  public static let f32 = ElementType(floating: "F32", bits: 32) { source, out in
    UnsafeMutableRawBufferPointer(out).copyMemory(
      from: UnsafeRawBufferPointer(start: source, count: 4 * out.count))
  }
  public static let f16 = ElementType(floating: "F16", bits: 16) { source, out in
    if let start = out.baseAddress { fm_floats_from_halves(source, out.count, start) }
  }
  public static let bf16 = ElementType(floating: "BF16", bits: 16) { source, out in
    if let start = out.baseAddress { fm_floats_from_bfloats(source, out.count, start) }
  }
  /// Each number is rounded to the nearest float.
  public static let f64 = ElementType(floating: "F64", bits: 64) { source, out in
    for index in out.indices {
      out[index] = Float(source.loadUnaligned(fromByteOffset: 8 * index, as: Double.self))
    }
  }
  /// Numbers beyond 2^24 are rounded to the nearest float; `Tensor.integers` is exact.
  public static let i64 = whole("I64", Int64.self)
  public static let i32 = whole("I32", Int32.self)
  public static let i16 = whole("I16", Int16.self)
  public static let i8 = whole("I8", Int8.self)
  public static let u8 = whole("U8", UInt8.self)
  public static let bool = whole("BOOL", UInt8.self)

  /// Every type of the format, in the order of its documentation.
  public static let all: [ElementType] = [
    bool, .unread("F4", 4), .unread("F6_E2M3", 6), .unread("F6_E3M2", 6), u8, i8,
    .unread("F8_E5M2", 8), .unread("F8_E4M3", 8), .unread("F8_E8M0", 8),
    .unread("F8_E4M3FNUZ", 8), .unread("F8_E5M2FNUZ", 8), i16, .unread("U16", 16), f16, bf16,
    i32, .unread("U32", 32), f32, .unread("C64", 64), f64, i64, .unread("U64", 64),
  ]

  public init?(named name: String) {
    guard let type = ElementType.all.first(where: { $0.name == name }) else { return nil }
    self = type
  }

  private init(
    _ name: String, bits: Int, floats: Conversion<Float>? = nil, integers: Conversion<Int>? = nil
  ) {
    self.name = name
    self.bits = bits
    self.floats = floats
    self.integers = integers
  }

  private init(floating name: String, bits: Int, _ floats: @escaping Conversion<Float>) {
    self.init(name, bits: bits, floats: floats)
  }

  private static func unread(_ name: String, _ bits: Int) -> ElementType {
    ElementType(name, bits: bits)
  }

  private static func whole<Element: FixedWidthInteger & Sendable>(
    _ name: String, _ type: Element.Type
  ) -> ElementType {
    let size = MemoryLayout<Element>.size
    return ElementType(
      name, bits: 8 * size,
      floats: { source, out in
        for index in out.indices {
          out[index] = Float(source.loadUnaligned(fromByteOffset: size * index, as: Element.self))
        }
      },
      integers: { source, out in
        for index in out.indices {
          out[index] = Int(source.loadUnaligned(fromByteOffset: size * index, as: Element.self))
        }
      })
  }
}

extension ElementType: Hashable, CustomStringConvertible {
  public static func == (a: ElementType, b: ElementType) -> Bool { a.name == b.name }
  public func hash(into hasher: inout Hasher) { hasher.combine(name) }
  public var description: String { name }
}
