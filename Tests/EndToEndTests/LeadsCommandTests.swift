import Foundation
import TestKit
import Testing

/// Leads and families, as a person at a terminal asks for them.
@Suite("Leads and families from the command line")
struct LeadsCommandTests {
  private func fixture() throws -> TableFixture {
    try #require(TableFixture.all.first { $0.name == "leads" })
  }

  @Test("leads route prints where leads go and writes what a data loader imports")
  func route() async throws {
    try await withTemporaryFolder { folder in
      let fixture = try fixture()
      let summary = try await Program.run(
        "leads", "route", "--export", fixture.export.path, "--as-of", fixture.asOf, "--quiet",
        "--format", "csv", in: folder)
      #expect(
        summary == """
          group,leads,share,median_days,p90_days
          all open leads,14,1.000000,5,30
          matched to an account,10,0.714286,10,151
          to the account's owner,9,0.642857,5,30
          owner to be named,4,0.285714,5,151
          rules put it into no territory,1,0.071429,5,5
          with the owner of routing,5,0.357143,5,30
          with another user (misrouted),3,0.214286,10,14
          with a queue or an unknown user,1,0.071429,5,5
          without an owner to go to,5,0.357143,5,151

          """)
      let imports = try folder.text("out/\(fixture.asOf)/lead-owners.csv")
      #expect(
        imports == """
          Id,OwnerId,MatchedAccountId,Territory2Id,Reason,Confidence
          00Q5e00000l0001EAA,0055e00000u0002AAA,0015e00000a0001AAA,0MI5e00000t0002GAA,name+domain: to the account's owner,95
          00Q5e00000l0003EAA,0055e00000u0003AAA,0015e00000a0003AAA,0MI5e00000t0003GAA,name (1 more account matches): to the account's owner,70
          00Q5e00000l0006EAA,0055e00000u0002AAA,0015e00000a0006AAA,0MI5e00000t0004GAA,near name+postcode: to the account's owner,65
          00Q5e00000l0015EAA,0055e00000u0003AAA,0015e00000a0014AAA,,name (2 more accounts match): to the account's owner,70

          """)
      let all = try CSVReader.rows(folder.text("out/\(fixture.asOf)/lead-routes.csv"))
      #expect(all.count == 15)
      // North: L1 waits 14 days and L16 5; South: L3 0, L4 151, L17 5; Key Accounts: L6 and L7 10; no
      // territory: L10 and L15 5. L14, whose age is not known, is with the owner of routing.
      #expect(
        try folder.text("out/\(fixture.asOf)/lead-waiting.csv") == """
          territory_id,territory,leads,waiting,median_days,p90_days
          0MI5e00000t0003GAA,South,3,3,5,151
          0MI5e00000t0002GAA,North,5,2,5,14
          0MI5e00000t0004GAA,Key Accounts,3,2,10,10
          ,(no territory),3,2,5,5

          """)
    }
  }

  @Test("Where leads go to headquarters, subsidiaries in other regions are listed for an import")
  func headquarters() async throws {
    try await withTemporaryFolder { folder in
      let fixture = try fixture()
      try FileManager.default.copyItem(
        at: fixture.export, to: folder.appending(path: "export"))
      // A5 in South belongs to A1 in North, A12 there too.
      let accounts = try folder.text("export/Account.csv")
        .replacing("株式会社日立製作所,,", with: "株式会社日立製作所,0015e00000a0001AAA,")
        .replacing("Twin AG,,", with: "Twin AG,0015e00000a0001AAA,")
      try folder.write(files: [
        "export/Account.csv": accounts,
        "cadastre.yaml": "export: export\nas_of: 2026-06-15\n"
          + "lead_routing: {to_headquarters: true}\n",
      ])
      let printed = try await Program.run("leads", "route", "--quiet", "--out", "out", in: folder)
      #expect(printed.contains("1 subsidiary lies in another region than its ultimate parent.\n"))
      #expect(
        try folder.text("out/account-headquarters.csv") == """
          Id,OwnerId,UltimateParentId,FromTerritory2Id,Territory2Id,Reason
          0015e00000a0005AAA,0055e00000u0002AAA,0015e00000a0001AAA,0MI5e00000t0003GAA,0MI5e00000t0002GAA,to the owner of the ultimate parent

          """)
    }
  }

  @Test("A named account's leads stay with whom it was named for")
  func named() async throws {
    try await withTemporaryFolder { folder in
      let fixture = try fixture()
      try folder.write(files: [
        "cadastre.yaml": fixture.settings + "named_accounts: named.csv\n",
        "named.csv": """
        AccountId,owner,territory,reason
        0015e00000a0001AAA,0055e00000u0001AAA,Key_Accounts,strategic

        """,
      ])
      try await Program.run("leads", "route", "--quiet", "--out", "out", in: folder)
      #expect(
        try folder.text("out/lead-owners.csv").contains(
          "00Q5e00000l0001EAA,0055e00000u0001AAA,0015e00000a0001AAA,0MI5e00000t0004GAA,"
            + "name+domain: to whom the account was named for,95\n"))
    }
  }

  @Test("An export without leads is told so")
  func noLeads() async throws {
    try await withTemporaryFolder { folder in
      try folder.write(files: ["export/Account.csv": "Id,Name\n0015e00000a0001AAA,Acme\n"])
      let finished = try await CadastreBinary.run(
        ["leads", "route", "--export", "export", "--as-of", "2026-06-15", "--quiet"], in: folder)
      #expect(finished.status == 2)
      #expect(
        finished.errors == "error: the export holds no leads; nothing was routed; "
          + "export the object Lead too; cadastre wants names its fields.\n")
    }
  }

  @Test("hierarchy suggest prints the surest parents and writes what a data loader imports")
  func hierarchy() async throws {
    try await withTemporaryFolder { folder in
      try folder.write(files: [
        "export/Account.csv": """
        Id,Name,ParentId,Website
        0015e00000a0001AAA,Acme Holding,,acme.example
        0015e00000a0002AAA,Acme Berlin GmbH,0015e00000a0001AAA,
        0015e00000a0003AAA,Acme Paris SA,,www.acme.example
        0015e00000a0004AAA,Beta,,

        """
      ])
      let printed = try await Program.run(
        "hierarchy", "suggest", "--export", "export", "--as-of", "2026-06-15", "--quiet",
        "--format", "csv", in: folder)
      #expect(
        printed == """
          reason,confidence,accounts
          domain and name,90,1
          account,parent,reason,confidence
          Acme Paris SA,Acme Holding,domain and name,90

          """)
      #expect(
        try folder.text("out/2026-06-15/account-parents.csv") == """
          Id,ParentId,Reason,Confidence
          0015e00000a0003AAA,0015e00000a0001AAA,domain and name,90

          """)
      let finished = try await CadastreBinary.run(
        [
          "hierarchy", "suggest", "--export", "export", "--as-of", "2026-06-15", "--quiet",
          "--parent-duns", "Nothing__c",
        ], in: folder)
      #expect(
        finished.errors == "error: the accounts of the export have no field \"Nothing__c\", "
          + "which --parent-duns names; nothing was suggested; "
          + "write its API name, or export the field too.\n")
    }
  }
}
