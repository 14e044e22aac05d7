import Encoders
import Ground

/// DiffCAM of one picture after another against the same group.
///
/// ```swift
/// let contrast = try PictureContrast(group, of: "others", memory, nearest: 100)
/// try contrast(view, bytes: path.pictureBytes())
/// ```
///
/// What all pictures have in common is made once; with the nearest alone each has a small group of
/// its own.
public struct PictureContrast: Sendable {
  public let folder: Path
  private let group: PictureGroup
  private let features: Matrix
  private let memory: FeatureMemory
  /// So many of the group are taken, those most like the picture; nil for all.
  public let nearest: Int?
  /// Tikhonov's lambda, as a share of how the group's pictures vary.
  public let share: Float
  /// Against all of them.
  private let whole: DiffCAM?

  public init(
    _ group: PictureGroup, of folder: Path, _ memory: FeatureMemory, nearest: Int? = nil,
    lambda share: Float = DiffCAM.standardShare
  ) throws {
    self.folder = folder
    self.group = group
    self.memory = memory
    self.share = share
    let features = group.features
    self.features = features
    guard features.rows > 0 else {
      throw InputError(
        folder.description, expected: "at least one picture that can be read", found: "none")
    }
    // The nearest of fewer are all.
    let some = nearest.flatMap { $0 < features.rows ? $0 : nil }
    self.nearest = some
    whole = try some == nil ? DiffCAM(features, lambda: share, remembering: memory.folder) : nil
  }

  /// How many pictures of the group another is held against.
  public var count: Int { nearest ?? features.rows }

  /// Where a picture is unlike the group.
  public struct Found: Sendable {
    public let heatmap: Heatmap
    /// What the map is an account of.
    public let score: Float
    /// What one should know of it, a sentence without its full stop each.
    public let notes: [String]
  }

  /// The bytes of the picture's file tell whether it is one of the group.
  public func callAsFunction(_ view: View, bytes: [UInt8]) throws -> Found {
    let own = view.features
    let method = try whole ?? nearest(to: own)
    return Found(
      heatmap: view.heatmap(view.activation.rowSums(weightedBy: method.weights(of: own))),
      score: method.score(own), notes: notes(memory.key(bytes)))
  }

  private func nearest(to features: [Float]) throws -> DiffCAM {
    let rows = self.features.nearestRows(count, to: features)
    return try DiffCAM(self.features.picking(rows), lambda: share)
  }

  private func notes(_ key: [UInt8]) -> [String] {
    var notes: [String] = []
    if group.contains(key) { notes.append("the picture itself is among those of \(folder)") }
    if !group.leftOut.isEmpty {
      notes.append(
        "\(group.leftOut.count) of \(group.leftOut.count + group.pictures.count) pictures of "
          + "\(folder) cannot be read and are left out")
    }
    if features.rows == 1 || nearest == 1 {
      notes.append("one picture does not vary: channels are weighted by the plain difference")
    }
    return notes
  }
}
