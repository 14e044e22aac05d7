// swift-tools-version: 6.0
import PackageDescription

/// The targets of the library ("rooms") in the order in which they build on each other. Each may
/// use those before it, and the compiler forbids everything else. (Docs/Architecture.md says what
/// each contains.)
let rooms = [
  "Ground", "Pictures", "Words", "Models", "Encoders", "Explaining", "Datasets", "Measures",
  "Reports", "Studies", "Traits", "Nuisances", "Auditing", "Calibrating", "Aviary", "Serving",
]

/// Returns a target of the library, which may use every target before it in `rooms`.
func room(_ name: String) -> Target {
  let above = rooms.prefix { $0 != name }
  return .target(name: name, dependencies: (["CFieldmark"] + above).map { .byName(name: $0) })
}

/// The dependencies of a target that may use the whole library.
let all = (["CFieldmark"] + rooms).map { Target.Dependency.byName(name: $0) }

/// Short programs that show how to use the library. The tests run them.
let examples = [
  "first-steps", "compare-methods", "audit-a-classifier", "own-method", "own-measure",
]

let package = Package(
  name: "Fieldmark",
  products: [
    .library(name: "Fieldmark", targets: ["Fieldmark"]),
    .executable(name: "fieldmark", targets: ["FieldmarkMain"]),
  ],
  targets: [
    .target(
      name: "CFieldmark",
      linkerSettings: [
        "dnnl", "gomp", "icuuc", "icudata", "jpeg", "png16", "webp", "webpdemux", "deflate", "z",
        "sqlite3", "dl", "m",
      ].map { .linkedLibrary($0) })
  ] + rooms.map(room) + [
    .target(name: "Fieldmark", dependencies: all),
    .target(name: "Parsing", dependencies: ["Ground"]),
    .target(name: "FieldmarkCLI", dependencies: all + ["Parsing"]),
    // The program carries Swift's own libraries, so that it can be installed as a single file. Only
    // the linker is told so; the program is built from the same objects as the tests.
    .executableTarget(
      name: "FieldmarkMain", dependencies: ["FieldmarkCLI", "Ground", "Parsing"],
      linkerSettings: [.unsafeFlags(["-static-stdlib"])]),
    .target(name: "Loopback", dependencies: ["Ground"], path: "Tests/Loopback"),
    .testTarget(name: "FieldmarkTests", dependencies: all + ["Fieldmark", "Loopback"]),
    .testTarget(
      name: "FieldmarkCLITests",
      dependencies: all + ["Fieldmark", "FieldmarkCLI", "Parsing", "Loopback"]),
    .testTarget(
      name: "ReadmeTests",
      dependencies: all + [
        "Fieldmark", "FieldmarkCLI", "Parsing", "Loopback",
      ]),
  ]
    + examples.map {
      .executableTarget(name: $0, dependencies: ["Fieldmark"], path: "Examples/\($0)")
    },
  swiftLanguageModes: [.v6],
  cLanguageStandard: .gnu2x
)
