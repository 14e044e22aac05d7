import Ground

/// The file that a calibration is kept in, beside the run.
extension Calibration {
  /// What its file ends in.
  public static let ending = ".calibration.json"

  public func write(to path: Path) throws {
    try Ground.write(
      Array((json(pictures: true).marked().written(.indented) + "\n").utf8), to: path)
  }

  /// Refuses what is no calibration.
  public init(reading path: Path) throws {
    try self.init(
      JSON(parsing: path.read(limit: 1 << 26), place: path.description), of: path.description)
  }

  /// As one object; pictures are long, and only a page needs them.
  public func json(pictures: Bool = false) -> JSON {
    [
      "subject": .string(subject), "pairs_asked": .integer(asked), "passes": .integer(passes),
      "pairs": .array(
        pairs.map {
          [
            "class": .string($0.first), "look_alike": .string($0.second),
            "pictures_of_each": .integer($0.pictures),
          ]
        }),
      "marks": .array(marks.map { $0.json(pictures: pictures) }),
      "left_out": .array(
        leftOut.map { ["mark": .string($0.mark), "reason": .string($0.reason)] }),
    ]
  }

  package init(_ json: JSON, of place: String) throws {
    func each(_ key: String, _ body: (JSON, String) throws -> Void) throws {
      for (number, item) in try json.get(key, .array, in: place).enumerated() {
        try body(item, "\(place) '\(key)' \(number + 1)")
      }
    }
    self.init(
      subject: try json.get("subject", .string, in: place),
      asked: try json.get("pairs_asked", .integer, in: place), pairs: [],
      passes: try json.get("passes", .integer, in: place))
    try each("pairs") { pair, place in
      pairs.append(
        Pair(
          try pair.get("class", .string, in: place), try pair.get("look_alike", .string, in: place),
          pictures: try pair.get("pictures_of_each", .integer, in: place)))
    }
    try each("marks") { marks.append(try Mark($0, of: $1)) }
    try each("left_out") { item, place in
      leftOut.append(
        LeftOut(
          try item.get("mark", .string, in: place), try item.get("reason", .string, in: place)))
    }
  }
}

extension Calibration.Mark {
  fileprivate func json(pictures isWithPictures: Bool) -> JSON {
    func number(_ value: Double?) -> JSON { value.map(JSON.number) ?? .null }
    var members: [JSON.Member] = [
      .init("mark", .string(name)), .init("what", .string(what)),
      .init("shown_by", .array(shownBy.map(JSON.string))), .init("pairs", .integer(pairs)),
      .init("heads", .integer(heads)), .init("threshold", .number(threshold)),
      .init("auc", .number(auc)), .init("blind", .bool(isBlind)),
      .init("least_share_found", number(leastShare)),
      .init("least_share_found_by_verdicts", number(leastShareByRule)),
      .init("steps", .array(steps.map(\.json))),
    ]
    if isWithPictures, let pictures {
      members.append(
        .init("pictures", ["before": .string(pictures.before), "after": .string(pictures.after)]))
    }
    return .object(members)
  }

  fileprivate init(_ json: JSON, of place: String) throws {
    let pictures = try json.find("pictures", .object, in: place)
    self.init(
      name: try json.get("mark", .string, in: place),
      what: try json.get("what", .string, in: place),
      shownBy: try json.get("shown_by", .array, in: place).compactMap(\.string),
      pairs: try json.get("pairs", .integer, in: place),
      heads: try json.get("heads", .integer, in: place),
      threshold: try json.get("threshold", .number, in: place),
      auc: try json.get("auc", .number, in: place),
      steps: try json.get("steps", .array, in: place).enumerated().map {
        try Calibration.Step($1, of: "\(place), step \($0 + 1)")
      }, pictures: try pictures.map { try Calibration.Pictures($0, of: place) })
  }
}

extension Calibration.Pictures {
  private static let start = "data:image/png;base64,"

  /// A page shows these, so that they may be nothing but pictures.
  fileprivate init(_ json: JSON, of place: String) throws {
    func picture(_ key: String) throws -> String {
      let url = try json.get(key, .string, in: place)
      let letters = url.utf8.dropFirst(Self.start.utf8.count)
      let isSound = letters.allSatisfy {
        switch $0 {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "/"),
          UInt8(ascii: "="):
          true
        default: false
        }
      }
      guard url.hasPrefix(Self.start), isSound else {
        throw InputError(
          "\(place) '\(key)'", expected: "a PNG file as a data URL", found: "another text")
      }
      return url
    }
    self.init(before: try picture("before"), after: try picture("after"))
  }
}

extension Calibration.Step {
  fileprivate var json: JSON {
    func number(_ value: Double?) -> JSON { value.map(JSON.number) ?? .null }
    return [
      "share": .number(share), "true_reliance": number(truth), "estimate": number(estimate),
      "found": found.json, "found_by_verdicts": byRule.json,
    ]
  }

  fileprivate init(_ json: JSON, of place: String) throws {
    func rate(_ key: String) throws -> Calibration.Rate {
      let rate = try json.get(key, .object, in: place)
      func number(_ key: String) throws -> Double {
        try rate.get(key, .number, in: place)
      }
      return .init(share: try number("share"), low: try number("low"), high: try number("high"))
    }
    self.init(
      share: try json.get("share", .number, in: place),
      truth: try json.find("true_reliance", .number, in: place),
      estimate: try json.find("estimate", .number, in: place), found: try rate("found"),
      byRule: try rate("found_by_verdicts"))
  }
}

extension Calibration.Rate {
  fileprivate var json: JSON {
    ["share": .number(share), "low": .number(low), "high": .number(high)]
  }
}
