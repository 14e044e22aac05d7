import Foundation

/// An example in a doc comment of `Sources`: a block that is fenced as Swift there.
///
///     let examples = try CommentExample.all()
///     try CommentExample.complaints(about: examples)      // none where all of them compile
struct CommentExample {
  let file: String
  /// The line of the file where the block's first line of Swift stands.
  let line: Int
  /// The block, with spaces where the comment's slashes are, so that columns are those of the file.
  private(set) var code = ""

  /// The examples of all targets.
  static func all() throws -> [CommentExample] {
    try Readme.swiftFiles("Sources").sorted().flatMap { all(in: try Readme.text($0), of: $0) }
  }

  /// A block ends with its fence, or with its comment where the fence is missing. In that case prose
  /// that follows belongs to the block, and the compiler refuses it.
  static func all(in text: String, of file: String) -> [CommentExample] {
    var (found, open): ([CommentExample], CommentExample?) = ([], nil)
    for (index, line) in text.components(separatedBy: "\n").enumerated() {
      let comment = line.trimmingCharacters(in: .whitespaces)
      if let example = open, comment == "/// ```" || !comment.hasPrefix("///") {
        found.append(example)
        open = nil
      } else if comment == "/// ```swift" {
        open = CommentExample(file: file, line: index + 2)
      } else if let slashes = line.range(of: "///") {
        open?.code += line.replacingCharacters(in: slashes, with: "   ") + "\n"
      }
    }
    return found
  }

  /// The block as a function, whose parameters are the samples that it names. A name that the block
  /// declares itself hides the sample of that name.
  private func function(_ number: Int) -> String {
    let samples = ExampleSamples(target: file.components(separatedBy: "/")[1])
    let words = Set(code.matches(of: /\w+/).map { String($0.0) }).sorted()
    let parameters = words.compactMap { name in samples[name].map { "_ \(name): \($0)" } }
    return """
      func example\(number)(\(parameters.joined(separator: ", "))) throws {
      #sourceLocation(file: "\(file)", line: \(line))
      \(code)#sourceLocation()
      }

      """
  }

  /// The compiler's errors, each with file, line and column, and its warnings of a `try` without need.
  /// Other warnings do not count, since examples leave most of their results unused.
  static func complaints(about examples: [CommentExample]) throws -> [String] {
    let imports = ["Fieldmark", "FieldmarkCLI", "Glibc", "Parsing"].map { "import \($0)\n" }
    let program = imports + examples.enumerated().map { $1.function($0) }
    let (printed, status) = try typeChecked(program.joined())
    let complaints = printed.components(separatedBy: "\n").filter {
      $0.contains(/:\d+: (error: |warning: no calls to throwing functions)/)
    }
    // The compiler may also fail without a place, as where it finds no module.
    return complaints.isEmpty && status != 0 ? [printed] : complaints
  }

  /// Checks a program against the modules that lie beside the running tests, as if it were another
  /// target of the package.
  private static func typeChecked(_ program: String) throws -> (printed: String, status: Int32) {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("fieldmark-examples-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("examples.swift")
    try Data(program.utf8).write(to: file)
    let built = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
      .deletingLastPathComponent().path
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "swiftc", "-typecheck", "-parse-as-library", "-swift-version", "6",
      "-package-name", packageName, "-I", built + "/Modules",
      "-Xcc", "-fmodule-map-file=\(built)/CFieldmark.build/module.modulemap",
      "-Xcc", "-fmodule-map-file=\(built)/CServing.build/module.modulemap",
      "-module-cache-path", built + "/ModuleCache", "-diagnostic-style", "llvm", file.path,
    ]
    let output = Pipe()
    process.standardError = output
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let printed = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (String(decoding: printed, as: UTF8.self), process.terminationStatus)
  }

  /// The name by which package declarations are shared. SwiftPM makes it of the folder's name, in
  /// small letters and with `_` for each character that an identifier of C cannot have in its place.
  private static var packageName: String {
    Readme.package.lastPathComponent.lowercased().replacing(/^\d|\W/, with: "_")
  }
}
