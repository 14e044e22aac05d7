import Pictures

/// The layout of a sheet, in pixels.
struct SheetPlan {
  let title: TextBlock
  let remark: TextBlock
  let headings: [TextBlock]
  let rowTitles: [TextBlock]
  let margin: Int
  /// The left edge of the title, which is beside the original picture.
  let wordsLeft: Int
  /// The upper edge of the first row.
  let top: Int
  let width: Int
  let height: Int

  /// The size of a letter's dots in pixels.
  private let scale: Int
  private let tile: (width: Int, height: Int)
  private let gap: Int
  private let left: Int
  private let rowHeight: Int
  private let hasBars: Bool

  init(_ sheet: PictureSheet) {
    let cells = sheet.rows.flatMap(\.cells)
    let all = cells + (sheet.original.map { [$0] } ?? [])
    let count = max(1, sheet.columns.count, sheet.rows.map(\.cells.count).max() ?? 0)
    let box = SheetPlan.box(columns: count, sheet.maxSide)
    let sizes = all.compactMap(\.picture).map { SheetPlan.fitted($0, box) }
    // Text needs some room even below narrow pictures.
    let cellWidth = max(box.width / 2, sizes.map(\.width).max() ?? box.width)
    let tile = (width: cellWidth, height: sizes.map(\.height).max() ?? 0)
    self.tile = tile
    // On a sheet that is 700 dots wide and printed 160 mm wide, a letter of 9 dots is 2 mm high. A
    // page is about 1.4 times as high as it is wide. A line below a tile has room for a dozen
    // letters.
    let (hasOriginal, rows) = (sheet.original != nil, sheet.rows.count)
    let across = max(count, hasOriginal ? 2 : 1) * cellWidth
    let down = (rows + (hasOriginal ? 1 : 0)) * tile.height
    let scale = max(1, min(4, (max(across, down * 7 / 10) + 350) / 700, cellWidth / 72))
    let (margin, gap) = (8 * (scale + 1), 4 * (scale + 1))
    hasBars = cells.contains { $0.bar?.low != nil }
    (self.scale, self.margin, self.gap) = (scale, margin, gap)

    let longestWord =
      sheet.rows.flatMap { $0.title.split(separator: " ") }
      .map { Lettering(String($0), scale: scale + 1).width }.max() ?? 0
    let titleWidth = max(cellWidth / 4, min(longestWord, max(200, cellWidth)))
    let hasTitles = sheet.rows.contains { !$0.title.isEmpty }
    rowTitles = sheet.rows.map { TextBlock($0.title, scale: scale + 1, width: titleWidth) }
    left = margin + (hasTitles ? titleWidth + 2 * gap : 0)

    let headingSide = sheet.original == nil ? 0 : cellWidth + 2 * gap
    let hasWords = !(sheet.title + sheet.remark).isEmpty
    let inner = max(
      left - margin + count * (cellWidth + gap) - gap,
      headingSide + (hasWords ? max(cellWidth, 200) : -2 * gap))
    width = inner + 2 * margin
    wordsLeft = margin + headingSide
    title = TextBlock(sheet.title, scale: scale + 1, width: inner - headingSide)
    remark = TextBlock(sheet.remark, scale: scale, width: inner - headingSide)
    headings = sheet.columns.map { TextBlock($0, scale: scale, width: cellWidth) }

    func captionHeight(_ cells: [PictureSheet.Cell]) -> Int {
      cells.map { TextBlock($0.caption, scale: scale, width: cellWidth).height }.max() ?? 0
    }
    let original = sheet.original.map { tile.height + gap / 2 + captionHeight([$0]) } ?? 0
    let words = title.height + remark.height
    let heading = max(original, words)
    top = margin + heading + (heading > 0 ? gap : 0) + (headings.map(\.height).max() ?? 0)
    let bars = hasBars ? SheetPlan.barHeight(scale) : 0
    // All rows have the same height.
    let whole = tile.height + bars + captionHeight(cells) + (tile.height > 0 ? gap / 2 : 0)
    rowHeight = max(whole, rowTitles.map(\.height).max() ?? 0) + 2 * gap
    height = top + sheet.rows.count * rowHeight - (sheet.rows.isEmpty ? 0 : 2 * gap) + margin
  }

