import Foundation
import Testing

@testable import Sample

/// Two exports of one organisation, three months apart.
@Suite struct SampleHistoryTests {
  private let early: WrittenSample
  private let late: WrittenSample
  private let earlyDay = "2026-08-22"

  init() throws {
    early = try WrittenSample(SampleOptions(accounts: 500, asOf: Civil.day(2026, 8, 22)))
    late = try WrittenSample(SampleOptions(accounts: 500))
  }

  private func byID(_ rows: [[String: String]]) -> [String: [String: String]] {
    Dictionary(rows.map { ($0["Id"] ?? "", $0) }, uniquingKeysWith: { first, _ in first })
  }

  @Test("What an earlier export held, the later one still holds under the same Id")
  func idsStay() throws {
    for name in early.summary.rows.keys.sorted() {
      let object = String(name.dropLast(4))
      let (before, after) = (byID(try early.records(object)), byID(try late.records(object)))
      let gone = Set(before.keys).subtracting(after.keys)
      #expect(gone.isEmpty, "\(object): \(gone.sorted().prefix(3))")
    }
  }

  @Test("What is new in the later export was created since")
  func newIsNew() throws {
    for object in [
      "Account", "Opportunity", "OpportunityHistory", "OpportunityFieldHistory", "Lead", "Contact",
      "Task", "Event", "Contract", "User",
    ] {
      let before = byID(try early.records(object))
      for row in try late.records(object) where before[row["Id"] ?? ""] == nil {
        let created = String((row["CreatedDate"] ?? "").prefix(10))
        #expect(created > earlyDay, "\(object) \(row["Id"] ?? "")")
      }
      for (id, row) in before {
        #expect(String((row["CreatedDate"] ?? "").prefix(10)) <= earlyDay, "\(object) \(id)")
        #expect(String((row["SystemModstamp"] ?? "").prefix(10)) <= earlyDay, "\(object) \(id)")
      }
    }
  }

  @Test("The later history begins with the earlier one, word for word")
  func historyIsAPrefix() throws {
    for object in ["OpportunityHistory", "OpportunityFieldHistory"] {
      let (before, after) = (byID(try early.records(object)), byID(try late.records(object)))
      #expect(!before.isEmpty)
      for (id, row) in before { #expect(after[id] == row, "\(object) \(id)") }
    }
  }

  @Test("A deal stands where its history of that day left it")
  func dealsFollowHistory() throws {
    var last: [String: [String: String]] = [:]
    for row in try late.records("OpportunityHistory") {
      let at = row["CreatedDate"] ?? ""
      guard String(at.prefix(10)) <= earlyDay, let deal = row["OpportunityId"] else { continue }
      if (last[deal]?["CreatedDate"] ?? "") <= at { last[deal] = row }
    }
    let planted = Set(
      try ["opportunity_row_too_short", "opportunity_bad_date", "opportunity_bad_amount"]
        .flatMap { try early.planted($0) })
    var checked = 0
    for row in byID(try early.records("Opportunity")).values {
      guard let id = row["Id"], !planted.contains(id), let was = last[id] else { continue }
      for field in ["StageName", "Amount", "CloseDate", "Probability", "ForecastCategory"] {
        #expect(row[field] == was[field], "\(id) \(field)")
      }
      checked += 1
    }
    #expect(checked > 1_800)
  }

  @Test("A closed deal does not change any more")
  func closedStaysClosed() throws {
    let after = byID(try late.records("Opportunity"))
    for (id, row) in byID(try early.records("Opportunity")) where row["IsClosed"] == "1" {
      #expect(after[id] == row, "\(id)")
    }
  }

  @Test("Who owned a deal is told by its field history")
  func ownersFollowHistory() throws {
    let before = byID(try early.records("Opportunity"))
    var changes: [String: [[String: String]]] = [:]
    for row in try late.records("OpportunityFieldHistory") {
      changes[row["OpportunityId"] ?? "", default: []].append(row)
    }
    for (id, row) in byID(try late.records("Opportunity")) {
      guard let was = before[id] else { continue }
      let since = (changes[id] ?? []).filter {
        String(($0["CreatedDate"] ?? "").prefix(10)) > earlyDay
      }.sorted { ($0["CreatedDate"] ?? "") < ($1["CreatedDate"] ?? "") }
      #expect(was["OwnerId"] == since.first?["OldValue"] ?? row["OwnerId"], "\(id)")
      #expect(row["OwnerId"] == since.last?["NewValue"] ?? was["OwnerId"], "\(id)")
    }
  }

  @Test("The organisation grows: fewer accounts before, more after")
  func growth() throws {
    let next = try WrittenSample(SampleOptions(accounts: 500, asOf: Civil.day(2027, 11, 20)))
    #expect(early.summary.accounts < late.summary.accounts)
    #expect((520...600).contains(next.summary.accounts))
  }

  @Test("Accounts of a later week are those of the week before and the new ones", arguments: 0..<4)
  func weekByWeek(week: Int) throws {
    let day = Civil.day(2027, 1, 1) + week * 7
    let before = try WrittenSample(SampleOptions(accounts: 300, asOf: day, profile: .core))
    let after = try WrittenSample(SampleOptions(accounts: 300, asOf: day + 7, profile: .core))
    let known = byID(try before.records("Account"))
    for row in try after.records("Account") where known[row["Id"] ?? ""] == nil {
      #expect(String((row["CreatedDate"] ?? "").prefix(10)) > Civil.text(day))
    }
    #expect(Set(known.keys).isSubset(of: Set(byID(try after.records("Account")).keys)))
  }

  @Test("Contracts keep their terms, and end early only when they are cancelled")
  func contracts() throws {
    let after = byID(try late.records("Contract"))
    for (id, row) in byID(try early.records("Contract")) {
      #expect(after[id]?["StartDate"] == row["StartDate"])
      #expect(after[id]?["MonthlyValue__c"] == row["MonthlyValue__c"])
      if after[id]?["Status"] != "Terminated" {
        #expect(after[id]?["EndDate"] == row["EndDate"])
      }
    }
  }
}
