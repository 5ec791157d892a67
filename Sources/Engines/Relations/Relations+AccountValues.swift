import Metrics
import Records
import Settings

// What accounts are worth, as docs/metrics.md defines it.
extension Relations {
  /// A part of the score: its column, what it is made from, and how.
  private struct Part {
    let name: String
    /// Over the rows of the relation of sources: a value whose share counts, or a part in millionths.
    let source: String
    let isShare: Bool
    /// Whether what is left of the whole counts.
    var isRemainder = false
  }

  /// What a whole is, in millionths.
  private static let whole = 1_000_000

  /// Defines the value, score and confidence of each account; scores are of the whole company.
  func accountValues() throws {
    try opportunities()
    try subscriptions()
    try families()
    let counted = settings.accountValues.counted
    try accountValueSources(counted.map(\.part))
    var parts: [Part] = []
    for (part, _) in counted { parts += self.parts(part) }
    try define("account_value_limit", "The 95th percentile of the values above zero, by part.") {
      let measured = parts.filter(\.isShare).map {
        "SELECT '\($0.name)' AS part, \($0.source) AS x FROM account_value_source"
      }
      guard !measured.isEmpty else {
        return "SELECT '' AS part, \(dialect.null(dialect.wholeType)) AS p"
      }
      return """
        SELECT part, min(x) AS p FROM (
          SELECT part, x, row_number() OVER (PARTITION BY part ORDER BY x) AS place,
            count(*) OVER (PARTITION BY part) AS n
          FROM (
        \(indented(measured.joined(separator: "\nUNION ALL\n"), by: 4))
          ) AS measured WHERE x > 0
        ) AS ranked WHERE 100 * place >= 95 * n GROUP BY part
        """
    }
    try define(
      "account_value", "What each account is worth; score and confidence are in millionths."
    ) {
      scores(parts, counted.map { ($0.part.rawValue, $0.weight) })
    }
  }

  private func scores(_ parts: [Part], _ weights: [(part: String, weight: Int64)]) -> String {
    let shared = parts.filter(\.isShare).map(\.name)
    let limits = shared.map { "max(CASE WHEN part = '\($0)' THEN p END) AS \($0)" }
    let limit =
      shared.isEmpty
      ? ""
      : "\n  CROSS JOIN (SELECT \(limits.joined(separator: ",\n    "))\n"
        + "    FROM account_value_limit) AS p"
    let columns = parts.map { "\(millionths($0)) AS \($0.name)" }
    // The mean of contacts and activity where both are known, else the one that is.
    let together = parts.map(\.name).contains("contacts") ? [Relations.relationships] : []
    let total = weights.map { "coalesce(\($0.weight) * \($0.part), 0)" }
    let known = weights.map { "CASE WHEN \($0.part) IS NULL THEN 0 ELSE \($0.weight) END" }
    func sum(_ terms: [String]) -> String {
      "CAST(\(terms.isEmpty ? "0" : terms.joined(separator: "\n    + ")) AS \(dialect.wholeType))"
    }
    let all = weights.map(\.weight).reduce(0, +)
    return """
      WITH part AS (
        SELECT s.account, s.root, s.own\(columns.map { ",\n    \($0)" }.joined())
        FROM account_value_source AS s\(limit)
      ), named_part AS (
        SELECT part.*\(together.map { ",\n    \($0)" }.joined()) FROM part
      ), weighed AS (
        SELECT account, root, own, \(sum(total)) AS total,
          \(sum(known)) AS known
        FROM named_part
      )
      SELECT account, root, own,
        CAST(sum(own) OVER (PARTITION BY root) AS \(dialect.wholeType)) AS of_family,
        CASE WHEN known > 0 THEN divided(total, known) END AS score,
        divided(known * \(Relations.whole), \(max(all, 1))) AS confidence
      FROM weighed
      """
  }

  private static let relationships = """
    CASE WHEN contacts IS NULL THEN activity WHEN activity IS NULL THEN contacts
        ELSE divided(contacts + activity, 2) END AS relationships
    """

