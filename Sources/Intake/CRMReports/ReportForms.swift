import Records

/// How a report writes its numbers and dates: by the locale of who ran it, which need not be the
/// export's, and which its own cells show.
enum ReportForms {
  /// Numbers of a column, all read in one form.
  struct Numbers {
    /// In the order of the cells: nil where a cell holds no number.
    var values: [(value: Int64, currency: String?)?]
    /// Decimal places of the column, at most four.
    var places: Int
  }

  /// Reads the numbers of a column.
  ///
  /// Of the forms the one counts that reads most cells; of those that read as many, the one by which
  /// fewest numbers have three decimals, since `1.234` of money is more often a thousand.
  ///
  /// - Parameters:
  ///   - cells: the texts; a cell that a spreadsheet holds as a number has one form alone.
  ///   - stated: the form, where a person states it.
  /// - Returns: the numbers, nil where a cell holds none.
  static func numbers(
    _ cells: [(text: String, isPlain: Bool)], stated: CellForms.NumberForm?
  ) -> Numbers {
    let forms: [CellForms.NumberForm?] =
      stated.map { [$0] } ?? [nil] + CellForms.NumberForm.allCases.map { $0 }
    var best: (numbers: Numbers, read: Int, thirds: Int)?
    for form in forms {
      let read = cells.map { number($0.text, isPlain: $0.isPlain, form) }
      let decimals = read.map { $0?.decimals ?? 0 }
      let candidate = (
        numbers: Numbers(
          values: read.map { number in number.map { ($0.value, $0.currency) } },
          places: min(decimals.max() ?? 0, 4)),
        read: read.count { $0 != nil }, thirds: decimals.count { $0 == 3 }
      )
      if let best, (best.read, -best.thirds) >= (candidate.read, -candidate.thirds) { continue }
      best = candidate
    }
    return best?.numbers ?? Numbers(values: [], places: 2)
  }

  private static func number(
    _ text: String, isPlain: Bool, _ form: CellForms.NumberForm?
  ) -> (value: Int64, currency: String?, decimals: Int)? {
    let bytes = Array(text.utf8)
    let plain =
      isPlain || CellForms(numbers: form).readsPlainNumbers
      ? CellParser.decimal(bytes.span) : nil
    if let plain { return (plain, nil, decimals(plain, text, mark: ".")) }
    guard !isPlain,
      let written = CellParser.writtenNumber(bytes.span, places: 4, times: 1, form: form)
    else { return nil }
    let mark: Character = form == .pointComma || form == .spaceComma ? "," : "."
    return (written.value, written.currency?.text, decimals(written.value, text, mark: mark))
  }

  /// How many digits stand behind the decimal mark; of a number with a power of ten, how many it needs.
  private static func decimals(_ value: Int64, _ text: String, mark: Character) -> Int {
    if text.contains(where: { $0 == "E" || $0 == "e" }) {
      var (rest, places) = (value.magnitude, 4)
      while places > 0, rest % 10 == 0 { (rest, places) = (rest / 10, places - 1) }
      return places
    }
    guard let point = text.lastIndex(of: mark) else { return 0 }
    return text[text.index(after: point)...].prefix { $0.isNumber }.count
  }

  /// The days of a column.
  ///
  /// Of the orders that read most cells, the one by which most days are those of the records that
  /// the rows mean; without such a proof none, where several give different days.
  ///
  /// - Parameters:
  ///   - cells: the texts, empty where there is none.
  ///   - stated: the order, where a person states it.
  ///   - known: the day of each row's record.
  /// - Returns: the days, nil where a cell holds none that is certain.
  static func days(
    _ cells: [String], stated: CellForms.DateOrder?, known: [Day?]
  ) -> [Day?] {
    let orders = stated.map { [$0] } ?? CellForms.DateOrder.allCases
    var best: (days: [Day?], read: Int, right: Int)?
    var isProven = true
    for order in orders {
      let days = cells.map { text in
        CellParser.date(Array(text.utf8).span, order: order).map { Day(number: $0) }
      }
      let read = days.count { $0 != nil }
      let right = zip(days, known).count { $0 != nil && $0 == $1 }
      guard let known = best else {
        best = (days, read, right)
        continue
      }
      if (read, right) > (known.read, known.right) {
        best = (days, read, right)
        isProven = true
      } else if (read, right) == (known.read, known.right), days != known.days {
        isProven = false
      }
    }
    return isProven ? best?.days ?? [] : cells.map { _ in nil }
  }
}
