import Ground

/// The server that repositories of models are fetched from.
///
/// ```swift
/// let hub = try Hub(.process)
/// hub.address(of: "config.json", in: "org/name", at: commit)
/// ```
package struct Hub: Equatable, Sendable {
  /// `https://huggingface.co`, or the value of HF_ENDPOINT.
  package let endpoint: String
  /// The value of HF_TOKEN, by which the hub knows who asks.
  package let token: String?

  /// Throws if HF_HUB_OFFLINE or TRANSFORMERS_OFFLINE forbids every connection.
  package init(_ environment: Environment) throws {
    if let name = ["HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"].first(where: environment.isOn) {
      throw InputError(
        "models get", expected: "permission to connect to the hub",
        found: "\(name)=\(environment.text(name) ?? "")", kind: .words)
    }
    let endpoint = environment.text("HF_ENDPOINT") ?? "https://huggingface.co"
    guard Hub.origin(of: endpoint) != nil, endpoint.utf8.allSatisfy({ (0x21...0x7e) ~= $0 }) else {
      throw InputError(
        "HF_ENDPOINT", expected: "an address that begins with https:// or http://",
        found: "'\(printable(endpoint.utf8))'", kind: .words)
    }
    let token = environment.text("HF_TOKEN")
    guard token?.utf8.allSatisfy({ (0x21...0x7e) ~= $0 }) ?? true else {
      throw InputError(
        "HF_TOKEN", expected: "letters, digits and signs only", found: "something else in it",
        kind: .words)
    }
    self.endpoint = endpoint.hasSuffix("/") ? String(endpoint.dropLast()) : endpoint
    self.token = token
  }

  package func address(of file: String, in repository: String, at commit: String) -> String {
    let parts = file.split(separator: "/").map(Hub.escaped).joined(separator: "/")
    return "\(endpoint)/\(repository)/resolve/\(Hub.escaped(commit))/\(parts)"
  }

  /// The address of the list of a repository's files.
  package func address(ofListOf repository: String, at revision: String) -> String {
    "\(endpoint)/api/models/\(repository)/revision/\(Hub.escaped(revision))?blobs=true"
  }

  /// The token, for addresses of the endpoint's own server; nil for any other.
  package func token(for address: String) -> String? {
    Hub.origin(of: address) == Hub.origin(of: endpoint) ? token : nil
  }

  /// The scheme, host and port of an address. The result is nil for anything but http and https,
  /// and for hosts with characters that hosts do not have: `@`, `\\` and the like can disguise one
  /// host as another.
  static func origin(of address: String) -> String? {
    let lowercased = address.lowercased()
    let ports = ["https://": ":443", "http://": ":80"]
    guard let scheme = ports.keys.first(where: lowercased.hasPrefix), let port = ports[scheme]
    else { return nil }
    let host = lowercased.dropFirst(scheme.count).prefix { !"/?#".contains($0) }
    guard !host.isEmpty, host.utf8.allSatisfy(Self.isPartOfHost) else { return nil }
    let hasPort = host.last?.isNumber == true && host.contains { $0 == ":" } && !host.hasSuffix("]")
    return scheme + host + (hasPort ? "" : port)
  }

  private static func isPartOfHost(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "-_.:[]".utf8.contains(byte)
  }

  /// A part of an address in which everything that has a meaning there is escaped.
  static func escaped(_ part: some StringProtocol) -> String {
    part.utf8.map { byte in
      let isPlain =
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "-_.~".utf8.contains(byte)
      return isPlain
        ? String(UnicodeScalar(byte))
        : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }.joined()
  }
}
