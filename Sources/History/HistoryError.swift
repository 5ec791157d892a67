import Records

/// Why the history cannot be read or kept.
public struct HistoryError: Error, Equatable, Sendable {
  /// What is wrong, as a finding for the user.
  public let finding: Finding

  /// - Parameter finding: what is wrong.
  public init(_ finding: Finding) { self.finding = finding }
}