  /// A part of the sources in millionths, null where it is not known.
  private func millionths(_ part: Part) -> String {
    let whole = Relations.whole
    let source = "s.\(part.source)"
    var value = source
    if part.isShare {
      value =
        "CASE WHEN \(source) IS NULL THEN NULL WHEN \(source) <= 0 THEN 0"
        + " WHEN \(source) >= p.\(part.name) THEN \(whole)"
        + " ELSE divided(\(source) * \(whole), p.\(part.name)) END"
    }
    return part.isRemainder ? "\(whole) - (\(value))" : value
  }

  private func parts(_ part: AccountValuePart) -> [Part] {
    let name = part.rawValue
    if let field = settings.accountValues.fields[part] {
      return [
        Part(
          name: name, source: name, isShare: field.values.isEmpty && isNumber(field),
          isRemainder: part == .churnRisk)
      ]
    }
    switch part {
    case .relationships:
      return [
        Part(name: "contacts", source: "contacts", isShare: true),
        Part(name: "activity", source: "activity", isShare: false),
      ]
    case .churnRisk: return [Part(name: name, source: name, isShare: false)]
    case .salesCycle: return [Part(name: name, source: name, isShare: true, isRemainder: true)]
    case .solvency, .fit, .channel: return [Part(name: name, source: name, isShare: false)]
    case .recurringRevenue, .openPipeline, .whitespace, .familyRevenue, .walletShare:
      return [Part(name: name, source: name, isShare: true)]
    }
  }

  private func isNumber(_ field: AccountValueSettings.Field) -> Bool {
    schema.column(field.name, of: .account)?.kind == .decimal
  }

  // MARK: Sources

  /// Defines what the parts are made from: a row an account, null where nothing is known.
  private func accountValueSources(_ parts: [AccountValuePart]) throws {
    var cells: [String] = []
    var joins: [String] = []
    for part in parts {
      if let field = settings.accountValues.fields[part] {
        cells.append("\(value(of: field)) AS \(part.rawValue)")
      } else {
        try add(part, &cells, &joins)
      }
    }
    try recurringRevenueNow()
    try openPipeline()
    let known = knownSources
    try define("account_value_source", "What the value of each account is made from.") {
      """
      WITH known AS (SELECT \(known.joined(separator: ",\n    ")))
      SELECT a.Id AS account, family.root,
        CASE WHEN known.revenue OR known.deals THEN 12 * coalesce(revenue_now.mrr, 0)
          + coalesce(pipeline_now.amount, 0) END AS own\(cells.map { ",\n  \($0)" }.joined())
      FROM Account AS a CROSS JOIN known
      JOIN family_member AS family ON family.account = a.Id
      LEFT JOIN revenue_now ON revenue_now.account = a.Id
      LEFT JOIN pipeline_now ON pipeline_now.account = a.Id\(joins.map { "\n" + $0 }.joined())
      """
    }
  }

  /// What the export can tell at all, as columns of one row.
  private var knownSources: [String] {
    func exists(_ rows: String) -> String { "(SELECT count(*) > 0 FROM \(rows))" }
    let values = schema.column("MonthlyValue__c", of: .contract) != nil
    return [
      (values ? exists("Contract WHERE MonthlyValue__c IS NOT NULL") : "false") + " AS revenue",
      exists("opportunities") + " AS deals",
    ]
  }

  private func value(of field: AccountValueSettings.Field) -> String {
    guard let column = schema.column(field.name, of: .account) else {
      return dialect.null(dialect.wholeType)
    }
    let cell = "a.\(dialect.identifier(column.name))"
    switch (column.kind, field.values.isEmpty) {
    case (.decimal, true): return cell
    case (.category, false):
      let cases = field.values.sorted { $0.key < $1.key }.map {
        "WHEN \(dialect.literal($0.key)) THEN \($0.value)"
      }
      return "CAST(CASE \(cell) \(cases.joined(separator: " ")) END AS \(dialect.wholeType))"
    default: return dialect.null(dialect.wholeType)
    }
  }

