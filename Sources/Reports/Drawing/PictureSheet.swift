import Pictures

/// Pictures side by side as one picture, with words that say what each is.
///
/// ```swift
/// var sheet = PictureSheet("red epaulets against bird", columns: ["strength 0", "strength 1"])
/// sheet.original = .init(bird, "500 x 333 pixels")
/// sheet.rows.append(.init("grad-cam", [.init(plain, "score 27.1"), .init(finer, "score 3.2")]))
/// try sheet.drawn().write(to: "sheet.png")
/// ```
///
/// It is meant for paper: white, all tiles of one size, no heading cut, and letters in proportion to
/// the whole, so that they can be read where the sheet is as wide as a page.
public struct PictureSheet: Sendable {
  public var title: String
  /// What one must know to read the sheet, below the title.
  public var remark: String
  /// What all others were made from: it stands once, beside the title.
  public var original: Cell?
  public var columns: [String]
  public var rows: [Row]
  /// No tile is wider or higher; by default they are larger where there are few of them.
  public let maxSide: Int?

  /// Cells of one kind, from left to right; there may be fewer than columns.
  public struct Row: Sendable {
    public var title: String
    public var cells: [Cell]

    public init(_ title: String = "", _ cells: [Cell]) {
      self.title = title
      self.cells = cells
    }
  }

  /// A picture, or why there is none; and what its colors mean.
  public struct Cell: Sendable {
    public var picture: Picture?
    public var bar: ColorBar?
    public var caption: String

    public init(_ picture: Picture?, bar: ColorBar? = nil, _ caption: String = "") {
      self.picture = picture
      self.bar = bar
      self.caption = caption
    }
  }

  public init(
    _ title: String = "", remark: String = "", original: Cell? = nil, columns: [String] = [],
    rows: [Row] = [], maxSide: Int? = nil
  ) {
    precondition(maxSide ?? 16 >= 16, "Tiles have room for 16 pixels.")
    self.title = title
    self.remark = remark
    self.original = original
    self.columns = columns
    self.rows = rows
    self.maxSide = maxSide
  }
}
