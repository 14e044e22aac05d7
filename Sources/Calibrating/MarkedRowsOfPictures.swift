import Auditing
import Ground
import Nuisances
import Pictures

/// The rows of planted pictures, each picture embedded once.
extension MarkedRows {
  /// With the number of passes that were made.
  static func embedded(
    _ planted: PlantedPictures, clean: [[Float]],
    _ embedding: @escaping @Sendable (Picture) throws -> [Float],
    after step: @escaping @Sendable () -> Void
  ) throws -> (rows: MarkedRows, passes: Int) {
    struct Row: Sendable {
      let marked: [Float]
      let changes: [(changed: [Float], compared: [Float])?]
      let passes: Int
    }
    let isFirst = planted.pair.isFirst
    let rows = try concurrently(isFirst.count) { place -> Row in
      let marked = try embedding(planted.marked[place].picture)
      let natural = isFirst[place] ? marked : clean[place]
      var passes = 1
      let changes = try planted.changes.indices.map {
        change -> (changed: [Float], compared: [Float])? in
        guard let made = try planted.changed(place, change) else { return nil }
        passes += made.compared == nil ? 1 : 2
        return (try embedding(made.changed), try made.compared.map(embedding) ?? natural)
      }
      step()
      return Row(marked: marked, changes: changes, passes: passes)
    }
    let marked = MarkedRows(
      isFirst: isFirst, clean: clean, marked: rows.map(\.marked),
      changes: planted.changes.indices.map { change in
        Change(planted.changes[change], rows.map { $0.changes[change] })
      }, isTrait: planted.mark.isTrait)
    return (marked, rows.map(\.passes).reduce(0, +))
  }
}
