/// One mailbox: a name for people and an address for servers.
public struct MailAddress: Hashable, Sendable {
  /// What people read; nil where there is none.
  public let name: String?
  /// The address, as in `user@example.com`.
  public let address: String

  /// - Parameters:
  ///   - name: what people read.
  ///   - address: the address, as in `user@example.com`.
  public init(name: String?, address: String) {
    self.name = name
    self.address = address
  }

  /// Reads `ops@acme.example` or `Sales Operations <ops@acme.example>`; nil where it is neither.
  public init?(_ text: String) {
    guard text.hasSuffix(">"), let open = text.lastIndex(of: "<") else {
      guard MailAddress.isAddress(text) else { return nil }
      self.init(name: nil, address: text)
      return
    }
    let address = String(text[text.index(after: open)...].dropLast())
    guard MailAddress.isAddress(address) else { return nil }
    var name = text[..<open]
    while let last = name.last, last.isWhitespace { name.removeLast() }
    while let first = name.first, first.isWhitespace { name.removeFirst() }
    if name.count >= 2, name.first == "\"", name.last == "\"" { name = name.dropFirst().dropLast() }
    self.init(name: name.isEmpty ? nil : String(name), address: address)
  }

  /// Whether a text is an address that mail can be sent to: one `@`, a domain with a point or
  /// `localhost`, and none of the characters that would end it in a header or a command.
  ///
  /// - Parameter text: such as `user@example.com`.
  /// - Returns: whether it is one.
  public static func isAddress(_ text: String) -> Bool {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, parts[1] == "localhost" || parts[1].contains("."),
      !parts[1].hasPrefix("."), !parts[1].hasSuffix("."), text.utf8.count <= 254
    else { return false }
    return !text.unicodeScalars.contains { scalar in
      scalar.value <= 0x20 || (0x7F...0xA0).contains(scalar.value)
        || (0x2028...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
        || "<>(),;:\\\"[]".unicodeScalars.contains(scalar)
    }
  }
}
