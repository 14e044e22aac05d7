import Fieldmark
import Testing

private func area(_ rows: String...) -> Double {
  let isIn = rows.joined().map { $0 == "#" }
  let first = isIn.firstIndex(of: true) ?? 0
  return Outline(around: first, of: isIn, width: rows[0].count, height: rows.count).area
}

/// By OpenCV 5.0.0: `contourArea(findContours(pixels, RETR_EXTERNAL, CHAIN_APPROX_SIMPLE)[0][0])`
@Test func areasAreThoseOfOpenCVsOutlines() {
  #expect(area("###", "###", "###") == 4)
  #expect(area("#") == 0 && area("####") == 0, "a line has no area")
  #expect(area(".#.", "#.#", ".#.") == 2, "holes are in")
  #expect(area(".#.", "###", ".#.") == 2)
  #expect(area("#..", "##.", "###") == 2)
  #expect(area("##...", "##...", "..#..", "...##", "...##") == 2, "two squares and a thread")
  #expect(area("#####", "#...#", "#.#.#", "#...#", "#####") == 16)
  #expect(area("#.#", "#.#", "###") == 1, "inner corners are cut")
}
