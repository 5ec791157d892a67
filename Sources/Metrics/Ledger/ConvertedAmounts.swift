import Records

/// Amounts of a table's rows in corporate currency.
struct ConvertedAmounts: Sendable {
  /// 1/10,000 of a unit; null where the amount is, or where no rate is known.
  var values: [Int64]
  /// Rows whose currency has no rate, ascending.
  var withoutRate: [Int32]
  /// Rows whose converted amount is too large for 64 bits, ascending.
  var tooLarge: [Int32]

  /// Converts a column.
  ///
  /// - Parameters:
  ///   - amounts: as exported.
  ///   - currency: the code of each row; asked for where there are several currencies.
  ///   - days: the day whose dated rate counts, asked for likewise; nil for the static rate.
  ///   - currencies: the rates.
  ///   - threads: how many threads to use.
  init(
    _ amounts: [Int64], currency: @autoclosure () -> Categories,
    days: @autoclosure () -> [Int32]?, currencies: Currencies, threads: Int
  ) {
    guard currencies.isMulti else {
      self.init(values: amounts, withoutRate: [], tooLarge: [])
      return
    }
    let (currency, days) = (currency(), days())
    let conversions = currencies.conversions(of: currency)
    let dated =
      currencies.hasDatedRates && days != nil ? currencies.datedRates(of: currency) : nil
    let parts = Parallel.chunked(amounts.count, threads: threads) { rows in
      var part = ConvertedAmounts(values: [], withoutRate: [], tooLarge: [])
      part.values.reserveCapacity(rows.count)
      for row in rows {
        let code = currency.codes[row]
        var conversion = code < 0 ? .corporate : conversions[Int(code)]
        if let dated, let days, code >= 0 {
          switch conversion {
          case .corporate: break
          case .rate, .missing:
            conversion =
              Currencies.rate(on: days[row], of: dated[Int(code)]).map { .rate($0) } ?? .missing
          }
        }
        part.add(amounts[row], conversion, row)
      }
      return part
    }
    self.init(
      values: Parallel.joined(parts.map(\.values)),
      withoutRate: Parallel.joined(parts.map(\.withoutRate)),
      tooLarge: Parallel.joined(parts.map(\.tooLarge)))
  }

  private init(values: [Int64], withoutRate: [Int32], tooLarge: [Int32]) {
    self.values = values
    self.withoutRate = withoutRate
    self.tooLarge = tooLarge
  }

  private mutating func add(_ amount: Int64, _ conversion: Currencies.Conversion, _ row: Int) {
    switch conversion {
    case .corporate: values.append(amount)
    case .missing:
      values.append(Exact.null)
      withoutRate.append(Int32(row))
    case .rate(let rate):
      guard amount != Exact.null else {
        values.append(Exact.null)
        return
      }
      if let value = Currencies.converted(amount, rate: rate), value != Exact.null {
        values.append(value)
      } else {
        values.append(Exact.null)
        tooLarge.append(Int32(row))
      }
    }
  }
}
