import Auditing
import Ground
import Pictures
import Reports
import Studies

/// What the server answers about runs: pages for people, and the same as JSON for programs.
public struct RunRoutes: Sendable {
  private let runs: [ServedRun]

  public init(_ runs: [ServedRun]) { self.runs = runs }

  public var routes: [Route] {
    [
      .get("/runs", "The runs that can be looked through") { _ in
        RunPage.answer { RunSummaryPages.list(runs) }
      },
      .get("/runs/{run}", "What a run found out") { request in
        try RunPage.answer { RunSummaryPages.one(try run(request)) }
      },
      .get("/runs/{run}/report", "The whole report of a run", isComputing: true) { request in
        try report(run(request))
      },
      .get("/runs/{run}/pictures", "The pictures of a run, by class, verdict and name") { request in
        try RunPage.answer { try pages(request).list() }
      },
      .get("/runs/{run}/pictures/{number}.jpg", "A picture of a run, alone or below a map") {
        try drawn($0)
      },
      .get("/runs/{run}/pictures/{number}", "A picture of a run with its maps and numbers") {
        request in
        try RunPage.answer { try pages(request).one(number(request)) }
      },
      .get("/api/runs", "The runs that can be looked through") { _ in
        .json(.object([.init("runs", .array(runs.map(\.json)))]))
      },
      .get("/api/runs/{run}", "What a run found out") { request in
        .json(try run(request).summary)
      },
      .get("/api/runs/{run}/pictures", "The pictures of a run, by class, verdict and name") {
        request in
        try listed(request)
      },
      .get("/api/runs/{run}/pictures/{number}", "A picture of a run with its maps and numbers") {
        let served = try run($0)
        return .json(try served.json(of: served.record(number($0))))
      },
    ]
  }

  private func run(_ request: Request) throws -> ServedRun {
    try run(request["run"])
  }

  private func run(_ id: String) throws -> ServedRun {
    guard let served = runs.first(where: { $0.id == id }) else {
      throw Refusal(404, "There is no run '\(printable(id.utf8))' here.")
    }
    return served
  }

  private func number(_ request: Request) throws -> Int {
    guard let number = Int(request["number"]) else {
      throw Refusal(
        404, "Pictures have numbers, and '\(printable(request["number"].utf8))' is none.")
    }
    return number
  }

  private func pages(_ request: Request) throws -> RunPicturePages {
    let served = try run(request)
    let filter = try RunFilter(request.query, served)
    return RunPicturePages(
      served: served, filter: filter, other: try filter.beside.map { try run($0) }, runs: runs)
  }

  private func listed(_ request: Request) throws -> Response {
    let pages = try pages(request)
    let all = pages.found
    let shown = all.dropFirst(pages.filter.from).prefix(RunFilter.page)
    return .json(
      .object([
        .init("total", .integer(all.count)), .init("from", .integer(pages.filter.from)),
        .init("pictures", .array(shown.map { pages.served.json(of: $0) })),
      ]))
  }

  /// `?side=` shrinks the picture, and `?map=` lays a map over it.
  private func drawn(_ request: Request) throws -> Response {
    let served = try run(request)
    let number = try number(request)
    let side = Int(request.query["side"] ?? "640") ?? 0
    guard (16...4096).contains(side) else {
      throw Refusal(400, "'side' is a number of pixels from 16 to 4096.")
    }
    let record = try served.record(number)
    var picture = try served.picture(number)
    if let name = request.query["map"] {
      let map = try served.heatmap(record, name)
      guard map.width == picture.width, map.height == picture.height else {
        throw Refusal(404, "The picture has another size than the one that the run measured.")
      }
      picture = map.overlaid(on: picture)
    }
    let small = try picture.shrunk(longest: side)
    return Response(type: "image/jpeg", body: try small.jpeg(quality: 88))
  }

  private func report(_ served: ServedRun) throws -> Response {
    let page: String
    if let audit = served.audit {
      let changes = served.dataset.flatMap { ChangedPictures(audit.plan, $0) }
      page = try AuditPage(served.run, audit, changes: changes, picture: served.picture).written
    } else if let table = served.evaluation {
      page = try EvaluationPage(served.run, table, picture: served.picture).written
    } else {
      throw Refusal(404, "There is no report of this run.")
    }
    // The page names what it may load in itself; the server's own policy would forbid its styles.
    return Response(
      type: "text/html; charset=utf-8", headers: ["Content-Security-Policy": Page.policyOfReports],
      body: Array(page.utf8))
  }
}
