import Expressions
import Records

/// Four deals and what they refer to; every expectation of this folder was worked out by hand.
///
/// | | Type | Amount | Probability | CloseDate | IsWon | Name | Products | Account | Owner |
/// |-|-|-|-|-|-|-|-|-|-|
/// | 0 | New Business | 1000 | 50 | 2026-11-20 | yes | Acme Bank | A;B | Banking, NO | a user |
/// | 1 | renewal | – | 10 | 2026-08-22 | no | ÉLAN SA | B;AB | –, no | not exported |
/// | 2 | – | -5.5 | – | – | – | – | – | – | – |
/// | 3 | Expansion | 999.9999 | 100 | 2026-08-21 | no | 100% | AB | Banking, NO | a user |
struct Deals: FieldResolver {
  static let asOf = day("2026-11-20")

  static func day(_ text: String) -> Day { Day(iso: text) ?? Day(number: 0) }

  private static func days(_ texts: [String]) -> Column {
    .days(texts.map { $0.isEmpty ? Day.null : day($0).number })
  }

  private static func texts(_ rows: [String]) -> Column {
    var texts = Texts()
    for row in rows { texts.append(row.utf8) }
    return .texts(texts)
  }

  private static let account: [Int32] = [0, 1, -1, 0]

  private static let fields: [String: ResolvedField] = [
    "Type": ResolvedField(
      column: .categories(
        Categories(codes: [0, 1, -1, 2], values: ["New Business", "renewal", "Expansion"])),
      unit: .text),
    "Amount": ResolvedField(
      column: .decimals([10_000_000, Exact.null, -55_000, 9_999_999]), unit: .money),
    "Discount": ResolvedField(
      column: .decimals([1_000_000, 10_000, 0, Exact.null]), unit: .money),
    "Quantity": ResolvedField(column: .decimals([30_000, 0, 10_000, 70_000]), unit: .number),
    "Probability": ResolvedField(
      column: .decimals([500_000, 100_000, Exact.null, 1_000_000]), unit: .percent),
    "Rate": ResolvedField(
      column: .decimals([1_250_000_000, 1_000_000_000, Exact.null, 0]), unit: .number,
      scale: Exact.rateScale),
    "CloseDate": ResolvedField(
      column: days(["2026-11-20", "2026-08-22", "", "2026-08-21"]), unit: .day),
    "CreatedDate": ResolvedField(
      column: days(["2026-11-10", "2026-08-23", "2026-01-01", ""]), unit: .day),
    "IsWon": ResolvedField(column: .flags([1, 0, 2, 0]), unit: .flag),
    "Name": ResolvedField(column: texts(["Acme Bank", "ÉLAN SA", "", "100%"]), unit: .text),
    "Products": ResolvedField(
      column: .categories(Categories(codes: [0, 1, -1, 2], values: ["A;B", "B;AB", "AB"])),
      unit: .text),
    "Account.Industry": ResolvedField(
      column: .categories(Categories(codes: [0, -1], values: ["Banking"])), via: account,
      unit: .text),
    "Account.Country": ResolvedField(
      column: .categories(Categories(codes: [0, 1], values: ["NO", "no"])), via: account,
      unit: .text),
    "Account.Name": ResolvedField(
      column: texts(["acme bank", "Other"]), via: account, unit: .text),
    "OwnerId": ResolvedField(
      column: .references([4, Reference.dangling, Reference.null, 5]), unit: .reference),
    "Deal Stage": ResolvedField(column: texts(["Won", "Lost", "", "Lost"]), unit: .text),
    "Not": ResolvedField(column: .flags([0, 1, 0, 1]), unit: .flag),
  ]

  func resolve(_ path: [String]) -> ResolvedField? {
    let name = path.joined(separator: ".").lowercased()
    return Deals.fields.first { $0.key.lowercased() == name }?.value
  }

  var knownNames: [String] { Deals.fields.keys.sorted() }

  /// The outcome of a condition for each deal: 0 no, 1 yes, 2 null.
  static func outcomes(_ text: String) throws -> [UInt8] {
    let expression = try Expression(parsing: text, at: SourcePosition(file: "a.yaml", line: 1))
    let predicate = try Predicate(expression, resolver: Deals(), asOf: asOf)
    var whole: [UInt8] = []
    predicate.evaluate(rows: 0..<4, into: &whole)
    // A batch in the middle gives what the whole gives there.
    var middle: [UInt8] = []
    predicate.evaluate(rows: 1..<3, into: &middle)
    return middle == Array(whole[1..<3]) ? whole : []
  }

  /// The values of a formula in units, as exact text; `–` for null.
  static func values(_ text: String) throws -> (unit: ValueType, values: [String]) {
    let expression = try Expression(parsing: text, at: SourcePosition(file: "a.yaml", line: 1))
    let formula = try Formula(expression, resolver: Deals(), asOf: asOf)
    var values: [Int128] = []
    var nulls: [UInt8] = []
    formula.evaluate(rows: 0..<4, into: &values, nulls: &nulls)
    return (
      formula.type,
      zip(values, nulls).map { value, isNull in
        isNull == 1
          ? "–" : Exact.decimalText(ratio: value, over: formula.denominator, places: 6)
      }
    )
  }

  /// What is said about an expression that cannot be used as a condition (or as a formula).
  static func complaint(about text: String, asFormula: Bool = false) -> String {
    do throws(ExpressionError) {
      let expression = try Expression(
        parsing: text, at: SourcePosition(file: "cadastre.yaml", line: 12, column: 30))
      if asFormula {
        _ = try Formula(expression, resolver: Deals(), asOf: asOf)
      } else {
        _ = try Predicate(expression, resolver: Deals(), asOf: asOf)
      }
      return ""
    } catch {
      return error.description
    }
  }
}
