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
  /// How far from its mean a territory may be, in millionths.
  public var tolerance: Int64
  /// nil: any number.
  public var most: Most?

  public init(
    _ configuration: Configuration.Balance = Configuration.Balance(), tolerance: Int64 = 150_000,
    most: Most? = nil
  ) {
    self.configuration = configuration
    self.tolerance = tolerance
    self.most = most
  }

  /// The conditions over records, with what they are about, so that their fields are read.
  public static func conditions(
    _ configuration: Configuration.Balance
  ) -> [(fact: Fact, text: ExpressionText)] {
    let accounts = [configuration.allowed, configuration.fixed].compactMap { $0 }.map {
      (Fact.accounts, ExpressionText($0.value, at: $0.at))
    }
    let late = configuration.lateDeals
    return accounts + [(.opportunities, ExpressionText(late.value, at: late.at))]
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
