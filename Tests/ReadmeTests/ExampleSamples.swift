/// The names that examples in doc comments speak of without declaring them, with their types.
///
/// They let an example begin with its own declaration, without lines that open a picture and a model
/// first. A name has one type in all targets, except where a target lists it again: `bird` is a
/// `Picture`, but in `Measures` it is the `Truth` about where the bird is.
///
///     ExampleSamples(target: "Measures")["bird"]      // "Truth"
struct ExampleSamples {
  private let types: [String: String]

  init(target: String) {
    types = ExampleSamples.everywhere.merging(ExampleSamples.ofTargets[target] ?? [:]) { $1 }
  }

  /// The type as a parameter of a function spells it; nil where an example has to declare the name.
  subscript(name: String) -> String? { types[name] }

  private static let everywhere = [
    "bird": "Picture", "panorama": "Picture", "picture": "Picture",
    "map": "Heatmap", "mask": "Mask", "view": "View", "other": "View", "tiles": "Tiles",
    "model": "Model", "clip": "CLIP", "encoder": "ImageEncoder",
    "planes": "Matrix", "embedding": "Matrix", "directions": "Matrix", "values": "[Float]",
    "epaulets": "Target", "wing": "Target", "target": "Target", "head": "Classifier",
    "score": "Score", "scorer": "Scorer", "changed": "@escaping @Sendable (Int) -> Matrix",
    "dataset": "Dataset", "birds": "Dataset", "example": "Example", "names": "[String]",
    "group": "PictureGroup", "memory": "FeatureMemory",
    "run": "RunFile", "settings": "RunSettings",
    "folder": "Path", "path": "Path", "paths": "[Path]", "hub": "Path", "bytes": "[UInt8]",
    "input": "Input", "output": "Output", "width": "Int", "height": "Int",
  ]

  private static let ofTargets = [
    "Auditing": [
      "classifier": "Evidence", "epaulets": "Evidence", "mapOfEpaulets": "Heatmap",
      "audit": "Audit", "texts": "AuditPlan.Texts", "vocabulary": "AuditVocabulary",
      "words": "AttributeWords", "table": "ClassAttributes", "context": "EvaluationContext",
      "inputs": "RunInputs",
    ],
    "Datasets": ["bird": "Example", "grackle": "Int", "blackbird": "Int"],
    "Encoders": [
      "a": "Matrix", "b": "Matrix", "c": "Matrix", "d": "Matrix", "x": "Matrix",
      "queries": "Matrix", "keys": "Matrix", "pixels": "Matrix",
      "layer": "Linear", "tap": "Tap", "weights": "inout [Float]", "slopes": "[Float]",
    ],
    "Explaining": [
      "activations": "Activations", "method": "Method", "settings": "Method.Settings",
      "beak": "Target", "targets": "[Target]", "classes": "[Target]", "direction": "[Float]",
      "another": "[Float]", "birds": "Classifier", "classifier": "Classifier",
      "colors": "Matrix", "left": "Matrix", "right": "Matrix",
      "centered": "[Double]", "difference": "[Double]",
    ],
    "Ground": [
      "key": "[UInt8]", "value": "[UInt8]", "png": "[UInt8]", "next": "() -> [UInt8]?",
    ],
    "Measures": [
      "bird": "Truth", "map": "PixelMap", "plain": "PixelMap", "finer": "PixelMap",
      "before": "PixelMap", "after": "PixelMap", "points": "[PartPoint]",
      "parts": "DiscriminantParts", "labels": "[[Double]]", "isBright": "[Bool]",
      "blob": "Component", "curve": "ScoreCurve", "pixels": "Grid", "order": "[Int]",
      "mapOf": "(Matrix) -> [Float]", "preprocessing": "Preprocessing", "numbers": "[Double]",
      "ranks": "[Float]", "others": "[Float]",
      "ofClass": "[[String: Double]]", "ofOtherClasses": "[[String: Double]]",
    ],
    "Models": [
      "findings": "inout SourcedValues", "commit": "String", "observer": "DownloadObserver",
      "weight": "Tensor", "bias": "Tensor", "checkpoint": "Checkpoint",
    ],
    "Pictures": ["x": "Int", "y": "Int", "heights": "[UInt16]"],
    "Reports": [
      "plain": "Picture", "finer": "Picture", "sheet": "Picture", "table": "HTML",
      "points": "[(x: Double, y: Double)]", "highlight": "Highlight",
      "highlights": "[Highlight]", "question": "Question", "object": "JSON",
    ],
    "Studies": [
      "head": "LinearHead", "rows": "LabeledRows", "features": "Matrix",
      "table": "EvaluationTable", "context": "EvaluationContext", "evaluation": "Evaluation",
      "inputs": "RunInputs", "plan": "EvaluationPlan", "record": "RunRecord",
    ],
    "Traits": ["table": "ClassAttributes", "words": "AttributeWords"],
    "Words": ["tokenizer": "Tokenizer"],
  ]
}
