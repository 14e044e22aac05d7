import Glibc
import Ground

/// The download of one file of a repository into the cache.
struct BlobDownload {
  let fetcher: Fetcher
  let repository: HubRepository
  let commit: String
  let file: HubListing.File
  /// A file with more bytes than this is refused before any of them arrives.
  let limit: Int

  private var place: String { "file '\(printable(file.name.utf8))'" }
  private var url: String {
    fetcher.hub.address(of: file.name, in: repository.name, at: commit)
  }

  /// What names a file in the cache and what its bytes are checked by.
  private struct Fingerprint {
    /// 64 hexadecimal digits of SHA-256, or 40 of git's SHA-1.
    let etag: String
    let size: Int

    var digest: Digest { etag.utf8.count == 64 ? .sha256 : .gitBlob(size: size) }
    var algorithm: String { etag.utf8.count == 64 ? "SHA-256" : "git SHA-1" }
  }

  /// Downloads the bytes into the blobs, checks them, and links them into the snapshot.
  func run() throws {
    let pointer = repository.folder / "snapshots" / Path(commit) / Path(file.name)
    if try repository.file(Path(file.name), in: pointer.folder) != nil { return }
    let fingerprint = try self.fingerprint()
    let blob = repository.folder / "blobs" / Path(fingerprint.etag)
    try blob.folder.createFolder()
    let lock = Path(".locks") / repository.folder.lastComponent / Path(fingerprint.etag + ".lock")
    try locked(repository.root / lock, goesOn: fetcher.observer.goesOn) {
      if !blob.isFile { try download(fingerprint, to: blob) }
    }
    try link(pointer, to: fingerprint.etag)
  }

  /// Asks for the headers alone. The hub names large files by their SHA-256 in `X-Linked-Etag`, and
  /// small ones by git's SHA-1 in `ETag`.
  private func fingerprint() throws -> Fingerprint {
    let answer = try fetcher.patiently(place) {
      let answer = try fetcher.send(Web.Request(url: url, onlyHeaders: true))
      if answer.headers["x-linked-etag"] == nil { try fetcher.check(answer, place: place) }
      return answer
    }
    let sent = answer.headers["x-linked-etag"] ?? answer.headers["etag"] ?? ""
    var etag = Self.plain(sent)
    if !Self.isDigest(etag) { etag = file.sha256 ?? etag }
    guard Self.isDigest(etag) else {
      throw InputError(
        place, expected: "an ETag of 40 or 64 hexadecimal digits to check it by",
        found: "'\(printable(sent.utf8))'")
    }
    if let found = answer.headers["x-repo-commit"], found != commit {
      throw InputError(
        place, expected: "the file at commit \(commit)", found: "commit \(printable(found.utf8))")
    }
    let isWhole = answer.status == 200
    let header =
      answer.headers["x-linked-size"] ?? (isWhole ? answer.headers["content-length"] : nil)
    guard let size = header.flatMap({ Int($0) }) ?? file.size, (0...limit).contains(size) else {
      throw InputError(
        place, expected: "a size of at most \(limit) bytes",
        found: header.map { printable($0.utf8) } ?? file.size.map { "\($0)" } ?? "none")
    }
    return Fingerprint(etag: etag, size: size)
  }

  /// The ETag without its marks: `W/"abc"` becomes `abc`.
  private static func plain(_ etag: String) -> String {
    (etag.dropping(prefix: "W/") ?? etag).filter { $0 != "\"" }
  }

  private static func isDigest(_ text: String) -> Bool {
    [40, 64].contains(text.utf8.count) && text.utf8.allSatisfy(HubRepository.isHexadecimal)
  }

  private func download(_ fingerprint: Fingerprint, to blob: Path) throws {
    let incomplete = blob.folder / Path(fingerprint.etag + ".incomplete")
    var file = try IncompleteFile(incomplete, digest: fingerprint.digest)
    if file.count > fingerprint.size { try file.clear() }
    var wasContinued = file.count > 0
    while true {
      if file.count < fingerprint.size { try transfer(fingerprint, into: &file) }
      if file.hexadecimal == fingerprint.etag { return try file.move(to: blob) }
      let found = file.hexadecimal
      try file.clear()
      // What an earlier run left behind may have been damaged in the meantime, so the file is
      // fetched once more from the start.
      guard wasContinued else {
        throw InputError(
          place, expected: "\(fingerprint.algorithm) \(fingerprint.etag)", found: found,
          hint: "the download was discarded")
      }
      wasContinued = false
    }
  }

  /// Receives until all bytes are there, however often the connection breaks.
  private func transfer(_ fingerprint: Fingerprint, into file: inout IncompleteFile) throws {
    var progress = DownloadProgress(self.file.name, size: fingerprint.size, from: file.count)
    var count = file.count
    let arrived = { count }
    try fetcher.patiently(place, progress: arrived) {
      let answer = try fetcher.send(Web.Request(url: url, first: file.count)) { answer in
        try begin(answer, &file)
      } body: { bytes in
        guard file.count + bytes.count <= fingerprint.size else {
          try file.clear()
          throw InputError(place, expected: "\(fingerprint.size) bytes", found: "more")
        }
        try file.append(bytes)
        count = file.count
        if let line = progress.line(count) { fetcher.observer.progress?(line) }
      }
      if answer.status == 416 { try file.clear() }
      guard file.count == fingerprint.size else {
        throw Web.Failure.broken(
          "\(file.count) of \(fingerprint.size) bytes, then the end of the answer")
      }
    }
    fetcher.observer.note("\(printable(self.file.name.utf8)): \(megabytes(fingerprint.size))")
  }

  /// Accepts an answer. If it does not go on where the file ends, it must be the file from its
  /// start.
  private func begin(_ answer: Web.Answer, _ file: inout IncompleteFile) throws {
    if answer.status == 416 { return }
    try fetcher.check(answer, place: place)
    let range = answer.headers["content-range"] ?? ""
    let goesOn = answer.status == 206 && range.hasPrefix("bytes \(file.count)-")
    if file.count > 0, !goesOn { try file.clear() }
    if answer.status == 206, file.count == 0, !range.hasPrefix("bytes 0-") {
      throw Web.Failure.broken("another part of the file")
    }
  }

  private func link(_ pointer: Path, to etag: String) throws {
    try pointer.folder.createFolder()
    let target = Path("../../blobs/" + etag)
    let temporary = pointer.folder / Path(".\(etag).\(getpid()).tmp")
    let isLinked =
      target.withCString { target in temporary.withCString { symlink(target, $0) } } == 0
      && temporary.withCString { from in pointer.withCString { rename(from, $0) } } == 0
    guard isLinked else {
      throw InputError.system(
        pointer, expected: "a place to write to", code: errno, kind: .output)
    }
  }
}
