import Encoders

/// Pictures side by side as one picture, with words that say what each is.
///
///     var sheet = PictureSheet("red epaulets against bird", columns: ["strength 0", "strength 1"])
///     sheet.rows.append(.init("grad-cam", [.init(plain, "score 27.1"), .init(finer, "score 3.2")]))
///     try sheet.drawn().write(to: "sheet.png")
public struct PictureSheet: Sendable {
  public var title: String
  public var columns: [String]
  public var rows: [Row]
  /// All pictures are drawn so wide, and in their own shape.
  public let cellWidth: Int

  /// Cells of one kind, from left to right; there may be fewer than columns.
  public struct Row: Sendable {
    public var title: String
    public var cells: [Cell]

    public init(_ title: String = "", _ cells: [Cell]) {
      self.title = title
      self.cells = cells
    }
  }

  /// A picture, or why there is none.
  public struct Cell: Sendable {
    public var picture: Picture?
    public var caption: String

    public init(_ picture: Picture?, _ caption: String = "") {
      self.picture = picture
      self.caption = caption
    }
  }

  public init(
    _ title: String = "", columns: [String] = [], rows: [Row] = [], cellWidth: Int = 240
  ) {
    precondition((32...4096).contains(cellWidth), "Cells are 32 to 4096 pixels wide.")
    self.title = title
    self.columns = columns
    self.rows = rows
    self.cellWidth = cellWidth
  }

  /// Around everything, and between the cells.
  static let margin = 16
  static let gap = 8

  /// The sheet as one picture.
  public func drawn() -> Picture {
    let rows = rows.map { FittedRow($0, width: cellWidth) }
    let count = max(1, columns.count, rows.map(\.cells.count).max() ?? 0)
    let hasRowTitles = self.rows.contains { !$0.title.isEmpty }
    let left = PictureSheet.margin + (hasRowTitles ? cellWidth / 2 + PictureSheet.gap : 0)
    let inner = left + count * (cellWidth + PictureSheet.gap) - PictureSheet.gap
    let heading = TextBlock(title, scale: 2, width: inner - PictureSheet.margin, lines: 3)
    let names = columns.map { TextBlock($0, scale: 2, width: cellWidth, lines: 3) }
    let namesHeight = names.map(\.height).max() ?? 0

    let top = PictureSheet.margin + heading.height + namesHeight
    let height = rows.reduce(top) { $0 + $1.height + PictureSheet.gap } + PictureSheet.gap
    var canvas = Canvas(width: inner + PictureSheet.margin, height: height)
    heading.draw(on: &canvas, x: PictureSheet.margin, y: PictureSheet.margin)
    func x(_ column: Int) -> Int { left + column * (cellWidth + PictureSheet.gap) }
    for (column, name) in names.enumerated() {
      // All stand on the pictures.
      name.draw(on: &canvas, x: x(column), y: top - name.height)
    }
    var y = top
    for row in rows {
      row.title.draw(on: &canvas, x: PictureSheet.margin, y: y)
      for (column, cell) in row.cells.enumerated() {
        if let picture = cell.picture {
          canvas.draw(picture, x: x(column) + (cellWidth - picture.width) / 2, y: y)
        }
        cell.caption.draw(on: &canvas, x: x(column), y: y + cell.captionTop)
      }
      y += row.height + PictureSheet.gap
    }
    return canvas.picture
  }
}

/// A row in its final size.
private struct FittedRow {
  let title: TextBlock
  let cells: [FittedCell]

  init(_ row: PictureSheet.Row, width: Int) {
    title = TextBlock(row.title, scale: 2, width: width / 2, lines: 6)
    cells = row.cells.map { FittedCell($0, width: width) }
  }

  var height: Int { max(title.height, cells.map(\.height).max() ?? 0) }
}

private struct FittedCell {
  let picture: Picture?
  let caption: TextBlock

  init(_ cell: PictureSheet.Cell, width: Int) {
    picture = cell.picture.map { FittedCell.fitted($0, width) }
    caption = TextBlock(cell.caption, scale: 1, width: width, lines: 4)
  }

  /// Captions stand below their own pictures.
  var captionTop: Int { picture.map { $0.height + PictureSheet.gap / 2 } ?? 0 }

  var height: Int { captionTop + caption.height }

  /// As wide as the cell, unless it would be more than twice as high.
  private static func fitted(_ picture: Picture, _ width: Int) -> Picture {
    let (across, down) = (Double(picture.width), Double(picture.height))
    let ratio = min(Double(width) / across, 2 * Double(width) / down)
    func side(_ length: Double) -> Int { max(1, Int((length * ratio).rounded())) }
    return picture.resized(width: side(across), height: side(down))
  }
}

/// A text in lines, with air below; nothing where there is no text.
private struct TextBlock {
  let lines: [Lettering]

  init(_ text: String, scale: Int, width: Int, lines: Int) {
    self.lines = Lettering(text, scale: scale).wrapped(to: width, lines: lines)
  }

  private var pitch: Int { lines.first.map { $0.height + 2 * $0.scale } ?? 0 }

  var height: Int { lines.isEmpty ? 0 : lines.count * pitch + PictureSheet.gap / 2 }

  func draw(on canvas: inout Canvas, x: Int, y: Int) {
    for (index, line) in lines.enumerated() {
      canvas.draw(line, x: x, y: y + index * pitch)
    }
  }
}
