import Studies
import Traits

/// Which pictures stand for each pair of classes: those in which what was found shows best and least,
/// or, where nothing was changed, those with the highest and the lowest agreement of the maps. Where
/// no picture counts, the first one is shown.
struct ChosenPictures {
  struct Chosen: Equatable {
    let number: Int
    let role: Role
  }

  /// Why a picture was chosen.
  enum Role: Equatable {
    /// The change that verdicts are told by takes most of its margin away, or least.
    case mostChanged
    case leastChanged
    /// Its maps agree most, or least.
    case mostAlike
    case leastAlike
    /// The classifier gets no picture of the pair right, or nothing could be compared.
    case first
  }

  private var agreements: [ClassPair: [(value: Double, number: Int)]] = [:]
  private var first: [ClassPair: Int] = [:]

  /// Reads the run once for all pairs whose pictures are not chosen already.
  init(_ run: RunFile, _ summary: AuditSummary) throws {
    let open = Set(
      summary.pairs.filter(\.examples.isEmpty).map { ClassPair($0.pair.first, $0.pair.second) })
    guard !open.isEmpty else { return }
    try run.eachAudited { picture in
      guard let label = picture.record.label, let rival = picture.rival else { return }
      let (pair, number) = (ClassPair(label, rival).sorted, picture.record.number)
      guard open.contains(pair) else { return }
      if first[pair] == nil { first[pair] = number }
      if picture.isRight, let value = picture.held(.decisive)?.value {
        agreements[pair, default: []].append((value, number))
      }
    }
  }

  func of(_ judged: JudgedPair) -> [Chosen] {
    if let most = judged.examples.first {
      return [Chosen(number: most, role: .mostChanged)]
        + judged.examples.dropFirst().map { Chosen(number: $0, role: .leastChanged) }
    }
    let pair = ClassPair(judged.pair.first, judged.pair.second)
    let known = (agreements[pair] ?? []).sorted {
      ($1.value, $0.number) < ($0.value, $1.number)
    }
    guard let most = known.first, let least = known.last else {
      return first[pair].map { [Chosen(number: $0, role: .first)] } ?? []
    }
    return [Chosen(number: most.number, role: .mostAlike)]
      + (known.count > 1 ? [Chosen(number: least.number, role: .leastAlike)] : [])
  }
}
