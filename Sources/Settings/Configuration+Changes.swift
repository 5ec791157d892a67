import Records

extension Configuration {
  /// How accounts and deals change hands when the planned model comes.
  public struct Handover: Sendable {
    /// The text of an expression over accounts; those that meet it stay where they are.
    public var holdOutCondition: Located<String>?
    /// The last day on which those that meet it stay; nil: for good.
    public var holdOutsUntil: Day?
    /// A deal that closes within so many days after the as-of date is at a late stage.
    public var closingWithin = 30
    /// The disruption of the open deals whose owners change together with their accounts'.
    public var deals: [Disruption] = [.early, .late]

    /// What holds without a file.
    public init() {}

    /// How much a change of owner disturbs an open deal.
    public enum Disruption: String, Hashable, Sendable, CaseIterable {
      case early, late
    }
  }
}

extension Configuration.Handover {
  /// Reads the keys of this file's subject, which stand among those of the planned model.
  init(_ keys: KeyReader) {
    holdOutCondition = keys.value("hold_out_where")?.located(name: keys.findings)
    holdOutsUntil = keys.day("hold_out_until")
    if holdOutsUntil != nil, holdOutCondition == nil, let entry = keys.entry("hold_out_until") {
      keys.findings.add(
        .value, at: entry.at, "\"hold_out_until\" stands without \"hold_out_where\"",
        "add the condition of the accounts that stay, or write the day into the column until of"
          + " hold_outs")
    }
    if let days = keys.value("closing_within")?.days(keys.findings) { closingWithin = days }
    if keys.has("hand_over_deals") {
      deals = keys.list("hand_over_deals").compactMap {
        $0.oneOf(Disruption.self, keys.findings)
      }
    }
  }
}
