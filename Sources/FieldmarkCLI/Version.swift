import Ground

/// The text of `fieldmark --version`: the version, and the loaded libraries with their versions.
package var versionText: String {
  "fieldmark \(fieldmarkVersion)\n"
    + loadedLibraries.map { "\($0.name) \($0.version)" }.joined(separator: "\n")
}
