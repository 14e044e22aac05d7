// swift-tools-version: 6.0
import PackageDescription

/// Targets in the order in which they build on each other; each imports only those above it.
let package = Package(
  name: "Fieldmark",
  products: [
    .library(name: "Fieldmark", targets: ["Encoders", "Fieldmark", "Aviary"]),
    .executable(name: "fieldmark", targets: ["FieldmarkCLI"]),
  ],
  targets: [
    .target(
      name: "CFieldmark",
      linkerSettings: [
        "dnnl", "gomp", "icuuc", "icudata", "jpeg", "png16", "webp", "webpdemux", "deflate", "z",
        "sqlite3",
        "dl", "m",
      ].map { .linkedLibrary($0) }),
    .target(name: "Encoders", dependencies: ["CFieldmark"]),
    .target(name: "Fieldmark", dependencies: ["Encoders"]),
    .target(name: "Aviary", dependencies: ["Encoders"]),
    .executableTarget(name: "FieldmarkCLI", dependencies: ["Encoders", "Fieldmark", "Aviary"]),
    .target(name: "Loopback", dependencies: ["Encoders"], path: "Tests/Loopback"),
    .executableTarget(
      name: "first-steps", dependencies: ["Encoders", "Fieldmark"], path: "Examples/first-steps"),
    .testTarget(name: "EncodersTests", dependencies: ["Encoders", "CFieldmark", "Loopback"]),
    .testTarget(name: "FieldmarkTests", dependencies: ["Fieldmark", "Encoders", "Aviary"]),
    .testTarget(name: "AviaryTests", dependencies: ["Aviary", "Encoders"]),
    .testTarget(
      name: "FieldmarkCLITests", dependencies: ["FieldmarkCLI", "Aviary", "Fieldmark", "Encoders"]),
    .testTarget(
      name: "ReadmeTests", dependencies: ["FieldmarkCLI", "first-steps", "Encoders", "Loopback"]),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .gnu2x
)
