import Aviary
import Encoders
import Fieldmark
import FieldmarkCLI
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
    Family(TruthChoice.self), Family(Judge.Scale.self), Family(ReferenceRule.Measure.self),
    Family(AuditVocabulary.Base.self), Family(Normalizer.self), Family(Activation.self),
    Family(Precision.self), Family(ImageEncoder.Pool.self), Family(PositionResizing.self),
    Family(ElementType.self), Family(Species.self), Family(Cue.self),
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

/// What options offer to shells is what they read.
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
      }
    case .none, .files: break
    }
  }
}
