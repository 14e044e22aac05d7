import Foundation
import Ground

/// A server on 127.0.0.1 that answers as a test tells it to, and remembers what it was asked.
///
///     try LoopbackServer.serving({ request in .init(status: 404) }) { server in
///       ... "http://127.0.0.1:\(server.port)" ...
///     }
///
/// One connection at a time, one request per connection; it is gone when the test is.
package final class LoopbackServer: @unchecked Sendable {
  package struct Request: Equatable {
    package var method = ""
    package var path = ""
    /// By their names in small letters.
    package var headers: [String: String] = [:]

    package init(method: String = "", path: String = "", headers: [String: String] = [:]) {
      (self.method, self.path, self.headers) = (method, path, headers)
    }
  }

  package struct Response {
    package var status = 200
    package var headers: [(String, String)] = []
    package var body: [UInt8] = []
    /// So many bytes of the body are sent, and then the connection is cut.
    package var cut: Int?
    /// As `cut`, but then nothing happens until the other side gives up.
    package var stall: Int?
    /// Sent as Content-Length instead of the body's own.
    package var length: Int?

    package init(
      status: Int = 200, headers: [(String, String)] = [], body: [UInt8] = [], cut: Int? = nil,
      stall: Int? = nil, length: Int? = nil
    ) {
      (self.status, self.headers, self.body) = (status, headers, body)
      (self.cut, self.stall, self.length) = (cut, stall, length)
    }
  }

  package let port: Int
  private let socket: Int32
  private let lock = NSLock()
  private var asked: [Request] = []
  private let answer: @Sendable (Request) -> Response

  package var requests: [Request] { lock.withLock { asked } }
  package var address: String { "http://127.0.0.1:\(port)" }

  package static func serving(
    _ answer: @escaping @Sendable (Request) -> Response, _ body: (LoopbackServer) throws -> Void
  ) throws {
    let server = try LoopbackServer(answer)
    defer { server.stop() }
    try body(server)
  }

  package init(_ answer: @escaping @Sendable (Request) -> Response) throws {
    self.answer = answer
    socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let socket = socket
    let isBound = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(socket, $0, size) == 0 && listen(socket, 16) == 0
          && getsockname(socket, $0, &size) == 0
      }
    }
    guard isBound else { throw InputError("loopback", expected: "a free port", found: "none") }
    port = Int(UInt16(bigEndian: address.sin_port))
    Thread.detachNewThread { [self] in
      while true {
        let connection = accept(socket, nil, nil)
        guard connection >= 0 else {
          close(socket)
          return
        }
        serve(connection)
        close(connection)
      }
    }
  }

  /// Wakes the thread that waits for connections, which closes the socket: closed from here, its
  /// number could be another server's by the time that the thread looks.
  package func stop() { shutdown(socket, Int32(SHUT_RDWR)) }

  private func serve(_ connection: Int32) {
    // No test waits longer than this for anything.
    var limit = timeval(tv_sec: 10, tv_usec: 0)
    let size = socklen_t(MemoryLayout<timeval>.size)
    setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &limit, size)
    setsockopt(connection, SOL_SOCKET, SO_SNDTIMEO, &limit, size)
    guard let request = read(connection) else { return }
    lock.withLock { asked.append(request) }
    let response = answer(request)
    var head = "HTTP/1.1 \(response.status) X\r\nConnection: close\r\n"
    if response.status != 204 {
      head += "Content-Length: \(response.length ?? response.body.count)\r\n"
    }
    for (name, value) in response.headers { head += "\(name): \(value)\r\n" }
    send(Array((head + "\r\n").utf8), to: connection)
    guard request.method != "HEAD" else { return }
    send(Array(response.body.prefix(response.cut ?? response.stall ?? .max)), to: connection)
    if response.stall != nil {
      var byte: UInt8 = 0
      _ = recv(connection, &byte, 1, 0)
    }
  }

  private func read(_ connection: Int32) -> Request? {
    var text: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 4096)
    while text.suffix(4) != Array("\r\n\r\n".utf8)[...], text.count < 1 << 16 {
      let count = recv(connection, &piece, piece.count, 0)
      guard count > 0 else { return nil }
      text += piece[..<count]
    }
    let lines = String(decoding: text, as: UTF8.self).split(separator: "\r\n").map(String.init)
    let words = lines[0].split(separator: " ").map(String.init)
    var request = Request(method: words[0], path: words[1])
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      request.headers[parts[0].lowercased()] = parts[1].trimmingCharacters(in: .whitespaces)
    }
    return request
  }
}
