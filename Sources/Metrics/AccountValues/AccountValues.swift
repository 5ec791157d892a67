import Records
import Settings

/// What accounts are worth: METRICS §2, account value, as docs/metrics.md defines it.
///
/// Grain: one entry per account, by its row. Scores are of the whole company in every scope.
struct AccountValues: Sendable {
  /// Twelve times the recurring revenue, and open bookings; nil where the export has neither.
  private(set) var own: [Int128]?
  /// The same of the family, on each of its accounts.
  private(set) var family: [Int128]?
  /// In millionths; `Shares.unknown` where nothing is known.
  let scores: [Int32]
  /// Share of the weights whose part is known, in millionths.
  let confidences: [Int32]

  /// Scores every account.
  static func of(_ ledger: Ledger) -> Ledger.Derived<AccountValues> {
    let counted = ledger.settings.accountValues.counted
    let sources = AccountValueSources(ledger)
    let parts = Parallel.each(counted, threads: ledger.threads) { sources.shares($0.part) }
    let weights = counted.map(\.weight)
    let all = weights.reduce(0, +)
    let shares = parts.map(\.shares)
    let scored = Parallel.rows(sources.count, threads: ledger.threads) { row in
      var (known, total): (Int64, Int64) = (0, 0)
      for (shares, weight) in zip(shares, weights) where shares[row] != Shares.unknown {
        known += weight
        total += weight * Int64(shares[row])
      }
      return Scored(
        score: known == 0 ? Shares.unknown : rounded(total, known),
        confidence: rounded(known * Shares.whole, all))
    }
    var values = AccountValues(
      scores: scored.map(\.score), confidences: scored.map(\.confidence))
    if let own = sources.own {
      values.own = own
      values.family = families(own, ledger.families.value.value)
    }
    var findings = FindingLog()
    for finding in parts.compactMap(\.finding) { findings.add(finding) }
    return Ledger.Derived(value: values, findings: findings)
  }

  private struct Scored {
    let score: Int32
    let confidence: Int32
  }

  private init(scores: [Int32], confidences: [Int32]) {
    self.scores = scores
    self.confidences = confidences
  }

  /// A quotient of numbers that are not negative, rounded half away from zero.
  @inline(__always)
  private static func rounded(_ numerator: Int64, _ denominator: Int64) -> Int32 {
    guard denominator > 0 else { return 0 }
    let (quotient, rest) = numerator.quotientAndRemainder(dividingBy: denominator)
    return Int32(quotient) + (rest >= denominator - rest ? 1 : 0)
  }

  private static func families(_ own: [Int128], _ forest: Forest) -> [Int128] {
    var sums = [Int128](repeating: 0, count: own.count)
    for row in own.indices where own[row] != 0 { sums[Int(forest.roots[row])] += own[row] }
    return own.indices.map { sums[Int(forest.roots[$0])] }
  }

  /// Fields of accounts that are made from their values.
  static let fields = ["ValueScore", "IsTopDecile", "RepFlag"]

  /// Scores with four decimals, as fields of expressions are.
  var decimals: [Int64] {
    scores.map { $0 == Shares.unknown ? Exact.null : Int64(AccountValues.rounded(Int64($0), 100)) }
  }

  /// Rows of some accounts: score descending, then Id.
  func ranked(_ rows: [Int32]) -> [Int32] {
    // An unknown score sorts as 0.
    Ranking.descending(rows, by: Integers(scores.map { max($0, 0) }))
  }
}

extension Ledger {
  /// Which accounts may have the wrong owner.
  var repFlags: RepFlags {
    repFlagCache.value(for: true) { RepFlags(self) }
  }

  /// What accounts are worth, with what was wrong in the settings.
  var accountValues: Derived<AccountValues> {
    accountValueCache.value(for: true) { AccountValues.of(self) }
  }

  /// The open deals of the whole company.
  var openDeals: OpenDeals {
    openDealCache.value(for: true) { OpenDeals(self, self.countedDeals.value) }
  }

  /// Consolidated revenue, of the whole company.
  var consolidatedRevenue: ConsolidatedRevenue {
    consolidatedRevenueCache.value(for: true) { ConsolidatedRevenue(self, nil) }
  }

  /// The products that families bought, of the whole company.
  var productPairs: ProductPairs {
    productPairCache.value(for: true) { ProductPairs(self, ScopeMasks(self), .company) }
  }
}
