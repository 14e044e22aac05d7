import Fieldmark
import FieldmarkCLI
import Foundation
import Parsing
import Testing

private let vit = ModelsFixture.shipped("encoders/vit")
private let pictures = ModelsFixture.shipped("encoders/pictures")
private let wide = "\(pictures)/wide.png"

private let refusals: [(words: [String], notes: String, code: Int32)] = [
  (
    [wide, "-m", vit],
    "fieldmark highlight: expected at least one concept, or a classifier, found neither; name a "
      + "concept with --concept, or a trained classifier with --classifier, whose predicted class is "
      + "then explained.", 64
  ),
  (
    [wide, "-c", "bird", "--method", "gradcam"],
    "option --method: expected a method, found 'gradcam'; did you mean 'grad-cam'?", 64
  ),
  (
    [wide, "-c", "bird", "--method", "telepathy"],
    "option --method: expected a method, found 'telepathy'; 'fieldmark methods' lists them.", 64
  ),
  (
    [wide, "-c", "bird", "--save", "png,gif"],
    "option --save: expected some of png,heat,npy,json,mask,rle,coco,labelme,yolo,points,html with commas between, found "
      + "'png,gif'.", 64
  ),
  (
    [wide, "-c", "bird", "--threshold", "1.5"],
    "option --threshold: expected 0 to 1, or otsu, found '1.5'.", 64
  ),
  (
    [wide, "-c", "bird", "-m", vit, "-o", "HOME/out", "--layer", "3"],
    "option --layer: expected a block of the model, 0 to 2, or -1 to -3 from the end, found 3.", 64
  ),
  (
    [wide, "-c", "bird", "-m", vit, "-o", "HOME/out", "--layer", "-4"],
    "option --layer: expected a block of the model, 0 to 2, or -1 to -3 from the end, found -4.", 64
  ),
  (
    [wide, "-m", vit, "-c", "red", "epaulets"],
    "fieldmark highlight: expected a picture, found no 'epaulets'; -c \"red epaulets\" takes both "
      + "words.", 64
  ),
  (
    ["-c", "red", "winged", "blackbird", wide, "-m", vit],
    "fieldmark highlight: expected a picture, found no 'winged'; -c \"red winged blackbird\" takes "
      + "all 3 words.", 64
  ),
  (
    [wide, "-m", vit, "-c", "bird", "--against", "brown", "bird"],
    "fieldmark highlight: expected a picture, found no 'bird'; --against \"brown bird\" takes both "
      + "words.", 64
  ),
  (
    [wide, "-c", "bird", "-a", "cat", "-m", vit, "-o", "HOME/out", "-g", "3e38"],
    "\(wide), map of 'bird' by grad-cam: expected finite numbers from the model, found nan; its "
      + "weights may be damaged, or the weights or the strength may be too large for 32 bits.",
    65
  ),
  (
    [wide, "-c", "bird", "-c", "cat", "-o", "HOME/x.png"],
    "option --out: expected a folder for 2 files, found 'HOME/x.png'; write / at the end "
      + "of the name of a new folder.", 64
  ),
  (
    [wide, "-c", "bird", "-o", "HOME/x.gif"],
    "option --out: expected a name that ends in .png, .jpg or .jpeg, found 'HOME/x.gif'; write / "
      + "at the end of the name of a new folder.", 64
  ),
  (
    [wide, "-c", "bird", "-o", "HOME/x.jpg", "--format", "png"],
    "option --out: expected a name that ends in .png, found 'HOME/x.jpg'; write / at the end "
      + "of the name of a new folder.", 64
  ),
  (
    [wide, "-c", "bird", "-o", "HOME/x.jpg", "--save", "npy"],
    "option --out: expected a name that ends in .npy, found 'HOME/x.jpg'; write / at the end "
      + "of the name of a new folder.", 64
  ),
  (
    [wide, "-c", "bird", "--format", "jpg"],
    "option --format: expected one of png, jpeg, found 'jpg'; did you mean 'jpeg'?", 64
  ),
  (
    [wide, "-c", "bird", "--format", "jpeg", "--quality", "0"],
    "option --quality: expected 1 to 100, found 0.", 64
  ),
  (
    [wide, "-c", "bird", "--quality", "101"],
    "option --quality: expected 1 to 100, found 101.", 64
  ),
  (
    [wide, "-c", "bird", "--max-side", "15"],
    "option --max-side: expected 16 pixels or more, found 15.", 64
  ),
  (
    [wide, "-c", "bird", "-m", vit, "-o", "/dev/null"],
    "/dev/null: expected a folder to write to, found something of that name.", 73
  ),
]

@Test(arguments: refusals)
func highlightRefusesInOneSentence(_ words: [String], _ notes: String, _ code: Int32) throws {
  try ModelsFixture.run { home in
    #expect(
      home.transcript(["highlight"] + words)
        == Transcript(notes: notes + "\n", status: ExitStatus(code: code)))
    let left = try FileManager.default.contentsOfDirectory(atPath: home.home)
    #expect(left.allSatisfy { $0 == ".cache" || (code == 65 && $0 == "out") })
  }
}

@Test func thePictureItselfIsNotWrittenOver() throws {
  try ModelsFixture.run { home in
    try home.copy(wide, to: "\(home.home)/in/wide.png")
    let words = ["highlight", "HOME/in/../in/wide.png", "-m", vit, "-c", "bird"]
    #expect(
      home.transcript(words + ["-o", "HOME/in/wide.png"])
        == Transcript(
          notes:
            "HOME/in/wide.png: expected another file to write to, found one that is read here; "
            + "give another name, or --force to write over it.\n", status: ExitStatus(code: 64)))
    #expect(
      home.transcript(words + ["-o", "HOME/in"]).results == "HOME/in/wide-bird-encoders-vit.png\n")
  }
}

@Test func aMethodThatDoesNotFitTheModelEndsAtOnce() throws {
  try ModelsFixture.run { home in
    let resnet = ModelsFixture.shipped("encoders/resnet")
    #expect(
      home.transcript(
        ["highlight", pictures, "-m", resnet, "-c", "bird", "--method", "maskclip", "--json"])
        == Transcript(
          notes: "method maskclip: expected a transformer, whose attention it looks at, found a "
            + "ResNet.\n", status: ExitStatus(code: 64)))
  }
}
