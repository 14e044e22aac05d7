import Foundation
import Ground

/// A connection to a server on 127.0.0.1 that sends whatever bytes a test wants.
///
///     let client = try RawClient(port: server.port)
///     client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
///     client.answer()?.status
package final class RawClient {
  /// An answer as it was received.
  package struct Answer {
    package let status: Int
    /// By their names in lower case.
    package let headers: [String: String]
    package let body: [UInt8]
    package var text: String { String(decoding: body, as: UTF8.self) }
  }

  private let socket: Int32
  private var received: [UInt8] = []

  /// - Parameter patience: The seconds after which a read gives up.
  package init(port: Int, patience: Double = 10) throws {
    socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var limit = timeval(
      tv_sec: Int(patience), tv_usec: Int(patience.truncatingRemainder(dividingBy: 1) * 1e6))
    let size = socklen_t(MemoryLayout<timeval>.size)
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, size)
    setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &limit, size)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    let socket = socket
    let status = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard status == 0 else {
      close(socket)
      throw InputError("loopback", expected: "a server at port \(port)", found: "none")
    }
  }

  deinit { close(socket) }

  package func send(_ bytes: [UInt8]) { Loopback.send(bytes, to: socket) }

  package func send(_ text: String) { send(Array(text.utf8)) }

  /// Tells the other side that nothing more comes.
  package func finish() { shutdown(socket, Int32(SHUT_WR)) }

  /// Receives more bytes; false at the end, after an error, and when the patience is over.
  private func receive() -> Bool {
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    let count = recv(socket, &piece, piece.count, 0)
    guard count > 0 else { return false }
    received += piece[..<count]
    return true
  }

  /// Whether the other side closes the connection without another byte.
  package func isClosed() -> Bool {
    var byte: UInt8 = 0
    let count = recv(socket, &byte, 1, 0)
    return count == 0 || (count < 0 && errno == ECONNRESET)
  }

  /// Reads the next answer; nil if the connection ends before it is whole.
  package func answer(toHead: Bool = false) -> Answer? {
    let end = Array("\r\n\r\n".utf8)
    var place: Int?
    while true {
      place = received.firstRange(of: end)?.lowerBound
      if place != nil { break }
      guard receive() else { return nil }
    }
    guard let place else { return nil }
    let lines = String(decoding: received[..<place], as: UTF8.self).components(
      separatedBy: "\r\n")
    received.removeFirst(place + end.count)
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      let sides = line.split(separator: ":", maxSplits: 1)
      guard sides.count == 2 else { continue }
      headers[sides[0].lowercased()] = sides[1].trimmingCharacters(in: .whitespaces)
    }
    let words = lines[0].split(separator: " ")
    guard words.count > 1, let status = Int(words[1]) else { return nil }
    let hasBody = !toHead && status >= 200 && status != 304
    let length = hasBody ? Int(headers["content-length"] ?? "") ?? 0 : 0
    while received.count < length { guard receive() else { return nil } }
    let body = Array(received.prefix(length))
    received.removeFirst(length)
    return Answer(status: status, headers: headers, body: body)
  }
}
