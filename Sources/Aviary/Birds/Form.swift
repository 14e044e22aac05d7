/// The build of a bird, with lengths in lengths of its body and angles in degrees.
public struct Form: Sendable {
  /// What CUB-200-2011 calls the bird in its groups shape, size, bill_shape, bill_length,
  /// wing_shape and tail_shape.
  public var shape: String
  public var size: String
  public var billShape: BillShape
  public var wingShape: String
  public var tailShape: TailShape

  var plumpness: Float = 1
  var headRadius: Float = 0.2
  /// The distance from the shoulder to the middle of the head, and how steeply the neck rises.
  var neck: Float = 0.22
  var neckRise: Float = 55
  /// How much the front of the body is raised.
  var tilt: Float = 28
  var tail: Float = 0.5
  var tailWidth: Float = 0.085
  var wing: Float = 0.92
  var leg: Float = 0.24
  var bill: Float = 0.2
  var billDepth: Float = 0.075
  var eye: Float = 0.24
  var habits: Habits = .perches

  /// What the bird does in a picture.
  enum Habits: Sendable {
    /// Stands or sits on a twig.
    case perches
    /// Swims if there is water, and stays on the ground otherwise.
    case swims
    /// Walks on the ground, or in shallow water.
    case walks
    /// Clings to an upright trunk.
    case clings
    /// Stays in the air before a flower.
    case hovers
  }

  public enum BillShape: String, Sendable {
    case curved = "curved_(up_or_down)"
    case dagger, hooked, needle
    case hookedSeabird = "hooked_seabird"
    case spatulate
    case allPurpose = "all-purpose"
    case cone
  }

  public enum TailShape: String, Sendable {
    case forked = "forked_tail"
    case rounded = "rounded_tail"
    case notched = "notched_tail"
    case fan = "fan-shaped_tail"
    case pointed = "pointed_tail"
    case squared = "squared_tail"
  }

  /// CUB-200-2011's bill_length, which compares the bill with the head from the bill's root to the
  /// nape.
  var billLength: String {
    let head = 1.7 * headRadius
    return bill > 1.15 * head
      ? "longer_than_head" : bill < 0.8 * head ? "shorter_than_head" : "about_the_same_as_head"
  }

  /// Returns the form with some changes.
  func with(_ change: (inout Form) -> Void) -> Form {
    var form = self
    change(&form)
    return form
  }
}

