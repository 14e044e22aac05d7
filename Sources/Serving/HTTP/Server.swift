import CFieldmark
import Ground

/// A web server whose answers are a function of the requests. It listens from its creation until it
/// is stopped, and checks every request before the function sees it.
///
/// ```swift
/// let server = try Server { request in .json(["path": .array(request.path.map { .string($0) })]) }
/// server.port      // any free one
/// server.stop()
/// ```
public final class Server: Sendable {
  public let port: Int
  private let running: Running

  /// - Parameters:
  ///   - address: An address in numbers. Other machines reach any but the default.
  ///   - port: The port to listen on; 0 takes any free one.
  ///   - handler: Answers a request. It is called on several threads at a time.
  public init(
    address: String = "127.0.0.1", port: Int = 0, _ access: Access = .loopback,
    limits: ServerLimits = ServerLimits(), handler: @escaping @Sendable (Request) -> Response
  ) throws {
    let desk = Desk(access: access, limits: limits, cores: Cores.allowed, handler: handler)
    guard let number = UInt16(exactly: port) else {
      throw InputError("port", expected: "a number up to 65535", found: "\(port)")
    }
    var end = FM_HTTP_STARTED
    let server = address.withCString { address in
      var settings = fm_http_settings(
        address: address, port: number, connections: UInt32(limits.connections),
        // The library keeps its own notes about the head in the same memory.
        head: max(4096, 4 * limits.head), body: limits.body,
        patience: Int64(limits.patience * 1000),
        context: Unmanaged.passUnretained(desk).toOpaque(),
        head_read: { Desk.of($0).check(Exchange($1)) },
        whole_read: { Desk.of($0).answer(Exchange($1)) })
      return fm_http_start(&settings, &end)
    }
    guard let server else { throw InputError.start(end, address, port) }
    running = Running(server, desk)
    self.port = Int(fm_http_port(server))
  }

  /// Ends the server. Requests that are under way are told to stop, and waited for.
  public func stop() { running.stop() }
}

/// The server of the C library, which is stopped once and needs the desk until then.
private final class Running: Sendable {
  private let desk: Desk
  private let stopped: Once<Bool>

  init(_ server: OpaquePointer, _ desk: Desk) {
    self.desk = desk
    nonisolated(unsafe) let server = server
    stopped = Once {
      fm_http_stop(server)
      return true
    }
  }

  func stop() { _ = try? stopped.value() }
  deinit { stop() }
}

/// What the connections' threads share.
private final class Desk: Sendable {
  let access: Access
  let limits: ServerLimits
  /// The cores that the thread which started the server may use; each thread has its own number.
  let cores: Int
  let handler: @Sendable (Request) -> Response

  init(
    access: Access, limits: ServerLimits, cores: Int,
    handler: @escaping @Sendable (Request) -> Response
  ) {
    (self.access, self.limits, self.cores, self.handler) = (access, limits, cores, handler)
  }

  static func of(_ context: UnsafeMutableRawPointer?) -> Desk {
    guard let context else { preconditionFailure("The server was started with a context.") }
    return Unmanaged<Desk>.fromOpaque(context).takeUnretainedValue()
  }

  /// Refuses a request by its head, before its body is read.
  func check(_ exchange: Exchange) {
    do {
      try access.check(try exchange.head(limits))
    } catch {
      exchange.send(error.response)
    }
  }

  func answer(_ exchange: Exchange) {
    let wait = exchange.wait
    defer { wait.end() }
    do {
      Cores.allowed = cores
      exchange.send(handler(exchange.request(try exchange.head(limits), wait)))
    } catch {
      exchange.send(error.response)
    }
  }
}

extension Error {
  fileprivate var response: Response {
    (self as? Refusal)?.response ?? .error(500, "Fieldmark made a mistake of its own: \(self).")
  }
}

extension InputError {
  /// Why a server could not be started.
  fileprivate static func start(_ end: fm_http_end, _ address: String, _ port: Int) -> InputError {
    switch end {
    case FM_HTTP_NO_LIBRARY:
      InputError(
        "serving the page", expected: "the library libmicrohttpd.so.12", found: "none",
        hint: "the package libmicrohttpd12 has it")
    case FM_HTTP_NO_ADDRESS:
      InputError(
        "address", expected: "an address of this machine in numbers, such as 127.0.0.1",
        found: "'\(printable(address.utf8))'")
    case FM_HTTP_PORT_TAKEN:
      InputError(
        "port \(port)", expected: "a port that is free", found: "one that another program uses",
        hint: "without a number, a free one is chosen", settings: ["port"])
    case FM_HTTP_PORT_FORBIDDEN:
      InputError(
        "port \(port)", expected: "a port from 1024 on",
        found: "one that only an administrator may use")
    default:
      InputError("port \(port)", expected: "a server to start", found: "a refusal of the system")
    }
  }
}
