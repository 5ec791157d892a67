import Records

extension Export {
  /// Joins a report of the CRM to the records of this export.
  ///
  /// - Parameters:
  ///   - file: the report, read.
  ///   - load: how this export was read, to look for rows that reading set aside.
  ///   - valueField: the field that is the value of a record.
  /// - Returns: the rows of the report, each with the record that it means.
  /// - Throws: `FindingsError` where its Ids are of other records, or a file cannot be read again.
  public func joined(
    _ file: ReportFile, of load: LoadRequest, valueField: String
  ) throws -> CRMReport {
    let request = file.request
    let lines = file.lines.records
    func cells(_ role: ReportHeadings.Role) -> [Sheet.Cell?] {
      file.columns[role].map { column in lines.map { $0.cells[column] } }
        ?? [Sheet.Cell?](repeating: nil, count: lines.count)
    }
    func text(_ cell: Sheet.Cell?) -> String? {
      guard let text = cell.map({ UserTable.trimmed($0.text) }), !text.isEmpty else { return nil }
      return text
    }
    let (ids, names, accounts) = (cells(.id), cells(.name), cells(.account))
    let (values, stages, days) = (cells(.value), cells(.stage), cells(.day))
    let currencies = cells(.currency)
    let written = values.map { text($0) }
    let filled = written.indices.filter { written[$0] != nil }
    let numbers = ReportForms.numbers(
      filled.map { (written[$0] ?? "", values[$0]?.kind == .number) },
      stated: request.forms.numbers)
    var rows = lines.indices.map { index in
      var row = CRMReport.Row(
        at: (ids[index] ?? names[index])?.at
          ?? SourcePosition(file: request.name, line: lines[index].line))
      row.id = text(ids[index])
      row.name = text(names[index])
      row.account = text(accounts[index])
      row.stage = text(stages[index])
      row.currency = text(currencies[index]).flatMap { code in
        CurrencyCode(Array(code.utf8)).map(\.text)
      }
      return row
    }
    var unreadable: [SourcePosition] = []
    for (index, number) in zip(filled, numbers.values) {
      rows[index].value = number?.value
      if let currency = number?.currency { rows[index].currency = currency }
      if number == nil {
        rows[index].isUnreadable = true
        values[index].map { unreadable.append($0.at) }
      }
    }
    let matcher = ReportMatcher(
      file, records, load,
      hasRepeatedKeys: findings.count(of: "key-duplicate-\(request.entity.rawValue)") > 0)
    try matcher.matchByIds(&rows, valueField: valueField)
    func readDays() {
      let texts = days.map { text($0) ?? "" }
      let read = ReportForms.days(
        texts, stated: request.forms.dates, known: matcher.knownDays(rows))
      for (index, day) in read.enumerated() { rows[index].day = day }
    }
    // Days tell records of one name apart, and names tell in which order days are written.
    readDays()
    matcher.matchByNames(&rows)
    readDays()
    var report = CRMReport(file: request.name, rows: rows, places: numbers.places)
    report.columns = file.shownColumns
    report.findings = found(file, unreadable)
    report.total = file.lines.total.flatMap { cell in
      let known = filled.map { (written[$0] ?? "", values[$0]?.kind == .number) }
      return ReportForms.numbers(
        known + [(cell.text, cell.kind == .number)], stated: request.forms.numbers
      ).values.last??.value
    }
    if let total = report.total, total != rows.reduce(0, { $0 &+ ($1.value ?? 0) }) {
      report.findings.append(ReportFindings.totalDiffers(at: file.lines.total?.at))
    }
    return report
  }

  private func found(_ file: ReportFile, _ unreadable: [SourcePosition]) -> [Finding] {
    var findings: [Finding] = []
    if let at = unreadable.first {
      findings.append(
        ReportFindings.valueUnreadable(
          file.headings[.value] ?? "", count: unreadable.count, at: at))
    }
    if let at = file.lines.unused.first {
      findings.append(ReportFindings.linesUnused(file.lines.unused.count, at: at))
    }
    return findings
  }
}

extension ReportFile {
  /// The headings of the columns that were read.
  public var shownColumns: CRMReport.Columns {
    var columns = CRMReport.Columns()
    columns.id = headings[.id]
    columns.name = headings[.name]
    columns.account = headings[.account]
    columns.value = headings[.value]
    columns.currency = headings[.currency]
    columns.day = headings[.day]
    columns.stage = headings[.stage]
    return columns
  }
}
