import Glibc

extension Path {
  /// A text that changes when somebody writes to the file or puts another one in its place. It has
  /// the file's size and the times at which its content and its status last changed. It is nil if
  /// the file cannot be looked at.
  package var stamp: String? {
    var status = stat()
    guard !bytes.contains(0), withCString({ stat($0, &status) }) == 0 else { return nil }
    let (content, any) = (status.st_mtim, status.st_ctim)
    return "\(status.st_size) \(content.tv_sec).\(content.tv_nsec) \(any.tv_sec).\(any.tv_nsec)"
  }
}
