import Metrics
import Records

/// A query's answer as one SELECT: a row a combination of members, exact whole numbers a measure.
///
/// Ratios and formulas are made of them afterwards, in one place for all engines.
struct QuerySQL {
  /// What a column of the result is.
  enum Column: Equatable {
    /// The member of a dimension: a key, a text or a day.
    case member(Dimension)
    /// The name of the record that is the member; null where it has none.
    case name(Dimension)
    /// A figure of a measure, by the measure's place in the plan's answer.
    case figure(Int)
    /// What the figure is divided by besides.
    case divisor(Int)
    /// Number of rows of a measure.
    case rows(Int)
  }

  let select: String
  let columns: [Column]
  /// By measure the parts of a unit that one of its figures stands for.
  let denominators: [Int128]

  /// One part of the answer: figures over the rows of one fact.
  private struct Part {
    let name: String
    let sql: String
    /// Columns behind the members, with their names.
    let columns: [(column: Column, name: String)]
  }

  /// Prints an answer of a plan.
  ///
  /// - Throws: what SQL cannot say.
  init(
    _ answer: QueryPlan.Answer, of plan: QueryPlan, catalogue: MetricCatalogue,
    relations: Relations
  ) throws {
    let dialect = relations.dialect
    var denominators = [Int128](repeating: 1, count: answer.measures.count)
    var parts: [Part] = []
    var entities: [Entity] = []
    for group in QuerySQL.groups(answer, plan) {
      let first = answer.measures[group.measures[0]]
      let printer = try PartPrinter(
        group.fact, answer, plan, relations: relations, date: first.measure.date,
        takesTopQuotas: plan.aggregations[first.figures].takesTopQuotas)
      var columns: [(column: Column, name: String)] = []
      for index in group.measures {
        let printed = try printer.add(answer.measures[index], index)
        denominators[index] = printed.denominator
        columns += printed.columns
      }
      let name = "of_\(group.name)"
      parts.append(Part(name: name, sql: printer.sql, columns: columns))
      entities += printer.entities
    }
    for entity in entities { relations.later.append { try $0.require(entity) } }
    let members = answer.query.by.indices.map { "member_\($0)" }
    var columns: [Column] = []
    var cells: [String] = []
    var joins: [String] = []
    for (index, dimension) in answer.query.by.enumerated() {
      columns.append(.member(dimension))
      let isNamed = dimension.entity != nil
      cells.append("\(members[index]) AS \(dimension.rawValue)\(isNamed ? "_id" : "")")
      guard let entity = dimension.entity else { continue }
      columns.append(.name(dimension))
      let relation = entity == .territory ? "territory" : relations.name(of: entity)
      let alias = "named_\(index)"
      let hasName =
        entity == .territory || relations.schema.column("Name", of: entity) != nil
        || !relations.schema.has(entity)
      let named =
        hasName ? "\(alias).\(entity == .territory ? "name" : "Name")" : dialect.null("VARCHAR")
      cells.append("\(named) AS \(dimension.rawValue)")
      joins.append(
        "LEFT JOIN \(relation) AS \(alias) ON \(alias).\(entity == .territory ? "id" : "Id")"
          + " = \(members[index])")
      relations.later.append { relations throws in
        if entity == .territory {
          try relations.territories()
        } else {
          try relations.require(entity)
        }
      }
    }
    for part in parts {
      columns += part.columns.map(\.column)
      cells += part.columns.map { dialect.identifier($0.name) }
    }
    var text = "WITH "
    text += parts.map { "\($0.name) AS (\n\(relations.indented($0.sql, by: 2))\n)" }
      .joined(separator: ", ")
    text += "\nSELECT \(cells.joined(separator: ", "))\nFROM \(parts[0].name)"
    for part in parts.dropFirst() {
      text +=
        members.isEmpty
        ? "\nCROSS JOIN \(part.name)"
        : "\nFULL JOIN \(part.name) USING (\(members.joined(separator: ", ")))"
    }
    text += joins.map { "\n" + $0 }.joined()
    if !members.isEmpty {
      let rows = parts.flatMap(\.columns).filter {
        if case .rows = $0.column { true } else { false }
      }
      text +=
        "\nWHERE " + rows.map { "\(dialect.identifier($0.name)) > 0" }.joined(separator: " OR ")
      let order = zip(answer.query.by, members).flatMap { dimension, member in
        QuerySQL.order(of: dimension, member, relations)
      }
      text += "\nORDER BY " + order.joined(separator: ", ")
    }
    self.select = text
    self.columns = columns
    self.denominators = denominators
  }