  func x(_ column: Int) -> Int { left + column * (tile.width + gap) }

  func y(_ row: Int) -> Int { top + row * rowHeight }

  /// Draws a picture in the middle of its tile, with its bar and its caption below.
  func draw(_ cell: PictureSheet.Cell, on canvas: inout Canvas, x: Int, y: Int) {
    if let picture = cell.picture {
      let size = SheetPlan.fitted(picture, tile)
      canvas.draw(
        picture.resized(width: size.width, height: size.height),
        x: x + (tile.width - size.width) / 2, y: y + (tile.height - size.height) / 2)
    }
    var below = y + tile.height + gap / 2
    if let bar = cell.bar, let low = bar.low, let high = bar.high {
      let stripHeight = 5 * scale
      canvas.draw(bar.strip(width: tile.width, height: stripHeight), x: x, y: below)
      // The lower end is usually a short "0", so the other end may use the rest of the line.
      let left = TextBlock(low.number, scale: scale, width: tile.width / 2, lines: 1)
      let right = TextBlock(
        high.number, scale: scale, width: tile.width - left.width - 3 * scale, lines: 1)
      let textTop = below + stripHeight + 2 * scale
      left.draw(on: &canvas, x: x, y: textTop)
      right.draw(on: &canvas, x: x + tile.width, y: textTop, isRightAligned: true)
    }
    if cell.bar != nil, hasBars { below += SheetPlan.barHeight(scale) }
    TextBlock(cell.caption, scale: scale, width: tile.width).draw(on: &canvas, x: x, y: below)
  }

  /// The height of a strip and of the line of numbers below it.
  private static func barHeight(_ scale: Int) -> Int { (5 + 2 + 9 + 4) * scale }

  /// The box that a picture has to fit into. A sheet is about as wide as a printed page needs dots,
  /// and a tall picture is at most 1.5 times as high as the box is wide.
  private static func box(columns: Int, _ maxSide: Int?) -> (width: Int, height: Int) {
    let width = min(max(240, min(640, 2000 / columns)), maxSide ?? .max)
    return (width, min(width * 3 / 2, maxSide ?? .max))
  }

  private static func fitted(
    _ picture: Picture, _ box: (width: Int, height: Int)
  ) -> (width: Int, height: Int) {
    let (across, down) = (Double(picture.width), Double(picture.height))
    let ratio = min(Double(box.width) / across, Double(box.height) / down)
    func side(_ length: Double) -> Int { max(1, Int((length * ratio).rounded())) }
    return (side(across), side(down))
  }
}

extension PictureSheet {
  /// The sheet as one picture.
  public func drawn() -> Picture {
    let plan = SheetPlan(self)
    var canvas = Canvas(width: plan.width, height: plan.height)
    if let original { plan.draw(original, on: &canvas, x: plan.margin, y: plan.margin) }
    plan.title.draw(on: &canvas, x: plan.wordsLeft, y: plan.margin)
    plan.remark.draw(on: &canvas, x: plan.wordsLeft, y: plan.margin + plan.title.height)
    for (column, heading) in plan.headings.enumerated() {
      // Headings are aligned at the bottom, just above the pictures.
      heading.draw(on: &canvas, x: plan.x(column), y: plan.top - heading.height)
    }
    for (row, title) in plan.rowTitles.enumerated() {
      title.draw(on: &canvas, x: plan.margin, y: plan.y(row))
      for (column, cell) in rows[row].cells.enumerated() {
        plan.draw(cell, on: &canvas, x: plan.x(column), y: plan.y(row))
      }
    }
    return canvas.picture
  }
}
