import Foundation
import TestKit
import Testing

/// Twelve samples a week apart, each run into one history.
@Suite("Twelve weeks in a row")
struct TwelveWeeksTests {
  /// Fridays.
  static let weeks = [
    "2026-09-04", "2026-09-11", "2026-09-18", "2026-09-25", "2026-10-02", "2026-10-09",
    "2026-10-16",
    "2026-10-23", "2026-10-30", "2026-11-06", "2026-11-13", "2026-11-20",
  ]

  /// The bridge of the company from two exports alone, each as its CRM wrote it: what a deal was
  /// worth at the end of either day, at the one rate that it has today.
  static let bridge = """
    CREATE MACRO rows(export, file) AS TABLE SELECT * FROM read_csv(
      export || '/' || file || '.csv', header = true, all_varchar = true, delim = ',', quote = '"',
      escape = '"', strict_mode = true, ignore_errors = true, nullstr = ['', '#N/A']);
    CREATE MACRO deals(export) AS TABLE
    SELECT Id AS id, CAST(coalesce(TRY_CAST(Amount AS DECIMAL(18, 4)), 0) AS DECIMAL(18, 4)) AS amount,
      IsClosed = '1' AS closed, IsWon = '1' AS won, IsDeleted = '1' AS deleted,
      CurrencyIsoCode AS iso, TRY_CAST(left(CloseDate, 10) AS DATE) AS close
    FROM rows(export, 'Opportunity');
    CREATE TEMP TABLE dated AS
    SELECT IsoCode AS iso, CAST(ConversionRate AS DOUBLE) AS rate,
      CAST(left(StartDate, 10) AS DATE) AS first_day
    FROM rows(getvariable('later'), 'DatedConversionRate');
    WITH pair AS (
      SELECT coalesce(NOT a.deleted AND NOT a.closed, false) AS open0,
        coalesce(NOT b.deleted AND NOT b.closed, false) AS open1,
        a.id IS NULL AS fresh, coalesce(a.closed, false) AS closed0,
        b.id IS NULL OR b.deleted AS gone1, coalesce(b.won, false) AS won1,
        coalesce(a.amount, 0) AS amount0, coalesce(b.amount, 0) AS amount1,
        (SELECT arg_max(rate, first_day) FROM dated
          WHERE dated.iso = coalesce(b.iso, a.iso) AND first_day <= coalesce(b.close, a.close)) AS rate
      FROM deals(getvariable('earlier')) a FULL JOIN deals(getvariable('later')) b ON a.id = b.id
    ), valued AS (
      SELECT *, CAST(round(amount0 / rate, 4) AS DECIMAL(18, 4)) AS value0,
        CAST(round(amount1 / rate, 4) AS DECIMAL(18, 4)) AS value1 FROM pair
    ), step AS (
      SELECT 'opening' AS step, value0 AS amount FROM valued WHERE open0
      UNION ALL SELECT 'closing', value1 FROM valued WHERE open1
      UNION ALL SELECT CASE WHEN closed0 THEN 'reopened' ELSE 'created' END, value1
        FROM valued WHERE NOT open0 AND open1
      UNION ALL SELECT CASE WHEN value1 > value0 THEN 'increased' ELSE 'decreased' END, value1 - value0
        FROM valued WHERE open0 AND open1 AND value1 <> value0
      UNION ALL SELECT CASE WHEN gone1 THEN 'deleted' WHEN won1 THEN 'won' ELSE 'lost' END, -value0
        FROM valued WHERE open0 AND NOT open1
      UNION ALL SELECT unnest(['created', CASE WHEN won1 THEN 'won' ELSE 'lost' END]),
        unnest([value1, -value1]) FROM valued WHERE fresh AND NOT gone1 AND NOT open1
    )
    SELECT step, CAST(sum(amount) AS DECIMAL(18, 2)),
      (SELECT sum(CASE WHEN step = 'closing' THEN -amount ELSE amount END) FROM step)
    FROM step GROUP BY step ORDER BY step;
    """

  /// The steps that the weekly report of a day showed, in 1/100.
  private func shown(_ day: String, in folder: URL) async throws -> [String: Int] {
    try await Program.run(
      "history", "show", day, "--edition", "company", "--out", "shown", "--quiet", in: folder)
    return try CSVReader.records(folder.text("shown/history-figures.csv")).reduce(into: [:]) {
      steps, row in
      guard let key = row["key"], key.hasPrefix("pipeline_bridge "), let value = row["value"] else {
        return
      }
      steps[String(key.dropFirst("pipeline_bridge ".count))] = cents(value)
    }
  }

  private func cents(_ text: String?) -> Int? {
    text.flatMap { Decimal(string: $0) }.map { NSDecimalNumber(decimal: $0 * 100).intValue }
  }

  @Test(
    "Each week's bridge begins at the last edition, balances, and is that of SQL over both exports")
  func bridges() async throws {
    _ = try Tool.duckdb.require()
    try await withTemporaryFolder { folder in
      try folder.write(files: [
        "cadastre.yaml":
          """
        export: "exports/*-??"
        time_zone: America/New_York
        fiscal_year: {starts: february}
        reports: [{report: weekly-territory, every: friday, editions: company}]
        """
      ])
      var before: String?
      for week in Self.weeks {
        try await Program.run(
          "sample", "exports/\(week)", "--accounts", "150", "--as-of", week, "--quiet", in: folder)
        try await Program.run("run", "--quiet", in: folder)
        let steps = try await shown(week, in: folder)
        let closing = try #require(steps["closing"])
        // Each is printed to the cent, so their sum may be off by half a cent a step.
        let sum = steps.filter { $0.key != "closing" }.values.reduce(0, +)
        #expect(abs(sum - closing) * 2 <= steps.count, "\(week): \(steps)")
        if let before {
          let rows = try await DuckDB.query(
            Self.bridge,
            variables: [
              "earlier": folder.appending(path: "exports/\(before)").path,
              "later": folder.appending(path: "exports/\(week)").path,
            ])
          var oracle: [String: Int] = [:]
          for row in rows { oracle[row[0] ?? ""] = cents(row[1]) }
          #expect(rows.allSatisfy { $0[2] == "0.0000" }, "the oracle does not balance")
          #expect(steps == oracle, "\(before) to \(week)")
          let page = try folder.text("out/\(week)/weekly-territory/company.txt")
          #expect(!page.contains("No earlier edition is kept"))
        }
        before = week
      }
      let list = try await Program.run("history", "list", "--format", "csv", in: folder)
      #expect(
        list.split(separator: "\n").dropFirst().map { $0.prefix(10) } == Self.weeks.map { $0[...] })
    }
  }
}
