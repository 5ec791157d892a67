import Foundation
import TestKit
import Testing

/// Figures of activities, leads, splits, hierarchies of owners and weeks, held to SQL that was
/// written from METRICS.md alone.
@Suite("Activities, leads, credit and owners against DuckDB")
struct FactQueryTests {
  /// What every check reads: the files without deleted rows, Ids in 15 characters; days are UTC's.
  private static func prelude(_ folder: URL, hasSplits: Bool = true) -> String {
    func table(_ name: String) -> String {
      let path = DuckDB.literal(folder.appending(path: "export/\(name).csv").path)
      return """
        CREATE VIEW \(name) AS SELECT * FROM read_csv(\(path), header = true, all_varchar = true,
          delim = ',', quote = '"', escape = '"', nullstr = '', strict_mode = true,
          ignore_errors = true);

        """
    }
    let tables = [
      "Task", "Event", "Lead", "Account", "Opportunity", "User", "Territory2", "Territory2Model",
      "ObjectTerritory2Association",
    ]
    return (tables + (hasSplits ? ["OpportunitySplit"] : [])).map(table).joined() + """
      CREATE MACRO key(x) AS CASE WHEN x LIKE '000000000000000%' THEN NULL ELSE left(x, 15) END;
      CREATE MACRO day(x) AS try_cast(left(x, 10) AS DATE);
      CREATE MACRO d() AS DATE '2026-11-20';
      CREATE VIEW accounts AS SELECT key(Id) AS id, key(Id) AS used, day(CreatedDate) AS created
        FROM Account WHERE IsDeleted = '0' AND key(MasterRecordId) IS NULL
        UNION SELECT key(Id), key(MasterRecordId), NULL FROM Account
        WHERE key(MasterRecordId) IS NOT NULL;
      CREATE VIEW deals AS SELECT *, CAST(Amount AS DECIMAL(18, 4)) AS value FROM Opportunity
        WHERE IsDeleted = '0' AND CurrencyIsoCode = 'USD';

      """
  }

  /// Splits by thirds and in two, for every third deal, and overlays of a half for every fifth.
  private func writeSplits(_ folder: URL) async throws {
    let rows = try await DuckDB.text(
      Self.prelude(folder, hasSplits: false) + """
        WITH d AS (
          SELECT left(Id, 15) AS id, OwnerId AS owner, row_number() OVER (ORDER BY Id) AS n
          FROM Opportunity WHERE IsDeleted = '0'),
        u AS (
          SELECT Id AS user, row_number() OVER (ORDER BY Id) AS n, count(*) OVER () AS users
          FROM User),
        s AS (
          SELECT d.id, d.n, d.n AS who, '33.34' AS share, 'r' AS type, 1 AS part FROM d WHERE n % 3 = 0
          UNION ALL SELECT id, n, n + 1, '33.33', 'r', 2 FROM d WHERE n % 3 = 0
          UNION ALL SELECT id, n, n + 2, '33.33', 'r', 3 FROM d WHERE n % 3 = 0
          UNION ALL SELECT id, n, n + 3, '60', 'r', 4 FROM d WHERE n % 3 = 1 AND n % 7 > 2
          UNION ALL SELECT id, n, n + 4, '40', 'r', 5 FROM d WHERE n % 3 = 1 AND n % 7 > 2
          UNION ALL SELECT id, n, n + 5, '50', 'o', 6 FROM d WHERE n % 5 = 0)
        SELECT '0SP5g' || lpad(CAST(s.n * 10 + part AS VARCHAR), 10, '0') AS Id, s.id AS OpportunityId,
          u.user AS SplitOwnerId,
          CASE type WHEN 'r' THEN '0ST5g0000000001' ELSE '0ST5g0000000002' END AS SplitTypeId,
          share AS SplitPercentage
        FROM s JOIN u ON u.n = s.who % u.users + 1 ORDER BY 1;
        """)
    try folder.write(files: [
      "export/OpportunitySplit.csv": rows,
      "export/OpportunitySplitType.csv": """
      Id,MasterLabel,SplitField,IsTotalValidated,IsActive
      0ST5g0000000001,Revenue,Amount,true,true
      0ST5g0000000002,Overlay,Amount,false,true

      """,
      "cadastre.yaml":
        "export: export\nas_of: 2026-11-20\ntime_zone: UTC\nfiscal_year: {starts: january}\n",
    ])
  }

