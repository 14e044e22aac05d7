import Glibc
import Ground

/// The download of a repository of the hub into huggingface_hub's cache, where everything is put as
/// that library would put it: settings, tokenizer, and the one file of weights (or its shards) that
/// loading prefers.
///
/// ```swift
/// let download = try HubDownload("org/name", into: hub, from: Hub(.process), observer)
/// try download.run()      // the folder of the snapshot
/// ```
package struct HubDownload {
  private let repository: HubRepository
  private let revision: String
  private let fetcher: Fetcher

  package init(
    _ name: String, revision: String = "main", into root: Path, from hub: Hub,
    _ observer: DownloadObserver
  ) throws {
    guard let repository = HubRepository(name, in: root) else {
      throw InputError(
        "models get", expected: "hf-hub:ORG/NAME", found: "'\(printable(name.utf8))'", kind: .words)
    }
    guard HubRepository.isPlainName(revision) else {
      throw InputError(
        "models get", expected: "a branch, a tag or a commit",
        found: "'\(printable(revision.utf8))'", kind: .words)
    }
    self.repository = repository
    self.revision = revision
    fetcher = try Fetcher(hub, observer)
  }

  /// The limits in bytes. The hub's own answers are small; a larger one is something else.
  private static let largestList = 32 << 20
  private static let largestSetting = 64 << 20
  private static let largestWeights = 256 << 30

  /// Downloads what is missing and returns the snapshot's folder. Only when everything is there
  /// does the revision's name come to stand for it.
  package func run() throws -> Path {
    let listing = try self.listing()
    let weights = try listing.weights(of: repository.name)
    let snapshot = repository.folder / "snapshots" / Path(listing.commit)
    announce(listing, weights)
    for file in listing.settings {
      try blob(file, listing, limit: Self.largestSetting).run()
    }
    if weights.name.hasSuffix(".index.json") {
      try blob(weights, listing, limit: Self.largestSetting).run()
      let index = try (snapshot / Path(weights.name)).read(limit: Self.largestSetting)
      let shards = try listing.shards(inIndex: index, place: weights.name)
      try checkRoom(for: shards)
      for shard in shards { try blob(shard, listing, limit: Self.largestWeights).run() }
    } else {
      try checkRoom(for: [weights])
      try blob(weights, listing, limit: Self.largestWeights).run()
    }
    if revision != listing.commit {
      let ref = repository.folder / "refs" / Path(revision)
      try ref.folder.createFolder()
      try write(Array(listing.commit.utf8), to: ref)
    }
    return snapshot
  }

  private func listing() throws -> HubListing {
    let name = "repository '\(repository.name)'"
    let place = revision == "main" ? name : "\(name) at '\(printable(revision.utf8))'"
    let url = fetcher.hub.address(ofListOf: repository.name, at: revision)
    let bytes = try fetcher.bytes(url, place: place, limit: Self.largestList)
    return try HubListing(parsing: bytes, place: place)
  }

  private func blob(
    _ file: HubListing.File, _ listing: HubListing, limit: Int
  ) -> BlobDownload {
    BlobDownload(
      fetcher: fetcher, repository: repository, commit: listing.commit, file: file, limit: limit)
  }

  /// Shows the size and the license before anything large is fetched.
  private func announce(_ listing: HubListing, _ weights: HubListing.File) {
    let size = weights.size.map { ", \(megabytes($0))" } ?? ""
    let license = listing.license.map { "license \($0)" } ?? "no license named"
    fetcher.observer.note(
      "\(repository.name) at \(listing.commit.prefix(12)): \(weights.name)\(size); \(license)")
  }

  /// Throws before the download, rather than an hour into it, if the disk is too small.
  private func checkRoom(for files: [HubListing.File]) throws {
    try repository.folder.createFolder()
    var status = statvfs()
    guard repository.folder.withCString({ statvfs($0, &status) }) == 0 else { return }
    let free = UInt64(status.f_bavail).multipliedReportingOverflow(by: UInt64(status.f_frsize))
    let needed = files.reduce(0) { $0 + Double($1.size ?? 0) }
    guard needed <= Double(free.partialValue) || free.overflow || hasPart(of: files) else {
      throw InputError(
        "'\(repository.folder)'", expected: "room for \(megabytes(Int(min(needed, 1e18))))",
        found: megabytes(Int(clamping: free.partialValue)), kind: .output)
    }
  }

  /// Whether some of the bytes have arrived already, so that less room is needed than it seems.
  private func hasPart(of files: [HubListing.File]) -> Bool {
    files.contains { file in
      file.sha256.map { etag in
        (repository.folder / "blobs" / Path(etag)).isFile
          || (repository.folder / "blobs" / Path(etag + ".incomplete")).isFile
      } ?? false
    }
  }
}
