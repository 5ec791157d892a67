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
}
