import Ground
import Models
import Parsing

private struct Options: OptionGroup {
  let revision = Option<String?>(
    "revision", "A branch, a tag or a commit. Without it, the newest revision is downloaded.")
}

extension Command {
  /// `fieldmark models get hf-hub:imageomics/bioclip`: the only command that uses the network.
  package static func modelsGet(_ environment: Environment) -> Command {
    Command(
      "models get", "Downloads a model from the Hugging Face hub into its cache.",
      operands: .one(
        "hf-hub:ORG/NAME[@REVISION]", "The repository of the model.", completion: .none),
      options: Options.self,
      notes: """
        No other command of Fieldmark uses the network. The files that huggingface_hub would download are put
        where it would put them, and checked by their hashes. An interrupted download continues when the
        command is started again. HF_ENDPOINT names another server, and HF_TOKEN holds an access token;
        HF_HUB_OFFLINE=1 forbids downloads, and https_proxy is respected.
        """
    ) { input, output in
      let hub = try Hub(environment)
      let (name, suffix) = try repository(try input.texts()[0])
      if let given = input[Options.revision], let suffix, given != suffix {
        throw InputError(
          "option --revision", expected: "'\(printable(suffix.utf8))', as the name says",
          found: "'\(printable(given.utf8))'", kind: .words)
      }
      guard let root = Caches(environment).hub else {
        throw InputError(
          "models get", expected: "a cache to download to", found: "neither HOME nor HF_HOME set",
          kind: .output)
      }
      let observer = DownloadObserver.person(note: output.note, progress: output.progress)
      let folder = try HubDownload(
        name, revision: input[Options.revision] ?? suffix ?? "main", into: root, from: hub, observer
      ).run()
      try output.print(folder.description)
      return .done
    }
  }

  /// Parses `hf-hub:org/name@v1`, where the prefix and the revision are optional, or a tag of a
  /// known repository, such as `ViT-B-16:openai`.
  private static func repository(_ text: String) throws -> (name: String, revision: String?) {
    let prefix = "hf-hub:"
    let isNamed = text.hasPrefix(prefix)
    if !isNamed, let colon = text.firstIndex(of: ":"),
      let known = Pretrained(String(text[..<colon]), tag: String(text[text.index(after: colon)...]))
    {
      return (known.repository, nil)
    }
    let rest = isNamed ? String(text.dropFirst(prefix.count)) : text
    let parts = rest.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts[0].contains("/") || isNamed else {
      throw InputError(
        "models get", expected: "hf-hub:ORG/NAME", found: quoted(Word(text.utf8)), kind: .words)
    }
    return (String(parts[0]), parts.count > 1 ? String(parts[1]) : nil)
  }
}
