import Fieldmark
import Testing

private func components(_ neighbors: Component.Neighbors, _ rows: String...) -> [Component] {
  Component.all(
    in: rows.joined().map { $0 == "#" }, width: rows[0].count, height: rows.count,
    touching: neighbors)
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
    for neighbors in [Component.Neighbors.sides, .sidesAndCorners] {
      let found = Component.all(
        in: isIn, width: reference.width, height: reference.height, touching: neighbors)
      #expect(found.reduce(0) { $0 + $1.count } == isIn.filter { $0 }.count)
      #expect(found.map(\.first) == found.map(\.first).sorted())
    }
  }
}

/// The plain way: from each pixel on to those around it.
private func plainly(_ isIn: [Bool], _ width: Int, _ sides: Bool) -> [(first: Int, pixels: [Int])] {
  var left = isIn
  var found: [(first: Int, pixels: [Int])] = []
  for first in isIn.indices where left[first] {
    left[first] = false
    var (pixels, place) = ([first], 0)
    while place < pixels.count {
      let (y, x) = pixels[place].quotientAndRemainder(dividingBy: width)
      place += 1
      for other in left.indices where left[other] {
        let (down, across) = (abs(other / width - y), abs(other % width - x))
        guard sides ? down + across == 1 : max(down, across) == 1 else { continue }
        left[other] = false
        pixels.append(other)
      }
    }
    found.append((first, pixels))
  }
  return found
}

@Test(arguments: [(1, 1), (1, 17), (17, 1), (19, 13)])
func runsHangTogetherAsTheirPixelsDo(_ width: Int, _ height: Int) {
  var random = SplitMix(seed: 4)
  for often in [2, 3, 5] {
    for _ in 0..<20 {
      let isIn = (0..<width * height).map { _ in (random.below(often) > 0) == (often > 2) }
      for neighbors in [Component.Neighbors.sides, .sidesAndCorners] {
        let found = Component.all(in: isIn, width: width, height: height, touching: neighbors)
        let expected = plainly(isIn, width, neighbors == .sides)
        #expect(found.map(\.first) == expected.map(\.first))
        #expect(found.map(\.count) == expected.map(\.pixels.count))
        for (component, pixels) in zip(found, expected.map(\.pixels)) {
          let (xs, ys) = (pixels.map { $0 % width }, pixels.map { $0 / width })
          let box = PixelBox(
            columns: (xs.min() ?? 0)..<(xs.max() ?? 0) + 1,
            rows: (ys.min() ?? 0)..<(ys.max() ?? 0) + 1)
          #expect(component.box == box)
          let middle = Double(xs.reduce(0, +)) / Double(xs.count)
          #expect(component.centroid.x == middle)
          #expect(component.centroid.y == Double(ys.reduce(0, +)) / Double(ys.count))
        }
      }
    }
  }
}
