import Foundation
import Testing

@testable import Sample

/// The figures of truth.json, computed once more from the files alone.
@Suite struct SampleFigureTests {
  /// What is read from an export, by METRICS.md §1.
  private struct Books {
    var accounts: [String: [String: String]] = [:]
    var merged: [String: String] = [:]
    var deals: [[String: String]] = []
    var territories: [String: Set<String>] = [:]
    var priority: [String: Int] = [:]
    var rates: [(start: String, next: String, rate: Int)] = []
    var lines: [String: Set<String>] = [:]

    init(_ sample: WrittenSample) throws {
      let bad = Set(
        try ["opportunity_row_too_short", "opportunity_bad_date", "opportunity_bad_amount"]
          .flatMap { try sample.planted($0) })
      for row in try sample.records("Account") {
        guard let id = row["Id"], accounts[id] == nil else { continue }
        if row["IsDeleted"] == "1" {
          if let master = row["MasterRecordId"], master != nobody { merged[id] = master }
          continue
        }
        accounts[id] = row
      }
      var seen: Set<String> = []
      for row in try sample.records("Opportunity") {
        guard let id = row["Id"], !bad.contains(id), row["IsDeleted"] == "0",
          seen.insert(id).inserted
        else { continue }
        var deal = row
        deal["AccountId"] = merged[row["AccountId"] ?? ""] ?? row["AccountId"]
        deals.append(deal)
      }
      for row in try sample.records("ObjectTerritory2Association") {
        territories[row["ObjectId"] ?? "", default: []].insert(row["Territory2Id"] ?? "")
      }
      let types = Dictionary(
        uniqueKeysWithValues: try sample.records("Territory2Type")
          .map { ($0["Id"] ?? "", Int($0["Priority"] ?? "") ?? 0) })
      for row in try sample.records("Territory2") {
        priority[row["Id"] ?? ""] = types[row["Territory2TypeId"] ?? ""]
      }
      for row in try sample.records("OpportunityLineItem") {
        lines[row["OpportunityId"] ?? "", default: []].insert(row["Product2Id"] ?? "")
      }
      guard sample.summary.rows["DatedConversionRate.csv"] != nil else { return }
      for row in try sample.records("DatedConversionRate") where row["IsoCode"] == "EUR" {
        let digits = (row["ConversionRate"] ?? "").replacingOccurrences(of: ".", with: "")
        rates.append((row["StartDate"] ?? "", row["NextStartDate"] ?? "", Int(digits) ?? 0))
      }
    }

    /// 1/10,000 dollars of a deal.
    func amount(_ deal: [String: String]) -> Int {
      let units = (Int((deal["Amount"] ?? "").replacingOccurrences(of: ".", with: "")) ?? 0) * 100
      guard deal["CurrencyIsoCode"] == "EUR" else { return units }
      let close = deal["CloseDate"] ?? ""
      let rate = rates.first { $0.start <= close && close < $0.next }?.rate ?? 0
      let (quotient, rest) = (units * 1_000_000).quotientAndRemainder(dividingBy: rate)
      return rest * 2 >= rate ? quotient + 1 : quotient
    }

    func territory(_ deal: [String: String]) -> String {
      if let own = deal["Territory2Id"], own != nobody { return own }
      let all = territories[deal["AccountId"] ?? "", default: []]
      let top = all.compactMap { priority[$0] }.max()
      let best = all.filter { priority[$0] == top }
      return best.count == 1 ? best.first ?? "" : "(unassigned)"
    }

    func root(_ account: String) -> String {
      var (at, path) = (account, [account])
      while let parent = accounts[at]?["ParentId"], parent != nobody, accounts[parent] != nil {
        if let start = path.firstIndex(of: parent) { return path[start...].min() ?? at }
        path.append(parent)
        at = parent
      }
      return at
    }

    func band(_ account: String) -> String {
      guard let size = Int(accounts[account]?["NumberOfEmployees"] ?? "") else {
        return "(unknown)"
      }
      let edges = [(50, "0-49"), (250, "50-249"), (1_000, "250-999"), (5_000, "1000-4999")]
      return edges.first { size < $0.0 }?.1 ?? "5000+"
    }
  }

  private func money(_ units: Int) -> String {
    let fraction = String(units % 10_000)
    return "\(units / 10_000)." + String(repeating: "0", count: 4 - fraction.count) + fraction
  }

