import Ground
import Reports

/// A page about runs: the way back above, and pictures that are fetched when they are looked at.
struct RunPage {
  let title: String
  let remark: String
  /// Where the reader is: names and addresses, the outermost first.
  let way: [(name: String, address: String)]
  let inside: [HTML]

  init(
    _ title: String, remark: String, way: [(name: String, address: String)] = [], _ inside: [HTML]
  ) {
    (self.title, self.remark, self.way, self.inside) = (title, remark, way, inside)
  }

  var response: Response {
    let links = ([("Fieldmark", "/"), ("Runs", "/runs")] + way).map { name, address in
      HTML.tag("li", [:], [RunPage.link(address, HTML.name(name))])
    }
    let bar = HTML.tag(
      "nav", ["class": "way", "aria-label": "Where you are"], [.tag("ol", [:], links)])
    let page = Page(
      title, remark: remark, inside, before: [bar], sheets: [.runs], picturesFrom: .site)
    return Response(
      type: "text/html; charset=utf-8", headers: ["Content-Security-Policy": page.policy],
      body: Array(page.written.utf8))
  }

  /// A page, or one that says in a sentence why there is none.
  static func answer(_ make: () throws -> RunPage) rethrows -> Response {
    do { return try make().response } catch let refusal as Refusal {
      let page = RunPage("This page cannot be shown", remark: refusal.sentence, []).response
      return Response(refusal.status, type: page.type, headers: page.headers, body: page.body)
    }
  }

  static func link(_ address: String, _ inside: [HTML]) -> HTML {
    .tag("a", ["href": address], inside)
  }

  static func paragraph(_ text: String) -> HTML { .tag("p", [:], [.text(text)]) }

  /// A table with one head; numbers stand at the right.
  static func table(_ head: [String], _ rows: [[[HTML]]], numbers: Set<Int> = []) -> HTML {
    func cells(_ name: String, _ row: [[HTML]]) -> HTML {
      .tag(
        "tr", [:],
        row.enumerated().map { place, cell in
          .tag(name, numbers.contains(place) ? ["class": "number"] : [:], cell)
        })
    }
    return .tag(
      "div", ["class": "scrolling"],
      [
        .tag(
          "table", ["class": "rows"],
          [
            .tag("thead", [:], [cells("th", head.map { [.text($0)] })]),
            .tag("tbody", [:], rows.map { cells("td", $0) }),
          ])
      ])
  }
}
