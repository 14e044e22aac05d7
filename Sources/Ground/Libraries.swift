import CFieldmark

/// The version of Fieldmark, part of every record of where a result came from.
public let fieldmarkVersion = "0.2.0"

/// The C libraries that this program runs on, with their versions. libcurl, which is loaded when
/// something is downloaded, is loaded to be asked.
public var loadedLibraries: [(name: String, version: String)] {
  let linked = (0..<fm_library_count()).map { index in
    let library = fm_library_at(index)
    return (String(cString: library.name), String(cString: library.version))
  }
  return linked + [("libcurl", fm_web_version().map { String(cString: $0) } ?? "not installed")]
}
