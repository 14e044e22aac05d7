import Foundation

/// The program, which is built beside the tests; nil where only they are.
let builtProgram: URL? = {
  let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
  let program = tests.deletingLastPathComponent().appendingPathComponent("fieldmark")
  return FileManager.default.isExecutableFile(atPath: program.path) ? program : nil
}()
