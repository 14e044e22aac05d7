import Fieldmark
import Testing

@Test func aRecordHoldsTheMapsThatMethodsGive() throws {
  try SmallEvaluation.run { small in
    let evaluation = Evaluation(
      small.context, [.method(.gradCAM, [0, 0.6], ReferenceRule(2))], [.energy, .deletion])
    let example = small.dataset.examples[7]
    let record = try evaluation.record(example)
    let view = View(small.encoder, try example.picture())
    let label = try #require(example.label)
    let concept = small.classifier.targets[label]
    let others = small.classifier.targets.indices.filter { $0 != label }
      .map { small.classifier.targets[$0] }
    let rivals = ReferenceRule(2).chosen(for: concept, among: others) { $0(view.embedding) }
    #expect(record.maps.map(\.name) == ["grad-cam", "grad-cam + finer 0.6"])
    #expect(record.maps[0].grid == (try Method.gradCAM(view, concept)).values)
    let finer = try Method.gradCAM(view, concept.compared(with: rivals, strength: 0.6))
    #expect(record.maps[1].grid == finer.values)
    let box = try #require(example.box)
    let truth = Truth(box: box, width: view.picture.width, height: view.picture.height)
    #expect(record.numbers[2].value == finer.resized().energy(in: truth))
    let curve = try #require(record.curves.last)
    let deletion = try PixelPath.deletion.curve(
      view.planes, view.pixels, view.pixelValues(of: finer).map { max(0, $0) },
      small.encoder.scorer(small.classifier.targets))
    #expect(record.numbers[3].value == deletion.area(of: label))
    #expect(curve.curve.target == deletion.scores(of: label).map { Float($0) })
  }
}

@Test func theSamePictureGivesTheSameRecordEveryTime() throws {
  try SmallEvaluation.run { small in
    let explainers = try #require(PaperTable(named: "diffcam-2")).explainers()
    let measures: [Measure] = [
      .partRecall, .partOverlap, .infidelity, .sensitivity, .sanitySpearman, .sanitySimilarity,
      .arcc, .gap20, .road,
    ]
    func record() throws -> RunRecord {
      try Evaluation(small.context, explainers, measures).record(small.dataset.examples[3])
    }
    let (first, second) = (try record(), try record())
    #expect(first == second)
    #expect(first.numbers.count == measures.count * first.maps.count)
    for measure in measures where measure.needs == .model {
      let values = first.numbers.filter { $0.measure == measure.name }.map(\.value)
      #expect(values.contains { $0 != nil }, "\(measure.name)")
    }
  }
}

@Test func theSeedOfAnEvaluationIsThatOfItsMeasures() throws {
  try SmallEvaluation.run { small in
    let example = small.dataset.examples[3]
    func number(_ seed: UInt64) throws -> Double? {
      let context = EvaluationContext(
        small.model, small.encoder, small.dataset, small.classifier, seed: seed
      ) { try ImageEncoder($0) }
      let evaluation = Evaluation(context, [.method(.layerCAM, [0])], [.infidelity])
      return try evaluation.record(example).numbers[0].value
    }
    let view = View(small.encoder, try example.picture())
    let label = try #require(example.label)
    let map = view.pixelValues(of: try Method.layerCAM(view, small.classifier.targets[label]))
      .map { max(0, $0) }
    let scorer = small.encoder.scorer(small.classifier.targets)
    for seed in [UInt64(0), 5] {
      let alone = try Infidelity(.normal(seed: seed))(
        view.planes, Matrix([map]), of: label, scorer)
      #expect(try number(seed) == alone.value)
    }
    #expect(try number(0) != number(5))
  }
}

@Test(arguments: PaperTable.all.map(\.name))
func everyTableOfAPaperHasAMapForEachOfItsRows(_ name: String) throws {
  try SmallEvaluation.run { small in
    let table = try #require(PaperTable(named: name))
    let explainers = table.explainers(
      Method.Settings().with(Method.masks, 20).with(Method.iterations, 3))
    #expect(Set(explainers.flatMap(\.rows).map(\.name)).count == explainers.flatMap(\.rows).count)
    let evaluation = Evaluation(small.context, explainers, [.energy, .sparseness])
    // Few-shot tables leave out what is more like another class: some picture is not.
    let records = try (0..<8).map { try evaluation.record(small.dataset.examples[$0]) }
    let asked = try #require(records.first { !$0.maps.isEmpty })
    #expect(asked.maps.map(\.name) == evaluation.rows.map(\.name))
    for map in asked.maps {
      let isFinite = map.grid.elements.allSatisfy(\.isFinite)
      #expect(isFinite)
    }
    for record in records where record.maps.isEmpty {
      #expect(
        record.numbers.allSatisfy {
          $0.value == nil && $0.reason == "the picture is more like one of another class"
        })
    }
  }
}

