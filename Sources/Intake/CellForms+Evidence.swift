import Records

/// What cells say about the forms in which they are written.
public struct FormEvidence: Hashable, Sendable {
  /// The order and the form that the cells leave no doubt about; nil where they need none.
  public var forms = CellForms()
  /// Whether there are dates that could be in two orders, such as `3/1/2017`.
  public var hasUndecidedDates = false
  /// Whether there are numbers that could be in two forms, such as `1,234` or only ones like `1.234`.
  public var hasUndecidedNumbers = false

  public init() {}
}

extension CellForms {
  /// Looks for evidence of forms in cells of one column, without their quotes.
  ///
  /// A date whose first number is above 12 has the day first, one whose second is has the month
  /// first; a number tells by what stands before its last marks. Cells that no form reads, and ISO
  /// dates and plain numbers, say nothing; cells that contradict each other leave it undecided.
  public static func evidence(in cells: [[UInt8]]) -> FormEvidence {
    var evidence = FormEvidence()
    let dates = left(DateOrder.allCases, of: cells) { cell, order in
      if CellParser.isoDate(cell.span) != nil { return nil }
      return CellParser.writtenMoment(cell.span, order: order).map {
        switch $0 {
        case .day(let day): Int64(day)
        case .local(let seconds), .instant(let seconds): seconds
        }
      }
    }
    (evidence.forms.dates, evidence.hasUndecidedDates) = (dates.form, dates.isUndecided)
    let numbers = left(NumberForm.allCases, of: cells) { cell, form in
      form == nil
        ? CellParser.decimal(cell.span)
          ?? CellParser.writtenNumber(cell.span, places: 4, times: 1, form: nil)?.value
        : CellParser.writtenNumber(cell.span, places: 4, times: 1, form: form)?.value
    }
    (evidence.forms.numbers, evidence.hasUndecidedNumbers) = (numbers.form, numbers.isUndecided)
    if numbers.form == nil, areAllThousands(cells) { evidence.hasUndecidedNumbers = true }
    return evidence
  }

  /// The one form that reads all cells that any form reads; nil where the cells need none.
  ///
  /// Forms that read every cell as the same are one: then the first stands for all.
  private static func left<Form>(
    _ forms: [Form], of cells: [[UInt8]], read: ([UInt8], Form?) -> Int64?
  ) -> (form: Form?, isUndecided: Bool) {
    var values = [[Int64]?](repeating: [], count: forms.count)
    var needsForm = false
    for cell in cells where !cell.isEmpty {
      let readings = forms.map { read(cell, $0) }
      guard readings.contains(where: { $0 != nil }) else { continue }
      if read(cell, nil) == nil { needsForm = true }
      for (form, reading) in readings.enumerated() {
        if let reading { values[form]?.append(reading) } else { values[form] = nil }
      }
    }
    guard needsForm else { return (nil, false) }
    let open = forms.indices.filter { values[$0] != nil }
    guard let first = open.first else { return (nil, true) }
    return open.allSatisfy { values[$0] == values[first] } ? (forms[first], false) : (nil, true)
  }

  /// Whether every number with a point looks like `1.234`, as German thousands do too.
  private static func areAllThousands(_ cells: [[UInt8]]) -> Bool {
    let pointed = cells.filter {
      $0.contains(UInt8(ascii: ".")) && CellParser.decimal($0.span) != nil
    }
    return !pointed.isEmpty
      && pointed.allSatisfy {
        CellParser.writtenNumber($0.span, places: 4, times: 1, form: .pointComma) != nil
      }
  }
}
