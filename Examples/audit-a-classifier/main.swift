import Fieldmark

// Does a classifier look at the traits that tell its classes apart? `fieldmark aviary` draws the
// dataset, and `fieldmark train` trains the classifier.
let dataset = try Dataset("birds")
let classifier = try Classifier("probe.safetensors")
let clip = try CLIP("demo")
guard let table = dataset.classAttributes else {
  throw InputError("birds", expected: "a table of what each class has", found: "none")
}

// Each attribute of the table becomes a phrase, and each phrase a target.
let words = AttributeWords(of: table.attributes)
let targets = Dictionary(
  try clip.targets(words.phrases).map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
let audit = Audit(
  EvaluationContext(clip.model, try clip.images, dataset, classifier) { try ImageEncoder($0) },
  AuditVocabulary(table, words) { targets[$0] ?? Target($0, [], .linear) })

// The class of a picture against its look-alike: how far the two kinds of maps agree.
for number in 0..<4 {
  let record = try audit.record(dataset.examples[number])
  let traits = record.numbers.first {
    $0.map == "traits" && $0.measure == Agreement.rank.name
  }
  print(record.path, record.failure ?? traits?.value.map { "agreement \($0)" } ?? "no traits")
}
