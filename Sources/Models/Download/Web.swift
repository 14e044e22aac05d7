import CFieldmark
import Ground

/// A connection to servers through libcurl, which is loaded when the first connection is made.
///
///     let web = try Web()
///     let answer = try web.send(.init(url: "https://example.org/a")) { bytes in ... }
///
/// A request is sent once, and redirects are not followed: the caller decides what to send to the
/// next address.
package final class Web {
  private let handle: OpaquePointer

  package init() throws {
    guard let handle = fm_web_open() else {
      throw InputError(
        "downloading", expected: "the library libcurl.so.4", found: "none",
        hint: "the package libcurl4 has it")
    }
    self.handle = handle
  }

  deinit { fm_web_close(handle) }

  package struct Request {
    var url: String
    var onlyHeaders = false
    /// The first byte that is wanted, to go on where an earlier download ended.
    var first = 0
    /// Sent as `Authorization: Bearer ...`.
    var token: String?
    /// The number of seconds without a byte after which a connection counts as broken.
    var stall = 30
  }

  package struct Answer: Equatable, Sendable {
    package var status = 0
    /// The headers, by their names in lowercase. If a name occurs several times, the last one
    /// counts.
    package var headers: [String: String] = [:]
    package var redirect: String?
  }

  /// The reason why there is no complete answer.
  package enum Failure: Error, Equatable {
    /// A failure that is worth another try: a lost connection, a server that stalls.
    case broken(String)
    case impossible(String)
    /// `goesOn` returned false.
    case interrupted
  }

  /// Sends a request, passes on the body as it comes, and returns what the headers said.
  ///
  /// `begin` gets status and headers before the body. An error that it or `body` throws ends the
  /// request.
  package func send(
    _ request: Request, goesOn: () -> Bool = { true },
    begin: (Answer) throws -> Void = { _ in },
    body: (UnsafeRawBufferPointer) throws -> Void
  ) throws -> Answer {
    try withoutActuallyEscaping(goesOn) { goesOn in
      try withoutActuallyEscaping(begin) { begin in
        try withoutActuallyEscaping(body) { body in
          try send(request, to: Receiver(goesOn: goesOn, begin: begin, body: body))
        }
      }
    }
  }

  private func send(_ request: Request, to receiver: Receiver) throws -> Answer {
    let authorization = request.token.map { "Authorization: Bearer " + $0 } ?? ""
    var result = fm_answer()
    request.url.withCString { url in
      authorization.withCString { authorization in
        "fieldmark/\(fieldmarkVersion)".withCString { agent in
          var raw = fm_request(
            url: url, authorization: request.token == nil ? nil : authorization,
            user_agent: agent, first: Int64(request.first), head: request.onlyHeaders ? 1 : 0,
            patience: 20, stall: request.stall,
            context: Unmanaged.passUnretained(receiver).toOpaque(),
            header: { Receiver.at($0).take(line: UnsafeRawBufferPointer(start: $1, count: $2)) },
            body: { Receiver.at($0).take(UnsafeRawBufferPointer(start: $1, count: $2)) },
            goes_on: { Receiver.at($0).goesOn() ? 1 : 0 })
          fm_web_send(handle, &raw, &result)
        }
      }
    }
    if let error = receiver.error { throw error }
    let message = withUnsafeBytes(of: result.message) { printable($0.prefix { $0 != 0 }) }
    switch result.end {
    case FM_WEB_DONE: break
    case FM_WEB_STOPPED: throw Failure.interrupted
    case FM_WEB_BROKEN: throw Failure.broken(message)
    default: throw Failure.impossible(message)
    }
    // For an answer without a body, `begin` has not been called yet.
    if !receiver.hasBegun { try receiver.begin(receiver.answer) }
    var answer = receiver.answer
    answer.redirect = fm_web_redirect(handle).map { String(cString: $0) }
    return answer
  }
}

/// The receiver of all callbacks of one request.
private final class Receiver {
  var answer = Web.Answer()
  var hasBegun = false
  var error: (any Error)?
  let goesOn: () -> Bool
  let begin: (Web.Answer) throws -> Void
  private let body: (UnsafeRawBufferPointer) throws -> Void

  init(
    goesOn: @escaping () -> Bool, begin: @escaping (Web.Answer) throws -> Void,
    body: @escaping (UnsafeRawBufferPointer) throws -> Void
  ) {
    self.goesOn = goesOn
    self.begin = begin
    self.body = body
  }

  static func at(_ context: UnsafeMutableRawPointer?) -> Receiver {
    guard let context else { preconditionFailure("A request carries its receiver.") }
    return Unmanaged<Receiver>.fromOpaque(context).takeUnretainedValue()
  }

  /// Takes a line of the headers. A status line begins a new answer, since `100 Continue` may come
  /// before the real one.
  func take(line: UnsafeRawBufferPointer) -> Int32 {
    let text = String(decoding: line, as: UTF8.self)
    if text.hasPrefix("HTTP/") {
      let words = text.split(separator: " ")
      answer = Web.Answer(status: words.count > 1 ? Int(words[1].prefix(3)) ?? 0 : 0)
    } else if let colon = text.firstIndex(of: ":"), answer.headers.count < 200 {
      answer.headers[text[..<colon].lowercased()] = text[text.index(after: colon)...].trimmed
    }
    return 1
  }

  func take(_ bytes: UnsafeRawBufferPointer) -> Int32 {
    do {
      if !hasBegun {
        hasBegun = true
        try begin(answer)
      }
      try body(bytes)
      return 1
    } catch {
      self.error = error
      return 0
    }
  }
}

extension Substring {
  /// The text without white space at both ends, where `\r\n` is a single character.
  fileprivate var trimmed: String {
    var text = drop { $0.isWhitespace }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
