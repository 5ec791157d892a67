import Foundation
import TestKit
import Testing

/// A sample balanced, and its plan held against today by the other commands.
@Suite("A balanced plan is a model that compare and changes understand")
struct BalancePlanTests {
  private typealias Row = [String: String]

  private func rows(_ folder: URL, _ file: String) throws -> [Row] {
    let rows = try CSVReader.rows(folder.text(file))
    let header = try #require(rows.first)
    return rows.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
  }

  private func decimal(_ text: String?) -> Decimal { Decimal(string: text ?? "") ?? 0 }

  /// The ultimate parent of each account of the export.
  private func roots(_ folder: URL) throws -> [String: String] {
    let accounts = try rows(folder, "export/Account.csv")
    let parents = Dictionary(
      accounts.map { ($0["Id"] ?? "", $0["ParentId"] ?? "") },
      uniquingKeysWith: { first, _ in first })
    return Dictionary(
      uniqueKeysWithValues: parents.keys.map { account in
        var (root, steps) = (account, 0)
        while let parent = parents[root], parents[parent] != nil, steps < 1000 {
          (root, steps) = (parent, steps + 1)
        }
        return (account, root)
      })
  }

  private func plan(_ folder: URL, _ file: String) throws -> [String: Set<String>] {
    try rows(folder, file).reduce(into: [:]) {
      $0[$1["AccountId"] ?? "", default: []].insert($1["territory"] ?? "")
    }
  }

  /// A project over a sample, balanced into `plan`, with every change to it in `changes`.
  private func balanced(_ folder: URL) async throws -> Finished {
    try await Program.sampleProject(folder, accounts: CadastreBinary.isRelease ? 10_000 : 1000)
    let finished = try await CadastreBinary.run(
      ["territories", "balance", "--max-moves", "5%", "--out", "plan"], in: folder)
    #expect(finished.status == 0, "\(finished.errors)")
    let settings = try folder.text("cadastre.yaml")
    try folder.write(files: [
      "cadastre.yaml": settings
        + "\nterritory_model: {planned: plan/plan.csv, users: plan/planned_users.csv}\n"
    ])
    try await Program.run(
      "territories", "changes", "--to", "planned", "--out", "changes", "--quiet", in: folder)
    return finished
  }

