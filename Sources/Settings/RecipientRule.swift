import Records

/// Who gets an edition of a report: people whom the export names by a rule, or an address.
public enum RecipientRule: Hashable, Sendable {
  /// The manager of the edition's territory, or of each territory of its manager.
  case territoryManagers
  /// The users of the edition's territory, of one role there or of all.
  case territoryUsers(role: String?)
  /// The forecast manager of the edition's territory (ForecastUserId).
  case forecastManagers
  /// Who owns an account that the edition is about.
  case accountOwners
  /// The managers who lose or gain an account.
  case managersAffected
  /// An address of mail.
  case address(String)

  /// The words that stand for people whom the export names.
  public static let words = [
    "territory_managers", "territory_users", "forecast_managers", "account_owners",
    "managers_affected",
  ]

  /// Reads a word or an address; nil where it is neither.
  public init?(_ text: String) {
    switch text {
    case "territory_managers": self = .territoryManagers
    case "territory_users": self = .territoryUsers(role: nil)
    case "forecast_managers": self = .forecastManagers
    case "account_owners": self = .accountOwners
    case "managers_affected": self = .managersAffected
    default:
      guard MailAddress.isAddress(text) else { return nil }
      self = .address(text)
    }
  }

  /// Reads what stands behind `to:`, one rule or a list of them.
  ///
  /// - Parameters:
  ///   - value: words, addresses, and `territory_users: ROLE` for the users of one role.
  ///   - findings: where errors go.
  /// - Returns: the rules in the order of the file.
  public static func list(_ value: Value, _ findings: Findings) -> [RecipientRule] {
    value.list(findings).compactMap { item in
      if case .mapping = item.kind {
        let role = item.read(findings) { keys in
          keys.required("territory_users")?.located(name: findings)
        }
        guard let role, let role else { return nil }
        return .territoryUsers(role: role.value)
      }
      guard let text = item.located(findings) else { return nil }
      if let rule = RecipientRule(text.value) { return rule }
      findings.add(
        .value, at: text.at, "\"\(text.value)\" is nobody to send a report to",
        Suggestion.sentence(
          for: text.value, in: words,
          otherwise: "use \(Suggestion.list(words)), or an address such as ops@acme.example"))
      return nil
    }
  }
}
