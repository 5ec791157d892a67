import Records

/// Exchange rates of an export: how an amount becomes corporate currency.
///
/// METRICS §1: corporate amount = amount ÷ rate, rounded half away from zero to 1/10,000, once a
/// row. Deals use the dated rate of their close date where the export has dated rates, everything
/// else the static rate. A row in the corporate currency, or without a currency, needs no rate.
struct Currencies: Sendable {
  /// A currency as the rows of one column see it.
  enum Conversion: Sendable {
    case corporate
    case rate(Int64)
    case missing
  }

  /// Days from which a dated rate holds until it ends.
  struct DatedRate: Sendable {
    let start: Int32
    let end: Int32
    let rate: Int64
  }

  /// Code of the corporate currency; nil where the export is of a single one that it does not name.
  let corporate: String?
  /// Whether the export converts at all.
  let isMulti: Bool
  let hasDatedRates: Bool
  private let staticRates: [String: Int64]
  private let datedRates: [String: [DatedRate]]

  init(of records: RecordSet, configured: String?) {
    let types = records[.currencyType]
    let codes = types.categories("IsoCode")
    let rates = types.decimals("ConversionRate")
    var staticRates: [String: Int64] = [:]
    for row in 0..<types.count {
      guard let code = codes[row] else { continue }
      if rates[row] > 0 { staticRates[code] = rates[row] }
    }
    let dated = records[.datedRate]
    let datedCodes = dated.categories("IsoCode")
    let datedValues = dated.decimals("ConversionRate")
    let starts = dated.days("StartDate")
    let ends = dated.days("NextStartDate")
    var datedRates: [String: [DatedRate]] = [:]
    for row in 0..<dated.count {
      guard let code = datedCodes[row], datedValues[row] > 0 else { continue }
      datedRates[code, default: []].append(
        DatedRate(
          start: starts[row], end: ends[row] == Day.null ? Int32.max : ends[row],
          rate: datedValues[row]))
    }
    self.corporate = records.corporateCurrency ?? configured
    self.isMulti = types.count > 0
    self.hasDatedRates = dated.count > 0
    self.staticRates = staticRates
    self.datedRates = datedRates.mapValues {
      $0.sorted { ($0.start, $0.rate) < ($1.start, $1.rate) }
    }
  }

  /// How each code of a currency column converts by the static rate.
  func conversions(of column: Categories) -> [Conversion] {
    column.values.map { code in
      if !isMulti || code == corporate { return .corporate }
      return staticRates[code].map { .rate($0) } ?? .missing
    }
  }

  /// The dated rates of each code of a currency column; empty where there are none.
  func datedRates(of column: Categories) -> [[DatedRate]] {
    column.values.map { datedRates[$0] ?? [] }
  }

  /// The rate of a day: the last that starts on it or before and has not ended.
  static func rate(on day: Int32, of rates: [DatedRate]) -> Int64? {
    guard day != Day.null else { return nil }
    var low = 0
    var high = rates.count
    while low < high {
      let middle = (low + high) / 2
      if rates[middle].start <= day { low = middle + 1 } else { high = middle }
    }
    while low > 0 {
      low -= 1
      if day < rates[low].end { return rates[low].rate }
    }
    return nil
  }

  /// An amount in corporate currency, nil where it does not fit 64 bits.
  @inline(__always)
  static func converted(_ amount: Int64, rate: Int64) -> Int64? {
    Int64(
      exactly: Exact.divide(Int128(amount) * Int128(Exact.rateScale), by: Int128(rate)))
  }
}
