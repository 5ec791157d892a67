import Metrics
import Records

/// What one edition asks an engine, and how the answers become its document.
///
/// Reports never sees an engine: `cadastre` has one run `queries`, `listings`, `tables` and
/// `families`, each limited to the edition's scope, and hands the answers back in their order.
public struct ReportPlan: Sendable {
  public let definition: ReportDefinition
  public let edition: EditionScope
  let context: ReportContext
  let steps: [Step]
  /// Whose figures the edition shows.
  let people: PeoplePolicy
  /// How many rows of each query and listing are shown, where all are asked for.
  let limits: [Int?]
  let listingLimits: [Int?]
  /// Where the answers of the report's own figures stand, by their names.
  let figures: [(key: String, step: FigureStep)]
  public let queries: [Query]
  public let listings: [Listing]
  public let tables: [StandardTable]
  public let details: [DetailTable]
  public let families: [FamilyChoice]

  /// What every query of the plan is limited to.
  public var scope: Scope { edition.scope }

  /// What an engine answered, each list in the order of the plan's.
  public struct Answers: Sendable {
    public var queries: [MetricTable]
    public var listings: [MetricTable]
    public var tables: [MetricTable]
    public var details: [MetricTable]
    public var families: [FamilyTree?]
    /// What the edition is told about the change between two models; nil where none is planned.
    public var change: ChangeAnswers?

    public init(
      queries: [MetricTable] = [], listings: [MetricTable] = [], tables: [MetricTable] = [],
      details: [MetricTable] = [], families: [FamilyTree?] = [], change: ChangeAnswers? = nil
    ) {
      self.queries = queries
      self.listings = listings
      self.tables = tables
      self.details = details
      self.families = families
      self.change = change
    }
  }

  /// Where the answers of a section stand.
  indirect enum Step: Sendable {
    case headline(ReportDefinition.Headline, [FigureStep])
    case keyFigures([FigureStep])
    case chart(ChartStep)
    case rows(ReportDefinition.Table, query: Int, total: Int?, dimension: Dimension)
    case listing(ReportDefinition.Table, listing: Int)
    case standard(ReportDefinition.Table, table: Int)
    case detail(ReportDefinition.Table, detail: Int)
    case data(ReportDefinition.Table, DataTable)
    /// The families to draw, the largest first.
    case tree(ReportDefinition.Tree, families: [Int])
    case text(Pattern)
    case takeaways(ReportDefinition.Takeaways)
    case callout(ReportDefinition.Callout)
    case changed(ReportDefinition.Table, ReportDefinition.ChangeRows)
    case changedFamilies(ReportDefinition.ChangedFamilies)
    case changedModels
    case group([(section: ReportDefinition.Section, step: Step)])
  }

  /// Where the answers of a figure stand.
  struct FigureStep: Sendable {
    let figure: ReportDefinition.Figure
    let present: Int
    let earlier: Int?
  }

  /// Plans a definition for one edition.
  public init(_ definition: ReportDefinition, for edition: EditionScope, in context: ReportContext)
  {
    var sheet = QuerySheet(edition: edition, context: context)
    self.definition = definition
    self.edition = edition
    self.context = context
    self.figures = definition.figures.map { ($0.key, sheet.ask($0.figure)) }
    self.steps = definition.sections.map { sheet.step($0) }
    people = PeoplePolicy(edition, context)
    self.queries = sheet.queries.map(people.asked)
    self.listings = sheet.listings.map(people.asked)
    limits = sheet.queries.map(\.limit)
    listingLimits = sheet.listings.map(\.limit)
    self.tables = sheet.tables
    self.details = sheet.details
    self.families = sheet.families
  }

  /// The query that gives an edition's line in the index of a run.
  public static func indexQueries(scope: Scope) -> [Query] {
    [
      Query(
        name: "index-quarter", metrics: ["won_amount"], period: .fiscalQuarterToDate(offset: 0),
        scope: scope),
      Query(name: "index-open", metrics: ["open_amount", "open_count"], scope: scope),
    ]
  }
}

/// Gathers the questions of an edition; figures of one period and filter share a query.
struct QuerySheet {
  let edition: EditionScope
  let context: ReportContext
  var queries: [Query] = []
  var listings: [Listing] = []
  var tables: [StandardTable] = []
  var details: [DetailTable] = []
  var families: [FamilyChoice] = []

  init(edition: EditionScope, context: ReportContext) {
    self.edition = edition
    self.context = context
  }

  mutating func step(_ section: ReportDefinition.Section) -> ReportPlan.Step {
    switch section.content {
    case .headline(let headline): .headline(headline, headline.figures.map { ask($0.figure) })
    case .keyFigures(let figures): .keyFigures(figures.map { ask($0) })
    case .chart(let chart): ask(chart, section)
    case .table(let table): ask(table, name: section.id)
    case .tree(let tree): .tree(tree, families: choices(tree).map { ask($0) })
    case .text(let pattern): .text(pattern)
    case .takeaways(let takeaways): .takeaways(takeaways)
    case .callout(let callout): .callout(callout)
    case .changedFamilies(let families): .changedFamilies(families)
    case .changedModels: .changedModels
    case .group(let parts): .group(parts.map { (section: $0, step: step($0)) })
    }
  }

