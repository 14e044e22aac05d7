import CFieldmark
import Ground

/// The type of the numbers that an encoder multiplies. Sums are 32-bit floats in any case.
public enum Precision: String, CaseIterable, Named {
  public static let kind = "a precision"

  /// 32-bit floats, the reference.
  case fp32
  /// Weights and their inputs are rounded to bfloat16, with 8 significant bits. This is twice as
  /// fast on processors that multiply bfloat16 numbers.
  case bf16

  var number: fm_number { self == .fp32 ? FM_F32 : FM_BF16 }
  /// Bytes of one number.
  var size: Int { self == .fp32 ? 4 : 2 }

  /// Whether this processor has instructions for such numbers.
  public var isSupported: Bool { fm_processor_multiplies(number) != 0 }
}
