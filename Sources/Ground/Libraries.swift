import CFieldmark

/// The version of Fieldmark, which is part of every record of where a result came from.
public let fieldmarkVersion = "0.2.0"

/// The C libraries that this program runs on, with their versions. libcurl is otherwise loaded only
/// for a download; here it is loaded to be asked for its version.
public var loadedLibraries: [(name: String, version: String)] {
  let linked = (0..<fm_library_count()).map { index in
    let library = fm_library_at(index)
    return (String(cString: library.name), String(cString: library.version))
  }
  return linked + [("libcurl", fm_web_version().map { String(cString: $0) } ?? "not installed")]
}
