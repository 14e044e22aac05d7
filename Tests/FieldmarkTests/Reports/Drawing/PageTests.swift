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
