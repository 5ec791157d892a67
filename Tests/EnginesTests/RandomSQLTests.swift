import Expressions
import Metrics
import Records
import TestKit
import Testing

@testable import Engines

/// A few deals as columns and as rows of a database, alike.
private struct Deals: FieldResolver, SQLFields {
  private static let days = [
    "2026-11-20", "2026-08-22", "", "2026-08-21", "2024-02-29", "2027-01-01", "", "1999-12-31",
  ]
  private static let money: [Int64?] = [
    10_000_000, nil, -55_000, 9_999_999, 0, 1_000_000_000_000_000_000, 1, -10_000,
  ]
  private static let small: [Int64?] = [30_000, 0, 10_000, nil, 70_000, -5_000, 3_333, 1]
  private static let rates: [Int64?] = [
    1_250_000_000, 1_000_000_000, nil, 0, 333_333_333, 7, -2, 999_999_999,
  ]
  private static let names = [
    "Acme Bank", "ÉLAN SA", "", "100%", "a_b", "o'Neill", "Straße; Nord", "b",
  ]
  private static let products = ["A;B", "B;AB", "", "AB", "a", ";", "b;a;c", "A;É"]
  private static let flags: [UInt8] = [1, 0, 2, 0, 1, 2, 1, 0]

  static let count = 8
  static let asOf = Day(iso: "2026-11-20") ?? Day(number: 0)

  func resolve(_ path: [String]) -> ResolvedField? {
    func decimals(_ values: [Int64?]) -> Column { .decimals(values.map { $0 ?? Exact.null }) }
    func texts(_ values: [String]) -> Column {
      var texts = Texts()
      for value in values { texts.append(Array(value.utf8)) }
      return .texts(texts)
    }
    func days(_ values: [String]) -> Column {
      .days(values.map { Day(iso: $0)?.number ?? Day.null })
    }
    return switch path.joined(separator: ".") {
    case "Amount": ResolvedField(column: decimals(Self.money), unit: .money)
    case "Discount": ResolvedField(column: decimals(Self.money.reversed()), unit: .money)
    case "Quantity": ResolvedField(column: decimals(Self.small), unit: .number)
    case "Probability": ResolvedField(column: decimals(Self.small.reversed()), unit: .percent)
    case "Rate":
      ResolvedField(column: decimals(Self.rates), unit: .number, scale: Exact.rateScale)
    case "CloseDate": ResolvedField(column: days(Self.days), unit: .day)
    case "CreatedDate": ResolvedField(column: days(Self.days.reversed()), unit: .day)
    case "IsWon": ResolvedField(column: .flags(Self.flags), unit: .flag)
    case "IsOld": ResolvedField(column: .flags(Self.flags.reversed()), unit: .flag)
    case "Name": ResolvedField(column: texts(Self.names), unit: .text)
    case "Products": ResolvedField(column: texts(Self.products), unit: .text)
    default: nil
    }
  }

  var knownNames: [String] { [] }

  func field(_ path: [String]) throws -> SQLValue {
    let name = "d." + path.joined(separator: "_")
    switch path.joined() {
    case "Rate": return .number(.column(name, denominator: Int128(Exact.rateScale)))
    case "CloseDate", "CreatedDate": return .day(name)
    case "IsWon", "IsOld": return .flag(name)
    case "Name", "Products": return .text(name)
    default: return .number(.column(name))
    }
  }

  /// The rows as a relation of a database.
  static var rows: String {
    func number(_ value: Int64?) -> String { value.map { "\($0)::HUGEINT" } ?? "NULL::HUGEINT" }
    func text(_ value: String) -> String {
      value.isEmpty ? "NULL::VARCHAR" : DuckDB.literal(value)
    }
    func day(_ value: String) -> String { value.isEmpty ? "NULL::DATE" : "DATE '\(value)'" }
    func flag(_ value: UInt8) -> String { ["false", "true", "NULL::BOOLEAN"][Int(value)] }
    let last = count - 1
    return (0..<count).map { row in
      let cells = [
        ("row", "\(row)"), ("Amount", number(money[row])), ("Discount", number(money[last - row])),
        ("Quantity", number(small[row])), ("Probability", number(small[last - row])),
        ("Rate", number(rates[row])), ("CloseDate", day(days[row])),
        ("CreatedDate", day(days[last - row])), ("IsWon", flag(flags[row])),
        ("IsOld", flag(flags[last - row])), ("Name", text(names[row])),
        ("Products", text(products[row])),
      ]
      return "SELECT " + cells.map { "\($1) AS \($0)" }.joined(separator: ", ")
    }.joined(separator: " UNION ALL ")
  }
}

