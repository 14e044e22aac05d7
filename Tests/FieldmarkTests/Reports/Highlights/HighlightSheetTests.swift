import Fieldmark
import Foundation
import Testing

private func sheet(
  _ paths: [Path], strengths: [Float] = [0.6], scale: Float? = nil
) throws -> String {
  let clip = try CLIP(isRemembering: false)
  let targets = try clip.targets(["red wings", "yellow breast", "bird"])
  var random = SplitMix(seed: 7)
  let picture = Picture(
    width: 64, height: 64, pixels: (0..<64 * 64 * 3).map { _ in UInt8(random.below(256)) })
  let view = View(try clip.images, picture)
  let questions = strengths.flatMap { strength in
    targets.prefix(2).map { Question($0, against: [targets[2]], strength: strength) }
  }
  let highlights = try Highlight.all(questions, .gradCAM, view)
  var sheet = HighlightSheet(model: "demo")
  for path in paths {
    sheet.rows.append(try HighlightSheet.row(path, picture, highlights, .turbo, scale: scale))
  }
  return sheet.page
}

@Test func aSheetSaysOnceHowAllWereAskedAndNamesPicturesShortly() throws {
  let page = try sheet(["birds/a/1.png", "birds/b/1.png"])
  #expect(page.contains("<h1>Where demo sees red wings and yellow breast</h1>"))
  #expect(
    page.contains("<p>Asked against bird, strength 0.6, by grad-cam, of 2 pictures. The left end "))
  #expect(page.contains("<h2>a/<wbr>1.png<small>in birds/<wbr>a, 64 x 64 pixels</small></h2>"))
  #expect(page.contains("<b>red wings</b>") && !page.contains("<b>red wings against"))
  // With few pictures none is far away.
  #expect(!page.contains("class=\"filmstrip\""))
}

@Test func mapsThatWereAskedInSeveralWaysSayHow() throws {
  let page = try sheet(["1.png"], strengths: [0.6, 1])
  #expect(page.contains("<b>red wings against bird, strength 1.0, by grad-cam</b>"))
  #expect(!page.contains("<p>Asked"))
}

@Test func aFolderHasAFilmstripThatLeadsToEachPicture() throws {
  let page = try sheet((1...5).map { Path("\($0).png") })
  for number in 1...5 {
    #expect(page.contains("<a href=\"#picture-\(number)\" title=\"\(number).png\">"))
    #expect(page.contains("<article class=\"asked\" id=\"picture-\(number)\"><h2>\(number).png"))
  }
}

@Test func aSheetSaysByWhatItsColorsCanBeCompared() throws {
  let own = "Each map has its own scale, so compare maps by their scores and not by their colors."
  let shared = "of all maps of the picture, so that these can be compared by their colors."
  let (plain, together) = (try sheet(["1.png"]), try sheet(["1.png"], scale: 2))
  #expect(plain.contains(own) && !plain.contains(shared))
  #expect(together.contains(shared) && !together.contains(own))
  #expect(together.contains("<span>0</span><span>+2.000</span>"))
}