  /// An answer of the program without its header, names beside Ids left out.
  private func answer(_ folder: URL, _ arguments: String...) async throws -> [[String]] {
    let finished = try await CadastreBinary.run(
      ["query"] + arguments + ["--format", "csv", "--quiet"], in: folder)
    #expect(finished.status == 0, "\(finished.errors)")
    let rows = try CSVReader.rows(finished.output)
    let hidden = rows[0].firstIndex { $0.hasSuffix("_id") }.map { $0 + 1 }
    return rows.dropFirst().map { row in
      row.indices.filter { $0 != hidden }.map { $0 == 0 && hidden != nil ? key(row[0]) : row[$0] }
    }
  }

  private func key(_ id: String) -> String { id.hasPrefix("(") ? id : String(id.prefix(15)) }

  private func expect(
    _ found: [[String]], equals sql: String, _ folder: URL,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let expected = try await DuckDB.query(Self.prelude(folder) + sql).map { $0.map { $0 ?? "" } }
    #expect(!expected.isEmpty, sourceLocation: sourceLocation)
    #expect(found == expected, sourceLocation: sourceLocation)
  }

  @Test("Every figure is what DuckDB computes from the same files", .needs(.duckdb))
  func sample() async throws {
    try await withTemporaryFolder { folder in
      try await Program.sample(folder)
      try await writeSplits(folder)
      try await expect(
        answer(
          folder, "activities,meetings,next_meetings,accounts_touched", "--by", "owner", "--sort",
          "owner_id"),
        equals: """
          WITH a AS (
            SELECT OwnerId, AccountId, day(ActivityDate) AS held, false AS isEvent, IsClosed = '1' AS done
            FROM Task WHERE IsDeleted = '0'
            UNION ALL SELECT OwnerId, AccountId, day(ActivityDate), true, true
            FROM Event WHERE IsDeleted = '0')
          SELECT key(OwnerId), count(*) FILTER (done AND held <= d()),
            count(*) FILTER (isEvent AND held <= d()), count(*) FILTER (isEvent AND held > d()),
            count(DISTINCT used) FILTER (done AND held <= d())
          FROM a LEFT JOIN accounts ON id = key(AccountId)
          GROUP BY 1 HAVING count(*) FILTER (done AND held <= d() OR isEvent) > 0 ORDER BY 1;
          """, folder)
      try await expect(
        answer(
          folder, "leads_open,leads_created,leads_converted,lead_age", "--by", "lead_source",
          "--sort", "lead_source"),
        equals: """
          SELECT coalesce(LeadSource, '(none)'), count(*) FILTER (IsConverted = '0'), count(*),
            count(*) FILTER (IsConverted = '1'),
            quantile_disc(date_diff('day', day(CreatedDate), d()), 0.5)
              FILTER (IsConverted = '0')
          FROM Lead WHERE IsDeleted = '0' GROUP BY 1 ORDER BY 1;
          """, folder)
      try await expect(
        answer(folder, "time_to_assign_median,time_to_assign_p90,accounts_assigned"),
        equals: """
          WITH first AS (
            SELECT a.used, min(day(o.LastModifiedDate)) AS held
            FROM ObjectTerritory2Association o JOIN accounts a ON a.id = key(o.ObjectId)
            JOIN Territory2 t ON key(t.Id) = key(o.Territory2Id)
            JOIN Territory2Model m ON key(m.Id) = key(t.Territory2ModelId)
            WHERE m.State IN ('Active', 'Archived') GROUP BY 1)
          SELECT quantile_disc(greatest(0, date_diff('day', created, held)), 0.5),
            quantile_disc(greatest(0, date_diff('day', created, held)), 0.9), count(*)
          FROM first JOIN accounts ON id = first.used;
          """, folder)
      try await expectDeals(folder)
    }
  }