  @Test(
    "Gini of value is halved by 5 % of the accounts, no family is divided, the bound is printed")
  func halved() async throws {
    try await withTemporaryFolder { folder in
      let finished = try await balanced(folder)
      let spread = try rows(folder, "plan/balance-before-after.csv")
      let value = try #require(spread.first { $0["measure"] == "value" })
      let (before, after) = (decimal(value["gini_before"]), decimal(value["gini_after"]))
      #expect(after > 0)
      #expect(after * 2 <= before)

      let territories = try rows(folder, "plan/balance-territories.csv")
      let held = territories.reduce(0) { $0 + decimal($1["accounts_before"]) }
      let moves = try rows(folder, "plan/balance-moves.csv")
      let moved = moves.reduce(0) { $0 + decimal($1["accounts"]) }
      #expect(moved > 0)
      #expect(moved * 20 <= held)

      let roots = try roots(folder)
      var families: [String: (before: Set<String>, after: Set<String>)] = [:]
      let today = try rows(folder, "changes/before.csv").filter {
        ($0["record"] ?? "").hasPrefix("001")
      }
      for row in today {
        let keys = (row["territory_keys"] ?? "").split(separator: ";").map(String.init)
        let root = roots[row["record"] ?? ""] ?? ""
        families[root, default: ([], [])].before.formUnion(keys)
      }
      for (account, keys) in try plan(folder, "plan/plan.csv") {
        families[roots[account] ?? "", default: ([], [])].after.formUnion(keys)
      }
      #expect(families.count > 100)
      for (root, family) in families {
        #expect(family.after.count <= family.before.count, "family \(root)")
      }
      #expect(
        finished.errors.contains("from the best there is.")
          || finished.errors.contains("no other costs less: it is the best there is."))
    }
  }

  @Test("What balance says of its plan, compare and changes say too")
  func agrees() async throws {
    try await withTemporaryFolder { folder in
      _ = try await balanced(folder)
      let moves = try rows(folder, "plan/balance-moves.csv")
      let moved = moves.reduce(0) { $0 + decimal($1["accounts"]) }
      let value = moves.reduce(0) { $0 + decimal($1["value"]) }

      let printed = try await Program.run(
        "territories", "compare", "active", "plan/", "--format", "csv", "--quiet", in: folder)
      let compared = try CSVReader.rows(printed)
      func figure(_ measure: String) -> [String] { compared.first { $0[0] == measure } ?? [] }
      #expect(compared[0].last == "plan")
      #expect(figure("moved_accounts") == ["moved_accounts", "0", "\(moved)"])
      // Without a coverage policy the workload is the number of accounts.
      let spread = try rows(folder, "plan/balance-before-after.csv")
      let workload = try #require(spread.first { $0["measure"] == "workload" })
      #expect(
        figure("accounts_gini")
          == ["accounts_gini", workload["gini_before"] ?? "", workload["gini_after"] ?? ""])
      for same in ["accounts", "territories", "users", "arr", "open_amount", "unassigned_accounts"]
      {
        let row = figure(same)
        #expect(row.count == 3 && row[1] == row[2], "\(row)")
      }

      let changed = try rows(folder, "changes/accounts.csv").filter {
        $0["territory_changes"] == "yes"
      }
      #expect(Decimal(changed.count) == moved)
      let stakes = changed.reduce(0) {
        $0 + decimal($1["recurring_revenue"]) + decimal($1["open_amount"])
      }
      // Each row is rounded to a cent by itself.
      #expect(abs(stakes - value) * 100 <= Decimal(2 * changed.count + moves.count))
      let arr = changed.reduce(0) { $0 + decimal($1["recurring_revenue"]) }
      #expect(abs(arr - decimal(figure("moved_arr").last)) * 100 <= Decimal(changed.count))
      for row in try rows(folder, "changes/families.csv") {
        #expect(!(row["effect"] ?? "").contains("split"), "\(row)")
      }
    }
  }

  @Test("Named accounts and hold-outs that would move do not, nor does what moves with them")
  func kept() async throws {
    try await withTemporaryFolder { folder in
      _ = try await balanced(folder)
      let moved = try rows(folder, "changes/accounts.csv")
      let named = moved.prefix(4).compactMap { $0["account_id"] }
      let others = moved.dropFirst(4).filter { !($0["account"] ?? "'").contains("'") }.prefix(4)
      let (heldOut, names) = (
        others.compactMap { $0["account_id"] }, others.compactMap { $0["account"] }
      )
      #expect(heldOut.count == 4)
      let settings = try folder.text("cadastre.yaml").replacing(
        "planned_users.csv}",
        with: "planned_users.csv, hold_out_where: \"Name in ('"
          + names.joined(separator: "', '") + "')\"}")
      let today = try rows(folder, "changes/before.csv")
      try folder.write(files: [
        "cadastre.yaml": settings + "named_accounts: named.csv\n",
        "named.csv": "AccountId,reason\n" + named.map { "\($0),strategic\n" }.joined(),
      ])
      try await Program.run(
        "territories", "balance", "--max-moves", "5%", "--out", "kept", "--quiet", in: folder)
      let plan = try plan(folder, "kept/plan.csv")
      for account in named + heldOut {
        let row = try #require(today.first { $0["record"] == account })
        let keys = (row["territory_keys"] ?? "").split(separator: ";").map(String.init)
        #expect(plan[account] == Set(keys))
      }
      let reasons = try rows(folder, "kept/balance-fixed.csv").compactMap { $0["reason"] }
      #expect(reasons.contains("has a named account"))
      #expect(reasons.contains("has an account that is held out"))
      #expect(try rows(folder, "kept/balance-moves.csv").count > 0)
    }
  }
}
