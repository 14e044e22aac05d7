import Ground

/// What `fieldmark --version` prints: the version, and the libraries that it runs on with theirs.
package var versionText: String {
  "fieldmark \(fieldmarkVersion)\n"
    + loadedLibraries.map { "\($0.name) \($0.version)" }.joined(separator: "\n")
}
