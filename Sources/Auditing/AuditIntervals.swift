import Ground

extension AuditSummary {
  /// How many classifiers were trained again; nil where none were.
  public var trainings: Int? { plan.retrained }

  /// What the intervals of reliances cover, in one sentence.
  public var intervals: String {
    guard let trainings else {
      return
        "Intervals are those in which the share of this classifier lies with a confidence of 95 % over more pictures "
        + "like these, changed by the same amounts; they say nothing of how another training would come out."
    }
    return
      "Intervals are those in which the share of another classifier lies with a confidence of 95 %, trained in the "
      + "same way on other pictures of the same kind: they cover pictures, the amounts that are estimated from them, and "
      + "training "
      + "(\(counted(trainings, "further training")))."
  }

  /// The same in a field of a table.
  var intervalsCover: String { trainings == nil ? "pictures" : "pictures and training" }
}
