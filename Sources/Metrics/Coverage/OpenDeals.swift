import Records

/// The open deals of a scope, and what they add up to by account.
struct OpenDeals: Sendable {
  /// Rows of every open deal, bookings or not, ascending.
  let rows: [Int32]
  /// Open bookings of each account: Σ value, in 1/10,000 of a unit.
  let amounts: Integers
  /// Open bookings of each account.
  private(set) var counts: [Int32]

  /// - Parameters:
  ///   - ledger: the deals.
  ///   - mask: 1 for each deal that counts; nil: all do.
  ///   - few: the rows of the mask, ascending, where they are few.
  init(_ ledger: Ledger, _ mask: @autoclosure () -> [UInt8]?, few: [Int32]? = nil) {
    let deals = ledger.records[.opportunity]
    let isClosed = deals.flags("IsClosed")
    if let few {
      rows = few.filter { isClosed[Int($0)] != 1 }
    } else {
      rows = DealRows.picked(ledger, mask()) { isClosed[$0] != 1 }
    }
    let accounts = deals.references("AccountId")
    let values = ledger.dealValues.value.value.values
    let bookings = ledger.bookings.value.value
    var sums = ExactSums(groups: ledger.records[.account].count)
    counts = [Int32](repeating: 0, count: sums.words.count)
    for row in rows.lazy.map({ Int($0) }) {
      let account = Int(accounts[row])
      guard account >= 0, bookings?[row] ?? 1 == 1 else { continue }
      counts[account] += 1
      if values[row] != Exact.null { sums.add(values[row], to: account) }
    }
    amounts = sums.integers
  }
}

/// Choosing deals in one pass.
enum DealRows {
  /// Rows of counted deals that pass a test, ascending.
  static func picked(
    _ ledger: Ledger, _ mask: [UInt8]?, _ test: @Sendable (Int) -> Bool
  ) -> [Int32] {
    let count = ledger.records[.opportunity].count
    let parts = Parallel.chunked(count, threads: ledger.threads) { chunk in
      var rows: [Int32] = []
      for row in chunk where test(row) && (mask == nil || mask?[row] == 1) {
        rows.append(Int32(row))
      }
      return rows
    }
    return Parallel.joined(parts)
  }
}