  @Test("Territories and totals are those of the files", arguments: SampleProfile.allCases)
  func territories(profile: SampleProfile) throws {
    let sample = try WrittenSample(SampleOptions(accounts: 900, seed: 3, profile: profile))
    let books = try Books(sample)
    let figures = try #require(try sample.truth()["figures"] as? [String: Any])
    let year = try #require(figures["fiscal_year"] as? [String: String])
    #expect(
      year
        == (profile == .core
          ? ["start": "2026-01-01", "end": "2027-01-01"]
          : ["start": "2026-02-01", "end": "2027-02-01"]))
    var won: [String: (count: Int, sum: Int)] = [:]
    var open: [String: (count: Int, sum: Int, weighted: Int)] = [:]
    for deal in books.deals {
      let (amount, territory) = (books.amount(deal), books.territory(deal))
      for key in [territory, "total"] {
        if deal["IsWon"] == "1", let close = deal["CloseDate"]?.prefix(10),
          close >= year["start"] ?? "", close < year["end"] ?? ""
        {
          won[key, default: (0, 0)].count += 1
          won[key, default: (0, 0)].sum += amount
        } else if deal["IsClosed"] == "0" {
          open[key, default: (0, 0, 0)].count += 1
          open[key, default: (0, 0, 0)].sum += amount
          open[key, default: (0, 0, 0)].weighted += amount * (Int(deal["Probability"] ?? "") ?? 0)
        }
      }
    }
    var rows = try #require(figures["territories"] as? [[String: Any]])
    var total = try #require(figures["totals"] as? [String: Any])
    total["territory_id"] = "total"
    rows.append(total)
    for row in rows {
      let id = try #require(row["territory_id"] as? String)
      #expect(row["won_count"] as? Int == won[id]?.count ?? 0, "\(id)")
      #expect(row["won_amount"] as? String == money(won[id]?.sum ?? 0), "\(id)")
      #expect(row["open_count"] as? Int == open[id]?.count ?? 0, "\(id)")
      #expect(row["open_amount"] as? String == money(open[id]?.sum ?? 0), "\(id)")
      let weighted = ((open[id]?.weighted ?? 0) + 50) / 100
      #expect(row["weighted_pipeline"] as? String == money(weighted), "\(id)")
      guard id != "total" else { continue }
      let accounts = books.accounts.keys.filter {
        id == "(unassigned)"
          ? books.territories[$0] == nil : books.territories[$0]?.contains(id) ?? false
      }
      #expect(row["accounts"] as? Int == accounts.count, "\(id)")
    }
  }

  @Test("Win rates are those of the files", arguments: SampleProfile.allCases)
  func winRates(profile: SampleProfile) throws {
    let sample = try WrittenSample(SampleOptions(accounts: 900, seed: 4, profile: profile))
    let books = try Books(sample)
    let figures = try #require(try sample.truth()["figures"] as? [String: Any])
    let span = try #require(figures["trailing_four_quarters"] as? [String: String])
    #expect(
      span
        == (profile == .core
          ? ["start": "2025-10-01", "end": "2026-10-01"]
          : ["start": "2025-11-01", "end": "2026-11-01"]))
    var sums: [String: [Int]] = [:]
    for deal in books.deals where deal["IsClosed"] == "1" {
      guard let close = deal["CloseDate"]?.prefix(10), close >= span["start"] ?? "",
        close < span["end"] ?? ""
      else { continue }
      let at = deal["IsWon"] == "1" ? 0 : 1
      for key in [
        "owner \(deal["OwnerId"] ?? "")", "territory \(books.territory(deal))",
        "segment \(books.band(deal["AccountId"] ?? ""))",
      ] {
        sums[key, default: [0, 0, 0, 0]][at] += 1
        sums[key, default: [0, 0, 0, 0]][at + 2] += books.amount(deal)
      }
    }
    let rows = try #require(figures["win_rates"] as? [[String: Any]])
    #expect(rows.count == sums.count)
    for row in rows {
      let key = "\(row["dimension"] ?? "") \(row["member_id"] ?? "")"
      let sum = try #require(sums[key], "\(key)")
      #expect(row["won_count"] as? Int == sum[0], "\(key)")
      #expect(row["lost_count"] as? Int == sum[1], "\(key)")
      #expect(row["won_amount"] as? String == money(sum[2]), "\(key)")
      #expect(row["lost_amount"] as? String == money(sum[3]), "\(key)")
    }
  }

  @Test("Families are those of the files", arguments: SampleProfile.allCases)
  func families(profile: SampleProfile) throws {
    let sample = try WrittenSample(SampleOptions(accounts: 900, seed: 5, profile: profile))
    let books = try Books(sample)
    var roots: [String: String] = [:]
    var members: [String: [String]] = [:]
    for account in books.accounts.keys {
      let root = books.root(account)
      roots[account] = root
      members[root, default: []].append(account)
    }
    var (won, open, products): ([String: Int], [String: Int], [String: Set<String>]) = (
      [:], [:], [:]
    )
    for deal in books.deals {
      guard let root = roots[deal["AccountId"] ?? ""] else { continue }
      if deal["IsWon"] == "1" {
        won[root, default: 0] += books.amount(deal)
        products[root, default: []].formUnion(books.lines[deal["Id"] ?? "", default: []])
      } else if deal["IsClosed"] == "0" {
        open[root, default: 0] += books.amount(deal)
      }
    }
    let figures = try #require(try sample.truth()["figures"] as? [String: Any])
    let families = try #require(figures["families"] as? [String: Any])
    #expect(families["families"] as? Int == members.count)
    #expect(families["accounts"] as? Int == 900)
    let largest = try #require(families["largest"] as? [[String: Any]])
    let order = members.keys.sorted {
      won[$0, default: 0] != won[$1, default: 0]
        ? won[$0, default: 0] > won[$1, default: 0] : $0.utf8.lexicographicallyPrecedes($1.utf8)
    }
    #expect(largest.compactMap { $0["root_id"] as? String } == Array(order.prefix(50)))
    for row in largest {
      let root = try #require(row["root_id"] as? String)
      let accounts = members[root, default: []]
      #expect(row["accounts"] as? Int == accounts.count)
      #expect(row["won_amount"] as? String == money(won[root, default: 0]))
      #expect(row["open_amount"] as? String == money(open[root, default: 0]))
      #expect(row["products"] as? Int == products[root, default: []].count)
      let owners = Set(accounts.compactMap { books.accounts[$0]?["OwnerId"] })
      #expect(row["owners"] as? Int == owners.count)
      let territories = accounts.reduce(into: Set<String>()) {
        $0.formUnion(books.territories[$1, default: []])
      }
      #expect(row["territories"] as? Int == territories.count)
    }
  }
}
