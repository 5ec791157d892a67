import Records

/// Columns derived for quotas.
enum DerivedQuotas {
  /// Quota amounts at the static rate.
  static func amounts(
    _ records: RecordSet, _ currencies: Currencies, threads: Int
  ) -> Ledger.Derived<ConvertedAmounts> {
    let quotas = records[.quota]
    let amounts = ConvertedAmounts(
      quotas.decimals("QuotaAmount"), currency: quotas.categories("CurrencyIsoCode"), days: nil,
      currencies: currencies, threads: threads)
    return Ledger.Derived(
      value: amounts,
      findings: RateFindings.of(
        amounts, in: quotas, code: "quota-rate-missing", subject: "a quota",
        done: "the quota is left out"))
  }

  /// Which quotas count: those of one forecasting type, the one of most rows (then by name); nil
  /// where all are of one.
  static func counted(_ records: RecordSet) -> Ledger.Derived<[UInt8]?> {
    let quotas = records[.quota]
    let types = quotas.categories("ForecastingTypeId")
    var rows = [Int](repeating: 0, count: types.values.count)
    for code in types.codes where code >= 0 { rows[Int(code)] += 1 }
    let used = rows.indices.filter { rows[$0] > 0 }
    let first = used.min { left, right in
      rows[left] != rows[right]
        ? rows[left] > rows[right]
        : types.values[left].utf8.lexicographicallyPrecedes(types.values[right].utf8)
    }
    guard used.count > 1, let first else { return Ledger.Derived(value: nil) }
    var findings = FindingLog()
    for row in 0..<quotas.count where types.codes[row] >= 0 && Int(types.codes[row]) != first {
      findings.add(
        Finding(
          code: "quota-other-type", severity: .warning, at: quotas.sources.position(of: row),
          what: "a quota is of another forecasting type than most",
          done: "it is left out, because quotas of two types are never added",
          suggestion: "export the quotas of one forecasting type"))
    }
    return Ledger.Derived(
      value: types.codes.map { $0 < 0 || Int($0) == first ? 1 : 0 }, findings: findings)
  }
}
