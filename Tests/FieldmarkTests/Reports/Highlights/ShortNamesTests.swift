import Fieldmark
import Testing

@Test(arguments: [
  (["a/b/1.jpg", "a/c/1.jpg", "a/c/2.jpg"], ["b/1.jpg", "c/1.jpg", "2.jpg"]),
  (["1.jpg"], ["1.jpg"]), (["x/1.jpg", "1.jpg"], ["x/1.jpg", "1.jpg"]),
  (["/1.jpg", "1.jpg"], ["/1.jpg", "1.jpg"]), (["a/1.jpg", "a/1.jpg"], ["1.jpg", "1.jpg"]),
  (["a/b/1", "c/a/b/1"], ["a/b/1", "c/a/b/1"]), (["a/\u{202e}.png"], ["\\u{202e}.png"]),
])
func aPictureIsCalledByTheShortestEndOfItsPath(_ paths: [String], _ expected: [String]) {
  let names = ShortNames(paths.map { Path($0) })
  #expect(paths.map { names[Path($0)] } == expected)
}

@Test func equalEndsOfManyPicturesTakeNoQuadraticTime() {
  let paths = (0..<20_000).map { Path("\($0)/images/bird.png") }
  #expect(ShortNames(paths)[paths[7]] == "7/images/bird.png")
}
