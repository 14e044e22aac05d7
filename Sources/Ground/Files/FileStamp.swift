import Glibc

extension Path {
  /// What changes when somebody writes to a file, or puts another one in its place: its size, and when its
  /// content and anything else about it last changed. Nil where nothing is to be seen.
  package var stamp: String? {
    var status = stat()
    guard !bytes.contains(0), withCString({ stat($0, &status) }) == 0 else { return nil }
    let (content, any) = (status.st_mtim, status.st_ctim)
    return "\(status.st_size) \(content.tv_sec).\(content.tv_nsec) \(any.tv_sec).\(any.tv_nsec)"
  }
}
