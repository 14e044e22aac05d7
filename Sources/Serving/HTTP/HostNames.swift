/// The names under which a server may be reached.
///
/// A page of another site can make its own name point to this machine, and would then be allowed to
/// read what is served here. The browser still sends that name, by which it is recognized.
package struct HostNames: Sendable {
  private let names: Set<String>
  /// The machine's own name up to its first dot, and whether any address in numbers is right. Both
  /// only hold for a server that other machines reach.
  private let machine: String?
  private let allowsNumbers: Bool

  /// The names for a server that listens at an address.
  package init(address: String, machine: String?) {
    let own = address.contains(":") ? "[\(address)]" : address
    names = ["127.0.0.1", "localhost", "[::1]", own.lowercased()]
    self.machine = machine?.lowercased().split(separator: ".").first.map(String.init)
    allowsNumbers = ["0.0.0.0", "::"].contains(address)
  }

  /// Whether a `Host` header names this server. The port may be any: it is another one where the
  /// port is forwarded from elsewhere, as ssh does it.
  package func contain(_ host: String) -> Bool {
    let host = host.lowercased()
    let name: Substring
    if host.hasPrefix("[") {
      guard let end = host.firstIndex(of: "]") else { return false }
      name = host[...end]
    } else {
      name = host.prefix { $0 != ":" }
    }
    let rest = host.dropFirst(name.count)
    let port = rest.dropFirst()
    guard
      rest.isEmpty || (rest.first == ":" && UInt16(port) != nil && port.allSatisfy(\.isNumber))
    else { return false }
    if names.contains(String(name)) { return true }
    if allowsNumbers, Self.isNumeric(name) { return true }
    return machine != nil && name.split(separator: ".").first.map(String.init) == machine
  }

  /// Whether a name is an address in numbers, which cannot be made to point elsewhere.
  private static func isNumeric(_ name: Substring) -> Bool {
    if name.hasPrefix("[") {
      return name.dropFirst().dropLast().allSatisfy { $0.isHexDigit || $0 == ":" || $0 == "." }
    }
    let numbers = name.split(separator: ".", omittingEmptySubsequences: false)
    return numbers.count == 4 && numbers.allSatisfy { UInt8($0) != nil }
  }
}
