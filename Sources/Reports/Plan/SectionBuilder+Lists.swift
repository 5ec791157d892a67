import Metrics
import Records

/// The rows of an answer as a report divides them: shown, in the complete list only, or left to one
/// line that sums them.
struct ListCut {
  let shown: Range<Int>
  let rest: Range<Int>
  /// Rows that an engine was asked for and that stand in no list, such as its row `other`.
  let cut: Range<Int>
  /// How many rows there are.
  let all: Int
  let answer: MetricTable

  init(_ answer: MetricTable, _ table: ReportDefinition.Table) {
    self.answer = answer
    // A limited query says what it cut in one last row, which is no member.
    let members = table.source.memberIDs(in: answer)
    let last = answer.rowCount - 1
    let hasOther =
      last >= 0 && table.limit != nil && members?.text(last) == Remainder.other
      && answer.totalRowCount > answer.rowCount - 1
    let rows = hasOther ? last : answer.rowCount
    all = max(answer.totalRowCount, rows)
    shown = 0..<min(rows, table.limit ?? rows)
    let listed = table.limit.map { min(rows, max($0, table.attached)) } ?? rows
    rest = shown.upperBound..<listed
    cut = listed..<answer.rowCount
  }
}

extension ReportDefinition.Table.Source {
  /// The column that tells the members of metrics by a dimension from the row `other`.
  fileprivate func memberIDs(in answer: MetricTable) -> MetricColumn? {
    guard case .metrics = self else { return nil }
    return answer.columns.first
  }
}

extension SectionBuilder {
  /// How many rows are shown of how many, in which order, and where the others are.
  func extent(_ list: ListCut, _ words: String?) -> ReportDocument.Extent {
    let (shown, all) = (format.count(Int128(list.shown.count)), format.count(Int128(list.all)))
    let isCut = list.shown.count < list.all
    let count = format.words.say(
      isCut ? .someRows : .allRows, ["shown": "\(shown)", "all": "\(all)"])
    var text = ([count] + (words.map { [$0] } ?? [])).joined(separator: ", ")
    if isCut, !list.rest.isEmpty {
      let listed = list.rest.upperBound
      text += "; "
      text +=
        listed == list.all
        ? format.words[.allAttached]
        : format.words.say(.firstAttached, ["count": "\(format.count(Int128(listed)))"])
    }
    return ReportDocument.Extent(shown: shown, all: all, text: text, order: words)
  }

  /// The line that sums what is not shown, so that totals hold; figures that do not add up are left
  /// empty, and there is no line where none adds up.
  func otherRow(
    _ list: ListCut, _ columns: [MetricColumn], _ table: ReportDefinition.Table
  ) -> ReportDocument.Row? {
    let count = list.all - list.shown.count
    guard count > 0, columns.count > 1 else { return nil }
    let sums = columns.map { sum($0, list, table) }
    guard sums.contains(where: { $0 != nil }) else { return nil }
    return ReportDocument.Row(
      zip(columns, sums).enumerated().map { index, item in
        if index == 0 {
          let word = format.words[count == 1 ? .other : .others]
          return ReportDocument.Cell(format.text("\(format.count(Int128(count)).text) \(word)"))
        }
        guard let sum = item.1 else {
          return ReportDocument.Cell(Shown("", data: "", unit: .text, strength: .undefined))
        }
        return ReportDocument.Cell(format.shown(sum, item.0.unit))
      })
  }

  /// The sum of a column over what is not shown; nil where its figures do not add up.
  private func sum(
    _ column: MetricColumn, _ list: ListCut, _ table: ReportDefinition.Table
  ) -> Ratio? {
    guard column.rowUnits == nil, column.unit == .money || column.unit == .count,
      column.unit == .money || !table.source.isListing, adds(column, table)
    else { return nil }
    let hidden = Array(list.rest) + Array(list.cut)
    let cut = list.answer.cutSums[column.name]
    // What the engine cut without a sum cannot be added up here.
    guard hidden.count + list.shown.count >= list.all || cut != nil || list.cut.count == 1 else {
      return nil
    }
    let values = hidden.compactMap { column.value($0) }.filter(\.isDefined)
    return Ratio.sum(values + (cut.map { [$0] } ?? []))
  }

  private func adds(_ column: MetricColumn, _ table: ReportDefinition.Table) -> Bool {
    guard case .metrics(_, let by) = table.source else {
      guard let catalogue = context.catalogue, let metric = catalogue[column.name] else {
        return column.unit == .money
      }
      return ChartShape.Measured(metric, catalogue).adds(along: .owner)
    }
    let dimension: Dimension
    switch by {
    case .dimension(let named): dimension = named
    case .parts: dimension = .owner
    }
    guard dimension.sumsUp else { return false }
    guard let catalogue = context.catalogue, let metric = catalogue[column.name] else {
      return true
    }
    return ChartShape.Measured(metric, catalogue).adds(along: dimension)
  }

  /// A value within words: a whole number without decimals.
  private func told(_ column: MetricColumn, _ row: Int) -> Shown {
    guard column.unit == .number, let value = column.value(row), value.isDefined,
      value.numerator % value.denominator == 0
    else { return format.shown(column, row) }
    return format.count(value.numerator / value.denominator)
  }

  /// Why a record is in a list: the reasons that hold of it, with its own fields in their words.
  func reasons(
    _ table: ReportDefinition.Table, _ answer: MetricTable, _ row: Int, _ state: SectionState
  ) -> String {
    let held = answer[Listing.reasonsColumn]?.text(row)?.split(separator: " ").compactMap {
      Int($0)
    }
    return (held ?? []).filter(table.reasons.indices.contains).compactMap { index in
      table.reasons[index].words.filled { name in
        if let prose = common(name) { return prose }
        guard let column = answer[name] else { return nil }
        let shown = told(column, row)
        return shown.strength == .undefined ? nil : ReportDocument.Prose(runs: [.value(shown)])
      }?.plain
    }.joined(separator: "; ")
  }
}

extension ReportDefinition.Table.Source {
  fileprivate var isListing: Bool {
    if case .listing = self { return true }
    return false
  }
}
