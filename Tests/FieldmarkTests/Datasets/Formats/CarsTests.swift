import Fieldmark
import Foundation
import Testing

/// MATLAB's first and last pixels, 39 to 569 and 116 to 375, are 531 x 260 from 38, 115.
@Test func theDevkitOfStanfordCarsIsReadWithItsBoxes() throws {
  let cars = try Dataset(DatasetReferences.path("cars"))
  #expect(
    cars.description == "cars: 7 pictures of 3 classes (4 for training, 3 for test), 7 boxes")
  #expect(
    cars.classes == [
      "AM General Hummer SUV 2000", "Ram C/V Cargo Van Minivan 2012", "Citroën 2CV",
    ])
  let first = cars.examples[0]
  #expect(first.name == "cars_train/00001.jpg" && first.label == 2 && first.use == .training)
  #expect(first.box == Region(x: 38, y: 115, width: 531, height: 260))
  #expect(cars.examples[2].box == Region(x: 0, y: 0, width: 2, height: 1))
  #expect(cars.examples[6].name == "cars_test/00003.jpg" && cars.examples[6].use == .test)
}

@Test func aCopyOfStanfordCarsHasItsFoldersTwice() throws {
  try inSmallFolder { folder in
    for name in ["devkit/cars_train_annos.mat", "devkit/cars_meta.mat"] {
      try folder.put(name, DatasetReferences.path("cars/\(name)").read(limit: 1 << 20))
    }
    try folder.picture("cars_train/cars_train/00001.jpg", width: 600, height: 400)
    let cars = try Dataset(folder.path)
    #expect(cars.examples[0].name == "cars_train/cars_train/00001.jpg")
    #expect(try cars.examples[0].picture().width == 600)
    #expect(cars.summary.training == 4 && cars.summary.test == 0)
  }
}

@Test func stanfordCarsByClassHasItsBoxesInTables() throws {
  try inSmallFolder { folder in
    try folder.picture("car_data/car_data/train/Audi TT 2011/00002.jpg")
    try folder.picture("car_data/car_data/train/Ram C-V Cargo Van/00001.jpg")
    try folder.picture("car_data/car_data/test/Audi TT 2011/00001.jpg")
    try folder.put("anno_train.csv", "00001.jpg,1,1,2,2,2\n00002.jpg,39,116,569,375,1\n")
    try folder.put("anno_test.csv", "00001.jpg,3,4,5,6,1\n00009.jpg,3,4,5,6,1\n")
    let cars = try Dataset(folder.path)
    #expect(
      cars.description == "cars: 3 pictures of 2 classes (2 for training, 1 for test), 3 boxes")
    #expect(cars.classes == ["Audi TT 2011", "Ram C-V Cargo Van"])
    #expect(cars.examples[0].box == Region(x: 38, y: 115, width: 531, height: 260))
    #expect(cars.examples[2].box == Region(x: 2, y: 3, width: 3, height: 3))

    // A last pixel before the first.
    try folder.put("anno_test.csv", "00001.jpg,9,4,5,6,1\n")
    let strange = try Dataset(folder.path)
    #expect(strange.examples[2].box == nil)
    #expect(
      strange.notes == ["boxes left out, whose last pixel is before the first or far off: 1"])

    try folder.put("anno_test.csv", "00001.jpg,3,4,5,six,1\n")
    #expect(
      folder.sentence() == "anno_test.csv line 1: expected a number as 'y2', found 'six'.")
    try folder.put("anno_test.csv", "00001.jpg,3,4\n")
    #expect(folder.sentence() == "anno_test.csv line 1: expected 6 fields, found 3.")
  }
}

@Test func annotationsWithoutTheirFieldsAreOneSentence() throws {
  try inSmallFolder { folder in
    try folder.put(
      "cars_train_annos.mat", DatasetReferences.path("mat/plain.mat").read(limit: 1 << 20))
    let found = folder.sentence()
    #expect(
      found.hasPrefix("cars_train_annos.mat: expected a variable 'annotations', found 'double', "))
    try folder.put("cars_train_annos.mat", "not one of MATLAB's")
    #expect(
      folder.sentence()
        == "cars_train_annos.mat: expected a MATLAB file of version 5 to 7, found bytes that begin "
        + "with 'not one '.")
  }
}
