import Metrics
import Records

/// What key figures are held against: the last edition and that of a year before.
struct FigurePast {
  let builder: SectionBuilder
  private let last: ReportPast.Edition?
  private let yearBefore: ReportPast.Edition?
  /// Labels of the figures whose period began after the last edition.
  private(set) var begun: [String] = []

  /// Nil where nothing is kept of earlier runs.
  init?(_ builder: SectionBuilder) {
    guard let past = builder.context.past else { return nil }
    let key = ReportPast.EditionKey(
      report: builder.plan.definition.name, kind: builder.plan.edition.kind.rawValue,
      scope: builder.plan.edition.id)
    self.builder = builder
    last = past.last[key]
    yearBefore = past.yearBefore[key]
  }

  /// The figure with what changed since the last edition: as its change, or in its note where it
  /// is compared with an earlier period already; and likewise against the year before.
  mutating func compared(
    _ figure: ReportDocument.KeyFigure, _ step: ReportPlan.FigureStep
  ) -> ReportDocument.KeyFigure {
    guard let now = builder.exact(step) else { return figure }
    var figure = figure
    if let last, let before = last.figures[step.figure.key] {
      if isOfOnePeriod(step.figure.period, last.day) {
        let against = words(.sinceDay, last.day)
        if let change = change(step.figure, from: before, to: now, against: against) {
          if !change.isSeen {
            figure.add(ReportDocument.Prose(words(.unchangedSince, last.day)))
          } else if figure.change == nil {
            figure.change = change
          } else {
            figure.add(ReportDocument.Prose(runs: [.value(change.value)]) + " \(words: against)")
          }
        }
      } else {
        begun.append(figure.label)
      }
    }
    if step.figure.compare == nil, let yearBefore,
      let before = yearBefore.figures[step.figure.key],
      let change = change(
        step.figure, from: before, to: now, against: words(.againstDay, yearBefore.day)),
      change.isSeen
    {
      figure.add(ReportDocument.Prose(runs: [.value(change.value)]) + " \(words: change.against)")
    }
    return figure
  }

  /// What cannot be compared, as sentences.
  var sentences: [String] {
    let format = builder.format
    // One about a change of models is no series.
    guard let last else {
      return builder.plan.isAboutChange ? [] : [format.words[.firstEdition]]
    }
    guard !begun.isEmpty else { return [] }
    return [
      format.words.say(
        .begunSince,
        [
          "day": ReportDocument.Prose(runs: [.value(format.day(last.day))]),
          "figures": ReportDocument.Prose(format.words.list(begun)),
        ])
    ]
  }

  private func words(_ name: ReportWords.Name, _ day: Day) -> String {
    builder.format.words.say(
      name, ["day": ReportDocument.Prose(runs: [.value(builder.format.day(day))])])
  }

  /// A quarter's figure is compared with the same quarter's alone: it begins at nothing.
  private func isOfOnePeriod(_ period: PeriodSpec, _ day: Day) -> Bool {
    switch period {
    case .always, .asOfDay: return true
    default:
      let calendar = builder.context.calendar
      return period.period(asOf: day, calendar: calendar).start
        == period.period(asOf: builder.context.asOf, calendar: calendar).start
    }
  }

  private func change(
    _ figure: ReportDefinition.Figure, from: Ratio, to: (value: Ratio, unit: Unit), against: String
  ) -> ReportDocument.Change? {
    let (format, better) = (builder.format, figure.moreIsBetter)
    switch to.unit {
    case .money:
      return format.change(from: from, to: to.value, against: against, moreIsBetter: better)
    case .rate where figure.form == .plain:
      return format.rateChange(from: from, to: to.value, against: against, moreIsBetter: better)
    case .rate:
      return format.multipleChange(
        from: from, to: to.value, against: against, moreIsBetter: better)
    case .count, .days:
      return format.countChange(from: from, to: to.value, against: against, moreIsBetter: better)
    default:
      return format.numberChange(from: from, to: to.value, against: against, moreIsBetter: better)
    }
  }
}

extension ReportDocument.Change {
  /// Whether the figure reads otherwise than before: less than its last place is no change.
  fileprivate var isSeen: Bool { value.text.contains { ("1"..."9").contains($0) } }
}

extension ReportDocument.KeyFigure {
  /// Adds a part to the note.
  fileprivate mutating func add(_ part: ReportDocument.Prose) {
    note = note.map { $0 + "; " + part } ?? part
  }
}

extension ReportContext {
  /// How figures of the company moved from run to run: a row a run, the as-of date last.
  var trendTable: MetricTable {
    let days = past?.trend ?? []
    let known = TrendFigure.allCases.filter { figure in days.contains { $0.figures[figure] != nil }
    }
    return MetricTable(
      name: DataTable.trend.rawValue, grain: "a run that is kept",
      columns: [
        MetricColumn(
          name: "as_of", title: formatter.words[.asOf], unit: .day,
          cells: .text(days.map(\.day.description)))
      ]
        + known.map { figure in
          MetricColumn(
            name: figure.rawValue, title: figure.title, unit: .count,
            cells: .integers(days.map { $0.figures[figure].map(ValueFormatter.whole) }))
        })
  }
}
