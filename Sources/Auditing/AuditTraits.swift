/// The attributes that tell two classes apart in one picture.
struct AuditTraits: Sendable {
  struct Entry: Sendable {
    let attribute: Int
    let evidence: Evidence
    /// What share of each place lies near its parts; empty where none is seen.
    let near: [Float]
    /// By how many percentage points more often people saw it in the class than in its rival; below 0
    /// for what the class lacks.
    let points: Double
  }

  let own: [Entry]
  let lacking: [Entry]

  var all: [Entry] { own + lacking }
}
