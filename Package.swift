// swift-tools-version: 6.0
import PackageDescription

/// Targets in the order in which they build on each other; each imports only those above it.
let package = Package(
  name: "Fieldmark",
  products: [
    .library(name: "Fieldmark", targets: ["Encoders"]),
    .executable(name: "fieldmark", targets: ["FieldmarkCLI"]),
  ],
  targets: [
    .target(
      name: "CFieldmark",
      linkerSettings: [
        "dnnl", "gomp", "icuuc", "icudata", "jpeg", "png16", "webp", "webpdemux", "deflate", "z",
        "dl", "m",
      ].map { .linkedLibrary($0) }),
    .target(name: "Encoders", dependencies: ["CFieldmark"]),
    .executableTarget(name: "FieldmarkCLI", dependencies: ["Encoders"]),
    .testTarget(name: "EncodersTests", dependencies: ["Encoders", "CFieldmark"]),
    .testTarget(name: "FieldmarkCLITests", dependencies: ["FieldmarkCLI", "Encoders"]),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .gnu2x
)
