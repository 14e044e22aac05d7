import Fieldmark
import Testing

/// The red of each pixel, row by row.
private func reds(_ canvas: Canvas) -> [[UInt8]] {
  let picture = canvas.picture
  return (0..<picture.height).map { row in
    (0..<picture.width).map { picture.pixels[3 * (row * picture.width + $0)] }
  }
}

@Test func aCanvasIsWhite() {
  #expect(reds(Canvas(width: 2, height: 1)) == [[255, 255]])
}

@Test func picturesAndRectanglesAreCutAtTheEdge() {
  let picture = Picture(width: 2, height: 2, pixels: [1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4])
  var canvas = Canvas(width: 3, height: 2)
  canvas.draw(picture, x: 2, y: 1)
  canvas.draw(picture, x: -1, y: -1)
  canvas.draw(picture, x: 7, y: 0)
  canvas.draw(picture, x: 0, y: -7)
  #expect(reds(canvas) == [[4, 255, 255], [255, 255, 1]])
  canvas.fill(x: 1, y: -3, width: 9, height: 4, color: .black)
  canvas.fill(x: 9, y: 9, width: 9, height: 4, color: .black)
  canvas.fill(x: -9, y: 0, width: 3, height: 1, color: .black)
  #expect(reds(canvas) == [[4, 0, 0], [255, 255, 1]])
}