  /// The column of a measure's rows, which is the figure of a count.
  static func rowsName(_ source: QueryPlan.MeasureSource) -> String {
    source.measure.aggregate == .count ? source.name : "\(source.name)_rows"
  }

  /// The measures that can be made over the same rows.
  private static func groups(
    _ answer: QueryPlan.Answer, _ plan: QueryPlan
  ) -> [(name: String, fact: Fact, measures: [Int])] {
    var groups: [(name: String, fact: Fact, measures: [Int])] = []
    for (index, source) in answer.measures.enumerated() {
      let measure = source.measure
      var name = measure.fact.rawValue
      // Members of which a row has several would multiply the rows of other measures.
      if measure.aggregate == .countDistinct, let of = measure.of?.text,
        let dimension = Dimension(rawValue: of), dimension.isManyValued,
        dimension != .territory || measure.fact.entity != .opportunity
      {
        name += "_by_\(of)"
      }
      // Holders are counted among all quotas, which are added among the top ones only.
      if measure.fact == .quotas, measure.aggregate == .countDistinct {
        name += "_of_holders"
      }
      // The time of a row is that of its measure.
      if answer.query.by.contains(where: \.isTime), let date = measure.date {
        name += "_by_" + date.lowercased().split(separator: ".").joined(separator: "_")
      }
      if let known = groups.firstIndex(where: { $0.name == name }) {
        groups[known].measures.append(index)
      } else {
        groups.append((name, measure.fact, [index]))
      }
    }
    return groups
  }

  /// How the members of a dimension sort: remainders of Ids come first, any other last.
  private static func order(
    of dimension: Dimension, _ member: String, _ relations: Relations
  ) -> [String] {
    let dialect = relations.dialect
    if dimension.isTime { return [member] }
    if dimension.entity != nil {
      let other = dialect.literal(Remainder.other)
      let first = dialect.literal(Remainder.unknown)
      return [
        "CASE WHEN \(member) = \(other) THEN 2 WHEN \(member) = \(first) THEN 0 ELSE 1 END", member,
      ]
    }
    var names: [String]?
    if dimension == .segment {
      names = MetricSettings.bandNames(relations.settings.segmentBounds)
    } else if dimension == .dealBand {
      names = MetricSettings.bandNames(relations.settings.dealBounds)
    } else if dimension == .dealClass {
      names = relations.settings.classes.map(\.name)
    }
    let none = dialect.literal(Remainder.none)
    if dimension == .forecastCategory {
      let places = ForecastCategories.values.enumerated().map {
        "WHEN \(dialect.literal($1)) THEN \($0)"
      }
      return [
        "CASE \(member) \(places.joined(separator: " ")) WHEN \(none) THEN \(places.count + 1)"
          + " ELSE \(places.count) END", member,
      ]
    }
    guard let names else {
      return [
        "CASE WHEN \(member) = \(none) THEN 1 ELSE 0 END", member,
      ]
    }
    let places = names.enumerated().map { "WHEN \(dialect.literal($1)) THEN \($0)" }
    return [
      places.isEmpty
        ? member : "CASE \(member) \(places.joined(separator: " ")) ELSE \(names.count) END"
    ]
  }
}

/// Prints the figures of one fact's rows by group.
private final class PartPrinter {
  private let fact: Fact
  private let answer: QueryPlan.Answer
  private let plan: QueryPlan
  private let rows: FactSelect
  private var members: [Member] = []
  private var cells: [String] = []
  private let condition: String

  init(
    _ fact: Fact, _ answer: QueryPlan.Answer, _ plan: QueryPlan, relations: Relations,
    date: String?, takesTopQuotas: Bool
  ) throws {
    self.fact = fact
    self.answer = answer
    self.plan = plan
    rows = FactSelect(fact.entity, alias: fact.alias, relations: relations)
    let query = answer.query
    for dimension in query.by {
      members.append(try rows.member(dimension, fact, date: date, scope: query.scope))
    }
    condition = try rows.condition(
      fact, in: query.scope,
      topQuotasOnly: takesTopQuotas)
  }

  var entities: [Entity] { [fact.entity] + rows.entities }