  private func expectDeals(_ folder: URL) async throws {
    let dollars = "CurrencyIsoCode = 'USD'"
    try await expect(
      answer(
        folder, "won_count,won_amount", "--by", "owner_subtree", "--where", dollars, "--sort",
        "owner_subtree_id"),
      equals: """
        WITH RECURSIVE above(bottom, top) AS (
          SELECT key(Id), key(Id) FROM User
          UNION ALL SELECT bottom, key(ManagerId) FROM above JOIN User ON key(Id) = top
          WHERE key(ManagerId) IS NOT NULL)
        SELECT top, count(*), CAST(coalesce(sum(value), 0) AS DECIMAL(18, 2)) FROM deals
        JOIN above ON bottom = key(OwnerId) WHERE IsWon = '1' GROUP BY 1 ORDER BY 1;
        """, folder)
    try await expect(
      answer(
        folder, "won_count,won_amount", "--by", "week", "--where", dollars, "--sort", "week",
        "--period", "fiscal_year"),
      equals: """
        WITH weeks AS (
          SELECT date_trunc('week', CAST(x AS DATE)) AS week
          FROM generate_series(date_trunc('year', d()), DATE '2026-12-31', INTERVAL 1 DAY) t(x)
          GROUP BY 1)
        SELECT CAST(week AS DATE), count(Id), CAST(coalesce(sum(value), 0) AS DECIMAL(18, 2))
        FROM weeks LEFT JOIN deals ON date_trunc('week', day(CloseDate)) = week AND IsWon = '1'
          AND year(day(CloseDate)) = 2026
        GROUP BY 1 ORDER BY 1;
        """, folder)
    try await expect(
      answer(
        folder, "open_amount,open_count", "--by", "forecast_category", "--where", dollars,
        "--sort", "open_count:desc"),
      equals: """
        SELECT ForecastCategory, CAST(sum(value) AS DECIMAL(18, 2)), count(*) FROM deals
        WHERE IsClosed = '0' GROUP BY 1 ORDER BY count(*) DESC;
        """, folder)
    try await expect(
      answer(
        folder, "split_won_amount,overlay_won_amount", "--by", "owner", "--where",
        "Opportunity.CurrencyIsoCode = 'USD'", "--sort", "owner_id"),
      equals: """
        WITH won AS (SELECT *, key(Id) AS deal FROM deals WHERE IsWon = '1'),
        s AS (
          SELECT deal, key(SplitOwnerId) AS owner, value, SplitTypeId,
            CAST(SplitPercentage AS DECIMAL(9, 4)) AS share,
            CAST(sum(CAST(SplitPercentage AS DECIMAL(9, 4)))
              OVER (PARTITION BY deal, SplitTypeId ORDER BY OpportunitySplit.Id)
              AS DECIMAL(9, 4)) AS upTo
          FROM OpportunitySplit JOIN won ON deal = OpportunityId),
        credit AS (
          SELECT owner, NULL AS overlay, round(value * CAST(upTo AS DECIMAL(18, 4)) / 100, 4)
            - round(value * CAST(upTo - share AS DECIMAL(18, 4)) / 100, 4) AS value
          FROM s WHERE SplitTypeId = '0ST5g0000000001'
          UNION ALL SELECT owner, round(value / 2, 4), NULL FROM s
          WHERE SplitTypeId = '0ST5g0000000002'
          UNION ALL SELECT key(OwnerId), NULL, value FROM won
          WHERE deal NOT IN (SELECT deal FROM s WHERE SplitTypeId = '0ST5g0000000001'))
        SELECT owner, CAST(coalesce(sum(CAST(value AS DECIMAL(18, 4))), 0) AS DECIMAL(18, 2)),
          CAST(sum(CAST(overlay AS DECIMAL(18, 4))) AS DECIMAL(18, 2))
        FROM credit GROUP BY 1 ORDER BY 1;
        """, folder)
  }
}
