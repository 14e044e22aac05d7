import Ground

/// Who may ask: programs of this machine and the server's own page, and who knows the token where
/// there is one. Pages of other sites may not.
///
/// ```swift
/// let access = Access(address: "0.0.0.0", token: "correct horse")
/// ```
public struct Access: Sendable {
  private let hosts: HostNames
  /// The digest of the token. Two digests are compared in the same time wherever they differ.
  private let token: [UInt8]?

  /// The access to a server that only this machine reaches, without a token.
  public static let loopback = Access(address: "127.0.0.1")

  /// - Parameter machine: The name of this machine, by which others reach it.
  public init(address: String, machine: String? = nil, token: String? = nil) {
    hosts = HostNames(address: address, machine: machine)
    self.token = token.map(Self.digest)
  }

  /// Throws a refusal if a request may not be answered.
  package func check(_ head: RequestHead) throws {
    try checkHost(head)
    try checkOrigin(head)
    try checkToken(head)
    try checkType(head)
  }

  private func checkHost(_ head: RequestHead) throws {
    guard let host = head.headers["host"], !host.isEmpty else {
      throw Refusal(400, "The request does not say in Host whom it asks.")
    }
    guard hosts.contain(host) else {
      throw Refusal(403, "This server is not called '\(printable(host.utf8))'.")
    }
  }

  private func checkOrigin(_ head: RequestHead) throws {
    let foreign = Refusal(403, "Pages of other sites may not ask this server.")
    if let origin = head.headers["origin"], origin.lowercased() != "http://\(head.host)" {
      throw foreign
    }
    guard let site = head.headers["sec-fetch-site"], !["same-origin", "none"].contains(site)
    else { return }
    // A link on another page may lead here: that page does not get to see what is shown.
    let isLink =
      head.headers["sec-fetch-mode"] == "navigate" && head.headers["sec-fetch-dest"] == "document"
    guard isLink, head.method == "GET", head.target.path.first != "api" else { throw foreign }
  }

  private func checkToken(_ head: RequestHead) throws {
    guard let token, !Self.isOpen(head.target.path) else { return }
    let bearer = "bearer "
    let header = head.headers["authorization"].flatMap {
      $0.lowercased().hasPrefix(bearer) ? String($0.dropFirst(bearer.count)) : nil
    }
    let given = [header, head.target.query["token"]].compactMap { $0 }.map(Self.digest)
    guard given.contains(where: { Self.areEqual($0, token) }) else {
      throw Refusal(
        401,
        "This server asks for a token; the address that 'fieldmark serve' printed has it at its end.",
        headers: ["WWW-Authenticate": "Bearer"])
    }
  }

  /// Whether everybody may read a file: the style and the scripts of the page are no secret, and a
  /// browser fetches them without a token.
  private static func isOpen(_ path: [String]) -> Bool {
    path.count == 1 && [".css", ".js", ".svg"].contains { path[0].hasSuffix($0) }
  }

  /// A form of another page can send a body, but only of types that are not among these.
  private func checkType(_ head: RequestHead) throws {
    guard ["POST", "PUT", "PATCH"].contains(head.method) || (head.length ?? 0) > 0 else { return }
    let type = (head.headers["content-type"] ?? "").lowercased().prefix { $0 != ";" && $0 != " " }
    guard
      type == "application/json" || type == "application/octet-stream" || type.hasPrefix("image/")
    else {
      throw Refusal(
        415,
        "The body of the request has to be application/json, application/octet-stream or a picture."
      )
    }
  }

  private static func digest(_ token: String) -> [UInt8] { Digest.sha256(of: [token]).bytes }

  private static func areEqual(_ a: [UInt8], _ b: [UInt8]) -> Bool {
    zip(a, b).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
  }
}

extension RequestHead {
  /// The name by which the server is asked, in lower case.
  fileprivate var host: String { (headers["host"] ?? "").lowercased() }
}
