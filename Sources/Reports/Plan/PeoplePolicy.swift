import Metrics
import Records

/// Who is shown named people's attainment, win rate and fit.
public enum PeopleMetrics: String, Hashable, Sendable {
  /// Whom the people answer to: editions of their territories and managers.
  case managementLine = "management_line"
  case everyone
  case nobody
}

/// Keeps named people's attainment, win rate and fit from readers who are not in their line of
/// management: such figures never enter a document.
///
/// A figure is about people where it is sliced by an owner and is a rate, is made from quotas, or
/// says how well an owner fits (`RepFlag`, table `rep-fit`). The rows of people whom the reader is
/// not to see become one line "n others", with the sums of what adds up; in a table by further
/// dimensions one line for each of their members, which is the distribution.
struct PeoplePolicy: Sendable {
  /// Ids of the users whose figures may be shown; nil: everybody's.
  private let shown: Set<String>?
  private let catalogue: MetricCatalogue?

  init(_ edition: EditionScope, _ context: ReportContext) {
    catalogue = context.catalogue
    switch context.peopleMetrics {
    case .everyone: shown = nil
    case .nobody: shown = []
    // Where nobody knows who is below whom, nobody is known to be below the reader.
    case .managementLine: shown = context.line?.people(below: edition.scope) ?? []
    }
  }

  /// A query as it is asked: what is about people is not cut, because who is not shown must not take
  /// the place of who is.
  func asked(_ query: Query) -> Query {
    guard isAboutPeople(query) else { return query }
    var all = query
    all.limit = nil
    all.keepsRest = false
    return all
  }

  /// A listing as it is asked, likewise, with the Id of the owner beside what is listed.
  func asked(_ listing: Listing) -> Listing {
    guard isAboutPeople(listing) else { return listing }
    var all = listing
    all.limit = nil
    let owner = Dimension.owner.rawValue + "_id"
    if !all.columns.contains(owner) { all.columns.append(owner) }
    return all
  }

  /// The answers without the figures of those who are not shown.
  func applied(to answers: ReportPlan.Answers, of plan: ReportPlan) -> ReportPlan.Answers {
    guard shown != nil else { return answers }
    var answers = answers
    for index in answers.queries.indices where isAboutPeople(plan.queries[index]) {
      let others = hidden(answers.queries[index], isListing: false)
      answers.queries[index] = others.cut(to: plan.limits[index], catalogue)
    }
    for index in answers.listings.indices where isAboutPeople(plan.listings[index]) {
      let others = hidden(answers.listings[index], isListing: true)
      answers.listings[index] = others.cut(to: plan.listingLimits[index], catalogue)
    }
    for index in answers.tables.indices where isAboutPeople(plan.tables[index]) {
      answers.tables[index] = hidden(answers.tables[index], isListing: false)
        .cut(to: nil, catalogue)
    }
    for index in answers.details.indices where plan.details[index] == .team {
      answers.details[index] = hidden(answers.details[index], isListing: false)
        .cut(to: nil, catalogue)
    }
    return answers
  }

  private func isAboutPeople(_ query: Query) -> Bool {
    shown != nil && query.by.contains(where: PeoplePolicy.isOwner)
      && query.metrics.contains(where: isAboutPeople)
  }

  /// Whether a metric by owner tells how well somebody does: a rate, or something made from quotas.
  private func isAboutPeople(_ metric: String) -> Bool {
    guard let catalogue, let known = catalogue[metric] else { return true }
    return known.unit == .rate
      || catalogue.measures(of: metric).contains { $0.measure.fact == .quotas }
  }

  private func isAboutPeople(_ listing: Listing) -> Bool {
    guard shown != nil, Dimension.owner.facts.contains(listing.fact) else { return false }
    let named = listing.columns + listing.order.map(\.column) + [listing.filter?.text ?? ""]
    return listing.fact == .quotas || named.contains { $0.lowercased().contains("repflag") }
  }

  private func isAboutPeople(_ table: StandardTable) -> Bool {
    shown != nil && [.owners, .winRates, .repFit].contains(table)
  }

  private static func isOwner(_ dimension: Dimension) -> Bool {
    [.owner, .ownerSubtree, .ownerAtClose].contains(dimension)
  }

