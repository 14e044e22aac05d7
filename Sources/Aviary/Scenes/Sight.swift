import Ground

/// How well a picture shows its bird: photographs also show birds that are far away, behind leaves or
/// among others. A new one is one declaration here and a word in `all`.
///
/// ```swift
/// Sight.all.map(\.name)                 // clear, small, occluded, several
/// World(seed: 7, sight: .small).draw(12).box    // of a few pixels
/// ```
///
/// Everything else in the picture is decided as for a bird in full view: the same number of a world
/// has the same individual in the same pose and habitat.
public struct Sight: Named, Equatable {
  public static let kind = "a sight"

  public let name: String
  /// What is seen, as it is said after the name.
  public let summary: String
  /// The bird's side, as a share of that of a bird in full view.
  let size: ClosedRange<Float>
  /// How many other birds of its species there are.
  let others: ClosedRange<Int>
  let foreground: Foreground

  /// What stands before the bird.
  package enum Foreground: Equatable, Sendable {
    /// Up to three twigs, which may hide some of it.
    case fewTwigs
    /// A leaf of the foreground would hide all of a small bird.
    case nothing
    /// So many leaves or blades of grass that they hide such a share of it.
    case foliage(hiding: ClosedRange<Float>)
  }

  package init(
    _ name: String, _ summary: String, size: ClosedRange<Float> = 1...1,
    others: ClosedRange<Int> = 0...0, foreground: Foreground = .fewTwigs
  ) {
    (self.name, self.summary) = (name, summary)
    (self.size, self.others, self.foreground) = (size, others, foreground)
  }

  public static let all: [Sight] = [clear, small, occluded, several]

  public static let clear = Sight("clear", "one bird that fills most of the picture")
  public static let small = Sight(
    "small", "the bird's side is a tenth to a fifth of that", size: 0.1...0.2,
    foreground: .nothing)
  public static let occluded = Sight(
    "occluded", "leaves or blades of grass hide about a third of the bird",
    foreground: .foliage(hiding: 0.28...0.42))
  public static let several = Sight(
    "several", "one or two smaller birds of the same species are beside it", size: 0.5...0.65,
    others: 1...2)
}