  mutating func ask(_ figure: ReportDefinition.Figure) -> ReportPlan.FigureStep {
    // The change set answers it, no engine.
    if figure.isOfChange {
      return ReportPlan.FigureStep(figure: figure, present: -1, earlier: nil)
    }
    let known = ReportDefinition.commonNames + ReportDefinition.spanNames
    let named = figure.note?.names.filter { !known.contains($0) } ?? []
    let metrics = [figure.metric] + (figure.cases.map { [$0] } ?? []) + named
    if let spans = figure.spans {
      let query = add(
        Query(
          name: figure.metric + "-by-" + spans.rawValue, metrics: metrics, by: [spans],
          filter: figure.filter, period: figure.period, scope: edition.scope))
      return ReportPlan.FigureStep(figure: figure, present: query, earlier: nil)
    }
    return ReportPlan.FigureStep(
      figure: figure, present: total(metrics, figure.period, figure.filter),
      earlier: figure.compare.map { total([figure.metric], $0, figure.filter) })
  }

  /// The query of totals for a period and filter, with these metrics among its own.
  private mutating func total(
    _ metrics: [String], _ period: PeriodSpec, _ filter: ExpressionText?
  ) -> Int {
    let known = queries.firstIndex {
      $0.by.isEmpty && $0.period == period && $0.filter?.text == filter?.text
    }
    let index = known ?? queries.count
    if known == nil {
      queries.append(
        Query(
          name: "total-\(index)", metrics: [], filter: filter, period: period,
          scope: edition.scope))
    }
    for metric in metrics where !queries[index].metrics.contains(metric) {
      queries[index].metrics.append(metric)
    }
    return index
  }

  private mutating func ask(_ table: ReportDefinition.Table, name: String) -> ReportPlan.Step {
    switch table.source {
    case .metrics(let named, let by):
      let dimension = resolve(by).dimension
      let metrics =
        context.readiness?.makeable(named, by: dimension, where: table.filter) ?? named
      let query = add(
        Query(
          name: name, metrics: metrics, by: [dimension], filter: table.filter,
          period: table.period, scope: edition.scope,
          order: table.order.filter { metrics.contains($0.column) || !named.contains($0.column) },
          limit: dimension == .territorySubtree ? nil : table.asked,
          keepsRest: dimension.sumsUp))
      let sums = table.total ? total(metrics, table.period, table.filter) : nil
      return .rows(table, query: query, total: sums, dimension: dimension)
    case .listing(let fact):
      var columns = table.columns.map(\.name)
      columns.removeAll { $0 == DefinitionReader.reasonsColumn && !table.reasons.isEmpty }
      let told = table.reasons.flatMap(\.words.names).filter {
        !ReportDefinition.commonNames.contains($0)
      }
      for name in columns.compactMap(ListingColumns.id) + told where !columns.contains(name) {
        columns.append(name)
      }
      listings.append(
        Listing(
          name: name, fact: fact, columns: columns, filter: filter(of: table),
          scope: edition.scope, order: table.order, limit: table.asked,
          reasons: table.reasons.map(\.condition)))
      return .listing(table, listing: listings.count - 1)
    case .standard(let standard):
      return .standard(table, table: index(of: standard))
    case .detail(let detail):
      return .detail(table, detail: index(of: detail))
    case .data(let data): return .data(table, data)
    case .changes(let rows): return .changed(table, rows)
    }
  }

  mutating func index(of table: DetailTable) -> Int {
    if let known = details.firstIndex(of: table) { return known }
    details.append(table)
    return details.count - 1
  }

  mutating func index(of table: StandardTable) -> Int {
    if let known = tables.firstIndex(of: table) { return known }
    tables.append(table)
    return tables.count - 1
  }

  /// The families of a tree: as many as it draws, or the one of the edition.
  private func choices(_ tree: ReportDefinition.Tree) -> [FamilyChoice] {
    if case .family(let root) = edition.scope { return [.of(account: root)] }
    let byOpen = tree.family == .largestOpen
    return (0..<tree.count).map { rank in
      rank == 0 ? tree.family ?? .largestWon : .ranked(rank, byOpen: byOpen)
    }
  }

  private mutating func ask(_ family: FamilyChoice) -> Int {
    if let known = families.firstIndex(of: family) { return known }
    families.append(family)
    return families.count - 1
  }

  private mutating func add(_ query: Query) -> Int {
    queries.append(query)
    return queries.count - 1
  }

  /// The dimension of a breakdown; `parts` are the territories below, else the owners.
  private func resolve(
    _ breakdown: ReportDefinition.Breakdown
  ) -> (dimension: Dimension, byOwner: Bool) {
    switch breakdown {
    case .dimension(let dimension): (dimension, dimension == .owner)
    case .parts: edition.parts.isEmpty ? (.owner, true) : (.territorySubtree, false)
    }
  }

  /// The filter of a list, with the day until which it reaches as a condition.
  private func filter(of table: ReportDefinition.Table) -> ExpressionText? {
    guard let until = table.until else { return table.filter }
    let end = until.period.period(asOf: context.asOf, calendar: context.calendar).end
    let condition = "\(until.field) < \(end)"
    guard let filter = table.filter else { return ExpressionText(condition) }
    // The parenthesis moves the author's text by one: an error in it still points into the file.
    let at = SourcePosition(
      file: filter.at.file, line: filter.at.line, column: max(filter.at.column - 1, 0))
    return ExpressionText("(\(filter.text)) and \(condition)", at: at)
  }
}

/// Which column of a listing holds the Id behind a name.
enum ListingColumns {
  /// The name of the Id column, nil where a column names no record.
  static func id(of column: String) -> String? {
    if column == "Name" { return "Id" }
    if column == "Account.Name" { return "account_id" }
    guard let dimension = Dimension(rawValue: column), dimension.entity != nil else { return nil }
    return column + "_id"
  }
}
