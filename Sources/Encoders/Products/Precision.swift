import CFieldmark
import Ground

/// What the numbers are that an encoder multiplies; sums are 32-bit floats in any case.
public enum Precision: String, CaseIterable, Named {
  public static let kind = "a precision"

  /// The reference.
  case fp32
  /// Weights and what they are multiplied with rounded to bfloat16: 8 significant bits, twice as
  /// fast, on processors that multiply them.
  case bf16

  var number: fm_number { self == .fp32 ? FM_F32 : FM_BF16 }
  /// Bytes of one number.
  var size: Int { self == .fp32 ? 4 : 2 }

  /// Whether this processor multiplies such numbers by itself.
  public var isSupported: Bool { fm_processor_multiplies(number) != 0 }
}
