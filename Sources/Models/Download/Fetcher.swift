import Ground

/// Requests to the hub, made with care: the token goes to the hub's own server and to no other,
/// redirects are followed only to http and https, and what may be a passing failure is tried again
/// after a pause.
package struct Fetcher {
  let hub: Hub
  let observer: DownloadObserver
  private let web: Web

  init(_ hub: Hub, _ observer: DownloadObserver) throws {
    self.hub = hub
    self.observer = observer
    web = try Web()
  }

  /// The number of redirects that are followed. The hub itself needs one or two.
  private static let mostRedirects = 8
  /// The number of tries that may bring nothing new before the download is given up.
  private static let mostTries = 5

  /// Sends a request and follows its redirects. `body` receives what the last answer brings, after
  /// `begin` has accepted that answer.
  func send(
    _ request: Web.Request, begin: (Web.Answer) throws -> Void = { _ in },
    body: (UnsafeRawBufferPointer) throws -> Void = { _ in }
  ) throws -> Web.Answer {
    var request = request
    request.stall = observer.stall
    for _ in 0...Self.mostRedirects {
      guard Hub.origin(of: request.url) != nil else {
        throw Web.Failure.impossible(
          "a redirect to '\(printable(request.url.utf8))', which is neither http nor https")
      }
      request.token = hub.token(for: request.url)
      var isLast = false
      let answer = try web.send(request, goesOn: observer.goesOn) { answer in
        isLast = !Self.redirects.contains(answer.status)
        if isLast { try begin(answer) }
      } body: { bytes in
        if isLast { try body(bytes) }
      }
      guard let next = answer.redirect, !isLast else { return answer }
      // The fingerprint of a large file comes with the redirect, not from where it leads.
      if request.onlyHeaders, answer.headers["x-linked-etag"] != nil { return answer }
      request.url = next
    }
    throw Web.Failure.impossible("more than \(Self.mostRedirects) redirects")
  }

  private static let redirects = [301, 302, 303, 307, 308]

  /// Tries until an attempt succeeds or too many bring nothing new. A try that got further than any
  /// before counts as the first one.
  func patiently<Value>(
    _ place: String, progress: () -> Int = { 0 }, _ attempt: () throws -> Value
  ) throws -> Value {
    var tries = 0
    var furthest = progress()
    while true {
      do {
        return try attempt()
      } catch Web.Failure.interrupted {
        throw Interrupted()
      } catch Web.Failure.impossible(let message) {
        throw InputError(place, expected: "an answer", found: message.sentencePart)
      } catch Web.Failure.broken(let message) {
        tries = progress() > furthest ? 1 : tries + 1
        furthest = max(furthest, progress())
        guard tries < Self.mostTries else {
          throw InputError(
            place, expected: "an answer", found: message.sentencePart,
            hint: "what has arrived is kept, and the same command goes on from there")
        }
        observer.pause(Double(1 << tries) / 4)
        guard observer.goesOn() else { throw Interrupted() }
      }
    }
  }

  /// Throws if the status is an error. A passing error is thrown as a failure that is tried again.
  func check(_ answer: Web.Answer, place: String) throws {
    switch answer.status {
    case 200..<300: return
    case 408, 429, 500..<600: throw Web.Failure.broken("status \(answer.status)")
    case 401, 403:
      throw InputError(
        place, expected: "permission to read it", found: "a refusal (\(answer.status))",
        hint: hub.token == nil
          ? "if it is private, or if its terms must be accepted on its page, set HF_TOKEN"
          : "the token in HF_TOKEN does not permit it")
    case 404:
      throw InputError(
        place, expected: "a name that exists on \(hub.endpoint)", found: "an unknown one (404)")
    default:
      throw InputError(place, expected: "an answer", found: "status \(answer.status)")
    }
  }

  /// Returns all bytes of a small answer.
  func bytes(_ url: String, place: String, limit: Int) throws -> [UInt8] {
    try patiently(place) {
      var content: [UInt8] = []
      _ = try send(Web.Request(url: url)) { answer in
        try check(answer, place: place)
      } body: { bytes in
        guard content.count + bytes.count <= limit else {
          throw InputError(place, expected: "at most \(limit) bytes", found: "more")
        }
        content += bytes
      }
      return content
    }
  }
}

extension String {
  /// A library's message for use inside a sentence, beginning in lowercase and without a period.
  fileprivate var sentencePart: String {
    let text = last == "." ? String(dropLast()) : self
    guard let first, !dropFirst().prefix(1).allSatisfy(\.isUppercase) else { return text }
    return first.lowercased() + text.dropFirst()
  }
}
