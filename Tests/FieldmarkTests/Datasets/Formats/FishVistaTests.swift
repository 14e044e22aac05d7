import Fieldmark
import Testing

private let head =
  "filename,family,standardized_species,file_name,adipose_fin,pelvic_fin,barbel,"
  + "multiple_dorsal_fin\n"

func putFishVista(_ folder: SmallFolder) throws {
  try folder.put(
    "classification_train.csv",
    head + "pike.jpg,Esocidae,Esox lucius,Images/chunk_1/pike.jpg,NA,NA,NA,NA\n"
      + "carp.jpg,Cyprinidae,Cyprinus carpio,Images/chunk_2/carp.jpg,NA,NA,NA,NA\n")
  try folder.put(
    "classification_test.csv",
    head + "carp2.jpg,Cyprinidae,Cyprinus carpio,Images/chunk_2/carp2.jpg,NA,NA,NA,NA\n")
  try folder.put(
    "identification_train.csv",
    head + "carp.jpg,Cyprinidae,Cyprinus carpio,Images/chunk_2/carp.jpg,0,1,1.0,-1\n")
  try folder.put(
    "identification_test_insp.csv",
    head + "pike.jpg,Esocidae,Esox lucius,Images/chunk_1/pike.jpg,0,1,0,0\n")
  // As in one revision, where the column names the mask.
  try folder.put(
    "segmentation_train.csv",
    "filename,standardized_species,file_name\n"
      + "carp.jpg,Cyprinus carpio,segmentation_masks/images/carp.png\n")
  try folder.put(
    "segmentation_masks/seg_id_trait_map.json",
    #"{"0": "Background", "1": "Head", "3": "Dorsal fin"}"#)
  try folder.put(
    "segmentation_masks/images/carp.png",
    PNGSamples.gray([0, 1, 3, 3, 0, 1]).png(width: 3, height: 2))
  for name in ["chunk_1/pike", "chunk_2/carp"] { try folder.picture("Images/\(name).jpg") }
}

@Test func tablesOfOtherSplitsAreReadOrNamed() throws {
  try inSmallFolder { folder in
    try putFishVista(folder)
    try folder.put(
      "classification_dev.csv",
      head + "pike2.jpg,Esocidae,Esox lucius,Images/pike2.jpg,NA,NA,NA,NA\n")
    try folder.put("classification_holdout.csv", head)
    let fish = try Dataset(folder.path, as: .fishVista)
    #expect(fish.examples.map(\.use) == [.training, .training, .test, .validation])
    #expect(
      fish.notes
        == [
          "tables left out, whose names do not contain a known split: 'classification_holdout.csv'"
        ]
    )
  }
}

@Test func fishComeForEachTask() throws {
  try inSmallFolder { folder in
    try putFishVista(folder)
    let fish = try Dataset(folder.path)
    #expect(
      fish.description
        == "fish-vista: 3 pictures of 2 classes (2 for training, 1 for test), masks")
    #expect(fish.classes == ["Cyprinus carpio", "Esox lucius"])
    #expect(fish.examples[1].name == "Images/chunk_2/carp.jpg")

    let traits = try Dataset(folder.path, as: .fishVistaIdentification)
    #expect(
      traits.attributes.map(\.name) == [
        "adipose_fin", "pelvic_fin", "barbel", "multiple_dorsal_fin",
      ])
    #expect(
      try traits.attributes(of: traits.examples[0]).map { $0?.isPresent } == [
        false, true, true, nil,
      ])
    #expect(traits.examples.map(\.use) == [.training, .test])
  }
}

@Test func aFishHasAMaskForEachTrait() throws {
  try inSmallFolder { folder in
    try putFishVista(folder)
    let fish = try Dataset(folder.path, as: .fishVistaSegmentation)
    let carp = fish.examples[0]
    // Found by way of the tables that say where it is.
    #expect(carp.name == "Images/chunk_2/carp.jpg")
    let masks = try fish.masks(of: carp)
    #expect(masks.map(\.name) == ["Head", "Dorsal fin"])
    #expect(
      try masks[1].read(for: carp.picture()).pixels == [false, false, true, true, false, false])
    // As Python prints a dictionary, which is what a later revision has.
    try folder.put("segmentation_masks/seg_id_trait_map.json", "{0: 'Background', 2: 'Eye'}\n")
    let again = try Dataset(folder.path, as: .fishVistaSegmentation)
    #expect(try again.masks(of: carp).map(\.name) == ["Eye"])
    try folder.put("segmentation_masks/seg_id_trait_map.json", "{}")
    #expect(
      folder.sentence(.fishVistaSegmentation)
        == "seg_id_trait_map.json: expected numbers with names of traits, found none.")
    try folder.put("segmentation_masks/seg_id_trait_map.json", "{300: 'Eye'}")
    #expect(
      folder.sentence(.fishVistaSegmentation)
        == "seg_id_trait_map.json: expected numbers up to 255 with names of traits, found "
        + "'300: 'Eye'}'.")
  }
}

@Test func fishInOneFolderAreFoundThere() throws {
  try inSmallFolder { folder in
    try folder.put(
      "classification_train.csv", "filename,standardized_species\npike.jpg,Esox lucius\n")
    #expect(try Dataset(folder.path).examples[0].name == "Images/pike.jpg")
    try folder.picture("AllImages/pike.jpg")
    #expect(try Dataset(folder.path).examples[0].name == "AllImages/pike.jpg")
    try folder.put("classification_train.csv", "name\nx\n")
    #expect(
      folder.sentence()
        == "classification_train.csv line 1: expected a column 'filename', found 'name'.")
    try folder.put("classification_train.csv", "filename,standardized_species\n../x,y\n")
    #expect(
      folder.sentence()
        == "classification_train.csv line 2: expected a name below the pictures' folder as "
        + "'filename', found '../x'.")
  }
}
