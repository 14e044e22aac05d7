import Datasets
import Ground
import Parsing
import Studies
import Synchronization

/// What is left to do when a run continues. This includes pictures that the run does not have, that
/// are damaged in it, or that failed and either have other files now or are to be tried again.
/// Pictures that were replaced are included if they are to be measured again.
///
///     let left = try RunContinuing(run, asked, dataset, input, output).left
struct RunContinuing {
  /// The pictures that the finished run will have.
  let numbers: [Int]
  /// Those of them that are to be measured now.
  let left: [Int]

  init(
    _ run: RunFile, _ asked: SelectedPictures, _ dataset: Dataset, _ input: Input, _ output: Output
  ) throws {
    if let remark = run.remark { output.note("\(remark) What is added now has digests.") }
    let check = try run.check()
    if let damage = check.damage {
      output.note("\(run.path): \(damage). What is damaged or missing is measured again.")
      try run.drop(check)
    }
    let done = try run.done()
    numbers = asked.numbers(having: done)
    if asked.hasLimit, numbers.count > asked.count {
      output.note(
        "\(run.path): it has \(counted(numbers.count, "picture")) already, more than the "
          + "\(asked.count) that --limit asks for, so none is added, and its tables cover all of them."
      )
    }
    let changes = try RunChanges(run, dataset)
    let again = try changes.again(
      run, failed: input[RunOptions.retryFailed], changed: input[RunOptions.retryChanged], output)
    left = numbers.filter { !done.contains($0) || again.contains($0) }
  }
}

/// How the files of a run's pictures have changed since they were measured.
private struct RunChanges {
  private typealias Known = (number: Int, path: String, hasFailed: Bool)

  private var failed: [Known] = []
  /// Pictures that were measured and have other bytes now.
  private var replaced: [Known] = []
  /// Pictures that were measured and can no longer be read.
  private var gone: [Known] = []
  /// Pictures that failed and have other bytes now, or can be read for the first time.
  private var mended: Set<Int> = []

  init(_ run: RunFile, _ dataset: Dataset) throws {
    var doubtful: [(known: Known, then: PictureIdentity?)] = []
    try run.eachPicture { record in
      guard dataset.examples.indices.contains(record.number) else { return }
      let known = (record.number, record.path, record.failure != nil)
      if known.2 { failed.append(known) }
      guard let identity = record.identity else {
        // The failed picture could not be read. Old runs do not store the identity of other
        // pictures.
        if known.2 { doubtful.append((known, nil)) }
        return
      }
      if identity.stamp != dataset.examples[record.number].stamp {
        doubtful.append((known, identity))
      }
    }
    // A file with another time may have the same bytes, so such files are read, on all cores.
    let areOthers = try concurrently(doubtful.count) { [doubtful] index -> Bool? in
      let example = dataset.examples[doubtful[index].known.number]
      guard let then = doubtful[index].then else { return (try? example.bytes()) != nil }
      return try? !then.isStill(of: example)
    }
    for (one, isOther) in zip(doubtful, areOthers) {
      switch (isOther, one.known.hasFailed) {
      case (true, true): mended.insert(one.known.number)
      case (true, false): replaced.append(one.known)
      case (nil, false): gone.append(one.known)
      default: break
      }
    }
  }

  /// The pictures that are to be measured once more. Throws if measured pictures were replaced and
  /// `--retry-changed` is not given, since the run would lose the numbers that it has.
  func again(
    _ run: RunFile, failed: Bool, changed measuresChanged: Bool, _ output: Output
  ) throws -> Set<Int> {
    if !gone.isEmpty {
      output.note(
        "\(run.path): \(named(gone)) cannot be read any more; what was measured on "
          + "\(gone.count == 1 ? "it" : "them") is kept.")
    }
    guard replaced.isEmpty || measuresChanged else {
      throw InputError(
        run.path.description, expected: "the pictures that it was made from",
        found: "other contents in \(named(replaced))",
        hint: "put the old files back, or use --retry-changed to measure "
          + (replaced.count == 1 ? "it" : "them") + " again and replace the old numbers")
    }
    let tried = self.failed.filter { failed || mended.contains($0.number) }
    if !replaced.isEmpty {
      output.note("\(run.path): measuring again what was replaced: \(named(replaced)).")
    }
    if !tried.isEmpty {
      let why = failed ? "" : ", whose files have changed since"
      output.note("\(run.path): trying again what failed: \(named(tried))\(why).")
    }
    return Set((replaced + tried).map(\.number))
  }

  private func named(_ pictures: [Known]) -> String {
    let names = pictures.prefix(3).map { "'\(printable($0.path.utf8.prefix(200)))'" }
    let more = pictures.count > 3 ? " and \(pictures.count - 3) more" : ""
    return "\(counted(pictures.count, "picture")) (\(names.joined(separator: ", "))\(more))"
  }
}
