import Encoders
import Ground

/// DiffCAM of one picture after another against the same group.
///
/// ```swift
/// let contrast = try PictureContrast(group, of: "others", memory, nearest: 100)
/// try contrast(view, bytes: path.pictureBytes())
/// ```
///
/// What all pictures have in common is computed once. With `nearest`, each picture has a small
/// group of its own instead.
public struct PictureContrast: Sendable {
  public let folder: Path
  private let group: PictureGroup
  private let features: Matrix
  private let memory: FeatureMemory
  /// How many pictures of the group are used, the ones most like the picture; nil for all.
  public let nearest: Int?
  /// Tikhonov's lambda, as a share of the mean of the diagonal of the group's scatter.
  public let share: Float
  /// DiffCAM against the whole group; nil if only the nearest are used.
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
    // If the group has no more than `nearest` pictures, all of them are used.
    let some = nearest.flatMap { $0 < features.rows ? $0 : nil }
    self.nearest = some
    whole = try some == nil ? DiffCAM(features, lambda: share, remembering: memory.folder) : nil
  }

  /// How many pictures of the group a picture is compared with.
  public var count: Int { nearest ?? features.rows }

  /// Where a picture is unlike the group.
  public struct Found: Sendable {
    public let heatmap: Heatmap
    /// The number that the map explains.
    public let score: Float
    /// What a reader of the map should know, as sentences without their periods.
    public let notes: [String]
  }

  /// `bytes` is the picture's file, by which a picture of the group itself is recognized.
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
      notes.append(
        "a single picture has no variance, so channels are weighted by the plain difference")
    }
    return notes
  }
}
