import Fieldmark
import Testing

@Test func rowsThatAreTooLongAreMendedAndSenselessOnesCounted() throws {
  try inSmallFolder { folder in
    try putSmallCUB(folder)
    try folder.put(
      "attributes/image_attribute_labels.txt",
      """
      5 1 1 4 2.5
      5 2 1 3 0 0 7.25
      5 3 0
      7 1 x 4 1
      7 2 1 9 1
      7 3 1 4 0 1.5
      4 1 1 4 1

      """)
    let birds = try Dataset(folder.path)
    #expect(
      try birds.attributes(of: birds.examples[0])[1]
        == AttributeLabel(isPresent: true, certainty: .probably, seconds: 7.25))
    #expect(try birds.attributes(of: birds.examples[0])[2] == nil)
    #expect(
      try birds.attributes(of: birds.examples[2])
        == [nil, nil, AttributeLabel(isPresent: true, certainty: .definitely, seconds: 1.5)])
    #expect(
      try birds.attributeNotes() == [
        "rows of attributes/image_attribute_labels.txt with more than five numbers, read by the first "
          + "four and the last: 2, the first in line 2",
        "rows of attributes/image_attribute_labels.txt that make no sense, passed over: 3, the first "
          + "in line 3",
        "rows of attributes/image_attribute_labels.txt about pictures that images.txt does not list: "
          + "1, the first in line 7",
      ])
  }
}

@Test func theRowsOfAPictureStandTogether() throws {
  try inSmallFolder { folder in
    try putSmallCUB(folder)
    try folder.put(
      "attributes/image_attribute_labels.txt", "5 1 1 4 1\n7 1 1 4 1\n5 2 1 4 1\n")
    let birds = try Dataset(folder.path)
    let error = #expect(throws: InputError.self) { try birds.attributes(of: birds.examples[0]) }
    #expect(
      error?.description
        == "attributes/image_attribute_labels.txt line 3: expected the rows of a picture together, "
        + "found more of one whose rows begin in line 1.")
  }
}

@Test func theTableIsReadWhenItIsAskedForAndNotBefore() throws {
  try inSmallFolder { folder in
    try putSmallCUB(folder)
    try folder.put("attributes/image_attribute_labels.txt", "")
    let birds = try Dataset(folder.path)
    #expect(birds.hasAttributeLabels)
    let error = #expect(throws: InputError.self) { try birds.attributes(of: birds.examples[0]) }
    #expect(
      error?.description
        == "\(folder.path)/attributes/image_attribute_labels.txt: expected a file with content, found "
        + "an empty one.")
    // After an error it is tried again.
    try folder.put("attributes/image_attribute_labels.txt", "5 1 1 4 1\n")
    #expect(try birds.attributes(of: birds.examples[0])[0]?.isPresent == true)
  }
}

@Test func rowsOfACutPictureAmongThoseOfAnotherAreNotItsOwn() throws {
  try inSmallFolder { folder in
    try putSmallCUB(folder)
    try folder.put(
      "attributes/image_attribute_labels.txt", "5 1 1 4 1\n4 2 1 4 1\n5 3 1 4 1\n")
    let birds = try Dataset(folder.path)
    #expect(
      try birds.attributes(of: birds.examples[0]).map { $0?.isPresent } == [true, nil, true])
  }
}
