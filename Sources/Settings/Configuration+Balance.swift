import Records

extension Configuration {
  /// What may move, and where to, where territories are balanced.
  public struct Balance: Sendable {
    /// How far a family may go.
    public enum Reach: String, Hashable, Sendable, CaseIterable {
      /// To territories below the same parent.
      case parent
      /// To territories below the same territory of the second level.
      case region
      /// To any territory that is compared.
      case model
    }

    /// What territories are to be alike in.
    public enum Measure: String, Hashable, Sendable, CaseIterable {
      case value, workload, potential
    }

    public var reach = Reach.region
    /// A condition over an account and the territories it would leave (`From.`) and reach (`To.`).
    public var allowed: Located<String>?
    /// A condition over accounts that stay.
    public var fixed: Located<String>?
    /// A condition over open deals whose accounts stay; nil: the one of late deals.
    public var lateDeals: Located<String>?
    public var measures = Measure.allCases

    /// What holds without a file.
    public init() {}
  }

  /// Reads the keys of this file's subject.
  mutating func readBalance(_ keys: KeyReader) {
    balance = keys.read("balance") { Balance($0) } ?? Balance()
  }
}

extension Configuration.Balance {
  fileprivate init(_ keys: KeyReader) {
    reach = keys.oneOf("reach", Reach.self) ?? .region
    allowed = keys.located("allowed")
    fixed = keys.located("fixed")
    lateDeals = keys.located("late_deals")
    let stated = keys.names("measures").compactMap { name -> Measure? in
      if let measure = Measure(rawValue: name.value) { return measure }
      let names = Measure.allCases.map(\.rawValue)
      keys.findings.add(
        .value, at: name.at, "\"\(name.value)\" is no measure of a balance",
        Suggestion.sentence(
          for: name.value, in: names, otherwise: "use \(Suggestion.list(names))"))
      return nil
    }
    if !stated.isEmpty { measures = Measure.allCases.filter(stated.contains) }
  }
}
