import Fieldmark
import Testing

private func components(_ neighbours: Component.Neighbours, _ rows: String...) -> [Component] {
  Component.all(
    in: rows.joined().map { $0 == "#" }, width: rows[0].count, height: rows.count,
    touching: neighbours)
}

@Test func pixelsHangTogetherBySidesOrCorners() {
  let rows = ["#..##", ".#..#", "...#."]
  let byCorners = components(.sidesAndCorners, rows[0], rows[1], rows[2])
  #expect(byCorners.map(\.count) == [2, 4])
  #expect(components(.sides, rows[0], rows[1], rows[2]).map(\.count) == [1, 3, 1, 1])
  #expect(byCorners[1].box == PixelBox(columns: 3..<5, rows: 0..<3))
  #expect(byCorners[1].first == 3)
  let (x, y) = byCorners[1].centroid
  #expect(x == 3.5 && y == 0.75)
}

@Test func thereAreNoComponentsOfNothing() {
  #expect(components(.sides, "...", "...").isEmpty)
  #expect(Component.all(in: [], width: 0, height: 0, touching: .sides).isEmpty)
}

@Test func everyPixelIsInOneComponent() throws {
  let reference = try PlacesReference.read()
  for name in ["distinct", "steps", "spots"] {
    let isIn = reference.map(name).values.elements.map { $0 > 0.3 }
    for neighbours in [Component.Neighbours.sides, .sidesAndCorners] {
      let found = Component.all(
        in: isIn, width: reference.width, height: reference.height, touching: neighbours)
      #expect(found.reduce(0) { $0 + $1.count } == isIn.filter { $0 }.count)
      #expect(found.map(\.first) == found.map(\.first).sorted())
    }
  }
}
