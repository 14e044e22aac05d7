import Fieldmark
import Testing

@Test func aPlotHasItsLinesItsNamesAndRoundNumbersBesideThem() {
  let plot = LinePlot(
    "a < b", x: "steps", y: "score", [.init("one & two", [(0, 0), (5, 0.25), (10, .nan), (20, 1)])])
  let svg = plot.svg
  #expect(svg.contains(">a &lt; b</text>") && svg.contains(">one &amp; two</text>"))
  // From 64 to 616 across and from 344 up to 48: a quarter of the way and of the height; no number is
  // left out of the line.
  #expect(svg.contains("points=\"64,344 202,270 616,48\""))
  for tick in [">0<", ">5<", ">10<", ">20<", ">0.2<", ">0.8<", ">1<"] {
    #expect(svg.contains(tick))
  }
}

@Test func aPlotOfNothingOrOfOneNumberIsDrawnAllTheSame() {
  for points in [[], [(x: 3.0, y: 3.0)]] {
    let svg = LinePlot("", x: "", y: "", [.init("", points)]).svg
    #expect(svg.contains("<svg") && !svg.contains("nan") && !svg.contains("inf"))
  }
}
