import Fieldmark
import Testing

@Test func whatIsMoreThanAnyMachineHasIsRefusedInASentence() throws {
  #expect(
    sentence { try MemoryCheck.check(1 << 50, for: "huge.png", hint: "a smaller copy would do") }
      == "huge.png: expected memory for 1125899.9 GB, found less; a smaller copy would do.")
  #expect(
    sentence { try MemoryCheck.check(.max, for: "huge.png") }
      == "huge.png: expected memory for 9223372036.8 GB, found less.")
  try MemoryCheck.check(0, for: "nothing")
  try MemoryCheck.check(32 << 20, for: "a small picture")
}

@Test func aMatrixForWhichThereIsNoMemoryEndsTheProgramWithASentence() async throws {
  let ended = await #expect(processExitsWith: .exitCode(65), observing: [\.standardErrorContent]) {
    _ = Matrix(rows: 1 << 24, columns: 1 << 24)
  }
  let notes = String(decoding: ended?.standardErrorContent ?? [], as: UTF8.self)
  #expect(
    notes.hasSuffix(
      "fieldmark: expected memory for 1125899.9 GB, found less; a smaller picture, a lower resolution "
        + "or fewer things at a time need less.\n"))
}
