import Metrics
import Records

/// A figure held against the CRM's own report, as text for people: a bridge that adds up, then the
/// records by reason.
public struct ReconciliationText {
  private let found: Reconciliation
  private let context: ReportContext
  private let question: [String]
  private let words: ReconciliationWords
  private let width: Int
  private let limit: Int?

  /// - Parameters:
  ///   - found: the comparison.
  ///   - query: what was asked.
  ///   - context: the as-of date and how values are written.
  ///   - catalogue: the metrics.
  ///   - width: cells of the terminal.
  ///   - limit: how many records are shown for a reason; nil: all.
  public init(
    _ found: Reconciliation, _ query: Query, _ context: ReportContext,
    catalogue: MetricCatalogue, width: Int, limit: Int?
  ) {
    self.found = found
    self.context = context
    self.width = width
    self.limit = limit
    question = QuestionWords(query, context, catalogue).lines(width)
    words = ReconciliationWords(
      found.fact, asOf: context.formatter.dayText(context.asOf), file: found.report.file)
  }

  /// The whole text.
  public var text: String {
    var lines = question + [""] + bridge + [""] + summary
    for side in Reconciliation.Side.allCases {
      // What was rounded needs no look at each: the sum says it.
      let groups = found.groups.filter { $0.side == side && $0.rule != .rounding }
      guard !groups.isEmpty else { continue }
      lines += ["", "\(title(side)): \(amount(tally(side), side))"]
      for group in groups { lines += [""] + self.lines(of: group) }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  // MARK: The sum

  /// From the report to the figure here, step by step.
  private var bridge: [String] {
    var steps: [(name: String, count: Int, sum: Int128)] = [
      ("The report", found.there.count, found.there.sum)
    ]
    let there = found.tally(.onlyThere)
    let here = found.tally(.onlyHere)
    let other = tally(.otherValue)
    if there.count > 0 { steps.append(("− only in the report", -there.count, -there.sum)) }
    if here.count > 0 { steps.append(("+ only here", here.count, -here.sum)) }
    if other.count > 0 {
      steps.append(("± another value (\(grouped(other.count)))", 0, -other.sum))
    }
    if rounded.count > 0 {
      steps.append(("± rounding (\(grouped(rounded.count)))", 0, -rounded.sum))
    }
    steps.append(("Here", found.here.count, found.here.sum))
    var columns = [
      TextGrid.Column(heading: "", cells: steps.map(\.name), total: nil, isFigure: false),
      TextGrid.Column(
        heading: capitalised(words.many),
        cells: steps.map { step in
          step.count == 0 && step.name.hasPrefix("±") ? "" : grouped(step.count)
        }, total: nil, isFigure: true),
    ]
    if found.unit != .count {
      columns.append(
        TextGrid.Column(
          heading: found.unit == .money ? "Value (\(context.formatter.currency))" : "Value",
          cells: steps.map { value($0.sum) }, total: nil, isFigure: true))
    }
    // The last step is the total of the others.
    for index in columns.indices { columns[index].total = columns[index].cells.removeLast() }
    return TextGrid(columns: columns, width: width).lines
  }

  /// Records that differ by no more than the report's last decimal place.
  private var rounded: Reconciliation.Tally {
    found.groups.first { $0.rule == .rounding }?.tally ?? Reconciliation.Tally()
  }

  /// The differences of a list without those of rounding.
  private func tally(_ side: Reconciliation.Side) -> Reconciliation.Tally {
    var tally = found.tally(side)
    guard side == .otherValue else { return tally }
    tally.count -= rounded.count
    tally.sum -= rounded.sum
    return tally
  }

  /// How much of the difference is explained, what the report says of itself, and what was read.
  private var summary: [String] {
    let agreeing = found.equal.count + rounded.count
    var text =
      agreeing < 2
      ? "\(agreeing == 0 ? "No" : "1") \(words.one) agrees" : "\(amountOfRecords(agreeing)) agree"
    if rounded.count > 0 { text += ", \(grouped(rounded.count)) of them but for rounding" }
    text += found.groups.contains { $0.rule != .rounding } ? ". \(parts)" : "; nothing differs."
    var lines = WrappedText.lines(text, to: width)
    let columns = found.report.columns
    var read =
      columns.id.map { "\(words.many) by \"\($0)\"" }
      ?? "\(words.many) by \"\(columns.name ?? "")\", as the report has no Ids"
    if found.unit != .count, let value = columns.value { read += ", values from \"\(value)\"" }
    lines += WrappedText.lines("Read from \(found.report.file): \(read).", to: width)
    if found.report.rows.isEmpty {
      lines += WrappedText.lines(
        "It has no rows below its headings: check that it was exported with its rows.", to: width)
    }
    for finding in found.report.findings {
      lines += WrappedText.lines(finding.description, to: width)
    }
    if !found.agrees {
      lines += WrappedText.lines(
        "The figure of cadastre query is another than the sum of these records: this is a defect "
          + "of cadastre; please report it.", to: width)
    }
    return lines
  }

  /// The difference by how sure its reasons are.
  private var parts: String {
    let isCount = found.unit == .count
    var parts = ReconciliationRule.Certainty.allCases.compactMap { certainty -> String? in
      var tally = found.tally(certainty)
      if certainty == .explained {
        tally.count -= rounded.count
        tally.sum -= rounded.sum
      }
      let name = certainty == .likely ? "probably explained" : certainty.rawValue
      guard tally.count > 0 else { return certainty == .unexplained ? "\(name) nothing" : nil }
      return isCount
        ? "\(name) \(grouped(tally.count))"
        : "\(name) \(value(tally.sum)) (\(amountOfRecords(tally.count)))"
    }
    // Less than half of the last decimal place is not worth a word.
    if value(rounded.sum) != value(0), let last = parts.popLast() {
      parts += ["rounding \(value(rounded.sum))", last]
    }
    let (count, sum) = (
      found.there.count - found.here.count, found.there.sum - found.here.sum
    )
    let difference = isCount ? Int128(count) : sum
    let size = isCount ? grouped(abs(count)) + " \(noun(abs(count)))" : value(abs(sum))
    let what =
      difference == 0
      ? "The totals are the same, by differences that cancel out"
      : "The report is \(size) \(difference < 0 ? "lower" : "higher")"
    return "\(what): \(parts.joined(separator: ", "))."
  }

  // MARK: The lists

  private func title(_ side: Reconciliation.Side) -> String {
    switch side {
    case .onlyThere: "Only in the report"
    case .onlyHere: "Only here"
    case .otherValue: "Another value"
    }
  }

  /// A reason with its records.
  private func lines(of group: Reconciliation.Group) -> [String] {
    let mark =
      switch group.rule.certainty {
      case .explained: ""
      case .likely: " (probably)"
      case .unexplained: " (unexplained)"
      }
    var lines = WrappedText.lines(
      "\(words.title(group.rule))\(mark): \(amount(group.tally, group.side))", to: width)
    lines += WrappedText.lines(words.advice(group.rule), to: max(24, width - 2)).map { "  " + $0 }
    let shown = limit.map { Array(group.entries.prefix($0)) } ?? group.entries
    lines += rows(shown, group.side).map { "  " + $0 }
    if shown.count < group.entries.count {
      lines.append("  \(grouped(group.entries.count - shown.count)) more; --out writes all")
    }
    return lines
  }

  /// The records as a table; what each says of the reason goes below it where the line is too short.
  private func rows(_ entries: [Reconciliation.Entry], _ side: Reconciliation.Side) -> [String] {
    let columns = columns(entries, side)
    let why = entries.map { entry in
      CleanText.unmarked(
        ([entry.detail] + entry.further.map { "also " + words.title($0).lowercasedFirst })
          .filter { !$0.isEmpty }.joined(separator: "; "))
    }
    guard why.contains(where: { !$0.isEmpty }) else {
      return TextGrid(columns: columns, width: width - 2).lines
    }
    let whole = TextGrid(
      columns: columns
        + [TextGrid.Column(heading: "Why", cells: why, total: nil, isFigure: false)],
      width: width - 2)
    if whole.fits { return whole.lines }
    let lines = TextGrid(columns: columns, width: width - 2).lines
    let head = lines.count - entries.count
    return lines.prefix(head)
      + zip(lines.dropFirst(head), why).flatMap { line, why in
        [line] + WrappedText.lines(why, to: max(24, width - 6)).map { "    " + $0 }
      }
  }

  private func columns(
    _ entries: [Reconciliation.Entry], _ side: Reconciliation.Side
  ) -> [TextGrid.Column] {
    func text(_ heading: String, _ cell: (Reconciliation.Entry) -> String) -> TextGrid.Column? {
      let cells = entries.map { CleanText.unmarked(cell($0)) }
      guard cells.contains(where: { !$0.isEmpty }) else { return nil }
      return TextGrid.Column(heading: heading, cells: cells, total: nil, isFigure: false)
    }
    func figure(_ heading: String, _ cell: (Reconciliation.Entry) -> Int128?) -> TextGrid.Column {
      TextGrid.Column(
        heading: heading, cells: entries.map { entry in cell(entry).map(value) ?? "–" },
        total: nil, isFigure: true)
    }
    var columns = [text("Id") { $0.id }, text("Name") { $0.name }].compactMap { $0 }
    if columns.isEmpty {
      columns += [text("Line") { $0.at.map { "\($0)" } ?? "" }].compactMap { $0 }
    }
    guard found.unit != .count else { return columns }
    switch side {
    case .onlyThere: columns.append(figure("There") { $0.there })
    case .onlyHere: columns.append(figure("Here") { $0.here })
    case .otherValue: columns += [figure("There") { $0.there }, figure("Here") { $0.here }]
    }
    return columns
  }

  // MARK: Words

  private func noun(_ count: Int) -> String { count == 1 ? words.one : words.many }

  private func amountOfRecords(_ count: Int) -> String { "\(grouped(count)) \(noun(count))" }

  /// Such as `3 deals, $12,000.00`; of other values how far the report is from here.
  private func amount(_ tally: Reconciliation.Tally, _ side: Reconciliation.Side) -> String {
    let records = amountOfRecords(tally.count)
    guard found.unit != .count else { return records }
    switch side {
    case .onlyThere: return "\(records), \(value(tally.sum))"
    case .onlyHere: return "\(records), \(value(-tally.sum))"
    case .otherValue:
      let size = value(abs(tally.sum))
      return "\(records), \(size) \(tally.sum < 0 ? "lower" : "higher") in the report"
    }
  }

  private func grouped(_ count: Int) -> String { context.formatter.grouped(String(count)) }

  /// A value with all decimal places of the currency.
  private func value(_ value: Int128) -> String {
    let ratio = found.ratio(value)
    guard found.unit == .money else {
      return context.formatter.grouped(ratio.text(places: 0) ?? "")
    }
    return context.formatter.withSymbol(ratio.text(places: context.formatter.places) ?? "")
  }

  private func capitalised(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst()
  }
}

extension String {
  /// The text as it goes on within a sentence.
  fileprivate var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
