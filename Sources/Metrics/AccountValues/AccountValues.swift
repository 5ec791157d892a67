import Records
import Settings

/// What accounts are worth: METRICS §2, account value, as docs/metrics.md defines it.
///
/// Grain: one entry per account, by its row. Scores are of the whole company in every scope.
struct AccountValues: Sendable {
  /// Twelve times the recurring revenue, and open bookings; nil where the export has neither.
  let own: Integers?
  /// The same of families, at the row of the ultimate parent.
  let ofFamily: Integers?
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
    let chunks = Parallel.chunked(sources.count, threads: ledger.threads) { rows in
      scored(rows, parts.map(\.shares), weights)
    }
    let own = sources.own
    let values = AccountValues(
      own: own, ofFamily: own.map { families($0, ledger.families.value.value) },
      scores: Parallel.joined(chunks.map(\.scores)),
      confidences: Parallel.joined(chunks.map(\.confidences)))
    var findings = FindingLog()
    for finding in parts.compactMap(\.finding) { findings.add(finding) }
    return Ledger.Derived(value: values, findings: findings)
  }

  private struct Scored: Sendable {
    let scores: [Int32]
    let confidences: [Int32]
  }

  /// The weighted means of the known parts of some rows.
  private static func scored(
    _ rows: Range<Int>, _ parts: [[Int32]], _ weights: [Int64]
  ) -> Scored {
    var totals = [Int64](repeating: 0, count: rows.count)
    var known = totals
    for (shares, weight) in zip(parts, weights) {
      for row in rows where shares[row] != Shares.unknown {
        known[row - rows.lowerBound] += weight
        totals[row - rows.lowerBound] += weight * Int64(shares[row])
      }
    }
    let all = weights.reduce(0, +)
    return Scored(
      scores: known.indices.map { index in
        known[index] == 0 ? Shares.unknown : rounded(totals[index], known[index])
      }, confidences: known.map { rounded($0 * Shares.whole, all) })
  }

  /// A quotient of numbers that are not negative, rounded half away from zero.
  @inline(__always)
  private static func rounded(_ numerator: Int64, _ denominator: Int64) -> Int32 {
    guard denominator > 0 else { return 0 }
    let (quotient, rest) = numerator.quotientAndRemainder(dividingBy: denominator)
    return Int32(quotient) + (rest >= denominator - rest ? 1 : 0)
  }

  private static func families(_ own: Integers, _ forest: Forest) -> Integers {
    var sums = ExactSums(groups: own.count)
    own.forEachNonzero { row in sums.add(wide: own[row], to: Int(forest.roots[row])) }
    return sums.integers
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
    repFlagCache.value { RepFlags(self) }
  }

  /// What accounts are worth, with what was wrong in the settings.
  var accountValues: Derived<AccountValues> {
    accountValueCache.value { AccountValues.of(self) }
  }

  /// The open deals of the whole company.
  var openDeals: OpenDeals {
    openDealCache.value { OpenDeals(self, self.countedDeals.value) }
  }

  /// Consolidated revenue, of the whole company.
  var consolidatedRevenue: ConsolidatedRevenue {
    consolidatedRevenueCache.value { ConsolidatedRevenue(self, nil) }
  }

  /// The products that families bought, of the whole company.
  var productPairs: ProductPairs {
    productPairCache.value { ProductPairs(self, ScopeMasks(self), .company) }
  }
}
