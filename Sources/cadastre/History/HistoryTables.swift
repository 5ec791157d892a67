import History
import Metrics
import Records
import Reports

/// What the history holds, as tables for people and machines.
struct HistoryTables {
  /// Whether people read them, who are spared what only machines need.
  let isForPeople: Bool
  /// Rows of a long list; nil: all.
  let limit: Int?

  init(for output: TablesOutput) {
    isForPeople = output.format == .text
    limit = output.listLimit
  }

  /// The runs, the earliest first.
  func runs(_ runs: [KeptRun], _ counts: [Day: HistoryFile.Counts]) -> MetricTable {
    func count(_ name: String, _ title: String, _ value: (KeptRun) -> Int) -> MetricColumn {
      MetricColumn(
        name: name, title: title, unit: .count,
        cells: .integers(runs.map { Int128(value($0)) }))
    }
    return MetricTable(
      name: "history-runs", grain: "a run that is kept",
      columns: [
        days("as_of", "As of", runs.map(\.asOf)),
        days("newest_day", "Export taken", runs.map(\.newestDay)),
        count("editions", "Editions") { counts[$0.asOf]?.editions ?? 0 },
        count("deals", "Open deals") { counts[$0.asOf]?.deals ?? 0 },
        count("associations", "Accounts in territories") {
          counts[$0.asOf]?.associations ?? 0
        },
        count("rows", "Rows read") { $0.files.reduce(0) { $0 + $1.rowsRead } },
      ]
        + (isForPeople
          ? []
          : [
            text("version", "Made by", runs.map(\.version)),
            text("input", "Input", runs.map(\.input)),
          ]))
  }

  /// The files that a run read.
  func files(_ run: KeptRun) -> MetricTable {
    MetricTable(
      name: "history-files", grain: "a file of the export",
      columns: [
        text("file", "File", run.files.map(\.file)), text("object", "As", run.files.map(\.object)),
        MetricColumn(
          name: "rows_read", title: "Rows read", unit: .count,
          cells: .integers(run.files.map { Int128($0.rowsRead) })),
        MetricColumn(
          name: "rows_used", title: "Rows used", unit: .count,
          cells: .integers(run.files.map { Int128($0.rowsUsed) })),
      ])
  }

  /// The figures of editions.
  func figures(_ editions: [KeptEdition]) -> MetricTable {
    let rows = editions.flatMap { edition in edition.figures.map { (edition, $0) } }
    return MetricTable(
      name: "history-figures", grain: "a figure of an edition",
      columns: heads(rows) + [figure("value", "Value", rows.map(\.1))])
  }

  /// Figures that differ between two runs.
  func changes(_ changes: [HistoryDifference.FigureChange]) -> MetricTable {
    let rows = changes.map { ($0.edition, $0.after) }
    return MetricTable(
      name: "history-figure-changes", grain: "a figure that differs",
      columns: heads(rows) + [
        figure("before", "Before", changes.map(\.before)),
        figure("after", "After", changes.map(\.after)),
      ])
  }

  /// Deals that came, went or changed, a row for each field that did.
  func deals(_ changes: [HistoryDifference.DealChange]) -> MetricTable {
    struct Row {
      let deal: String
      let fate: String
      let field: String?
      let before: String?
      let after: String?
      let amount: Int64?
    }
    let all = changes.flatMap { change -> [Row] in
      func row(_ field: String?, _ before: String?, _ after: String?) -> Row {
        Row(
          deal: change.id, fate: change.fate.rawValue, field: field, before: before, after: after,
          amount: (change.after ?? change.before)?.amount)
      }
      func amount(_ deal: KeptDeal) -> String? {
        deal.amount.map { Exact.text(Int128($0), places: 2) }
      }
      guard let before = change.before, let after = change.after else {
        return [row(nil, change.before.flatMap(amount), change.after.flatMap(amount))]
      }
      let fields: [(String, String?, String?)] = [
        ("amount", amount(before), amount(after)),
        ("stage", before.stage, after.stage),
        ("close date", before.closeDate?.description, after.closeDate?.description),
        ("forecast", before.forecast, after.forecast),
        ("owner", before.owner, after.owner),
        ("territory", before.territory, after.territory),
        ("account", before.account, after.account),
      ]
      return fields.filter { $0.1 != $0.2 }.map { row($0.0, $0.1, $0.2) }
    }
    let rows = all.prefix(limit ?? all.count)
    return MetricTable(
      name: "history-deals", grain: "an open deal that came, went or changed, and a field of it",
      columns: [
        id("deal", "Deal", .opportunity, rows.map(\.deal))
      ]
        + (isForPeople
          ? [text("what", "What", rows.map { $0.field ?? $0.fate })]
          : [
            text("fate", "What", rows.map(\.fate)), text("field", "Field", rows.map(\.field)),
            MetricColumn(
              name: "amount", title: "Amount", unit: .money,
              cells: .money(rows.map { $0.amount.map { Int128($0) } })),
          ])
        + [
          text("before", "Before", rows.map(\.before)), text("after", "After", rows.map(\.after)),
        ], totalRowCount: all.count)
  }

  /// Accounts whose territories changed.
  func accounts(_ all: [HistoryDifference.AccountChange]) -> MetricTable {
    let changes = all.prefix(limit ?? all.count)
    return MetricTable(
      name: "history-accounts", grain: "an account whose territories changed",
      columns: [
        id("account", "Account", .account, changes.map(\.account)),
        text("left", "Left", changes.map { $0.left.joined(separator: " ") }),
        text("entered", "Came into", changes.map { $0.entered.joined(separator: " ") }),
      ], totalRowCount: all.count)
  }

  /// Report, edition and name of each figure.
  private func heads(_ rows: [(KeptEdition, KeptFigure)]) -> [MetricColumn] {
    let report = text("report", "Report", rows.map(\.0.report))
    let edition = text("edition", "Edition", rows.map(\.0.name))
    let figure = text("figure", "Figure", rows.map(\.1.label))
    if isForPeople { return [report, edition, figure] }
    return [
      report, edition, id("scope", "Scope", .territory, rows.map(\.0.scope)), figure,
      text("key", "What it is", rows.map(\.1.key)),
    ]
  }

  private func figure(
    _ name: String, _ title: String, _ figures: [KeptFigure]
  ) -> MetricColumn {
    MetricColumn(
      name: name, title: title, unit: .number,
      cells: .ratios(figures.map { $0.value ?? Ratio(0, over: 0) }),
      rowUnits: figures.map { unit($0.unit) })
  }

  private func unit(_ name: String) -> Unit {
    switch name {
    case "money": .money
    case "count": .count
    case "rate": .rate
    case "days": .days
    case "mean_days": .meanDays
    default: .number
    }
  }

  private func days(_ name: String, _ title: String, _ days: [Day?]) -> MetricColumn {
    MetricColumn(
      name: name, title: title, unit: .day, cells: .text(days.map { $0?.description }))
  }

  private func text(_ name: String, _ title: String, _ cells: [String?]) -> MetricColumn {
    MetricColumn(name: name, title: title, unit: .text, cells: .text(cells))
  }

  private func id(
    _ name: String, _ title: String, _ entity: Entity, _ cells: [String?]
  ) -> MetricColumn {
    MetricColumn(name: name, title: title, unit: .id(entity), cells: .text(cells))
  }
}
