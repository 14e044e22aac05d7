import Fieldmark
import Testing

/// Entries that are not kept: by matplotlib 3.11, `colormaps["viridis"](18)`, and OpenCV 4,
/// `applyColorMap(..., COLORMAP_JET)`.
private let published: [(ColorMap, Int, red: Int, green: Int, blue: Int)] = [
  (.viridis, 0, 68, 1, 84), (.viridis, 2, 69, 4, 87), (.viridis, 18, 72, 27, 109),
  (.viridis, 63, 59, 81, 139), (.viridis, 128, 33, 145, 140), (.viridis, 191, 92, 200, 99),
  (.viridis, 202, 117, 208, 84), (.viridis, 254, 251, 231, 35), (.viridis, 255, 253, 231, 37),
  (.turbo, 0, 48, 18, 59), (.turbo, 2, 51, 24, 74), (.turbo, 18, 65, 70, 172),
  (.turbo, 63, 42, 185, 238), (.turbo, 128, 164, 252, 60), (.turbo, 191, 251, 129, 34),
  (.turbo, 202, 242, 96, 20), (.turbo, 254, 126, 5, 2), (.turbo, 255, 122, 4, 3),
  (.jet, 0, 0, 0, 128), (.jet, 2, 0, 0, 136), (.jet, 18, 0, 0, 200),
  (.jet, 63, 0, 124, 255), (.jet, 128, 130, 255, 126), (.jet, 191, 255, 128, 0),
  (.jet, 202, 255, 84, 0), (.jet, 254, 132, 0, 0), (.jet, 255, 128, 0, 0),
]

@Test func colorsAreThePublishedOnes() {
  for (map, step, red, green, blue) in published {
    let color = map.colors[step]
    let found = [Int(color.red), Int(color.green), Int(color.blue)]
    let worst = zip(found, [red, green, blue]).map { abs($0 - $1) }.max()
    #expect((worst ?? 9) <= 1, "\(map) \(step): \(found)")
  }
}

@Test(arguments: ColorMap.allCases)
func thereAre256ColorsWithoutJumps(_ map: ColorMap) {
  #expect(map.colors.count == 256)
  for (a, b) in zip(map.colors, map.colors.dropFirst()) {
    let steps = [(a.red, b.red), (a.green, b.green), (a.blue, b.blue)]
    #expect(steps.allSatisfy { abs(Int($0) - Int($1)) <= 8 })
  }
}

@Test func viridisGetsEvenlyBrighter() {
  let brightness = ColorMap.viridis.colors.map {
    0.2126 * Float($0.red) + 0.7152 * Float($0.green) + 0.0722 * Float($0.blue)
  }
  #expect(zip(brightness, brightness.dropFirst(5)).allSatisfy { $0 < $1 })
}
