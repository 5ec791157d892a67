import Records

/// What the value of an account is made of: METRICS §2, account value.
public enum AccountValuePart: String, CaseIterable, Hashable, Sendable {
  case recurringRevenue = "recurring_revenue"
  case openPipeline = "open_pipeline"
  case whitespace
  case familyRevenue = "family_revenue"
  case relationships
  case walletShare = "wallet_share"
  case salesCycle = "sales_cycle"
  case solvency
  case fit
  case channel
  case churnRisk = "churn_risk"

  /// The weight that it has where the configuration gives none, in whole units.
  public var usualWeight: Int64 {
    switch self {
    case .recurringRevenue: 25
    case .openPipeline: 15
    case .whitespace, .familyRevenue, .relationships: 10
    case .walletShare, .salesCycle, .solvency, .fit, .channel, .churnRisk: 5
    }
  }

  /// Whether a field of the account may decide it.
  public var takesField: Bool {
    switch self {
    case .solvency, .fit, .channel, .churnRisk: true
    default: false
    }
  }

  /// Whether it counts only where a field decides it.
  public var needsField: Bool { takesField && self != .churnRisk }
}

extension Configuration {
  /// How accounts are scored.
  public struct AccountValues: Sendable {
    /// Weights that differ from the usual, in 1/10,000.
    public var weights: [AccountValuePart: Int64] = [:]
    /// The fields that decide about parts.
    public var fields: [AccountValuePart: Field] = [:]

    /// The usual weights, and no fields.
    public init() {}

    /// A field of accounts that decides about a part.
    public struct Field: Sendable {
      public let name: Located<String>
      /// What each of its texts is worth, 0 to 100, in 1/10,000; empty: the field holds numbers.
      public let values: [(text: String, worth: Int64)]
    }
  }

  /// Reads the keys of this file's subject.
  mutating func readAccountValues(_ keys: KeyReader) {
    accountValues = keys.read("account_values") { AccountValues($0) } ?? AccountValues()
  }
}

extension Configuration.AccountValues {
  private static let most: Int64 = 1_000_000 * Exact.scale

  fileprivate init(_ keys: KeyReader) {
    for entry in keys.entries("weights") {
      guard let part = Self.part(entry, among: AccountValuePart.allCases, keys.findings),
        let weight = Self.number(entry.value, upTo: Self.most, keys.findings)
      else { continue }
      weights[part] = weight
    }
    for entry in keys.entries("fields") {
      let parts = AccountValuePart.allCases.filter(\.takesField)
      guard let part = Self.part(entry, among: parts, keys.findings),
        let field = Self.field(entry.value, keys.findings)
      else { continue }
      fields[part] = field
    }
    let counted = AccountValuePart.allCases.filter { !$0.needsField || fields[$0] != nil }
    if counted.allSatisfy({ weights[$0] == 0 }) {
      keys.findings.add(
        .value, at: keys.group.at, "\"account_values\" gives every part that counts the weight 0",
        "give one of them a weight above 0")
    }
  }

  private static func part(
    _ entry: Value.Entry, among parts: [AccountValuePart], _ findings: Findings
  ) -> AccountValuePart? {
    if let part = parts.first(where: { $0.rawValue == entry.key }) { return part }
    let isKnown = AccountValuePart(rawValue: entry.key) != nil
    let names = parts.map(\.rawValue)
    findings.add(
      isKnown ? .value : .unknownKey, at: entry.at,
      isKnown
        ? "no field decides about \"\(entry.key)\""
        : "\"\(entry.key)\" is no part of an account's value",
      isKnown
        ? "use \(Suggestion.list(names))"
        : Suggestion.sentence(
          for: entry.key, in: names, otherwise: "use \(Suggestion.list(names))"))
    return nil
  }

  private static func field(_ value: Value, _ findings: Findings) -> Field? {
    guard case .mapping = value.kind else {
      return value.located(name: findings).map { Field(name: $0, values: []) }
    }
    return value.read(findings) { keys in
      let name = keys.required("field")?.located(name: findings)
      let values = keys.entries("values").compactMap { entry in
        number(entry.value, upTo: 100 * Exact.scale, findings).map { (entry.key, $0) }
      }
      return name.map { Field(name: $0, values: values) }
    } ?? nil
  }

  private static func number(
    _ value: Value, upTo most: Int64, _ findings: Findings
  ) -> Int64? {
    guard let number = value.decimal(findings) else { return nil }
    guard (0...most).contains(number) else {
      value.refuse("a number from 0 to \(most / Exact.scale)", findings)
      return nil
    }
    return number
  }
}
