import Foundation
import Metrics
import Records
import TestKit
import Testing

@testable import Territories

@Suite("What changes hands in the fixture territory-changes, computed by hand in its why.md")
struct ChangeFixtureTests {
  private let export: ChangeExport

  init() throws {
    export = try ChangeExport(
      Repository.fixture("territory-changes").appending(path: "export"), asOf: "2026-06-15")
  }

  /// A8, Holly, is held out.
  private func tables() throws -> ChangeTables {
    try export.changes { rules in
      rules.isHeld = (0..<export.records[.account].count).map {
        export.records[.account].name($0) == "Holly"
      }
    }
  }

  @Test("Accounts come to other territories, and to other owners only where nobody there has them")
  func accounts() throws {
    let accounts = try tables().accounts
    #expect(
      accounts.lines(
        "account", "from_territory_keys", "to_territory_keys", "from_owner", "to_owner", "held_out")
        == [
          "Birch|North|West|Dmitri Petrov|Chloé Dubois|no",
          "Cedar|East|South|Ben Okafor|(to be named)|no",
          "Ivy|West|East|Dmitri Petrov|Ben Okafor|no",
          "Fir|East|East;Twin|Ben Okafor|Ben Okafor|no",
          "Elm|East|East;Key|Ben Okafor|Ben Okafor|no",
          "Dogwood|West||Chloé Dubois|Chloé Dubois|no",
          "Holly|East|West|Ben Okafor|Ben Okafor|yes",
          "Gum||West|Ana Alvarez|Ana Alvarez|no",
        ])
    #expect(
      accounts.lines(
        "account", "rule", "criterion", "recurring_revenue", "open_amount", "weighted_amount",
        "next_renewal", "last_activity"
      ).prefix(2) == [
        "Birch|West by state|BillingState equals WA|1200.00|3500.00|2150.00|2026-12-31|2026-05-02",
        "Cedar|South by state|BillingState equals TX|600.00|0.00|0.00|2026-09-30|2026-05-03",
      ])
  }

  @Test("Open deals go with the default rule, and change owners with their accounts")
  func deals() throws {
    #expect(
      try tables().opportunities.lines(
        "opportunity", "from_territory_key", "to_territory_key", "territory_changes", "to_owner",
        "disruption", "lost_by_tie", "held_out") == [
          "Deal 2|North|West|yes|Chloé Dubois|late|no|no",
          "Deal 1|North|West|yes|Chloé Dubois|early|no|no",
          "Deal 7|West|West|no|Ben Okafor|early|no|no",
          "Deal 6|East||yes|Ben Okafor|none|yes|no",
          "Deal 3|North|West|yes|Ana Alvarez|none|no|no",
          "Deal 5|East|Key|yes|Ben Okafor|none|no|no",
          "Deal 4|West||yes|Chloé Dubois|none|no|no",
          "Deal 10|East|West|yes|Ben Okafor|none|no|yes",
          "Deal 9|North||yes|Dmitri Petrov|none|no|no",
        ])
  }

  @Test("Lost and gained balance: what is unassigned and what is in several territories included")
  func totals() throws {
    let territories = try tables().territories
    #expect(
      territories.lines(
        "territory", "state", "accounts_before", "accounts_lost", "accounts_gained",
        "accounts_after", "recurring_revenue_lost", "recurring_revenue_gained") == [
          "East|stays|6|1|1|6|600.00|0.00",
          "Empty|new|0|0|0|0|0.00|0.00",
          "Key Accounts|new|0|0|1|1|0.00|0.00",
          "North|ends|1|1|0|0|1200.00|0.00",
          "South|new|0|0|1|1|0.00|600.00",
          "Twin Cities|new|0|0|1|1|0.00|0.00",
          "West|stays|2|2|2|2|0.00|1200.00",
          "World|stays|0|0|0|0|0.00|0.00",
          "(unassigned)|||1|1||0.00|0.00",
          "(in several territories)|||2|0||0.00|0.00",
        ])
    #expect(
      territories.lines(
        "territory", "open_lost", "open_gained", "open_amount_lost", "open_amount_gained"
      )
      .filter { !$0.hasSuffix("|0|0|0.00|0.00") } == [
        "East|2|0|1000.00|0.00",
        "Key Accounts|0|1|0.00|400.00",
        "North|4|0|3550.00|0.00",
        "West|1|3|300.00|3500.00",
        "(unassigned)|0|3|0.00|950.00",
      ])
    #expect(
      try tables().users.lines(
        "user", "accounts_lost", "accounts_gained", "open_lost", "open_gained")
        == [
          "Ben Okafor|1|1|0|1", "Chloé Dubois|0|1|0|2", "Dmitri Petrov|2|0|3|0",
          "(to be named)|0|1|0|0",
        ])
  }

  @Test("A family comes to lie in two territories; tasks and contacts follow whom they had")
  func followers() throws {
    let tables = try tables()
    #expect(
      tables.familyChanges.lines(
        "root", "accounts", "moving", "territories_before", "territories_after", "effect",
        "recurring_revenue", "open_amount") == ["Alder|2|1|1|2|split|600.00|110.00"])
    #expect(
      tables.tasks.lines("task_id", "opportunity", "from_owner", "to_owner") == [
        "00T5e00000k0001EAA|Deal 1|Dmitri Petrov|Chloé Dubois",
        "00T5e00000k0002EAA||Dmitri Petrov|Chloé Dubois",
        "00T5e00000k0005EAA|Deal 8|Dmitri Petrov|Chloé Dubois",
      ])
    #expect(
      tables.changes.contacts.map { export.records[.contact].id(Int($0.row)) }
        == ["0035e00000n0001AAA", "0035e00000n0003AAA"])
  }

  @Test(
    "Exceptions: unassigned, two of one type, a tie, a split family, a vacancy, nowhere to work")
  func exceptions() throws {
    #expect(
      try tables().exceptions().lines(
        "kind", "is_new", "account", "opportunity", "territory", "user", "amount") == [
          "newly_unassigned|yes|Dogwood||||300.00",
          "two_territories_of_one_type|yes|Fir||||600.00",
          "territory_lost_by_tie|yes|Fir|Deal 6|||600.00",
          "family_split|yes|Alder||||110.00",
          "vacant_territory|yes|||Empty||",
          "user_without_territory|yes||||Dmitri Petrov|",
        ])
  }

  @Test("Conflicts are found before they occur, beside those of today")
  func conflicts() throws {
    let tables = try tables()
    let set = tables.changes
    let before = export.engine(under: set.from.assignment).conflicts()
    let after = export.engine(
      under: set.assignmentAfterwards, records: set.recordsAfterwards(export.records)
    ).conflicts()
    #expect(
      tables.conflicts(ConflictsAhead(before: before, after: after, set)).lines(
        "state", "kind", "opportunity_id", "account", "amount") == [
          "new|C2|0065e00000o0007AAA|Ivy|700.00",
          "new|C4||Fir|600.00",
          "new|C5||Alder|110.00",
          "stays|C3||Juniper|0.00",
          "resolved|C1|0065e00000o0007AAA|Ivy|700.00",
          "resolved|C3||Ivy|700.00",
        ])
  }

  @Test("Load files name every owner, the reverse of each, and what no rule does")
  func loadFiles() throws {
    let files = LoadFiles(try tables().changes, records: export.records)
    #expect(
      files.manifest.lines("file", "object", "operation", "rows", "reverse_operation") == [
        "1-territory-associations-insert.csv|ObjectTerritory2Association|insert|1|"
          + "delete, by the Ids of the success file",
        "2-account-owners.csv|Account|update|2|update",
        "3-deal-owners-early.csv|Opportunity|update|2|update",
        "3-deal-owners-late.csv|Opportunity|update|1|update",
        "5-contact-owners.csv|Contact|update|1|update",
        "6-task-owners.csv|Task|update|3|update",
      ])
    #expect(
      files.lists[0].table.csv() == """
        ObjectId,Territory2Id,AssociationCause
        0015e00000a0008AAA,0MI5e00000t0012GAA,Territory2Manual

        """)
    #expect(
      files.lists[1].table.csv() == """
        Id,OwnerId
        0015e00000a0002AAA,0055e00000u0003AAA
        0015e00000a0009AAA,0055e00000u0002AAA

        """)
    #expect(
      files.lists[1].reverse?.csv() == """
        Id,OwnerId
        0015e00000a0002AAA,0055e00000u0004AAA
        0015e00000a0009AAA,0055e00000u0004AAA

        """)
    #expect(files.unnamed.lines("Id", "territories") == ["0015e00000a0003AAA|South"])
    #expect(
      files.manual.contains("Account teams and sales teams are deleted when an owner changes"))
    #expect(files.manual.contains("1 account has no owner named yet"))
  }

  @Test("A deal whose disruption is not handed over stays with its owner, and gets them back")
  func keptDeals() throws {
    let tables = try export.changes { $0.handedOver = [.early] }
    let files = LoadFiles(tables.changes, records: export.records)
    #expect(
      files.lists.map(\.name).filter { $0.contains("deal") }
        == ["3-deal-owners-early", "4-deal-owners-kept"])
    let kept = try #require(files.lists.first { $0.name == "4-deal-owners-kept" })
    #expect(kept.table.lines("Id", "OwnerId") == ["0065e00000o0002AAA|0055e00000u0004AAA"])
    #expect(kept.reverse == nil)
  }

  @Test("A reader of West sees what is in West before or afterwards, and nothing else")
  func scope() throws {
    let whole = try tables()
    let set = whole.changes
    let engine = export.engine(under: set.from.assignment)
    func index(_ side: Holdings) -> Int? {
      side.model.tree.developerNames.firstIndex(of: "West")
    }
    let scope = ChangeScope(
      territory: index(set.from), index(set.to), of: set, users: export.records[.user].count)
    let part = set.cut(
      to: scope, owners: export.records[.account].references("OwnerId"), families: engine.families)
    let tables = ChangeTables(
      part, records: export.records, stakes: whole.stakes, families: engine.families)
    #expect(
      tables.accounts.lines("account").sorted() == ["Birch", "Dogwood", "Gum", "Holly", "Ivy"])
    #expect(
      tables.opportunities.lines("opportunity")
        == ["Deal 2", "Deal 1", "Deal 7", "Deal 3", "Deal 4", "Deal 10"])
    #expect(tables.familyChanges.rowCount == 0)
    #expect(
      tables.territories.lines("territory", "accounts_lost", "accounts_gained")
        == ["West|2|2", "(unassigned)|1|1", "(elsewhere)|1|1"])
    for table in [tables.accounts, tables.opportunities, tables.exceptions(), tables.before] {
      #expect(!table.csv().contains("0015e00000a0003AAA"), "\(table.name)")
      #expect(!table.csv().contains("Cedar"), "\(table.name)")
    }
  }
}
