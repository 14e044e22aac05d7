import CFieldmark
import Glibc
import Synchronization

/// One request and its answer at the C library. It is valid only inside the call that brought it.
struct Exchange {
  private let exchange: OpaquePointer

  init(_ exchange: OpaquePointer) { self.exchange = exchange }

  func head(_ limits: ServerLimits) throws -> RequestHead {
    var lines: [RequestHead.Line] = []
    withUnsafeMutablePointer(to: &lines) { lines in
      fm_exchange_headers(exchange, lines) { context, header in
        func bytes(_ start: UnsafePointer<CChar>, _ count: Int) -> [UInt8] {
          Array(UnsafeRawBufferPointer(start: start, count: count))
        }
        context?.assumingMemoryBound(to: [RequestHead.Line].self).pointee.append(
          .init(
            name: bytes(header.name, header.name_count),
            value: bytes(header.value, header.value_count)))
      }
    }
    return try RequestHead(
      Self.bytes(fm_exchange_method(exchange)), Self.bytes(fm_exchange_target(exchange)),
      Self.bytes(fm_exchange_protocol(exchange)), lines,
      isWellFormed: fm_exchange_is_well_formed(exchange) != 0, limits)
  }

  private static func bytes(_ text: UnsafePointer<CChar>) -> [UInt8] {
    UnsafeBufferPointer(start: text, count: strlen(text)).map { UInt8(bitPattern: $0) }
  }

  func request(_ head: RequestHead, _ wait: ClientWait) -> Request {
    var count = 0
    let body = fm_exchange_body(exchange, &count)
    return Request(
      head.method, path: head.target.path, query: head.target.query, headers: head.headers,
      body: Array(UnsafeBufferPointer(start: body, count: count)), goesOn: { wait.goesOn })
  }

  var wait: ClientWait { ClientWait(exchange) }

  /// Sends an answer with the headers that every answer has.
  func send(_ response: Response) {
    var texts: [[CChar]] = []
    for (name, value) in response.allHeaders.sorted(by: { $0.key < $1.key }) {
      texts += [Array(name.utf8CString), Array(value.utf8CString)]
    }
    let place = texts.map { text in
      let copy = UnsafeMutablePointer<CChar>.allocate(capacity: text.count)
      copy.initialize(from: text, count: text.count)
      return copy
    }
    defer { for copy in place { copy.deallocate() } }
    let headers = stride(from: 0, to: place.count, by: 2).map {
      fm_http_header(name: place[$0], name_count: 0, value: place[$0 + 1], value_count: 0)
    }
    fm_exchange_answer(
      exchange, Int32(response.status), headers, headers.count, response.body, response.body.count)
  }
}

/// Whether a client still waits for its answer. This may be asked at any time; once the answer is
/// there, nobody waits.
final class ClientWait: Sendable {
  private struct Place: @unchecked Sendable { var exchange: OpaquePointer? }
  private let place: Mutex<Place>

  fileprivate init(_ exchange: OpaquePointer) { place = Mutex(Place(exchange: exchange)) }

  var goesOn: Bool {
    place.withLock { $0.exchange.map { fm_exchange_is_awaited($0) != 0 } ?? false }
  }

  /// Has to be called before the exchange ends.
  func end() { place.withLock { $0.exchange = nil } }
}

extension Response {
  /// The headers of this answer, and those that every answer has: no other site may frame, read or
  /// embed it, no script of another place runs in it, and nobody keeps it.
  var allHeaders: [String: String] {
    let always = [
      "Cache-Control": "no-store",
      "Content-Security-Policy":
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
        + "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
      "Content-Type": type,
      "Cross-Origin-Resource-Policy": "same-origin",
      "Referrer-Policy": "no-referrer",
      "X-Content-Type-Options": "nosniff",
      "X-Frame-Options": "DENY",
    ]
    return always.merging(headers) { $1 }
  }
}
