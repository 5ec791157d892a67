import Records

/// Currencies that stand in the cells of amounts, held against the currency of the record.
enum WrittenCurrencies {
  private static let field = "CurrencyIsoCode"

  /// Makes the currencies beside amounts the records' own where they have none, and says where the
  /// two differ, or two amounts of one record.
  static func complete(_ loaded: inout UnresolvedTable, _ findings: inout FindingLog) {
    guard !loaded.currencies.isEmpty else { return }
    let entity = loaded.table.entity
    let hasColumn = loaded.table.has(field)
    var codes = loaded.table.categories(field)
    let byText = Dictionary(
      codes.values.enumerated().map { ($1.uppercased(), Int32($0)) },
      uniquingKeysWith: { first, _ in first })
    var known = Dictionary(
      byText.compactMap { text, code in CurrencyCode(text.utf8).map { ($0, code) } },
      uniquingKeysWith: { first, _ in first })
    for (name, written) in loaded.currencies.sorted(by: { $0.key < $1.key }) {
      var differing: [Int] = []
      for (row, currency) in written.enumerated() {
        guard let currency else { continue }
        let code = known[currency] ?? Int32(codes.values.count)
        if known[currency] == nil {
          known[currency] = code
          codes.values.append(currency.text)
        }
        if codes.codes[row] == Categories.null {
          codes.codes[row] = code
        } else if codes.codes[row] != code {
          differing.append(row)
        }
      }
      guard !differing.isEmpty else { continue }
      let places = differing.prefix(FindingLog.placesKept)
        .compactMap(loaded.table.sources.position)
      findings.add(
        IntakeFindings.currencyDiffers(entity, name, hasColumn: hasColumn, at: places.first),
        count: differing.count, places: places)
    }
    if entity.field(named: field) != nil { loaded.table.columns[field] = .categories(codes) }
  }
}
