import Metrics
import Records
import Territories

/// What an edition is told about the change between two models, made once for all its sections.
public struct ChangeAnswers: Sendable {
  let part: ChangePart
  /// A row, a column a figure.
  let figures: MetricTable
  private let lists: [ChangeList: MetricTable]
  let families: [FamilyMove]
  /// Both models as trees; nil where no section shows them.
  let models: Models?

  /// Both models as trees.
  public struct Models: Sendable {
    let before: TreeDocument
    let after: TreeDocument

    public init(before: TreeDocument, after: TreeDocument) {
      self.before = before
      self.after = after
    }
  }

  /// - Parameters:
  ///   - part: the part of the change that the edition may see.
  ///   - plan: what its sections ask for.
  ///   - models: both models as trees, where a section shows them.
  public init(_ part: ChangePart, for plan: ReportPlan, models: Models? = nil) {
    self.part = part
    self.models = models
    figures = part.figures
    var lists: [ChangeList: MetricTable] = [:]
    for list in plan.changeLists { lists[list] = part.table(list) }
    self.lists = lists
    families = plan.changedFamilies > 0 ? part.largestMoves(plan.changedFamilies) : []
  }

  /// The rows of a list that a section shows, in its order.
  func table(_ rows: ReportDefinition.ChangeRows) -> MetricTable? {
    guard let whole = lists[rows.list] else { return nil }
    let filters = rows.only.map { (whole[$0.column], Set($0.words)) }
    var kept = (0..<whole.rowCount).filter { row in
      filters.allSatisfy { column, words in
        column?.text(row).map(words.contains) ?? false
      }
    }
    if let group = rows.group.flatMap({ whole[$0] }) {
      var places: [String: Int] = [:]
      let ranked = kept.enumerated().map { place, row -> (Int, Int, Int) in
        guard let text = group.text(row) else { return (place, place, row) }
        let first = places[text] ?? place
        places[text] = first
        return (first, place, row)
      }
      kept = ranked.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.2)
    }
    if kept.count == whole.rowCount, rows.group == nil { return whole }
    let part = whole.keeping(kept)
    // What is left out by choice is no part that was cut.
    return MetricTable(
      name: part.name, grain: part.grain, columns: part.columns,
      notes: kept.isEmpty && !rows.only.isEmpty ? [] : part.notes)
  }
}

extension ReportPlan {
  /// Whether any section is about the change between two models.
  public var isAboutChange: Bool { definition.isAboutChange }

  /// Whether an engine has to answer anything.
  public var asksAnEngine: Bool {
    !(queries.isEmpty && listings.isEmpty && tables.isEmpty && details.isEmpty && families.isEmpty)
  }

  /// Whether a section shows both models as trees.
  public var showsModels: Bool {
    allSteps.contains { step in
      if case .changedModels = step { return true }
      return false
    }
  }

  /// The lists of the change that sections show.
  var changeLists: Set<ChangeList> {
    Set(
      allSteps.compactMap { step in
        if case .changed(_, let rows) = step { return rows.list }
        return nil
      })
  }

  /// How many families are shown before and after.
  var changedFamilies: Int {
    allSteps.map { step in
      if case .changedFamilies(let families) = step { return families.limit }
      return 0
    }.max() ?? 0
  }

  private var allSteps: [Step] {
    steps.flatMap { step in
      if case .group(let parts) = step { return parts.map(\.step) }
      return [step]
    }
  }
}

extension ReportPlan.Answers {
  /// Some figures of the change, for their definitions.
  func shownChange(_ names: [String]) -> MetricTable {
    change?.figures.only(names) ?? MetricTable(name: "", grain: "", columns: [])
  }
}

extension MetricTable {
  /// The table with some of its columns.
  func only(_ names: [String]) -> MetricTable {
    MetricTable(name: name, grain: grain, columns: names.compactMap { self[$0] })
  }
}
