import Glibc
import Ground
import Parsing
import Serving

/// Where the page is served, and who may ask for it.
struct ServeAddress: Sendable {
  struct Options: OptionGroup {
    let port = Option<Int?>(
      "port", short: "p", role: .silent,
      "The port of the page's address; 0 takes any free one. Without it, the port is 7777, or any free one if "
        + "another program uses that.")
    let host = Option<String>(
      "host", placeholder: "ADDRESS", default: "127.0.0.1", role: .silent,
      "The address, in numbers, at which the page can be reached. The default can be reached from this machine "
        + "alone, and 0.0.0.0 from every other machine of the network.")
    let token = Option<String?>(
      "token", role: .silent,
      "A secret text that the page's address has to have. Without it, one is made up if other machines can "
        + "reach the page.")
  }

  static let port = 7777

  let host: String
  /// The port that was asked for; nil if any will do.
  private let asked: Int?
  let token: String?

  init(_ input: Input) throws {
    let given = input[Options.host]
    host = given == "localhost" ? "127.0.0.1" : given
    asked = input[Options.port]
    if let asked, !(0...65535).contains(asked) {
      throw InputError("option --port", expected: "0 to 65535", found: "\(asked)", kind: .words)
    }
    let text = input[Options.token]
    if let text, text.utf8.count < 8 || !text.utf8.allSatisfy(Self.isPlain) {
      throw InputError(
        "option --token",
        expected: "at least 8 letters of the English alphabet, digits, '-', '_', '.' or '~'",
        found: quoted(Word(text.utf8)), kind: .words)
    }
    token = text ?? (Self.isLoopback(host) ? nil : Self.random())
  }

  /// Whether other machines can reach the page.
  var isOpen: Bool { !Self.isLoopback(host) }

  /// Starts the server. If the usual port is not free and no other was asked for, any is taken.
  func start(
    _ limits: ServerLimits = ServerLimits(), usual: Int = port,
    handler: @escaping @Sendable (Request) -> Response
  ) throws -> (server: Server, notes: [String]) {
    let access = Access(address: host, machine: isOpen ? machine : nil, token: token)
    func started(_ port: Int) throws -> Server {
      try Server(address: host, port: port, access, limits: limits, handler: handler)
    }
    if let asked { return (try started(asked), []) }
    if let server = try? started(usual) { return (server, []) }
    let server = try started(0)
    return (server, ["Port \(usual) is not free, so the page is at port \(server.port)."])
  }

  /// The address to open in a browser.
  func text(port: Int) -> String {
    let name = ["0.0.0.0", "::"].contains(host) ? machine ?? host : host
    let address = "http://\(name.contains(":") ? "[\(name)]" : name):\(port)/"
    return address + (token.map { "?token=\($0)" } ?? "")
  }

  /// The name of this machine; nil if it has none that an address can contain.
  private var machine: String? {
    var name = [CChar](repeating: 0, count: 256)
    guard gethostname(&name, name.count - 1) == 0 else { return nil }
    let text = String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    return text.isEmpty || !text.utf8.allSatisfy(Self.isPlain) ? nil : text
  }

  private static func isLoopback(_ host: String) -> Bool { host.hasPrefix("127.") || host == "::1" }

  /// Whether a character stands for itself in an address.
  private static func isPlain(_ byte: UInt8) -> Bool {
    let character = Unicode.Scalar(byte)
    return character.isASCII
      && (character.properties.isAlphabetic || "0123456789-_.~".unicodeScalars.contains(character))
  }

  private static func random() -> String {
    var system = SystemRandomNumberGenerator()
    let letters = Array("abcdefghijkmnpqrstuvwxyz23456789")
    return String((0..<26).map { _ in letters[Int.random(in: 0..<letters.count, using: &system)] })
  }
}
