import Nuisances
import Reports

/// What a number or word of an audit's page means, one click from where it stands.
struct AuditPageDefinition: Equatable, Sendable {
  let id: String
  let name: String
  let meaning: [String]

  private init(_ id: String, _ name: String, _ meaning: String...) {
    self.init(id, name, meaning)
  }

  private init(_ id: String, _ name: String, _ meaning: [String]) {
    (self.id, self.name, self.meaning) = ("define-\(id)", name, meaning)
  }

  static let verdict = AuditPageDefinition(
    "verdict", "verdict",
    ["A verdict is about two classes that are told apart from one another. It follows this rule:"]
      + Verdict.rule + [
        "The marks of this rule come from drawn birds, of which the truth is known: what a classifier really relies "
          + "on can be read off the same bird drawn with one thing exchanged. How well they suit other models and "
          + "pictures is not known.",
        demo,
      ])

  static let demo =
    "The built-in model (demo) was trained with masks of these very traits, so that its maps are better than those "
    + "of other models."

  static let margin = AuditPageDefinition(
    "margin", "margin",
    "The classifier's score of a picture's own class minus its score of the look-alike. The class wins where it is "
      + "above 0.")

  static let share = AuditPageDefinition(
    "share", "share of the margin",
    "By how much a change lowers the margin, more than what it is compared with does, as a share of the margin. All "
      + "pictures of the pair that count are added up first. At 0 % the change does nothing; at 100 % the mean margin "
      + "is gone, and above it the other class wins. Below 0 the change makes the classifier surer.",
    "It says how much the classifier relies on what was changed: its reliance. The interval beside it holds the share "
      + "with a confidence of 95 %: that of this classifier over more pictures like these or, where classifiers were "
      + "trained again, that of another one which is trained on other pictures of the same kind. With e the error over "
      + "pictures and s the deviation over trainings, it is the share plus and minus t times the root of e^2 + 2 s^2: "
      + "the training counts twice, as this classifier is one draw and another is one, too. By how much a tint, a "
      + "contrast or a sharpness is moved is what the classes differ by in these pictures; the interval takes it as given."
  )

  static let flips = AuditPageDefinition(
    "flips", "turned over",
    "The share of pictures in which the look-alike wins after the change, and does not win after what the change is "
      + "compared with.")

  static let traits = AuditPageDefinition(
    "traits", "the listed traits",
    "The traits are the attributes that people saw more often in one of the two classes than in the other, at a place "
      + "of the thing. They are taken away by filling their place in from around it: the place is the dataset's masks "
      + "or parts where it has them, and else where the model sees the words. It is compared with filling in as large "
      + "a place elsewhere, on the thing where that is possible.")

  static let others = AuditPageDefinition(
    "others", "what else decides",
    "What is no trait, and takes at least \(Verdict.decisive.percent) of the margin away when it is moved toward the other "
      + "class. Where several do, those that are less than half as strong as the strongest are left out, and so is the "
      + "background where the frame explains it, or the frame where the background does.")

  static let words = AuditPageDefinition(
    "words", "AUC of the words",
    "Whether the model knows the words for the traits: take a picture of each class, and ask which one fits the words "
      + "for its own traits better. The AUC (area under the curve) is the share of such pairs of pictures in which "
      + "that is the picture of the right class. It is 1 where the words never fail, and 0.5 where they only guess. "
      + "The interval is Wilson's, of 95 %.")

  static let sets = AuditPageDefinition(
    "sets", "other pairs' traits",
    "The classifier's map is compared with those of as many traits of other pairs of classes in the same picture, too. "
      + "A classifier that does not look at the traits of this pair agrees with those no less. The number is the mean "
      + "over all such sets that were drawn.")

  static let otherClasses = AuditPageDefinition(
    "other-classes", "other classes",
    "The classifier's maps of other classes against one another are compared with the traits of this pair in the "
      + "same picture, too. Of a classifier that looks at nothing in particular, they agree no less."
  )

  static let otherPictures = AuditPageDefinition(
    "other-pictures", "other pictures",
    "The classifier's map of a picture is compared with the maps of the same traits in other pictures of the class, "
      + "too. A map that belongs to any picture agrees with those no less. The p is that of shuffled pictures: how "
      + "often maps that are dealt out to the pictures of their class at random agree as well.")

  static let p = AuditPageDefinition(
    "p", "p",
    "How often the traits of other pairs agree with the classifier's maps as well as those of this pair, which are "
      + "counted themselves: p = (1 + sets that agree as well) / (1 + sets). A small p says that so much agreement is "
      + "rare among other traits. It cannot be smaller than 1 / (1 + sets).",
    "For changes, p says how often pictures would scatter so much if the change did nothing (t-test over pictures, "
      + "one-sided).")

  static let rate = AuditPageDefinition(
    "rate", "rate of false discoveries",
    "Of many pairs, some have a small p by chance. This is the share of chance findings to expect among all pairs "
      + "whose p is as small as this one or smaller (Benjamini and Hochberg 1995). Verdicts allow "
      + "\(Verdict.sure.percent). The traits and other changes have their rates among numbers of the same kind."
  )

  static let power = AuditPageDefinition(
    "power", "found in four of five",
    "The power of the test: a change that takes so much of the margin away, or more, would have been found in four of "
      + "five cases (p of 0.05 or less), going by how much the pictures of this pair scatter. Where nothing is found, a weaker "
      + "reliance may still be there.")

  static let right = AuditPageDefinition(
    "right", "right of pictures",
    "How many pictures the classifier gives their own class. Only these count for maps and changes; the words are "
      + "tested on all.")

  static let points = AuditPageDefinition(
    "points", "points",
    "How much more often people saw the trait in the picture's class than in its look-alike, in percentage points; "
      + "below 0 of what the look-alike has and the class lacks.")

  static let onParts = AuditPageDefinition(
    "on-parts", "on its parts",
    "How much of the energy of the trait's own map lies near the parts that carry it, and how much of the picture "
      + "these are. Much more than that says that the model sees the trait where it is.")

  static func agreement(_ agreement: Agreement) -> AuditPageDefinition {
    AuditPageDefinition(
      "agreement-\(agreement.name)",
      agreement.name == Agreement.decisive.name ? "rank correlation (rank)" : agreement.name,
      agreement.summary + (agreement.isHigherBetter ? " More agrees more." : " Less agrees more.")
        + (agreement.name == Agreement.decisive.name
          ? " It is 1 where both maps order all places alike, and 0 where they have nothing in common. Of a pair it is "
            + "the correlation with the mean of the ranks of what the class has, less the mean of those of what it "
            + "lacks." : ""))
  }

  static func nuisance(_ nuisance: Nuisance) -> AuditPageDefinition {
    let compared =
      switch nuisance.change {
      case .exchange:
        "It is taken from a picture of the other class, and compared with the same from another picture of its own class."
      case .shift:
        "It is moved by as much as the pictures of the two classes differ in it, and compared with the picture as it is."
      case .single: "It is compared with the picture as it is."
      }
    return AuditPageDefinition(
      "nuisance-\(nuisance.name)", nuisance.phrase, nuisance.summary + " " + compared)
  }
}

extension HTML {
  static func link(_ text: String, to definition: AuditPageDefinition) -> HTML {
    .tag("a", ["href": "#\(definition.id)"], [.text(text)])
  }
}
