import Pictures

/// Pictures side by side in one picture, with text that says what each of them is.
///
/// ```swift
/// var sheet = PictureSheet("red epaulets against bird", columns: ["strength 0", "strength 1"])
/// sheet.original = .init(bird, "500 x 333 pixels")
/// sheet.rows.append(.init("grad-cam", [.init(plain, "score 27.1"), .init(finer, "score 3.2")]))
/// try sheet.drawn().write(to: "sheet.png")
/// ```
///
/// A sheet is made for print: white, with tiles of one size and uncut headings. Letters are in
/// proportion to the whole, so that they are legible when the sheet is as wide as a page.
public struct PictureSheet: Sendable {
  public var title: String
  /// What a reader must know about the sheet; shown below the title.
  public var remark: String
  /// The picture that all others were made from, shown once beside the title.
  public var original: Cell?
  public var columns: [String]
  public var rows: [Row]
  /// The largest width and height of a tile. By default, tiles are larger if there are few of them.
  public let maxSide: Int?

  /// A row of cells from left to right, which may be fewer than the columns.
  public struct Row: Sendable {
    public var title: String
    public var cells: [Cell]

    public init(_ title: String = "", _ cells: [Cell]) {
      self.title = title
      self.cells = cells
    }
  }

  /// A picture, or a caption that says why there is none, with the legend of its colors.
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
