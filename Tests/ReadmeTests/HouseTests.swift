import Foundation
import Testing

/// The compiler keeps targets apart; inside a target these tests do.
@Test func noFileAndNoFolderOfATargetUsesAnotherInACircle() throws {
  for (target, files) in try House().targets {
    let uses = House.uses(files)
    #expect(House.circles(uses) == [], "files of \(target)")
    var folders: [String: Set<String>] = [:]
    for (file, used) in uses {
      folders[House.folder(file), default: []].formUnion(used.map(House.folder))
    }
    #expect(
      House.circles(folders.mapValues { $0 }.filter { !$0.key.isEmpty }) == [],
      "folders of \(target)")
  }
}

@Test func noFileIsLongerThan250LinesAndNoTargetThan6000() throws {
  for (target, files) in try House().targets {
    let lines = files.mapValues { $0.components(separatedBy: "\n").count - 1 }
    for (file, count) in lines where count > 250 { Issue.record("\(file) has \(count) lines") }
    let all = lines.values.reduce(0, +)
    #expect(all <= 6000, "\(target) has \(all) lines")
  }
}

@Test func circlesAreFound() {
  let files: [String: String] = [
    "a/A.swift": "struct A { let b: B }", "a/B.swift": "struct B { let c = \"A\" }  // A",
    "b/C.swift": "struct C { let d: D }", "b/D.swift": "struct D { let c: C? }",
  ]
  let found: [[String]] = House.circles(House.uses(files))
  #expect(found == [["b/C.swift", "b/D.swift"]])
  let headers: [String: String] = ["x.c": "#include \"y.h\"\n", "y.h": "#include \"x.h\""]
  let used: Set<String>? = House.uses(headers)["x.c"]
  #expect(used == ["y.h"])
}

/// The sources, target by target.
private struct House {
  let targets: [(name: String, files: [String: String])]

  init() throws {
    var all: [String: [String: String]] = [:]
    for file in Readme.files("Sources", ["swift", "c", "h"]) {
      all[String(file.split(separator: "/")[1]), default: [:]][file] = try Readme.text(file)
    }
    targets = all.sorted { $0.key < $1.key }.map { (name: $0.key, files: $0.value) }
  }

  static func folder(_ file: String) -> String {
    String(file[..<(file.lastIndex(of: "/") ?? file.startIndex)])
  }

  /// For each file those whose declarations it names: the types and functions of the first column, or,
  /// in C, the headers that it includes.
  static func uses(_ files: [String: String]) -> [String: Set<String>] {
    let codes = files.mapValues(code)
    var owners: [Substring: String] = [:]
    for (file, text) in codes {
      for match in text.matches(
        of:
          /(?m)^(?:@\S+ |public |package |final |indirect )*(?:struct|enum|class|protocol|actor|typealias|func) (\w+)/
      ) {
        owners[match.1] = file
      }
    }
    let headers = Dictionary(
      files.keys.map { ($0.components(separatedBy: "/").last ?? $0, $0) },
      uniquingKeysWith: { first, _ in first })
    return Dictionary(
      uniqueKeysWithValues: files.map { file, text in
        let names = ("\n" + (codes[file] ?? "")).matches(of: /[^.\w]([A-Z]\w*|[a-z]\w*(?=\())/).map(
          \.1)
        let included = text.matches(of: /#include "([^"]+)"/).compactMap { headers[String($0.1)] }
        let own = Set(text.matches(of: /(?:func|var|let|case) (\w+)/).map(\.1))
        let used = names.filter { !own.contains($0) }.compactMap { owners[$0] } + included
        return (file, Set(used).subtracting([file]))
      })
  }

  /// Without comments and texts.
  private static func code(_ text: String) -> String {
    text.replacing(/(?s)""".*?"""/, with: "").replacing(/\/\/.*/, with: "")
      .replacing(/"(?:\\.|[^"\\\n])*"/, with: "")
  }

  /// Groups that reach each other, each sorted.
  static func circles(_ uses: [String: Set<String>]) -> [[String]] {
    func reached(from start: String) -> Set<String> {
      var (found, open): (Set<String>, [String]) = ([], [start])
      while let next = open.popLast() {
        for used in uses[next] ?? [] where found.insert(used).inserted { open.append(used) }
      }
      return found
    }
    let reach = Dictionary(uniqueKeysWithValues: uses.keys.map { ($0, reached(from: $0)) })
    var groups: Set<[String]> = []
    for (file, others) in reach where others.contains(file) {
      groups.insert(others.filter { reach[$0]?.contains(file) == true }.sorted())
    }
    return groups.filter { $0.count > 1 }.sorted { $0[0] < $1[0] }
  }
}