  /// Which rows are those of people who are shown, and which lines stand for the others.
  private func hidden(_ table: MetricTable, isListing: Bool) -> PeopleRows {
    let isMixed = table["dimension"] != nil
    let ids =
      isMixed
      ? table["member_id"]
      : [Dimension.owner, .ownerSubtree, .ownerAtClose].lazy
        .compactMap { table[$0.rawValue + "_id"] }.first
    var rows = PeopleRows(table: table, isListing: isListing)
    for row in 0..<table.rowCount {
      let isPerson = !isMixed || table["dimension"]?.text(row) == Dimension.owner.rawValue
      let id = ids?.text(row)
      if isPerson, let id, !MemberRows.isRemainder(id), shown?.contains(id) == false {
        rows.hide(row, of: id)
      } else {
        rows.kept.append(row)
      }
    }
    return rows
  }
}

/// The rows of a table that stay, and those that become one line with others.
private struct PeopleRows {
  let table: MetricTable
  let isListing: Bool
  var kept: [Int] = []
  private var groups: [(key: [String], rows: [Int], people: Set<String>)] = []

  init(table: MetricTable, isListing: Bool) {
    self.table = table
    self.isListing = isListing
  }

  mutating func hide(_ row: Int, of person: String) {
    let key = isListing ? [] : others.map { table.columns[$0].text(row) ?? "" }
    if let known = groups.firstIndex(where: { $0.key == key }) {
      groups[known].rows.append(row)
      groups[known].people.insert(person)
    } else {
      groups.append((key, [row], [person]))
    }
  }

  /// Columns of texts that name no person.
  private var others: [Int] {
    table.columns.indices.filter { index in
      let column = table.columns[index]
      guard case .text = column.cells, column.unit != .id(.user) else { return false }
      return !PeopleRows.names.contains(column.name)
    }
  }

  private static let names: Set<String> = [
    "owner", "owner_subtree", "owner_at_close", "member", "member_id", "territories",
  ]

  /// The table with one line for each group of people who are not shown, behind the others.
  ///
  /// - Parameters:
  ///   - limit: how many people are shown; what is cut goes with those who are not.
  ///   - catalogue: which figures add up.
  /// - Returns: the table itself where nobody is left out.
  func cut(to limit: Int?, _ catalogue: MetricCatalogue?) -> MetricTable {
    guard !groups.isEmpty else {
      let rows = limit.map { Array(kept.prefix($0)) } ?? kept
      return rows.count == table.rowCount ? table : table.keeping(rows)
    }
    let rows = limit.map { Array(kept.prefix($0)) } ?? kept
    let columns = table.columns.map { column -> MetricColumn in
      MetricColumn(
        name: column.name, title: column.title, unit: column.unit,
        cells: cells(of: column, rows, catalogue), definition: column.definition,
        n: column.n.map { n in rows.map { n[$0] } + groups.map { _ in 0 } },
        rowUnits: column.rowUnits.map { units in
          rows.map { units[$0] } + groups.map { units[$0.rows[0]] }
        })
    }
    return MetricTable(
      name: table.name, grain: table.grain, columns: columns,
      totalRowCount: kept.count + groups.count, notes: table.notes)
  }

  private func cells(
    of column: MetricColumn, _ rows: [Int], _ catalogue: MetricCatalogue?
  ) -> Cells {
    if case .text = column.cells {
      return .text(rows.map { column.text($0) } + groups.map { text(of: column, $0) })
    }
    let values = rows.map { column.value($0) } + groups.map { sum(of: column, $0.rows, catalogue) }
    return Cells(values, unit: column.unit)
  }

  private func text(
    of column: MetricColumn, _ group: (key: [String], rows: [Int], people: Set<String>)
  ) -> String? {
    let count = isListing ? group.rows.count : group.people.count
    let label = count == 1 ? "1 other" : "\(count) others"
    if isListing {
      // Where the rows are records, the first column that is no Id says how many.
      let first = table.columns.first { $0.unit == .text || $0.unit == .day }
      return column.name == first?.name && column.unit == .text ? label : nil
    }
    if let place = others.firstIndex(where: { table.columns[$0].name == column.name }) {
      return group.key[place].isEmpty ? nil : group.key[place]
    }
    return column.unit == .text && !["member_id", "territories"].contains(column.name) ? label : nil
  }

  /// The sum of a figure that adds up; nil for any other, and where one is not known.
  private func sum(
    of column: MetricColumn, _ rows: [Int], _ catalogue: MetricCatalogue?
  ) -> Ratio? {
    guard case .measure(let measure) = catalogue?[column.name]?.kind,
      measure.additivity != .nonAdditive, measure.fact != .quotas,
      // Of everybody below a manager, what one row says others say too.
      table[Dimension.ownerSubtree.rawValue + "_id"] == nil
    else { return nil }
    return rows.compactMap { column.value($0) }.reduce(Ratio(0, over: 1)) { sum, value in
      sum.flatMap { $0.adding(value) }
    }
  }
}
