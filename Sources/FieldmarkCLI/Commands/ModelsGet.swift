import Ground
import Models

extension Command {
  /// `fieldmark models get hf-hub:imageomics/bioclip`: the one command that uses the network.
  package static func modelsGet(_ environment: Environment) -> Command {
    Command(
      "models get", "Downloads a model from the Hugging Face hub into its cache.",
      operands: .one("hf-hub:ORG/NAME[@REVISION]", "The repository of the model."),
      options: [revision.declaration],
      notes: """
        Nothing else in Fieldmark ever connects to anything. What huggingface_hub would download is
        put where it would put it, checked by its hash; interrupted, it goes on where it stopped
        when it is started again. HF_ENDPOINT names another server, HF_TOKEN who asks,
        HF_HUB_OFFLINE=1 forbids it, and https_proxy is respected.
        """
    ) { input, output in
      let hub = try Hub(environment)
      let (name, suffix) = try repository(try input.texts()[0])
      if let given = input[revision], let suffix, given != suffix {
        throw InputError(
          "option --revision", expected: "'\(printable(suffix.utf8))', as the name says",
          found: "'\(printable(given.utf8))'", kind: .words)
      }
      guard let root = Caches(environment).hub else {
        throw InputError(
          "models get", expected: "a cache to download to", found: "neither HOME nor HF_HOME set",
          kind: .output)
      }
      let watcher = Watcher.person(note: output.note, progress: output.progress)
      let folder = try HubDownload(
        name, revision: input[revision] ?? suffix ?? "main", into: root, from: hub, watcher
      ).run()
      try output.print(folder.description)
      return .done
    }
  }

  private static let revision = Option<String?>(
    "revision", "A branch, a tag or a commit; else the newest.")

  /// `hf-hub:org/name@v1`, the prefix and the revision as one likes, or a tag whose repository is
  /// known: `ViT-B-16:openai`.
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
