import Parsing

extension Program {
  /// Every command of `fieldmark`. A new command is a line here and a file beside the others.
  package static let fieldmark = Program(
    name: "fieldmark",
    summary: "Shows where in a picture a vision-language model sees what you name in words.",
    version: { versionText },
    commands: [
      .demo(.process),
      .highlight(.process),
      .compare(.process),
      .classify(.process),
      .embed(.process),
      .tokens,
      .methods,
      .measures,
      .train(.process),
      .evaluate(.process),
      .audit(.process),
      .merge,
      .report,
      .check,
      .manual,
      .aviary(.process),
      .serve(.process),
      .models(.process),
      .modelsShow(.process),
      .modelsGet(.process),
      .benchWords,
      .benchPictures,
      .benchWeights,
      .benchEncoders(.process),
      .benchTexts(.process),
      .benchMaps(.process),
      .benchPasses(.process),
      .benchProbes(.process),
      .benchAudit(.process),
    ])
}
