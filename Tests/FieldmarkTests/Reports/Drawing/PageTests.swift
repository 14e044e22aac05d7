import Fieldmark
import Testing

@Test func aPageMayLoadNothingAndRunsItsOwnScriptsAlone() throws {
  let plain = Page("A page", remark: "", [.text("<script>alert(1)</script>")]).written
  #expect(
    plain.contains(
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; "
        + "style-src 'unsafe-inline'\">"))
  #expect(!plain.contains("<script>"))
  // printf 'let a = 1' | openssl dgst -sha256 -binary | base64
  let script = Page("A page", remark: "", [.tag("div", [:], [.script("let a = 1")])]).written
  #expect(
    script.contains("; script-src 'sha256-LAfYd7pbFUgwfQu8b4q135PeTG2z+/coPEUYCd74eCQ='\">")
      && script.contains("<script>let a = 1</script>"))
}

@Test func aPageWithPicturesCanEnlargeThemAndOneWithoutHasNoScript() {
  let figure = Page.figure("data:,", "a bird", title: "bird_1.png", ["score 2"])
  let page = Page("A page", remark: "", [.tag("section", [:], [figure])]).written
  #expect(page.contains("dialog") && page.contains("script-src 'sha256-"))
  #expect(page.contains("<b>bird_<wbr>1.png</b><small>score 2</small>"))
  // The legend of a color map is no picture.
  #expect(
    !Page("A page", remark: "", [.tag("figure", [:], [.text("a")])]).written.contains("<script>"))
}

@Test func whatMustBeKnownIsShownAndFurtherNumbersAreFoldedAway() {
  let figure = Page.figure(
    "data:,", "a bird", ["score 2"], numbers: ["the phrase by itself scores 3."],
    notes: ["the picture has no profile"]
  ).written
  #expect(
    figure
      == "<figure><img src=\"data:,\" alt=\"a bird\"><figcaption><small>score 2</small>"
      + "<small class=\"note\">the picture has no profile.</small><details><summary>More about the "
      + "numbers</summary><small>the phrase by itself scores 3.</small></details></figcaption></figure>"
  )
}