/// The rows of three tables that are one and the same in the paper are the same maps here.
@Test func theTablesOfFinerCAMShareOneRuleOfReferences() throws {
  try SmallEvaluation.run { small in
    let example = small.dataset.examples[4]
    func map(_ table: String, _ row: String) throws -> Matrix {
      let table = try #require(PaperTable(named: table))
      let record = try Evaluation(small.context, table.explainers(), [.energy])
        .record(example)
      return try #require(record.maps.first { $0.name == row }).grid
    }
    let first = try map("finer-1", "grad-cam + finer 0.6")
    #expect(try map("finer-2", "grad-cam, aggregated") == first)
    #expect(try map("finer-3", "grad-cam + finer 0.6, mean before ReLU") == first)
    #expect(try map("finer-2", "grad-cam, none") == map("finer-1", "grad-cam"))
    // They are the next predictions on this picture.
    let view = View(small.encoder, try example.picture())
    let label = try #require(example.label)
    let targets = small.classifier.targets
    let next = targets.indices.filter { $0 != label }
      .sorted { targets[$0](view.embedding) > targets[$1](view.embedding) }.prefix(3)
      .map { targets[$0] }
    let finer = try Method.gradCAM(view, targets[label].compared(with: next, strength: 0.6))
    #expect(first == finer.values)
  }
}

/// Whatever rows are compared with, the relative drop of one map is one number; another rival is
/// another.
@Test func theRivalOfRelativeDropsIsOnesOwnChoice() throws {
  try SmallEvaluation.run { small in
    func drops(_ comparison: ClassComparison) throws -> [Double?] {
      let evaluation = Evaluation(
        small.context, [.method(.gradCAM, comparison)], [.relativeDrop10])
      return try (0..<8).map {
        try evaluation.record(small.dataset.examples[$0]).numbers[0].value
      }
    }
    let usual = try drops(ClassComparison())
    for references in ["auto:1:predictions", "auto:2:logits", "auto:2"] {
      let rule = try #require(ReferenceRule(references))
      #expect(
        try drops(ClassComparison(references: rule, weighting: .softmax, strengths: [0, 1]))
          == usual)
    }
    #expect(try drops(ClassComparison(rival: .predictions)) != usual)
    let card = Measure.relativeDrop5.card
    #expect(card["rival"] == "directions" && Measure.confidenceDrop5.card["rival"] == nil)
    let run: [JSON.Member] = [.init("rival", "predictions")]
    #expect(Measure.relativeDrop5.card(in: run)["rival"] == "predictions")
    #expect(Measure.gap20.card(in: run)["rival"] == "predictions")
  }
}

@Test func otherFillsStepsAndScoresGiveOtherNumbers() throws {
  try SmallEvaluation.run { small in
    func deletion(_ scale: Scorer.Scale, _ changes: MeasuredMap.Changes) throws -> Double {
      let evaluation = Evaluation(
        small.context, [.method(.gradCAM, [0])], [.deletion], scale: scale, changes: changes)
      return try #require(try evaluation.record(small.dataset.examples[1]).numbers[0].value)
    }
    let numbers = [
      try deletion(.probability, .init()), try deletion(.logit, .init()),
      try deletion(.probability, .init(fill: .blur)), try deletion(.probability, .init(step: 100)),
    ]
    #expect(Set(numbers).count == 4)
    #expect(try deletion(.probability, .init(fill: .zero, step: 224)) == numbers[0])
  }
}

