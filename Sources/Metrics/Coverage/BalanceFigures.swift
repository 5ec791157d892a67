import Expressions
import Records

/// What each account weighs where territories are balanced against each other.
///
/// Grain: one entry per account, by its row; none is below zero.
public struct BalanceFigures: Sendable {
  /// In 1/10,000 of a unit of the corporate currency: twelve times the recurring revenue and open
  /// bookings; where no recurring revenue is known, open bookings and those won in the trailing four
  /// quarters.
  public let values: [Int64]
  /// In 1/10,000 of an account that is to be seen as often as the policy says of most: one that is to
  /// be seen twice as often weighs two.
  public let workloads: [Int64]
  /// In 1/10,000 of a unit: what an account of its segment bought on average in the trailing four
  /// quarters.
  public let potentials: [Int64]
  /// Whether somebody works with the account: recurring revenue, an open or a won deal, or activity
  /// within the days after which an account is neglected.
  public let isRelated: [Bool]
  /// Whether recurring revenue is known, so that it is part of the value.
  public let knowsRecurringRevenue: Bool

  init(_ ledger: Ledger) {
    let sources = AccountValueSources(ledger)
    let count = sources.count
    let own = sources.own
    let won = sources.wonAmounts
    let settings = ledger.settings.coverage
    var findings = FindingLog()
    let days = Neglect.allowedDays(ledger, &findings)
    let (activities, asOf) = (ledger.lastActivities.value.days, ledger.records.asOf.number)
    let isRecurring = sources.knowsRevenue
    values = (0..<count).map { row in
      BalanceFigures.amount((own?[row] ?? 0) + (isRecurring ? 0 : won[row]))
    }
    workloads = (0..<count).map { row in
      guard !days.isEmpty, days[row] > 0 else { return Exact.scale }
      return max(1, Exact.scale * Int64(settings.neglectedAfter) / Int64(days[row]))
    }
    let segments = ledger.segments.value
    var (sums, sizes) = (
      [Int128](repeating: 0, count: segments.names.count),
      [Int128](repeating: 0, count: segments.names.count)
    )
    for row in 0..<count {
      sums[Int(segments.codes[row])] += max(0, won[row])
      sizes[Int(segments.codes[row])] += 1
    }
    let means = zip(sums, sizes).map { sum, size in
      size == 0 ? 0 : BalanceFigures.amount(Exact.divide(sum, by: size))
    }
    potentials = (0..<count).map { means[Int(segments.codes[$0])] }
    isRelated = (0..<count).map { row in
      (own?[row] ?? 0) != 0 || won[row] != 0
        || activities[row] != Day.null && activities[row] >= asOf - Int32(settings.neglectedAfter)
    }
    knowsRecurringRevenue = isRecurring
  }

  private static func amount(_ value: Int128) -> Int64 {
    Int64(min(max(0, value), Int128(Int64.max / 4)))
  }
}

extension LocalEngine {
  /// What each account weighs where territories are balanced.
  public var balanceFigures: BalanceFigures { BalanceFigures(ledger) }

  /// For each territory of the assignment's model whether it takes what no other does.
  public var catchAllTerritories: [Bool] { coverage.catchAlls.value.value }

  /// Finds the fields that an expression over a fact may name.
  public func resolver(of fact: Fact) -> any FieldResolver {
    FactResolver(fact, ledger: ledger)
  }
}