  /// The whole SELECT.
  var sql: String {
    let named = members.enumerated().map { "\($1.member) AS member_\($0)" }
    var text = "SELECT " + (named + cells).joined(separator: ",\n  ")
    text += "\nFROM \(rows.relations.name(of: fact.entity)) AS \(rows.alias)"
    text += rows.joins.map { "\n" + $0 }.joined()
    if !condition.isEmpty { text += "\nWHERE \(condition)" }
    if !members.isEmpty {
      text += "\nGROUP BY " + members.map(\.member).joined(separator: ", ")
    }
    return text
  }

  /// Adds a measure: its figure, and how many rows it rests on.
  func add(
    _ source: QueryPlan.MeasureSource, _ index: Int
  ) throws -> (
    columns: [(column: QuerySQL.Column, name: String)], denominator: Int128
  ) {
    let aggregation = plan.aggregations[source.figures]
    let condition = try self.condition(of: aggregation)
    let dialect = rows.dialect
    let name = source.name
    let counted = "count(*)\(dialect.filter(condition))"
    let rowsName = QuerySQL.rowsName(source)
    cells.append("\(counted) AS \(dialect.identifier(rowsName))")
    var columns: [(column: QuerySQL.Column, name: String)] = [(.rows(index), rowsName)]
    guard aggregation.aggregate != .count, let of = aggregation.of else { return (columns, 1) }
    func add(_ sql: String, _ column: QuerySQL.Column, _ name: String) {
      cells.append("\(sql) AS \(dialect.identifier(name))")
      columns.append((column, name))
    }
    if aggregation.aggregate == .countDistinct, let dimension = Dimension(rawValue: of.text) {
      // Counting names nothing, so the members are those of the whole company.
      let member = try rows.member(
        dimension, fact, date: nil, scope: .company, isCounted: true)
      add("count(DISTINCT \(member.known))\(dialect.filter(condition))", .figure(index), name)
      return (columns, 1)
    }
    let value = try rows.expression.value(of)
    var denominator: Int128 = 1
    if case .number(let number) = value { denominator = number.denominator }
    let sql = value.sql
    switch aggregation.aggregate {
    case .sum: add(dialect.sum(sql, where: condition), .figure(index), name)
    case .mean:
      add(dialect.sum(sql, where: condition), .figure(index), name)
      add("count(\(sql))\(dialect.filter(condition))", .divisor(index), "\(name)_known")
    case .median: add(dialect.quantile(50, of: sql, where: condition), .figure(index), name)
    case .p90: add(dialect.quantile(90, of: sql, where: condition), .figure(index), name)
    case .max: add("max(\(sql))\(dialect.filter(condition))", .figure(index), name)
    case .min: add("min(\(sql))\(dialect.filter(condition))", .figure(index), name)
    case .count, .countDistinct: break
    }
    return (columns, denominator)
  }

  /// What must hold for a row to count.
  private func condition(of aggregation: QueryPlan.Aggregation) throws -> String {
    var conditions: [String] = []
    for text in aggregation.conditions { conditions.append(try rows.expression.condition(text)) }
    let states = try lastMonth(of: aggregation)
    if !states.isEmpty { conditions.append(states) }
    let takesPeriod = states.isEmpty || aggregation.by.contains(where: \.isTime)
    if let date = aggregation.date, let period = aggregation.period, takesPeriod {
      guard case .day(let day) = try rows.field(date.split(separator: ".").map(String.init)) else {
        throw NotPrinted.finding("the date \(date)")
      }
      let dialect = rows.dialect
      conditions.append("\(day) >= \(dialect.literal(period.start))")
      conditions.append("\(day) < \(dialect.literal(period.end))")
    }
    return conditions.joined(separator: " AND ")
  }

  /// Of monthly states the last completed month: of each span of time, or before the period's end.
  private func lastMonth(of aggregation: QueryPlan.Aggregation) throws -> String {
    guard aggregation.takesLastMonth, let date = aggregation.date,
      case .day(let day) = try rows.field(date.split(separator: ".").map(String.init))
    else { return "" }
    let dialect = rows.dialect
    let completed = rows.schema.asOf.startOfMonth()
    let end = min(aggregation.period?.end ?? completed, completed)
    let spans = aggregation.by.filter(\.isTime)
    guard !spans.isEmpty else {
      let last = end.startOfMonth().adding(days: -1)
      return "\(day) = \(dialect.literal(last))"
    }
    // Each row is dated by the last day of its month.
    let ends = try spans.map { span in
      try rows.end(of: span, date)
    }
    let limit = (ends + [dialect.literal(end)]).joined(separator: ", ")
    let next = dialect.day(day, movedBy: 1)
    return "\(next) = \(dialect.start(of: "month", "least(\(limit))"))"
  }
}