@Test func theDifferenceOfTwoClassesIsWhereThePictureShowsIt() throws {
  try SmallEvaluation.run { small in
    // The Redshouldered Brackle is the plain one with red epaulets.
    let example = try #require(small.dataset.examples.first { $0.label == 0 })
    let subject = EvaluationCase(
      example, small.context.view(try example.picture()), label: 0, small.context,
      rival: 1)
    let truth = try #require(try TruthChoice.difference.truth(of: subject, against: 1))
    let masks = try small.dataset.masks(of: example)
    let epaulets = try #require(masks.first { $0.name == "red epaulets" }).read()
    #expect(zip(epaulets.pixels, truth.mask.pixels).allSatisfy { !$0 || $1 })
    let bird = try #require(masks.first { $0.kind == "object" }).read()
    #expect(truth.count < bird.pixels.count { $0 } / 2)
    #expect(try TruthChoice.difference.truth(of: subject, against: 0) == nil)
  }
}

@Test func dropsAreOfAnyShare() throws {
  for name in ["rd-5", "rd-2.5", "rd-100", "drop-20"] {
    #expect(Measure(named: name)?.name == name)
  }
  for name in ["rd-0", "rd-101", "rd--5", "rd-05", "rd-nan", "rd-1e1", "rd-", "rd", "fall-5"] {
    #expect(Measure(named: name) == nil, "\(name)")
  }
  try SmallEvaluation.run { small in
    let measures = try [1.0, 30, 100].map { try #require(Measure(named: "drop-\(Int($0))")) }
    let record = try Evaluation(small.context, [.method(.gradCAM, [0])], measures)
      .record(small.dataset.examples[2])
    let view = View(small.encoder, try small.dataset.examples[2].picture())
    let map = try Method.gradCAM(
      view, small.classifier.targets[try #require(record.label)])
    let scorer = small.encoder.scorer(small.classifier.targets)
    for (number, share) in zip(record.numbers, [0.01, 0.3, 1]) {
      let drop = try RelativeDrop(share: share)(
        view.planes, view.pixels, view.pixelValues(of: map).map { max(0, $0) },
        of: try #require(record.label), against: 0, scorer)
      #expect(number.value == drop.drop)
    }
  }
}

/// A picture that is changed a little, or a model that has forgotten, may find another class's picture
/// more alike: then there is no number, and the picture is none the worse.
@Test func aContenderThatHasNoMapWhenAskedAgainSaysWhy() throws {
  try SmallEvaluation.run { small in
    let explainers = try #require(PaperTable(named: "sfam-2")).explainers()
    let measures: [Measure] = [.sensitivity, .partOverlap, .sanitySpearman, .energy]
    let evaluation = Evaluation(small.context, explainers, measures)
    let numbers = try (0..<12).flatMap { try evaluation.record(small.dataset.examples[$0]).numbers }
    let reasons = Set(numbers.filter { $0.measure == "sanity-spearman" }.compactMap(\.reason))
    #expect(reasons == ["the picture is more like one of another class"])
    let energies = numbers.filter { $0.measure == "energy" && $0.value != nil }.count
    let forgetful = numbers.filter { $0.measure == "sanity-spearman" && $0.value != nil }.count
    #expect(energies > forgetful)
  }
}

/// DiffCAM holds a picture's features against those of other pictures at the same block.
@Test func diffCAMLooksAtTheBlockThatIsExplained() throws {
  try SmallEvaluation.run { small in
    let explainers = try #require(PaperTable(named: "diffcam-2")).explainers()
    func map(_ block: Int?) throws -> Matrix {
      let context = EvaluationContext(
        small.model, small.encoder, small.dataset, small.classifier, block: block
      ) { try ImageEncoder($0) }
      let record = try Evaluation(context, explainers, [.energy])
        .record(small.dataset.examples[0])
      return try #require(record.maps.first { $0.name == "diffcam, similar class" }).grid
    }
    let view = View(small.encoder, try small.dataset.examples[0].picture(), block: 0)
    let others = small.dataset.examples.indices.filter { index in
      small.dataset.examples.use(index) == .training
    }
    let labels = Set(others.compactMap { small.dataset.examples.label($0) })
    let expected = try labels.map { label -> Matrix in
      let pictures = others.filter { small.dataset.examples.label($0) == label }
      let rows = try pictures.map { number in
        View(small.encoder, try small.dataset.examples[number].picture(), block: 0).features
      }
      return try DiffCAM(Matrix(rows)).map(of: view).values
    }
    // Whichever class is most similar, the map is that against its pictures at this block.
    #expect(expected.contains(try map(0)))
    #expect(try map(nil) != map(0))
  }
}