/// Makes expressions by chance, most of which fit together.
private struct Chance {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(bound))
  }

  mutating func one(_ words: [String]) -> String { words[next(words.count)] }

  mutating func number(_ depth: Int) -> String {
    if depth > 0, next(5) > 1 {
      let sign = one(["+", "-", "*", "/", "*", "+"])
      return "(\(number(depth - 1)) \(sign) \(number(depth - 1)))"
    }
    return one([
      "Amount", "Amount", "Discount", "Discount", "Quantity", "Probability", "Rate", "0", "1",
      "0.0001", "-3", "2.5", "100", "999999999999999999", "(CloseDate - CreatedDate)", "30 days",
    ])
  }

  mutating func day() -> String {
    let day = one(["CloseDate", "CreatedDate", "today", "2026-08-21"])
    return next(3) == 0
      ? "\(day) \(one(["+", "-"])) \(one(["1 days", "90 days", "400 days"]))" : day
  }

  mutating func text() -> String {
    one(["Name", "Products", "Name", "'b'", "'ÉLAN sa'", "'o''neill'", "'100%'", "'A_B'"])
  }

  mutating func condition(_ depth: Int) -> String {
    let sign = one(["=", "!=", "<", "<=", ">", ">="])
    switch depth > 0 ? next(13) : 4 + next(9) {
    case 0: return "(\(condition(depth - 1)) and \(condition(depth - 1)))"
    case 1: return "(\(condition(depth - 1)) or \(condition(depth - 1)))"
    case 2: return "not \(condition(depth - 1))"
    case 3: return "(\(condition(depth - 1))) \(one(["=", "!="])) (\(condition(depth - 1)))"
    case 4, 5: return "\(number(2)) \(sign) \(number(1))"
    case 6: return "\(day()) \(sign) \(day())"
    case 7: return "\(text()) \(sign) \(text())"
    case 8: return "\(one(["IsWon", "IsOld", "true", "false"]))"
    case 9:
      let way = one(["contains", "starts with", "ends with", "includes", "excludes", "in"])
      let values = one(["'b'", "'a'", "'É'", "'%'", "'_'", "'ank'", "'b;a'", "';'", "'sa'"])
      let other = one(["'c'", "'ab'", "'100%'"])
      return "\(one(["Name", "Products"])) \(way) (\(values), \(other))"
    case 10: return "\(number(1)) between \(number(1)) and \(number(1))"
    case 11:
      let part = next(2) == 0 ? number(2) : one(["Name", "CloseDate", "IsWon", "Products"])
      return "\(part) is \(one(["", "not "]))null"
    default: return "\(number(1)) in (1, 0, \(one(["0.5", "-5.5", "1000"])))"
    }
  }
}

@Suite("Expressions as SQL")
struct RandomSQLTests {
  private func expression(_ text: String) throws -> Expression {
    try Expression(parsing: text, at: SourcePosition(file: "a.yaml"))
  }

  @Test(
    "What chance writes gives the same for every row in DuckDB and here, nulls included",
    .needs(.duckdb))
  func conditions() async throws {
    var chance = Chance(20_261_120)
    let dialect = DuckDBDialect()
    let printer = SQLExpression(dialect: dialect, fields: Deals(), asOf: Deals.asOf)
    var texts: [String] = []
    var columns: [String] = []
    var expected: [[String]] = []
    while texts.count < 400 {
      let text = chance.condition(3)
      guard let parsed = try? expression(text),
        let predicate = try? Predicate(parsed, resolver: Deals(), asOf: Deals.asOf)
      else { continue }
      var outcomes: [UInt8] = []
      predicate.evaluate(rows: 0..<Deals.count, into: &outcomes)
      let sql = try printer.condition(ExpressionText(text))
      texts.append(text)
      columns.append("CASE WHEN \(sql) THEN 1 WHEN NOT \(sql) THEN 0 ELSE 2 END")
      expected.append(outcomes.map { "\($0)" })
    }
    var isFormula = 0
    while isFormula < 200 {
      let text = chance.number(3)
      guard let parsed = try? expression(text),
        let formula = try? Formula(parsed, resolver: Deals(), asOf: Deals.asOf),
        case .number(let number) = try printer.value(ExpressionText(text))
      else { continue }
      isFormula += 1
      var values: [Int128] = []
      var nulls: [UInt8] = []
      formula.evaluate(rows: 0..<Deals.count, into: &values, nulls: &nulls)
      #expect(number.denominator == formula.denominator, "\(text)")
      texts.append(text)
      columns.append(number.sql)
      expected.append(zip(values, nulls).map { $1 == 1 ? "–" : "\($0)" })
    }
    let session =
      dialect.functions(keys: .text, timeZone: "UTC", forms: CellForms()).map { $0 + ";\n" }
      .joined()
    let cells = columns.enumerated().map { "\($1) AS c\($0)" }.joined(separator: ",\n")
    let rows = try await DuckDB.query(
      session + "SELECT \(cells) FROM (\(Deals.rows)) AS d ORDER BY row;")
    for (index, text) in texts.enumerated() {
      let found = rows.map { $0[index] ?? "–" }
      #expect(found == expected[index], "\(text)")
    }
  }

  @Test("Printed conditions read like the expressions they come from")
  func legible() throws {
    let printer = SQLExpression(dialect: DuckDBDialect(), fields: Deals(), asOf: Deals.asOf)
    #expect(
      try printer.condition(
        ExpressionText("IsWon and Amount >= 1000 and Name in ('A', 'É') and CloseDate < today")
      )
      .description
        == "(d.IsWon AND (d.Amount >= 10000000) AND (lower(d.Name) IN ('a', 'é'))"
        + " AND (d.CloseDate < DATE '2026-11-20'))")
    guard case .number(let number) = try printer.value(ExpressionText("Amount * Probability / 100"))
    else { return }
    #expect(number.sql == "(d.Amount * d.Probability)")
    #expect(number.denominator == 10_000_000_000)
  }
}
