import Fieldmark
import Testing

@Test func aRunSaysHowMuchOfItIsDone() {
  let table: [(RunExtent, Bool?, String?)] = [
    (RunExtent(done: 0, expected: nil), nil, nil),
    (RunExtent(done: 60, expected: 60), true, nil),
    (RunExtent(done: 61, expected: 60), true, nil),
    (RunExtent(done: 11, expected: 60), false, "11 of 60 pictures"),
    (RunExtent(done: 0, expected: 1), false, "0 of 1 picture"),
    (
      RunExtent(done: 1, expected: nil, missingParts: ["2/2"]), false, "1 picture, without part 2/2"
    ),
    (
      RunExtent(done: 9, expected: nil, missingParts: (2...13).map { "\($0)/13" }), false,
      "9 pictures, without parts 2/13, 3/13, 4/13, 5/13, 6/13, 7/13, 8/13, 9/13, 10/13, 11/13 and 2 more"
    ),
  ]
  for (extent, isFinished, unfinished) in table {
    #expect(extent.isFinished == isFinished && extent.unfinished == unfinished)
    #expect(
      extent.sentence
        == unfinished.map {
          "This run is unfinished: it has \($0), and every number here is of these alone."
        })
  }
}

@Test func whatARunCannotHaveSaidOfItsPartsIsPassedOver() throws {
  try inTemporaryFolder { folder in
    let run = try RunFile(folder / "a.run", RunSettings([]))
    #expect(try run.extent() == RunExtent(done: 0, expected: nil))
    try run.expect(3)
    #expect(try RunFile(reading: folder / "a.run").extent() == RunExtent(done: 0, expected: 3))
  }
}
