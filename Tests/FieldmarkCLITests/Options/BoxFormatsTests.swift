import Fieldmark
import Foundation
import Testing

/// Files of one map, as `highlight` writes them.
private func inWrittenMaps(_ body: (_ file: (String) throws -> Data, JSON) throws -> Void) throws {
  try ModelsFixture.run { home in
    #expect(home.transcript(["aviary", "-o", "HOME/birds", "-n", "1"]).status == .done)
    let found = try FileManager.default.subpathsOfDirectory(atPath: "\(home.home)/birds/images")
    let bird = try #require(found.first { $0.hasSuffix(".png") })
    let words = [
      "highlight", "HOME/birds/images/\(bird)", "-c", "red wings", "-a", "bird", "--threshold",
      "otsu", "--save", "coco,labelme,yolo,points,mask,json", "-o", "HOME/maps/",
    ]
    for _ in 0..<2 {
      // The second call writes over the files of the first, which are its own.
      let done = home.transcript(words)
      #expect(done.status == .done, "\(done.notes)")
    }
    let folder = "\(home.home)/maps"
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
    #expect(names.count == 6)
    func file(_ ending: String) throws -> Data {
      let name = try #require(names.first { $0.hasSuffix(ending) })
      return try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))
    }
    let all = names.filter {
      $0.hasSuffix("0.json") || !$0.contains(".coco") && $0.hasSuffix(".json")
    }
    let own = try #require(
      all.first { !$0.hasSuffix(".labelme.json") && !$0.hasSuffix(".points.json") })
    let object = try JSON(
      parsing: Array(Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(own)"))), place: own)
    try body(file, object)
  }
}

private func json(_ data: Data) throws -> JSON { try JSON(parsing: Array(data), place: "file") }

@Test func everyFormatOfBoxesHasTheSameParts() throws {
  try inWrittenMaps { file, object in
    let boxes = try #require(object["boxes"]?.array)
    #expect(!boxes.isEmpty && object["threshold"]?.number != nil)
    func side(_ box: JSON, _ name: String) -> Int { box[name]?.integer ?? -1 }
    let sides = boxes.map { box in ["x", "y", "width", "height"].map { side(box, $0) } }

    let coco = try json(file(".coco.json"))
    let annotations = try #require(coco["annotations"]?.array)
    #expect(annotations.map { $0["bbox"]?.array?.compactMap(\.integer) ?? [] } == sides)
    #expect(annotations.map { $0["area"]?.integer } == boxes.map { $0["area"]?.integer })
    #expect(coco["categories"]?.array?.first?["name"]?.string == "red wings")
    let size = annotations[0]["segmentation"]?["size"]?.array?.compactMap(\.integer)
    #expect(size == [256, 256])

    let labelme = try json(file(".labelme.json"))
    let corners = labelme["shapes"]?.array?.map { shape in
      shape["points"]?.array?.flatMap { $0.array?.compactMap(\.integer) ?? [] } ?? []
    }
    #expect(corners == sides.map { [$0[0], $0[1], $0[0] + $0[2], $0[1] + $0[3]] })
    #expect(labelme["imageWidth"]?.integer == 256 && labelme["imageData"] == .null)

    let points = try json(file(".points.json"))
    #expect(
      points["point_coords"]?.array?.map { $0.array?.compactMap(\.integer) ?? [] }
        == boxes.map { [side($0["peak"] ?? .null, "x"), side($0["peak"] ?? .null, "y")] })
    #expect(points["boxes"]?.array?.count == sides.count)

    let lines = String(decoding: try file(".txt"), as: UTF8.self).split(separator: "\n")
    #expect(lines.count == sides.count)
    for (line, box) in zip(lines, sides) {
      let numbers = line.split(separator: " ").compactMap { Double($0) }
      let middle = [Double(box[0]) + Double(box[2]) / 2, Double(box[1]) + Double(box[3]) / 2]
      let expected = [0, middle[0], middle[1], Double(box[2]), Double(box[3])]
      #expect(
        zip(numbers.enumerated().map { $0.offset == 0 ? $0.element : $0.element * 256 }, expected)
          .allSatisfy { abs($0 - $1) < 1e-3 })
    }
  }
}
