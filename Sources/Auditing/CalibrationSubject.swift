import Ground

extension AuditPlan {
  /// A fingerprint of all that a calibration depends on: the model and how it sees pictures, the dataset,
  /// the table of attributes and their words, what is changed, and the seed. The head is none of it, for a
  /// calibration makes its own.
  public var calibrationSubject: String {
    let parts: [String?] = [
      inputs.weights, inputs.pool?.rawValue, inputs.precision?.rawValue,
      inputs.preprocessing?.written(), inputs.positions?.name, inputs.pictures, percentages, thing,
      "\(seed)", lookAlike, method?.name,
    ]
    let lists = [classes, phrases, bases, nuisances ?? []]
    return Digest.sha256(
      of: parts.map { $0 ?? "none" } + lists.flatMap { ["\($0.count)"] + $0 }
    ).hexadecimal
  }
}
