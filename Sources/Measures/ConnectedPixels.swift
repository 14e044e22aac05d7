/// The pixels of each part that does not touch another, straight or diagonally: ascending numbers, the part
/// with the first pixel first. `Component` tells sizes and boxes without a list of pixels.
///
/// ```swift
/// connectedPixels(in: [true, false, true, true], width: 4, height: 1)      // [[0], [2, 3]]
/// ```
package func connectedPixels(in isIn: [Bool], width: Int, height: Int) -> [[Int]] {
  precondition(isIn.count == width * height, "Each pixel is in or not.")
  var isLeft = isIn
  return isLeft.indices.compactMap { start in
    guard isLeft[start] else { return nil }
    var pixels = [start]
    isLeft[start] = false
    var next = 0
    while next < pixels.count {
      let (x, y) = (pixels[next] % width, pixels[next] / width)
      next += 1
      for v in max(0, y - 1)...min(height - 1, y + 1) {
        for u in max(0, x - 1)...min(width - 1, x + 1) where isLeft[v * width + u] {
          isLeft[v * width + u] = false
          pixels.append(v * width + u)
        }
      }
    }
    return pixels.sorted()
  }
}
