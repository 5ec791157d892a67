import Records
import Settings

/// Where the active model's rules would put leads by their own fields, as if they were accounts.
public struct LeadTerritories: Sendable {
  /// For each lead row the territories, by index in the assignment's model.
  public let territories: Adjacency
  /// Rows of leads about which a rule cannot say.
  public let undecided: Set<Int32>

  /// The field of a lead that stands for one of an account.
  static let fields = [
    "Name": "Company", "BillingState": "State", "BillingCity": "City",
    "BillingPostalCode": "PostalCode", "BillingCountry": "Country", "ShippingState": "State",
    "ShippingCity": "City", "ShippingPostalCode": "PostalCode", "ShippingCountry": "Country",
    "Website": "Website", "Phone": "Phone", "Industry": "Industry",
    "NumberOfEmployees": "NumberOfEmployees", "AnnualRevenue": "AnnualRevenue",
    "OwnerId": "OwnerId", "AccountSource": "LeadSource",
  ]

  /// Runs the rules; nil where the active model has no active rule.
  ///
  /// - Parameters:
  ///   - records: the export, with the rules of its active model.
  ///   - assignment: who holds what in that model.
  ///   - combination: whether all rules of a territory have to match, or one.
  ///   - threads: how many threads to use; the territories do not depend on it.
  public init?(
    _ records: RecordSet, _ assignment: Assignment,
    combination: Configuration.RuleCombination = .all, threads: Int
  ) {
    guard let model = ModelLibrary(records: records).active, let tree = assignment.model,
      model.plan.rules.contains(where: \.isActive)
    else { return nil }
    let run = RuleRun(
      model, over: records[.lead], names: LeadTerritories.fields, records: records,
      combination: combination, threads: threads)
    let found = run.simulated()
    // The same territories, which either side may have in an order of its own.
    let indexes = Dictionary(
      tree.ids.enumerated().map { ($1, Int32($0)) }, uniquingKeysWith: { first, _ in first })
    let own = model.tree.ids.map { indexes[$0] ?? -1 }
    territories = Adjacency(sources: records[.lead].count) { lead, targets in
      targets += found.territoriesOfAccount[lead].map { own[Int($0)] }.filter { $0 >= 0 }.sorted()
    }
    undecided = Set(found.undecided.map(\.pair.account))
  }
}
