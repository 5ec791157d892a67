/// Somebody who gets an edition.
///
/// Grain: one per edition and address.
public struct Addressee: Hashable, Sendable {
  /// What people call them; nil where only the address is known.
  public let name: String?
  public let address: String
  /// Such as "sent to you because Ann Lee, who manages EMEA, is away"; nil where it is theirs.
  public let because: String?

  public init(name: String?, address: String, because: String? = nil) {
    self.name = name
    self.address = address
    self.because = because
  }

  /// Name and reason, as a footer says them.
  public var shown: String { (name ?? address) + (because.map { " (\($0))" } ?? "") }
}
