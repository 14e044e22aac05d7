import Ground
import Measures
import Pictures

/// Formats in which other tools read the parts of a map: for training detectors, correcting by hand, and
/// prompting SAM.
extension HighlightFormat {
  static let boxFormats: [HighlightFormat] = [coco, labelme, yolo, points]

  /// A whole annotation file with one picture. Each part is an annotation with its box and its mask as
  /// run lengths. (cocodataset.org, format of object detection.)
  public static let coco = HighlightFormat(
    "coco", "boxes and masks of the connected parts for COCO", ending: "coco.json", .object
  ) { writing, path in
    let annotations = writing.boxes.boxes.enumerated().map { number, part -> JSON in
      [
        "id": .integer(number + 1), "image_id": 1, "category_id": 1, "iscrowd": 0,
        "bbox": .array(part.box.sides.map(JSON.integer)), "area": .integer(part.area),
        "segmentation": part.runLengths(
          width: writing.map.width, height: writing.map.height
        ).json, "score": JSON(part.highest),
      ]
    }
    try writing.write(
      [
        "images": [
          [
            "id": 1, "file_name": .string(writing.pictureName),
            "width": .integer(writing.map.width), "height": .integer(writing.map.height),
          ]
        ],
        "categories": [["id": 1, "name": .string(writing.title)]],
        "annotations": .array(annotations),
      ], to: path)
  }

  /// A rectangle for each part. LabelMe looks for the picture from the folder of this file.
  /// (wkentaro/labelme, `label_file.py`.)
  public static let labelme = HighlightFormat(
    "labelme", "boxes of the connected parts for LabelMe", ending: "labelme.json", .object
  ) { writing, path in
    let shapes = writing.boxes.boxes.map { part -> JSON in
      let sides = part.box.sides
      return [
        "label": .string(writing.title),
        "points": [
          [.integer(sides[0]), .integer(sides[1])],
          [.integer(sides[0] + sides[2]), .integer(sides[1] + sides[3])],
        ],
        "group_id": .null, "description": "", "shape_type": "rectangle", "flags": [:],
        "mask": .null,
      ]
    }
    try writing.write(
      [
        "version": "5.5.0", "flags": [:], "shapes": .array(shapes),
        "imagePath": .string(writing.picturePath(from: path.folder)), "imageData": .null,
        "imageHeight": .integer(writing.map.height), "imageWidth": .integer(writing.map.width),
      ], to: path)
  }

  /// A line for each part: class 0, then the middle and the sides of its box as shares of the picture's.
  /// (docs.ultralytics.com, format of detection datasets.)
  public static let yolo = HighlightFormat(
    "yolo", "boxes of the connected parts for YOLO, all of class 0", ending: "txt", .boxes
  ) { writing, path in
    let (width, height) = (Double(writing.map.width), Double(writing.map.height))
    func share(_ number: Double) -> String { "\((number * 1e6).rounded() / 1e6)" }
    let lines = writing.boxes.boxes.map { part -> String in
      let sides = part.box.sides.map(Double.init)
      let shares = [
        (sides[0] + sides[2] / 2) / width, (sides[1] + sides[3] / 2) / height, sides[2] / width,
        sides[3] / height,
      ]
      return "0 " + shares.map(share).joined(separator: " ") + "\n"
    }
    // The format has no room for a mark, so the mark is a space at the beginning, which readers skip.
    try Ground.write(Array((" " + (lines.isEmpty ? "\n" : lines.joined())).utf8), to: path)
  }

  /// The peak and the box of each part, in the words of SAM's predictors, which take them as they are.
  /// (facebookresearch/sam2, `SAM2ImagePredictor.predict`.)
  public static let points = HighlightFormat(
    "points", "peaks and boxes of the connected parts as prompts for SAM", ending: "points.json",
    .object
  ) { writing, path in
    let parts = writing.boxes.boxes
    try writing.write(
      [
        "point_coords": .array(parts.map { [.integer($0.peak.x), .integer($0.peak.y)] }),
        "point_labels": .array(parts.map { _ in 1 }),
        "boxes": .array(
          parts.map { part in
            let sides = part.box.sides
            return .array(
              [sides[0], sides[1], sides[0] + sides[2], sides[1] + sides[3]].map(JSON.integer))
          }),
      ], to: path)
  }
}

extension PixelBox {
  /// Left, top, width and height.
  fileprivate var sides: [Int] { [columns.lowerBound, rows.lowerBound, columns.count, rows.count] }
}

extension HighlightFormat.Writing {
  fileprivate var boxes: MapBoxes { MapBoxes(seen, above: style.threshold) }

  /// The name of the picture's file.
  fileprivate var pictureName: String {
    printable(Path(object["picture"]?.string ?? "").lastComponent.bytes)
  }

  /// The picture's path from a folder, or its name where it is no file.
  fileprivate func picturePath(from folder: Path) -> String {
    isMoved ? pictureName : Path(object["picture"]?.string ?? "").seen(from: folder) ?? pictureName
  }
}
