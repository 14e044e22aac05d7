import Ground

extension Dataset {
  /// One picture of a known class, as a dataset of its own.
  ///
  /// ```swift
  /// let dataset = Dataset(picture: "IMG_2034.jpg", of: 9, classes: names)
  /// ```
  public init(picture: Path, of label: Int, classes: [String]) {
    var examples = Examples(in: .folder(picture.folder))
    examples.append(picture.lastComponent.bytes, label: label)
    self.init("picture", picture, classes: classes, examples)
  }
}
