import CFieldmark

/// The version of Fieldmark, which is part of every record of where a result came from.
public let fieldmarkVersion = "0.2.0"

/// The C libraries that this program runs on, with their versions. libcurl is otherwise loaded only
/// for a download, and libmicrohttpd for the page in the browser; here they are loaded to be asked
/// for their versions.
public var loadedLibraries: [(name: String, version: String)] {
  let linked = (0..<fm_library_count()).map { index in
    let library = fm_library_at(index)
    return (String(cString: library.name), String(cString: library.version))
  }
  let loaded = [("libcurl", fm_web_version()), ("libmicrohttpd", fm_http_version())].map {
    (name: $0, version: $1.map { String(cString: $0) } ?? "not installed")
  }
  return linked + loaded
}
