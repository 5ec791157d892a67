import Foundation
import Testing

@testable import Sample

@Suite struct SampleWriterTests {
  @Test("The same options give the same bytes, another seed gives others")
  func sameBytes() throws {
    let options = SampleOptions(accounts: 300)
    let (one, two) = (try WrittenSample(options), try WrittenSample(options))
    for name in one.summary.rows.keys.sorted() {
      #expect(try one.bytes(name) == two.bytes(name), "\(name)")
    }
    #expect(
      try Data(contentsOf: one.summary.truthFile) == Data(contentsOf: two.summary.truthFile))
    let other = try WrittenSample(SampleOptions(accounts: 300, seed: 2))
    #expect(try one.bytes("Account.csv") != other.bytes("Account.csv"))
  }

  @Test("The checksum of an Id is the one that Salesforce documents")
  func checksum() {
    // A published example, and one whose five first characters hold three capitals:
    // "0MI5g" sets bits 1 and 2, 6, which is G.
    #expect(checksum(of: "001D000000IqhSL") == "IAZ")
    #expect(checksum(of: "0MI5g0000000000").first == "G")
  }

  @Test("Every Id in the export carries its checksum")
  func checksums() throws {
    let sample = try WrittenSample(SampleOptions(accounts: 200))
    for name in sample.summary.rows.keys.sorted() {
      let table = try ReadTable(sample.folder.appendingPathComponent(name))
      for row in table.records {
        for (column, value) in row where column.hasSuffix("Id") && !value.isEmpty {
          #expect(value.count == 18)
          #expect(checksum(of: String(value.prefix(15))) == value.suffix(3), "\(name) \(value)")
        }
      }
    }
  }

  private func checksum(of id: String) -> String {
    let letters = Array(id)
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ012345")
    return String(
      [0, 5, 10].map { start in
        alphabet[
          (0..<5).reduce(0) { $0 + (("A"..."Z").contains(letters[start + $1]) ? 1 << $1 : 0) }]
      })
  }

  @Test("The rows of every file are those that truth.json counts")
  func rowCounts() throws {
    for profile in SampleProfile.allCases {
      let sample = try WrittenSample(SampleOptions(accounts: 400, profile: profile))
      let rows = try sample.truth()["rows"] as? [String: Int] ?? [:]
      let files = try FileManager.default.contentsOfDirectory(atPath: sample.folder.path)
      #expect(files.sorted() == rows.keys.sorted())
      for (name, count) in rows {
        #expect(
          try ReadTable(sample.folder.appendingPathComponent(name)).rows.count == count, "\(name)")
      }
    }
  }

  @Test("Core has the shape of a real export: deals, lines and bytes an account")
  func shape() throws {
    let sample = try WrittenSample(SampleOptions(accounts: 3_000, profile: .core))
    let rows = sample.summary.rows
    #expect(rows["Account.csv"] == 3_000)
    #expect((13_200...16_200).contains(rows["Opportunity.csv"] ?? 0))
    #expect((19_200...24_600).contains(rows["OpportunityLineItem.csv"] ?? 0))
    #expect((2_500...3_200).contains(sample.summary.bytes / 3_000))
    #expect(try sample.table("Opportunity").header.count == 18)
    #expect(try sample.table("Account").header.count == 16)
    #expect(try sample.table("OpportunityLineItem").header.count == 7)
  }

  @Test("Every foreign key of core resolves")
  func foreignKeys() throws {
    let sample = try WrittenSample(SampleOptions(accounts: 600, profile: .core))
    func ids(_ object: String) throws -> Set<String> {
      let all = try sample.records(object).compactMap { $0["Id"] }
      #expect(Set(all).count == all.count, "an Id of \(object) occurs twice")
      return Set(all)
    }
    let targets: [(String, String, Set<String>)] = try [
      ("Account", "ParentId", ids("Account")), ("Account", "OwnerId", ids("User")),
      ("Opportunity", "AccountId", ids("Account")), ("Opportunity", "OwnerId", ids("User")),
      ("Opportunity", "Territory2Id", ids("Territory2")),
      ("OpportunityLineItem", "OpportunityId", ids("Opportunity")),
      ("OpportunityLineItem", "Product2Id", ids("Product2")),
      ("Contract", "AccountId", ids("Account")),
      ("ObjectTerritory2Association", "ObjectId", ids("Account")),
      ("ObjectTerritory2Association", "Territory2Id", ids("Territory2")),
      ("UserTerritory2Association", "UserId", ids("User")),
      ("UserTerritory2Association", "Territory2Id", ids("Territory2")),
      ("Territory2", "ParentTerritory2Id", ids("Territory2")),
      ("Territory2", "Territory2ModelId", ids("Territory2Model")),
      ("Territory2", "Territory2TypeId", ids("Territory2Type")),
      ("User", "ManagerId", ids("User")), ("ForecastingQuota", "QuotaOwnerId", ids("User")),
      ("ForecastingQuota", "Territory2Id", ids("Territory2")),
    ]
    for (object, column, known) in targets {
      let used = Set(try sample.records(object).compactMap { $0[column] })
      #expect(used.subtracting(known).subtracting([nobody]).isEmpty, "\(object).\(column)")
    }
  }

  @Test("A thousand accounts hold every kind of dirt")
  func dirt() throws {
    let sample = try WrittenSample(SampleOptions(accounts: 1_000))
    for kind in [
      "parent_absent", "parent_cycle", "own_parent", "duplicate_account", "duplicate_opportunity",
      "merged_account", "deleted_account", "deleted_opportunity", "opportunity_without_account",
      "account_row_too_short", "opportunity_row_too_short", "opportunity_bad_date",
      "opportunity_bad_amount", "unassigned_account", "stale_association", "excluded_account",
      "manual_association", "C1_deal_owner_outside", "C2_deal_in_other_territory",
      "C3_account_owner_outside", "C4_two_territories_of_one_type", "C5_split_family",
      "C7_inactive_owner_of_open_deal",
    ] {
      #expect(try !sample.planted(kind).isEmpty, "\(kind)")
    }
    let accounts = try sample.table("Account")
    #expect(accounts.rows.filter { $0.count != accounts.header.count }.count == 1)
    let deals = try sample.table("Opportunity")
    #expect(deals.rows.filter { $0.count != deals.header.count }.count == 1)
    let cycle = try sample.planted("parent_cycle")
    let parents = Dictionary(
      try sample.records("Account").compactMap { row in row["Id"].map { ($0, row["ParentId"]) } },
      uniquingKeysWith: { first, _ in first })
    #expect(cycle.map { parents[$0] } == [cycle.last, cycle.first])
    let standing = (try sample.truth()["figures"] as? [String: Any])?["accounts"] as? Int
    #expect(standing == 1_000)
  }

  @Test("Core is clean")
  func clean() throws {
    let sample = try WrittenSample(SampleOptions(accounts: 500, profile: .core))
    #expect(try (sample.truth()["planted"] as? [String: Any])?.isEmpty == true)
    for name in sample.summary.rows.keys {
      let table = try ReadTable(sample.folder.appendingPathComponent(name))
      #expect(table.rows.allSatisfy { $0.count == table.header.count }, "\(name)")
    }
  }

  @Test("A folder with something in it is left alone")
  func notEmpty() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("cadastre-sample-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data("mine".utf8).write(to: folder.appendingPathComponent("notes.txt"))
    let error = #expect(throws: SampleError.self) {
      try SampleWriter(SampleOptions(accounts: 10)).write(to: folder)
    }
    #expect(
      error?.description
        == "\(folder.path) is not empty: nothing was written; choose a new folder or empty this one"
    )
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["notes.txt"])
  }

  @Test("No accounts, and days out of reach, are refused")
  func outOfRange() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("cadastre-sample-\(UUID().uuidString)")
    #expect(throws: SampleError.accountsOutOfRange(0)) {
      try SampleWriter(SampleOptions(accounts: 0)).write(to: folder)
    }
    #expect(throws: SampleError.asOfOutOfRange) {
      try SampleWriter(SampleOptions(accounts: 1, asOf: 0)).write(to: folder)
    }
    #expect(!FileManager.default.fileExists(atPath: folder.path))
  }
}
