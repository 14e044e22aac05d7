import Fieldmark
import Foundation
import Testing

private let model = TinyModel(name: "vit")

private func comparison(
  _ methods: [Method], strengths: [Float], weightings: [Weighting] = [.mean]
) throws -> (Comparison, View, [Target]) {
  let view = View(try model.encoder(), try model.picture())
  let targets = model.targets(3, .cosine(scale: 20), width: 24)
  let (bird, wing) = (targets[1], targets[2])
  let groups: [Comparison.Plan.Group] = [
    .init(named: [bird]), .init(named: [wing]), .init(named: [bird, wing]),
  ]
  let plan = Comparison.Plan(groups, strengths: strengths, weightings: weightings)
  return (try Comparison([targets[0]], plan, methods, view.picture, Tiles(view)), view, targets)
}

@Test func aColumnForEachReferenceAndStrength() throws {
  let (found, _, _) = try comparison([.gradCAM, .layerCAM], strengths: [0, 0.6, 1])
  #expect(
    found.columns == [
      "alone", "against number 1, strength 0.6", "against number 1, strength 1.0",
      "against number 2, strength 0.6", "against number 2, strength 1.0",
      "against number 1, number 2, strength 0.6", "against number 1, number 2, strength 1.0",
    ])
  #expect(found.rows.map(\.method) == ["grad-cam", "layer-cam"])
  #expect(found.rows.allSatisfy { $0.highlights.count == 7 })
}

@Test func waysOfWeighingCountWhereThereIsSomethingToWeigh() throws {
  let (found, _, _) = try comparison([.gradCAM], strengths: [0.6], weightings: [.mean, .max])
  #expect(
    found.columns == [
      "alone", "against number 1, strength 0.6", "against number 2, strength 0.6",
      "against number 1, number 2, strength 0.6, mean",
      "against number 1, number 2, strength 0.6, max",
    ])
}

@Test func eachCellIsTheHighlightOfItsOwn() throws {
  let (found, view, targets) = try comparison([.layerCAM], strengths: [0.6])
  let alone = try Highlight(Question(targets[0]), .layerCAM, view)
  let both = try Highlight(
    Question(targets[0], against: [targets[1], targets[2]]), .layerCAM, view)
  #expect(found.rows[0].highlights[0].heatmap == alone.heatmap)
  let last = try #require(found.rows[0].highlights.last)
  let size = both.heatmap.values.elements.map(abs).max() ?? 0
  for (a, b) in zip(last.heatmap.values.elements, both.heatmap.values.elements) {
    #expect(abs(a - b) < 1e-5 * size)
  }
}

@Test func aSheetHasAPictureAndAllMaps() throws {
  let (found, view, _) = try comparison([.gradCAM, .layerCAM], strengths: [0.6])
  let page = try found.page(model: "vit <b>", picture: "wide.png", .turbo)
  // The picture once, and four columns of maps in two rows, with a bar each where there are colors.
  #expect(page.components(separatedBy: "<img").count - 1 == 9)
  #expect(page.components(separatedBy: "class=\"colorbar\"").count - 1 == 8)
  #expect(page.contains("vit &lt;b&gt;") && !page.contains("vit <b>"))
  let sheet = try found.sheet(.turbo, maxSide: 96)
  #expect(sheet.columns.count == 4 && sheet.rows.map(\.cells.count) == [4, 4])
  #expect(sheet.original?.picture == view.picture)
  #expect(sheet.rows.flatMap(\.cells).allSatisfy { $0.bar != nil })
  #expect((4 * 96..<6 * 96).contains(sheet.drawn().width))
}
