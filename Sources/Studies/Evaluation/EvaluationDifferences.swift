import Explaining
import Measures
import Pictures
import Reports

extension EvaluationPage {
  /// For each pair of rows, the pictures with the largest differences in favor of one row and of
  /// the other, by the first measure.
  static func differences(
    _ run: RunFile, _ table: EvaluationTable, _ picture: (Int) throws -> Picture
  ) throws -> [HTML] {
    let measure = table.measures.first { name in
      if case .mean = Measure(named: name)?.gathering ?? .mean { true } else { false }
    }
    guard let measure else { return [] }
    var inside: [HTML] = []
    for row in table.rows {
      guard let against = row.against else { continue }
      let (own, other) = (try run.column(row.name, measure), try run.column(against, measure))
      guard own.isOfThePictures(of: other) else { continue }
      let gains = zip(own.pictures, zip(own.numbers, other.numbers)).compactMap { number, pair in
        pair.0.isFinite && pair.1.isFinite && pair.0 != pair.1
          ? Difference(picture: Int(number), own: pair.0, other: pair.1) : nil
      }.sorted { ($0.gain, $0.picture) > ($1.gain, $1.picture) }
      // If there are few pictures, none is shown on both sides.
      let few = min(3, gains.count / 2)
      let some = gains.prefix(few) + gains.suffix(few).reversed()
      guard !some.isEmpty else { continue }
      inside.append(.tag("h3", [:], [.text("\(row.name) and \(against), by \(measure)")]))
      for difference in some {
        if let shown = try shown(difference, run, row.name, against, measure, picture) {
          inside.append(shown)
        }
      }
    }
    return inside
  }

  private struct Difference {
    let picture: Int
    let own: Double
    let other: Double

    var gain: Double { own - other }
  }

  /// The picture with both maps; nil if one of the three is not available.
  private static func shown(
    _ difference: Difference, _ run: RunFile, _ row: String, _ against: String, _ measure: String,
    _ picture: (Int) throws -> Picture
  ) throws -> HTML? {
    let maps = try run.maps(of: difference.picture)
    guard let record = try run.picture(difference.picture), let place = record.place,
      let own = maps.first(where: { $0.name == row }),
      let other = maps.first(where: { $0.name == against }),
      let picture = try? picture(difference.picture), picture.width == place.width,
      picture.height == place.height
    else { return nil }
    let plain = Page.figure(
      try picture.photographURL(longest: 400), record.path, title: record.path, [])
    let drawn = try [(against, other, difference.other), (row, own, difference.own)].map {
      name, map, number in
      let heatmap = Heatmap(
        map.grid, region: place.region, width: place.width, height: place.height)
      return Page.figure(
        try heatmap.overlaid(on: picture).photographURL(longest: 400), "\(record.path), \(name)",
        title: name, bar: ColorBar(heatmap, .turbo), ["\(measure) \(number.short)"])
    }
    return .tag("section", [:], [plain] + drawn)
  }
}
