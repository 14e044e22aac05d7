import Datasets
import Encoders
import Explaining
import Ground

/// The features of a dataset's pictures, class by class, with which DiffCAM compares a picture.
struct ClassFeatures: Sendable {
  /// For each class, a matrix with a row for each picture that represents the class; no rows if
  /// none can be read.
  let pictures: [Matrix]
  /// The mean features of each class that has pictures, in the order of `classes`.
  let means: Matrix
  let classes: [Int]

  /// The most pictures that represent a class, since more of them would add little.
  static let most = 100

  /// Runs one pass for each picture. Pictures that cannot be read are left out.
  init(
    _ dataset: Dataset, _ numbers: [[Int]], _ encoder: ImageEncoder, block: Int?,
    _ passes: Passes = .silent
  ) throws {
    let chosen = numbers.map { numbers in
      let count = min(numbers.count, ClassFeatures.most)
      return (0..<count).map { numbers[$0 * numbers.count / count] }
    }
    let all = chosen.flatMap { $0 }
    let rows = try passes.concurrently(all.count) { index -> [Float]? in
      guard let picture = try? dataset.examples[all[index]].picture() else { return nil }
      let features = View(encoder, picture, block: block).features
      return features.allSatisfy(\.isFinite) ? features : nil
    }
    let known = Dictionary(zip(all, rows).map { ($0, $1) }) { first, _ in first }
    let channels = encoder.channels(block: block ?? encoder.blocks - 1)
    pictures = chosen.map { numbers in
      let rows = numbers.compactMap { known[$0] ?? nil }
      return Matrix(rows: rows.count, columns: channels, rows.flatMap { $0 })
    }
    classes = pictures.indices.filter { [pictures] in pictures[$0].rows > 0 }
    let means = classes.map { [pictures] in pictures[$0].meanRow().elements }
    self.means = Matrix(rows: means.count, columns: channels, means.flatMap { $0 })
  }
}
