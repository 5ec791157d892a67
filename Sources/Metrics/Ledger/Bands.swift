import Records

/// Bands into which sizes are put: of accounts (segments), of deals.
struct Bands: Sendable {
  /// Such as `0-49`, then `(unknown)`.
  let names: [String]
  private let limits: [Int64]

  /// - Parameter bounds: lower ends of the bands above the first, ascending, in whole units.
  init(_ bounds: [Int64]) {
    let all = [0] + bounds
    names = MetricSettings.bandNames(bounds) + [Remainder.unknown]
    limits = all.map { $0.multipliedReportingOverflow(by: Exact.scale) }
      .map { $0.overflow ? Int64.max : $0.partialValue }
  }

  /// The band of a size: `(unknown)` where it is null or below zero.
  func code(of size: Int64) -> Int32 {
    guard size != Exact.null, size >= 0 else { return Int32(limits.count) }
    return Int32((limits.lastIndex { $0 <= size }) ?? 0)
  }

  /// The band of each size.
  func labels(_ sizes: [Int64], threads: Int) -> Ledger.Labels {
    Ledger.Labels(
      codes: Parallel.rows(sizes.count, threads: threads) { code(of: sizes[$0]) }, names: names)
  }
}
