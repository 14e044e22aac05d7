import Fieldmark
import Testing

/// Of 48 x 48 pixels in patches of 16, 64 x 64 of 32, 32 x 32 of 8.
private let trunks = ["vit", "resnet", "dinov2-registers"].map(TinyModel.init)
private let vit = trunks[0]

private func plain(_ width: Int, _ height: Int) -> Picture {
  Picture(width: width, height: height, pixels: Array(repeating: 90, count: 3 * width * height))
}

private func whole(_ width: Int, _ height: Int, _ window: Grid) throws -> Grid {
  try Tiles.whole(plain(width, height), over: window, patch: 16)
}

@Test func windowsBeginAtWholePatchesAtMostHalfAWindowApart() {
  #expect(Tiles.starts(224, 224, 16) == [0])
  #expect(Tiles.starts(240, 224, 16) == [0, 16])
  #expect(Tiles.starts(336, 224, 16) == [0, 112])
  #expect(Tiles.starts(400, 224, 16) == [0, 80, 176])
  #expect(Tiles.starts(64, 32, 32) == [0, 32])
}

@Test(arguments: 0...60)
func everyPatchIsInATile(_ more: Int) {
  let starts = Tiles.starts(224 + 16 * more, 224, 16)
  #expect(starts.first == 0 && starts.last == 16 * more)
  for (a, b) in zip(starts, starts.dropFirst()) {
    #expect(b > a && b - a <= 112 && b.isMultiple(of: 16))
  }
}

@Test func theShorterSideIsTheModelsAndTheOtherWholePatches() throws {
  let square = Grid(width: 224, height: 224)
  #expect(try whole(1000, 1000, square) == square)
  #expect(try whole(1920, 1080, square) == Grid(width: 400, height: 224))
  #expect(try whole(30, 40, square) == Grid(width: 224, height: 304))
  #expect(try whole(1000, 1001, square) == square)
  #expect(try whole(1000, 500, Grid(width: 448, height: 224)) == Grid(width: 448, height: 224))
  #expect(try whole(500, 500, Grid(width: 448, height: 224)) == Grid(width: 448, height: 448))
}

@Test(arguments: trunks, ["grad-cam", "layer-cam", "score-cam", "occlusion", "gradient"])
private func aSquarePictureGivesExactlyTheUntiledMap(_ trunk: TinyModel, _ name: String) throws {
  let encoder = try trunk.encoder()
  let side = encoder.preprocessing.width
  let cropping = try encoder.with(encoder.preprocessing.fitting(.crop(shortest: side)))
  let view = View(cropping, try trunk.picture("square"))
  let tiles = try Tiles(encoder, view.picture)
  let target = trunk.targets(1, .cosine(scale: 10), width: view.embedding.columns)[0]
  let method = try #require(Method(named: name))
  #expect(tiles.views.count == 1)
  #expect(try tiles.map { try method($0, target) } == method(view, target))
  #expect(tiles.score(target) == target(view.embedding))
}

/// 80 x 48 pixels are three tiles of 3 x 3 patches, at 0, 16 and 32.
private let wide = Picture(
  width: 80, height: 48, pixels: (0..<3 * 80 * 48).map { UInt8($0 * 7 % 251) })

@Test func aPlaceIsTheMeanOfTheTilesThatHaveIt() throws {
  let tiles = try Tiles(vit.encoder(), wide)
  #expect(tiles.views.count == 3)
  var tens: [Float] = [10, 20, 30]
  let map = tiles.map { view in
    let ten = tens.removeFirst()
    return view.heatmap((0..<9).map { ten + Float($0 % 3) })
  }
  let row: [Float] = [10, (11 + 20) / 2, (12 + 21 + 30) / 3, (22 + 31) / 2, 32]
  #expect(map.values == Matrix([row, row, row]))
  #expect(map.region == Region(x: 0, y: 0, width: 80, height: 48))
  #expect(map.width == 80 && map.height == 48)
}

/// Of a picture that has the right size already, just that.
@Test func aTileIsAPartOfThePicture() throws {
  let part = try Tiles(vit.encoder(), wide).views[1].picture
  #expect(part.width == 48 && part.height == 48)
  for row in 0..<48 {
    let start = 3 * (row * 80 + 16)
    let isSame = part.pixels[3 * 48 * row..<3 * 48 * (row + 1)]
      .elementsEqual(wide.pixels[start..<start + 3 * 48])
    #expect(isSame, "row \(row)")
  }
}

@Test func theScoreIsTheMeanAndManyMapsAtOnceAreThoseOfEach() throws {
  let tiles = try Tiles(vit.encoder(), vit.picture("tall"))
  let targets = vit.targets(3, .cosine(scale: 10), width: tiles.views[0].embedding.columns)
  let scores = tiles.views.map { targets[0]($0.embedding) }
  #expect(scores.count > 1)
  #expect(abs(tiles.score(targets[0]) - scores.reduce(0, +) / Float(scores.count)) < 1e-5)
  let together = try tiles.maps { try $0.gradCAMs(targets) }
  for (map, target) in zip(together, targets) {
    let alone = try tiles.map { try Method.gradCAM($0, target) }
    let size = alone.values.elements.map(abs).max() ?? 0
    for (a, b) in zip(map.values.elements, alone.values.elements) {
      #expect(abs(a - b) <= 1e-5 * size)
    }
  }
}

@Test(arguments: trunks, Method.all.map(\.name))
private func everyMethodIsTiled(_ trunk: TinyModel, _ name: String) throws {
  let usual = try trunk.encoder()
  let isMean = name == Method.cam.name && trunk.name != "resnet"
  let encoder = isMean ? try usual.with(pool: .mean) : usual
  let block = trunk.name == "resnet" ? 0 : nil
  let tiles = try Tiles(encoder, trunk.picture("wide"), block: block)
  let method = try #require(Method(named: name))
  let target = trunk.targets(1, .cosine(scale: 10), width: tiles.views[0].embedding.columns)[0]
  let settings = Method.Settings(seed: 7).with(Method.masks, 10).with(Method.iterations, 2)
  do {
    let map = try tiles.map { try method($0, target, settings) }
    let strays = map.values.elements.count { !$0.isFinite }
    #expect(strays == 0 && map.values.columns > map.values.rows)
  } catch let error as InputError where error.place == "method \(name)" {
    #expect(trunk.name == "resnet")
  }
}

@Test(arguments: [(1, 10_000), (10_000, 1), (1, 17)])
func linesAreNoPictures(_ width: Int, _ height: Int) throws {
  let encoder = try vit.encoder()
  let error = #expect(throws: InputError.self) { try Tiles(encoder, plain(width, height)) }
  #expect(
    error?.description
      == "a picture in tiles: expected a picture at most 16 times as long as what the model takes, "
      + "found \(width) x \(height) pixels; squash and pad show all of any picture.")
}

@Test func whatIsSixteenTimesLongerIsStillTiled() throws {
  #expect(try Tiles(vit.encoder(), plain(4, 64)).views.count == 46)
}
