import Foundation

/// The examples of README.md and of the pages in Docs: what stands in their blocks, indented or fenced.
///
///     try Readme().examples                      // of README.md
///     try Readme(page: "Docs/Guide.md").program  // the Swift lines of another page
struct Readme {
  let blocks: [[String]]

  /// The pages whose commands run, in the order in which a reader meets them.
  static let pages = ["README.md", "Docs/Guide.md"]

  /// Articles of the library's reference, whose commands are among those of the pages.
  static let articles = [
    "Docs/Fieldmark.docc/FromAQuestionToAMap.md", "Docs/Fieldmark.docc/AuditAClassifier.md",
  ]

  /// A command as it is printed, and what is printed below it.
  struct Example {
    let command: String
    let output: [String]
  }

  static let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  init(page: String = "README.md") throws {
    let text = try Readme.text(page)
    var blocks: [[String]] = [[]]
    var isFenced = false
    for line in text.components(separatedBy: "\n") {
      if line.hasPrefix("```") {
        isFenced.toggle()
        blocks.append([])
      } else if isFenced {
        blocks[blocks.count - 1].append(line)
      } else if line.hasPrefix("    ") {
        blocks[blocks.count - 1].append(String(line.dropFirst(4)))
      } else if line.isEmpty, blocks[blocks.count - 1].isEmpty == false {
        // A block may have empty lines in it; those at its end are dropped below.
        blocks[blocks.count - 1].append("")
      } else if !line.isEmpty {
        blocks.append([])
      }
    }
    self.blocks =
      blocks
      .map { Array($0.reversed().drop { $0.isEmpty }.reversed()) }.filter { !$0.isEmpty }
  }

  /// The programs of Examples.
  static func programs() throws -> [String] {
    try FileManager.default.contentsOfDirectory(
      atPath: package.appendingPathComponent("Examples").path
    ).sorted()
  }

  /// A file of the package, by its path.
  static func text(_ name: String) throws -> String {
    try String(contentsOf: package.appendingPathComponent(name), encoding: .utf8)
  }

  /// Blocks of commands, each line with `$` before it; a `\` at its end goes on with the next.
  var examples: [Example] {
    var found: [Example] = []
    for block in blocks where block[0].hasPrefix("$ ") {
      var (command, output): (String?, [String]) = (nil, [])
      func end() {
        if let command { found.append(Example(command: command, output: output)) }
      }
      for line in block {
        if let unfinished = command, unfinished.hasSuffix("\\") {
          command = unfinished.dropLast() + line.trimmingCharacters(in: .whitespaces)
        } else if line.hasPrefix("$ ") {
          end()
          (command, output) = (String(line.dropFirst(2)), [])
        } else {
          output.append(line)
        }
      }
      end()
    }
    return found
  }

  /// The program that shows the library: the block that imports it, and what goes on with it and begins
  /// with a comment.
  var program: String {
    blocks.filter { $0[0].hasPrefix("import ") || $0[0].hasPrefix("// ") }
      .map { $0.joined(separator: "\n") }.joined(separator: "\n\n")
  }

  /// What a page has between backticks: types, files, options.
  static func code(_ page: String) throws -> Set<String> {
    let pieces = try text(page).split(separator: "`", omittingEmptySubsequences: false)
    return Set(stride(from: 1, to: pieces.count, by: 2).map { String(pieces[$0]) })
  }

  /// Every Swift file below a folder of the package, by its path there.
  static func swiftFiles(_ folder: String) -> [String] { files(folder, ["swift"]) }

  static func files(_ folder: String, _ endings: [String]) -> [String] {
    let root = package.appendingPathComponent(folder)
    let found = FileManager.default.enumerator(atPath: root.path)?.allObjects as? [String] ?? []
    return found.filter { name in endings.contains { name.hasSuffix("." + $0) } }
      .map { folder + "/" + $0 }
  }

  /// Where the links of a page lead, but for other sites and places of the same page.
  static func links(_ page: String) throws -> [String] {
    try text(page).components(separatedBy: "](").dropFirst().compactMap { rest in
      let target = rest.prefix { $0 != ")" && $0 != "#" }
      return target.isEmpty || target.contains("://") ? nil : String(target)
    }
  }
}

extension Readme.Example {
  /// Whether this was printed. `...` alone stands for any lines, at a line's end for the rest of it,
  /// and a line may be broken where it was too long for the page.
  func isPrinted(in text: String) -> Bool {
    let parts = output.split(separator: "...", omittingEmptySubsequences: true)
    var rest = Readme.Example.words(text)[...]
    for part in parts {
      let words = Readme.Example.words(part.joined(separator: "\n"))
      guard let place = Readme.Example.place(of: words, in: rest) else { return false }
      rest = rest[(place + words.count)...]
    }
    return true
  }

  private static func words(_ text: String) -> [Substring] {
    text.split(whereSeparator: \.isWhitespace)
  }

  private static func place(of words: [Substring], in all: ArraySlice<Substring>) -> Int? {
    guard let last = all.indices.last else { return words.isEmpty ? all.startIndex : nil }
    return (all.startIndex...last).first { start in
      all[start...].count >= words.count
        && zip(words, all[start...]).allSatisfy { wanted, found in
          wanted.hasSuffix("...") ? found.hasPrefix(wanted.dropLast(3)) : wanted == found
        }
    }
  }
}
