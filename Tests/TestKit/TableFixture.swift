import Foundation

/// A hand-made export with the tables that were computed from it by hand.
///
/// `export/` holds the files, `expected/` the tables, `why.md` the reasons.
public struct TableFixture: Sendable, CustomStringConvertible {
  /// The name of its folder in Tests/Fixtures.
  public let name: String
  /// The day on which the export is seen.
  public let asOf: String
  /// The zone in which instants become days; nil: UTC.
  public let timeZone: String?
  /// The month in which the fiscal year begins; nil: as the export says, else January.
  public let fiscalStart: Int?

  init(
    _ name: String, asOf: String = "2026-06-15", timeZone: String? = nil, fiscalStart: Int? = nil
  ) {
    self.name = name
    self.asOf = asOf
    self.timeZone = timeZone
    self.fiscalStart = fiscalStart
  }

  /// Every fixture with tables.
  public static let all = [
    TableFixture(
      "small-org", asOf: "2026-11-20", timeZone: "America/New_York", fiscalStart: 2),
    TableFixture("two-currencies"), TableFixture("account-values"), TableFixture("balance"),
    TableFixture("concentration"),
    TableFixture("conflicts"), TableFixture("fiscal-weeks"), TableFixture("leads"),
    TableFixture("day-edges", asOf: "2024-02-29", timeZone: "America/New_York"),
    TableFixture("neglected-accounts"),
    TableFixture("penetration"),
    TableFixture("pipeline-movement"), TableFixture("recurring-revenue"),
    TableFixture("rep-fit"), TableFixture("sales-cycles"), TableFixture("split-families"),
    TableFixture("unknown-owners"),
  ]

  public var description: String { name }

  /// The folder of the CSVs.
  public var export: URL {
    Repository.fixture(name).appending(path: "export", directoryHint: .isDirectory)
  }

  /// The options of `scripts/oracle.sh`.
  public var oracleOptions: [String] {
    ["--as-of", asOf] + (timeZone.map { ["--time-zone", $0] } ?? [])
      + (fiscalStart.map { ["--fiscal-start", String($0)] } ?? [])
  }

  /// The project's `cadastre.yaml`.
  public var settings: String {
    let month = fiscalStart.map {
      "fiscal_year: {starts: \(TableFixture.months[$0 - 1]), named_by: ending_year}\n"
    }
    return "export: \"\(export.path)\"\nas_of: \(asOf)\n"
      + (timeZone.map { "time_zone: \($0)\n" } ?? "") + (month ?? "")
  }

  /// The tables computed by hand, by name.
  public func expected() throws -> [String: String] {
    let folder = Repository.fixture(name).appending(path: "expected")
    return try Dictionary(
      uniqueKeysWithValues: folder.filesBelow().map { file in
        let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
        return (String(file.dropLast(".csv".count)), text)
      })
  }

  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
  ]
}

/// A table in the columns of METRICS §3, whether or not more of them follow.
public enum Contract {
  /// The table with as many columns as `expected` has, as CSV; the same text where it has no more.
  public static func columns(of found: String, like expected: String) throws -> String {
    let width = expected.prefix { $0 != "\n" }.split(separator: ",").count
    guard found.prefix(while: { $0 != "\n" }).split(separator: ",").count > width else {
      return found
    }
    return try CSVReader.rows(found).map { row in
      row.prefix(width).map(cell).joined(separator: ",") + "\n"
    }.joined()
  }

  /// The first line in which two tables differ, as a sentence; nil where they are the same.
  public static func difference(_ found: String, _ expected: String) throws -> String? {
    let found = try columns(of: found, like: expected)
    guard found != expected else { return nil }
    let pairs = zip(
      found.split(separator: "\n", omittingEmptySubsequences: false),
      expected.split(separator: "\n", omittingEmptySubsequences: false))
    return pairs.first { $0 != $1 }.map { "is \($0), should be \($1)" } ?? "one is longer"
  }

  private static func cell(_ text: String) -> String {
    text.contains { ",\"\n\r".contains($0) }
      ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
  }
}
