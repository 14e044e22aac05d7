import Fieldmark
import FieldmarkCLI
import Foundation
import Parsing
import Testing

/// A family of named values, whatever its type.
struct Family: CustomTestStringConvertible, Sendable {
  let kind: String
  let names: [String]
  let refusal: @Sendable (String) -> String?

  init<Value: Named>(_ type: Value.Type) {
    kind = type.kind
    names = type.all.map(\.name)
    refusal = { name in
      do {
        _ = try type.named(name)
        return nil
      } catch { return "\(error)" }
    }
  }

  var testDescription: String { kind }

  static let all = [
    Family(Method.self), Family(Likeness.self), Family(Measure.self), Family(PaperTable.self),
    Family(Weighting.self), Family(Training.self), Family(HeadStart.self),
    Family(DatasetFormat.self), Family(ColorMap.self), Family(HighlightFormat.self),
    Family(TruthChoice.self), Family(Scorer.Scale.self), Family(ReferenceRule.Similarity.self),
    Family(AuditVocabulary.Base.self), Family(Nuisance.self), Family(LookAlike.self),
    Family(Normalizer.self), Family(Activation.self),
    Family(Precision.self), Family(ImageEncoder.Pool.self), Family(PositionResizing.self),
    Family(Species.self), Family(Cue.self), Family(FillChoice.self), Family(RunSplit.self),
    Family(Sight.self), Family(PlantedMark.self), Family(PictureFit.self),
  ]
}

@Test(arguments: Family.all)
func everyNameOfAFamilyIsReadAndNoneIsTwice(family: Family) {
  #expect(!family.names.isEmpty)
  #expect(Set(family.names).count == family.names.count)
  #expect(family.names.allSatisfy { family.refusal($0) == nil })
}

/// Each name with a wrong letter in its middle.
@Test(arguments: Family.all)
func aSlipOfOneLetterSuggestsTheName(family: Family) {
  for name in family.names {
    var letters = Array(name)
    letters[letters.count / 2] = "q"
    let refusal = family.refusal(String(letters)) ?? "none"
    #expect(refusal.hasSuffix("did you mean '\(name)'?"), "\(refusal)")
  }
}

@Test func aWrongNameIsOneSentence() {
  #expect(
    Family(Weighting.self).refusal("meen")
      == "weighting: expected one of mean, softmax, max, clipped-mean, maps, found 'meen'; did you mean "
      + "'mean'?")
  #expect(
    Family(Method.self).refusal("Grad-CM")
      == "method: expected a method, found 'Grad-CM'; did you mean 'grad-cam'?")
  #expect(
    Family(Precision.self).refusal("half") == "precision: expected one of fp32, bf16, found 'half'."
  )
}

/// A family is what says its kind.
@Test func theListOfFamiliesAboveIsWhole() throws {
  let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Sources")
  let walk = try #require(FileManager.default.enumerator(atPath: sources.path))
  let names = walk.compactMap { $0 as? String }.filter {
    $0.hasSuffix(".swift") && !$0.hasPrefix("FieldmarkCLI/")
  }
  let kinds = try names.flatMap { name in
    try String(contentsOf: sources.appendingPathComponent(name), encoding: .utf8)
      .matches(of: /public static let kind = "([^"]*)"/).map { String($0.output.1) }
  }
  #expect(kinds.sorted() == Family.all.map(\.kind).sorted())
}

/// What options offer to shells is what they read, and what they suggest for a slip of one letter.
@Test(arguments: Program.fieldmark.commands.map(\.name))
func everyWordThatAnOptionOffersIsRead(name: String) throws {
  let command = try #require(Program.fieldmark.commands.first { $0.name == name })
  for option in command.options {
    switch option.completion {
    case .words(let words), .list(let words):
      for word in words {
        #expect(throws: Never.self, "\(option.flag) \(word)") {
          try option.check([Word(word.utf8)])
        }
        var letters = Array(word)
        letters[letters.count / 2] = "q"
        let error = #expect(throws: InputError.self, "\(option.flag) \(word)") {
          try option.check([Word(String(letters).utf8)])
        }
        #expect(error?.description.hasSuffix("did you mean '\(word)'?") == true, "\(error)")
      }
    case .none, .files: break
    }
  }
}
