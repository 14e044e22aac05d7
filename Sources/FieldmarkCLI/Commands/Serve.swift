import Encoders
import Explaining
import Glibc
import Ground
import Models
import Parsing
import Pictures
import Serving
import Studies

private struct Options: OptionGroup {
  let address = ServeAddress.Options()
  let model = ModelOptions()
  let head = HeadOptions()
  let forcing = HeadOptions.Forcing()
}

extension Command {
  /// `fieldmark serve photos/`: the page in the browser, until Ctrl-C.
  package static func serve(
    _ environment: Environment, interrupts: Interrupts = .signals
  ) -> Command {
    Command(
      "serve", "Opens a page on this machine where pictures are asked in the browser.",
      operands: .any(
        "PICTURE|RUN",
        "Files and folders of pictures that the page offers, and runs of 'audit' and 'evaluate' to look through."
      ),
      options: Options.self,
      notes: """
        Prints the address of the page, which works until Ctrl-C. No other machine can reach it, and neither can
        pages of other sites. With another --host, other machines of the network can: whoever has the address,
        which then ends in a token, can ask the model and see the pictures, and the connection is not encrypted.
        From far away, ssh -L 7777:localhost:7777 MACHINE brings the page to your own machine instead.

        Other programs can ask as well: the page's own interface is JSON, and /api/health says whether the
        server runs.
        """
    ) { input, output in
      let address = try ServeAddress(input)
      let model = try ModelOptions.open(input, environment, output)
      let (runs, pictures) = try operands(input, output)
      let session = try session(input, pictures, model, environment, output)
      interrupts.watch()
      defer { interrupts.obey() }
      let (server, notes) = try address.start(
        handler: Router(Route.fixed + Answers(session).routes + RunRoutes(runs).routes).handler())
      defer { server.stop() }
      for note in notes { output.note(note) }
      if address.isOpen {
        output.note(
          "Other machines can reach this page: whoever has its address can ask the model and see the "
            + "pictures, and the connection is not encrypted.")
      }
      try output.print(address.text(port: server.port))
      output.note("The page answers with the model \(model.name) until Ctrl-C.")
      while !interrupts.isNoted() { usleep(20_000) }
      return .interrupted
    }
  }

  /// The runs among the operands, and all others, which are pictures.
  private static func operands(
    _ input: Input, _ output: Output
  ) throws -> (runs: [ServedRun], pictures: [Path]) {
    var (runs, pictures) = ([ServedRun](), [Path]())
    for path in try input.pictures() {
      guard path.isFile, path.beginning(16).starts(with: "SQLite format 3".utf8) else {
        pictures.append(path)
        continue
      }
      let run = try ServedRun("r\(runs.count + 1)", path)
      for note in run.notes { output.note("\(run.name): \(note)") }
      runs.append(run)
    }
    return (runs, pictures)
  }

  /// What the server knows when it starts: the model, its classifier and the pictures.
  private static func session(
    _ input: Input, _ pictures: [Path], _ model: Model, _ environment: Environment,
    _ output: Output
  ) throws -> Session {
    let files = try PictureFiles(pictures)
    if let note = files.note { output.note(note) }
    // Embeddings of texts are kept in memory, where they are found sooner than on disk.
    let clip = CLIP(model, precision: input[ModelOptions.precision], remembering: nil)
    let head = try HeadOptions.read(input).map {
      try HeadOptions.checked($0, input, model, clip.images, environment, output)
    }
    let precision = input.changed(ModelOptions.precision).map { ["--precision", $0.rawValue] }
    let session = Session(
      clip, files: files.paths, classifier: head, in: Caches(environment),
      options: precision ?? [])
    try session.warmUp()
    return session
  }
}
