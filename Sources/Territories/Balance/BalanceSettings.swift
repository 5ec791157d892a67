import Expressions
import Metrics
import Records
import Settings

/// What a balance of territories is asked for.
public struct BalanceSettings: Sendable {
  /// How many accounts may move at most.
  public enum Most: Hashable, Sendable {
    case accounts(Int)
    /// A share of all accounts that the territories hold, in millionths.
    case share(Int64)
  }

  /// What may move, and where to.
  public var configuration: Configuration.Balance
  /// A condition over open deals whose accounts stay.
  public var lateDeals: Located<String>
  /// How far from its mean a territory may be, in millionths.
  public var tolerance: Int64
  /// nil: any number.
  public var most: Most?

  public init(
    _ project: Configuration = Configuration(), tolerance: Int64 = 150_000, most: Most? = nil
  ) {
    configuration = project.balance
    lateDeals = configuration.lateDeals ?? project.deals.lateCondition
    self.tolerance = tolerance
    self.most = most
  }

  /// The conditions over records, with what they are about, so that their fields are read.
  public var conditions: [(fact: Fact, text: ExpressionText)] {
    let accounts = [configuration.allowed, configuration.fixed].compactMap { $0 }.map {
      (Fact.accounts, ExpressionText($0.value, at: $0.at))
    }
    return accounts + [(.opportunities, ExpressionText(lateDeals.value, at: lateDeals.at))]
  }
}

extension Configuration.Balance.Measure {
  /// As people read it.
  var title: String {
    switch self {
    case .value: "Value"
    case .workload: "Workload"
    case .potential: "Quota potential"
    }
  }
}
