import Fieldmark
import Testing

private let table = ClassAttributes(
  ["has_wing_color::red", "has_bill::long", "has_wing_color::black", "crested"].map {
    Attribute($0)
  },
  Matrix([[60, 10, 90, 5], [20, 10, 30, 45], [0, 100, 0, 0]]))

@Test func differencesAreSortedAndOfEqualsTheFirstCountsFirst() {
  let differences = table.differences(from: 1, to: 0)
  #expect(differences.map(\.attribute) == [2, 0, 1, 3])
  #expect(differences.map(\.points) == [60, 40, 0, -40])
  #expect(table.differences(from: 0, to: 0).map(\.attribute) == [0, 1, 2, 3])
}

@Test func groupsAreNamedByTheirFirstColumn() {
  #expect(table.groups.map(\.name) == ["wing_color", "bill", "crested"])
  #expect(table.groups.map(\.columns) == [[0, 2], [1], [3]])
}

/// 60 and 90 of 150 are 40 and 60 of 100; a group of zeros stays.
@Test func aNormalizedGroupSumsToAHundred() {
  let normalized = table.normalizedByGroup()
  #expect(normalized.percentages[row: 0] == [40, 100, 60, 100])
  #expect(normalized.percentages[row: 2] == [0, 100, 0, 0])
}

@Test func theNearestClassHasTheMostSimilarRow() {
  #expect(table.nearest(to: 0).map(\.label) == [1, 2])
}

/// `t = numpy.loadtxt("class_attribute_labels_continuous.txt")`, `t[9] - t[8]` sorted, stable.
@Test(.enabled(if: DatasetReferences.hasLarge, "needs FIELDMARK_REFERENCES"))
func theDifferencesOfCUBsClassesAreTheirKnownOnes() throws {
  let birds = try Dataset(DatasetReferences.large("data/cub-tables"))
  let table = try #require(birds.classAttributes)
  let cases: [(target: Int, confuser: Int, [(String, Float)])] = [
    (
      10, 9,
      [
        ("wing_pattern::multi-colored", 63.08), ("wing_color::red", 49.04),
        ("shape::perching-like", 43.49), ("wing_color::orange", 39.49),
        ("head_pattern::plain", 38.63),
      ]
    ),
    (
      10, 49,
      [
        ("shape::perching-like", 53.38), ("belly_color::black", 51.77),
        ("wing_pattern::multi-colored", 50.04), ("underparts_color::black", 49.41),
        ("breast_color::black", 49.09),
      ]
    ),
    (
      140, 139,
      [
        ("under_tail_color::red", 61.16), ("wing_color::red", 49.77), ("wing_color::rufous", 31.47),
      ]
    ),
    (
      17, 140,
      [
        ("throat_color::black", 79.75), ("bill_color::red", 63.95),
        ("forehead_color::black", 49.04),
        ("head_pattern::crested", 37.89),
      ]
    ),
  ]
  for (target, confuser, expected) in cases {
    let found = table.differences(from: confuser - 1, to: target - 1).prefix(expected.count)
    let names = found.map { birds.attributes[$0.attribute].name }
    #expect(names == expected.map { "has_" + $0.0 })
    for (difference, (name, points)) in zip(found, expected) {
      #expect(abs(difference.points - points) < 0.006, "\(name)")
    }
  }
  // Shiny Cowbird .950, Bronzed Cowbird .937, Groove-billed Ani .934.
  let nearest = table.nearest(to: 9).prefix(3)
  #expect(nearest.map { $0.label + 1 } == [27, 26, 4])
  for (found, cosine) in zip(nearest, [Float(0.9501), 0.9369, 0.9336]) {
    #expect(abs(found.cosine - cosine) < 1e-4)
  }
}

/// Groups of one choice sum to 100, colors to as much as 291; 28 groups; 42.6 % zeros.
@Test(.enabled(if: DatasetReferences.hasLarge, "needs FIELDMARK_REFERENCES"))
func theGroupsOfCUBSumAsIsKnown() throws {
  let table = try #require(try Dataset(DatasetReferences.large("data/cub-tables")).classAttributes)
  #expect(table.groups.count == 28)
  #expect(table.groups[11].name == "eye_color" && table.groups[11].columns == Array(135...148))
  let elements = table.percentages.elements
  #expect(abs(Double(elements.count { $0 == 0 }) / Double(elements.count) - 0.42609) < 1e-5)
  let single = ["bill_shape", "breast_pattern", "tail_shape", "size", "shape", "wing_pattern"]
  var largest: Float = 0
  for (name, columns) in table.groups {
    for row in 0..<200 {
      let sum = columns.reduce(Float(0)) { $0 + table.percentages[row, $1] }
      if single.contains(name) { #expect(abs(sum - 100) < 1e-3, "\(name)") }
      largest = max(largest, sum)
    }
  }
  #expect(largest > 290 && largest < 292)
}
