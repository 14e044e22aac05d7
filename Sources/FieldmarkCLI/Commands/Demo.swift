import Encoders

extension Command {
  /// `fieldmark demo`: what comes in, and how, on built-in parts. The place to start.
  package static let demo = Command(
    "demo", "Shows on built-in parts what Fieldmark does: start here.", options: [out.declaration],
    notes: "Writes one picture; everything else goes to standard output."
  ) { input, output in
    let tokenizer = Tokenizer(normalizer: .openai)
    try output.print("Words become the numbers that CLIP was trained on.")
    for text in ["red epaulets", "bird"] {
      let prompt = try tokenizer.prompt(text)
      let pieces = zip(tokenizer.pieces(of: prompt.ids), prompt.ids).map { "\($0) \($1)" }
      try output.print("  \(text.padded(to: 12))  \(pieces.joined(separator: "  "))")
    }

    let picture = drawnBlackbird()
    let preprocessing = Preprocessing.openAI(224)
    let seen = preprocessing.pixels(of: picture)
    let region = preprocessing.region(of: picture)
    let file = input[out]
    try file.folder.createFolder()
    try seen.write(to: file, text: [("Software", "fieldmark \(fieldmarkVersion)")])
    try output.print(
      """

      A picture becomes what the model sees, byte for byte as Pillow makes it.
        \(picture.width) x \(picture.height) pixels, drawn -> \(seen.width) x \(seen.height) in \(file)
        of the picture it sees \(whole(region.width)) x \(whole(region.height)) from x \(whole(region.x)), y \(whole(region.y))

      Weights are read where they lie: 'fieldmark models' lists those on this machine, and
      'fieldmark models show MODEL' tells what one is made of, and how that is known.

      The two meet where a model has learned from both: 'fieldmark highlight PICTURE -c TEXT -a TEXT
      --model MODEL' draws where a picture shows one thing as opposed to another, 'fieldmark classify'
      scores pictures against words, 'fieldmark embed' gives the numbers behind that.
      """)
    return .done
  }

  private static let out = Option<Path>(
    "out", short: "o", default: "fieldmark-out/demo.png", "Where the picture goes.")
}

private func whole(_ length: Double) -> Int { Int(length.rounded()) }
