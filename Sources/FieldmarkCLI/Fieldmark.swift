import Encoders

extension Program {
  /// Every command of `fieldmark`; a new one is a line here and a file beside the others.
  package static let fieldmark = Program(
    name: "fieldmark",
    summary: "Shows where in a picture a vision-language model sees what words say.",
    version: { versionText },
    commands: [
      .benchPictures,
      .benchWeights,
      .benchWords,
      .models(.process),
      .modelsGet(.process),
      .modelsShow(.process),
      .tokens,
    ])
}
