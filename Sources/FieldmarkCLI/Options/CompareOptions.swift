import Explaining
import Ground
import Parsing

struct CompareOptions: OptionGroup {
  let concepts = QuestionOptions.concepts
  let against = QuestionOptions.against
  let methods = Option<Listed<Method>>(
    "methods", default: Listed([.gradCAM]), role: .spelled,
    "The explanation methods, with commas between; 'fieldmark methods' lists them.")
  let strengths = Option<Listed<Float>>(
    "strengths", default: Listed([0.6]), role: .spelled,
    "How much of the references is subtracted, with commas between.")
  let weightings = Option<Listed<Weighting>>(
    "weightings", default: Listed([.mean]),
    "How several references are combined, with commas between.")
  let out = Option<Path?>(
    "out", short: "o", placeholder: "FILE", role: .output,
    "The file of the sheet, whose name ends in .png, .jpg or .html. Default: a .png and a .html file in "
      + "fieldmark-out.")
  let force = HeadOptions.Forcing.force
  let colormap = DrawingOptions.colormap
  let quality = DrawingOptions.quality
  let maxSide = DrawingOptions.maxSide
  let asJSON = Option<Bool>(
    "json", role: .silent,
    "Prints one JSON object on a line for each map. Files are then written only if --out is given.")
  let head = HeadOptions()
  let layer = QuestionOptions.layer
  let settings = MethodOptions.Settings()
  let model = ModelOptions()
  let texts = TextOptions()
  let pictures = PictureOptions()
}
