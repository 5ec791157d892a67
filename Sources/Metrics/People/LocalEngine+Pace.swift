import Records

/// How much of their final value earlier quarters had won by this working day: METRICS §2, pace.
public struct QuarterPace: Hashable, Sendable {
  /// A completed fiscal quarter, such as `Q3 FY2026`, with its share.
  public struct Quarter: Hashable, Sendable {
    public let name: String
    public let share: Ratio
  }

  /// The last eight completed quarters in which something was won, in their order.
  public let quarters: [Quarter]

  /// The share that at least half of the quarters do not exceed; nil without quarters.
  public var median: Ratio? { Spread(quarters.map(\.share)).median }
  /// The least and the greatest share.
  public var range: (least: Ratio, greatest: Ratio)? { Spread(quarters.map(\.share)).range }
}

extension LocalEngine {
  /// The pace of the last eight completed quarters of a scope.
  ///
  /// - Throws: What was wrong in the configuration.
  public func pace(scope: Scope = .company) throws(FindingsError) -> QuarterPace {
    let table = try run([
      Query(
        metrics: ["pace"], by: [.fiscalQuarter], period: .previousFiscalQuarters(8), scope: scope)
    ])[0]
    let names = table[Dimension.fiscalQuarter.rawValue]
    let shares = table["pace"]
    return QuarterPace(
      quarters: (0..<table.rowCount).compactMap { row in
        guard let share = shares?.value(row), let name = names?.text(row) else { return nil }
        return QuarterPace.Quarter(name: name, share: share)
      })
  }
}