  private func add(
    _ part: AccountValuePart, _ cells: inout [String], _ joins: inout [String]
  ) throws {
    let name = part.rawValue
    let whole = dialect.wholeType
    switch part {
    case .recurringRevenue:
      cells.append("CASE WHEN known.revenue THEN coalesce(revenue_now.mrr, 0) END AS \(name)")
    case .openPipeline:
      cells.append("CASE WHEN known.deals THEN coalesce(pipeline_now.amount, 0) END AS \(name)")
    case .whitespace:
      try whitespaces()
      joins.append("LEFT JOIN account_whitespace AS missing ON missing.account = a.Id")
      cells.append("CAST(missing.products AS \(whole)) AS \(name)")
    case .familyRevenue:
      try consolidatedRevenue()
      joins.append("LEFT JOIN consolidated ON consolidated.account = family.root")
      cells.append("CASE WHEN consolidated.revenue > 0 THEN consolidated.revenue END AS \(name)")
    case .relationships: try relationships(&cells, &joins)
    case .walletShare:
      try accountRevenues()
      try wonBookings()
      joins.append("LEFT JOIN account_revenue ON account_revenue.account = a.Id")
      joins.append("LEFT JOIN account_won AS won ON won.account = a.Id")
      cells.append(
        "CASE WHEN known.deals AND account_revenue.revenue > 0 THEN divided("
          + "greatest(coalesce(won.amount, 0), 0) * \(Relations.whole), account_revenue.revenue)"
          + " END AS \(name)")
    case .salesCycle:
      try wonBookings()
      joins.append("LEFT JOIN account_won AS cycles ON cycles.account = a.Id")
      cells.append(
        "CASE WHEN cycles.cycles > 0 THEN divided(cycles.days, cycles.cycles) END AS \(name)")
    case .churnRisk:
      cells.append(
        "CASE WHEN known.revenue AND revenue_now.before > 0 THEN divided(least(greatest("
          + "revenue_now.mrr, 0), revenue_now.before) * \(Relations.whole), revenue_now.before)"
          + " END AS \(name)")
    case .solvency, .fit, .channel: cells.append("\(dialect.null(whole)) AS \(name)")
    }
  }

  /// Contacts, and how long ago the last activity was.
  private func relationships(_ cells: inout [String], _ joins: inout [String]) throws {
    let whole = dialect.wholeType
    try exported(.contact)
    try define("account_contact", "The number of contacts of each account.") {
      // A person who is an account stands in Account already.
      var conditions: [String] = []
      if let isPerson = column("IsPersonAccount", of: .contact, "c") {
        conditions.append("\(isPerson) IS NOT TRUE")
      }
      if let person = column("PersonContactId", of: .account, "p") {
        conditions.append(
          "NOT EXISTS (SELECT 1 FROM Account AS p WHERE \(person) = c.Id)")
      }
      let account = column("AccountId", of: .contact, "c") ?? dialect.null("VARCHAR")
      let rows =
        "SELECT \(account) AS account FROM Contact AS c"
        + (conditions.isEmpty ? "" : " WHERE \(conditions.joined(separator: " AND "))")
      return """
        WITH contact AS (\(rows)), counted AS (
          SELECT account, count(*) AS contacts FROM contact GROUP BY account)
        SELECT a.Id AS account, CAST(coalesce(counted.contacts, 0) AS \(whole)) AS contacts
        FROM Account AS a LEFT JOIN counted ON counted.account = a.Id
        WHERE (SELECT count(*) FROM contact) > 0
        """
    }
    var own: [String] = []
    let day = try lastActivity(&own)
    try define("account_activity", "The day of each account's last activity, where any has one.") {
      """
      WITH known AS (
        SELECT a.Id AS account, \(day) AS day FROM Account AS a\(own.map { "\n  " + $0 }.joined())
      )
      SELECT account, CASE WHEN day IS NULL THEN 0 ELSE divided(CAST(greatest(
        0, 365 - \(dialect.days(from: "day", to: dialect.literal(schema.asOf)))) AS \(whole))
        * \(Relations.whole), 365) END AS part
      FROM known WHERE (SELECT count(day) FROM known) > 0
      """
    }
    joins.append("LEFT JOIN account_contact AS people ON people.account = a.Id")
    joins.append("LEFT JOIN account_activity AS last ON last.account = a.Id")
    cells.append("people.contacts")
    cells.append("last.part AS activity")
  }
}