extension Form {
  static let finch = Form(
    shape: "perching-like", size: "small_(5_-_9_in)", billShape: .cone,
    wingShape: "rounded-wings", tailShape: .notched, plumpness: 1.06, headRadius: 0.21,
    bill: 0.17, billDepth: 0.105)
  static let blackbird = Form(
    shape: "perching-like", size: "medium_(9_-_16_in)", billShape: .dagger,
    wingShape: "pointed-wings", tailShape: .fan, headRadius: 0.185, tail: 0.55, wing: 0.95,
    leg: 0.3, bill: 0.29, billDepth: 0.08)
  static let warbler = Form(
    shape: "perching-like", size: "very_small_(3_-_5_in)", billShape: .allPurpose,
    wingShape: "rounded-wings", tailShape: .squared, plumpness: 1.08, headRadius: 0.225,
    tail: 0.42, tailWidth: 0.07, bill: 0.19, billDepth: 0.055, eye: 0.27)
  static let flycatcher = Form(
    shape: "perching-like", size: "small_(5_-_9_in)", billShape: .allPurpose,
    wingShape: "pointed-wings", tailShape: .rounded, headRadius: 0.205, tilt: 48, tail: 0.52,
    bill: 0.23, billDepth: 0.07)
  static let duck = Form(
    shape: "duck-like", size: "large_(16_-_32_in)", billShape: .spatulate,
    wingShape: "pointed-wings", tailShape: .pointed, plumpness: 1.05, headRadius: 0.175,
    neck: 0.36, neckRise: 68, tilt: 6, tail: 0.26, tailWidth: 0.1, wing: 0.8, leg: 0.16,
    bill: 0.3, billDepth: 0.085, eye: 0.2, habits: .swims)
  static let gull = Form(
    shape: "gull-like", size: "large_(16_-_32_in)", billShape: .hookedSeabird,
    wingShape: "long-wings", tailShape: .squared, plumpness: 0.88, headRadius: 0.165, neck: 0.3,
    neckRise: 52, tilt: 12, tail: 0.34, tailWidth: 0.08, wing: 1.12, leg: 0.28, bill: 0.27,
    billDepth: 0.07, eye: 0.22, habits: .swims)
  static let hawk = Form(
    shape: "hawk-like", size: "large_(16_-_32_in)", billShape: .hooked,
    wingShape: "broad-wings", tailShape: .rounded, plumpness: 1.02, headRadius: 0.19, neck: 0.24,
    neckRise: 68, tilt: 62, tail: 0.6, tailWidth: 0.11, wing: 1.0, leg: 0.22, bill: 0.17,
    billDepth: 0.1, eye: 0.25)
  static let swallow = Form(
    shape: "swallow-like", size: "small_(5_-_9_in)", billShape: .allPurpose,
    wingShape: "tapered-wings", tailShape: .forked, plumpness: 0.86, headRadius: 0.19, neck: 0.2,
    neckRise: 40, tilt: 22, tail: 0.72, tailWidth: 0.085, wing: 1.15, leg: 0.12, bill: 0.12,
    billDepth: 0.06)
  static let wader = Form(
    shape: "long-legged-like", size: "very_large_(32_-_72_in)", billShape: .dagger,
    wingShape: "broad-wings", tailShape: .squared, plumpness: 0.84, headRadius: 0.13, neck: 0.62,
    neckRise: 74, tilt: 14, tail: 0.24, tailWidth: 0.09, wing: 0.9, leg: 0.78, bill: 0.42,
    billDepth: 0.07, eye: 0.28, habits: .walks)
  static let climber = Form(
    shape: "tree-clinging-like", size: "medium_(9_-_16_in)", billShape: .dagger,
    wingShape: "rounded-wings", tailShape: .pointed, plumpness: 0.88, headRadius: 0.19,
    neck: 0.24, neckRise: 70, tilt: 68, tail: 0.46, tailWidth: 0.075, wing: 0.9, leg: 0.1,
    bill: 0.34, billDepth: 0.075, habits: .clings)
  static let hummer = Form(
    shape: "hummingbird-like", size: "very_small_(3_-_5_in)", billShape: .needle,
    wingShape: "tapered-wings", tailShape: .notched, plumpness: 0.84, headRadius: 0.2, neck: 0.22,
    neckRise: 50, tilt: 44, tail: 0.42, tailWidth: 0.075, wing: 0.95, leg: 0, bill: 0.52,
    billDepth: 0.035, eye: 0.26, habits: .hovers)
  static let rail = Form(
    shape: "chicken-like-marsh", size: "medium_(9_-_16_in)", billShape: .curved,
    wingShape: "rounded-wings", tailShape: .pointed, plumpness: 1.08, headRadius: 0.165,
    neck: 0.32, neckRise: 58, tilt: 10, tail: 0.24, wing: 0.75, leg: 0.36, bill: 0.4,
    billDepth: 0.07, eye: 0.24, habits: .walks)
  static let owl = Form(
    shape: "owl-like", size: "medium_(9_-_16_in)", billShape: .hooked,
    wingShape: "broad-wings", tailShape: .rounded, plumpness: 1.16, headRadius: 0.27, neck: 0.2,
    neckRise: 84, tilt: 70, tail: 0.36, tailWidth: 0.12, wing: 0.92, leg: 0.12, bill: 0.1,
    billDepth: 0.08, eye: 0.34)
  static let pigeon = Form(
    shape: "pigeon-like", size: "medium_(9_-_16_in)", billShape: .allPurpose,
    wingShape: "pointed-wings", tailShape: .fan, plumpness: 1.14, headRadius: 0.155, neck: 0.3,
    neckRise: 66, tilt: 22, tail: 0.5, tailWidth: 0.11, wing: 0.95, leg: 0.2, bill: 0.15,
    billDepth: 0.055, eye: 0.24)
}
