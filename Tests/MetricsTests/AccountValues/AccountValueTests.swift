import Metrics
import Records
import Settings
import Testing

@Suite("The value of accounts")
struct AccountValueTests {
  /// Three accounts whose open deals are worth 100, 50 and nothing.
  private func organisation() -> Organisation {
    var o = Organisation()
    o.add(.user, "ann")
    for name in ["A", "B", "C"] { o.account(name, owner: "ann") }
    o.deal("D1", .open, amount: 100, close: "2026-12-01", account: "A", owner: "ann")
    o.deal("D2", .open, amount: 50, close: "2026-12-01", account: "B", owner: "ann")
    return o
  }

  /// Weights of some parts; all others have none.
  private func only(_ weights: [AccountValuePart: Int64]) -> AccountValueSettings {
    var settings = AccountValueSettings()
    for part in AccountValuePart.allCases { settings.weights[part] = 0 }
    for (part, weight) in weights { settings.weights[part] = weight * 10_000 }
    return settings
  }

  /// Score and confidence of each account, in the order of the table.
  private func scores(_ o: Organisation) throws -> [String] {
    try o.engine().csv(.accountValues).split(separator: "\n").dropFirst().map { line in
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
      return [cells[0], cells[5], cells[6]].joined(separator: " ")
    }
  }

  @Test("Weights decide, and what is not known of an account lowers its confidence alone")
  func weights() throws {
    var o = organisation()
    o.add(.contract, "S", ["AccountId": .id("A"), "StartDate": .day("2025-01-01")])
    o.settings.accountValues = only([.openPipeline: 30, .familyRevenue: 10])
    // No account has revenue, so that part is known of none; B's share is a half.
    #expect(try scores(o) == ["A 1.000000 0.750000", "B 0.500000 0.750000", "C 0.000000 0.750000"])
    o.settings.accountValues = only([.recurringRevenue: 1])
    // The one subscription has no value: nothing is known of anybody.
    #expect(try scores(o) == ["A  0.000000", "B  0.000000", "C  0.000000"])
  }

  @Test("A field of numbers counts by its share, a field of texts by what they are worth")
  func fields() throws {
    var o = Organisation()
    for (name, fit, rating) in [("A", 80, "Hot"), ("B", 40, "Cold"), ("C", -5, "Tepid")] {
      o.add(
        .account, name,
        ["Fit__c": .number(Int64(fit) * 10_000), "Rating": .text(rating)])
    }
    let at = SourcePosition(file: "cadastre.yaml", line: 3, column: 5)
    o.settings.accountValues = only([.fit: 1])
    o.settings.accountValues.fields[.fit] = .init("fit__c", at: at)
    #expect(try scores(o) == ["A 1.000000 1.000000", "B 0.500000 1.000000", "C 0.000000 1.000000"])
    o.settings.accountValues = only([.churnRisk: 1])
    o.settings.accountValues.fields[.churnRisk] = .init("Fit__c", at: at)
    #expect(try scores(o) == ["C 1.000000 1.000000", "B 0.500000 1.000000", "A 0.000000 1.000000"])
    o.settings.accountValues.fields[.churnRisk] = .init(
      "Rating", at: at, values: ["Hot": 250_000, "Cold": 1_000_000])
    // What is not among the texts is not known.
    #expect(try scores(o) == ["A 0.750000 1.000000", "B 0.000000 1.000000", "C  0.000000"])
  }

  @Test(
    "A field that cannot decide is told, and its part is unknown",
    arguments: [
      (
        AccountValueSettings.Field("Ratng", at: SourcePosition(file: "c.yaml", line: 3, column: 5)),
        "\"Ratng\", which account_values names, is no field of the accounts in the export"
      ),
      (
        .init("Rating", at: SourcePosition(file: "c.yaml", line: 3, column: 5)),
        "\"Rating\", which account_values names, holds no numbers"
      ),
      (
        .init(
          "Fit__c", at: SourcePosition(file: "c.yaml", line: 3, column: 5), values: ["x": 1]),
        "\"Fit__c\", which account_values names, holds no texts"
      ),
    ])
  func unusable(field: AccountValueSettings.Field, what: String) throws {
    var o = Organisation()
    o.add(.account, "A", ["Fit__c": .number(10_000), "Rating": .text("Hot")])
    o.settings.accountValues = only([.fit: 1])
    o.settings.accountValues.fields[.fit] = field
    let engine = try o.engine()
    #expect(try engine.csv(.accountValues).hasSuffix("\nA,A,A,,,,0.000000\n"))
    let finding = try #require(engine.findings.entries.first?.first)
    #expect(finding.what == what)
    #expect(finding.code == "account-value-field")
    #expect(finding.at == field.at)
  }

  @Test("Amounts of a hundred thousand billions with cents neither overflow nor lose a cent")
  func large() throws {
    var o = organisation()
    for index in 0..<1_000 {
      o.add(
        .opportunity, "L\(index)",
        [
          "StageName": .text("open"), "IsClosed": .flag(false), "IsWon": .flag(false),
          "CloseDate": .day("2026-12-01"), "AccountId": .id("C"),
          "Amount": .number(1_000_000_000_000_000_100),
        ])
    }
    o.settings.accountValues = only([.openPipeline: 1])
    #expect(
      try o.engine().csv(.accountValues) == """
        account_id,account,root_id,own_value,family_value,score,confidence
        C,C,C,100000000000000010.00,100000000000000010.00,1.000000,1.000000
        A,A,A,100.00,100.00,0.000000,1.000000
        B,B,B,50.00,50.00,0.000000,1.000000

        """)
  }

  @Test("The owner of a most valuable account may be new, or have won nothing of that size")
  func repFlags() throws {
    var o = Organisation()
    for user in ["ann", "bob", "cid"] { o.add(.user, user) }
    for index in 1...40 { o.account("A\(index + 10)", owner: "ann") }
    o.settings.accountValues = only([.openPipeline: 1])
    // The first tenth of 44 accounts: X1 to X4, and A50 of which a deal of 20,000 is open.
    for (name, owner, amount) in [("X1", "ann", 90_000), ("X2", "bob", 80_000)] {
      o.account(name, owner: owner)
      o.deal(
        "\(name)-1", .open, amount: Int64(amount), close: "2026-12-01", account: name, owner: owner)
    }
    for (name, owner) in [("X3", "cid"), ("X4", nil)] {
      o.account(name, owner: owner)
      o.deal("\(name)-1", .open, amount: 70_000, close: "2026-12-01", account: name)
    }
    o.deal("O", .open, amount: 20_000, close: "2026-12-01", account: "A50", owner: "ann")
    // Ann won in both bands, one of them a day before the window; bob won for another's account.
    o.deal("W1", .won, amount: 10_000, close: "2025-10-01", account: "A11", owner: "ann")
    o.deal("W2", .won, amount: 60_000, close: "2025-09-30", account: "A11", owner: "ann")
    o.deal("W3", .won, amount: 60_000, close: "2026-09-30", account: "A11", owner: "bob")
    var user = UserRecords()
    for (row, start) in [(1, "2025-11-21"), (2, "2025-11-20")] {
      var person = Person(user: Int32(row))
      person.startDate = Organisation.day(start)
      user.people.append(person)
    }
    let engine = try o.engine(userRecords: user)
    let listing = Listing(
      fact: .accounts, columns: ["Id", "RepFlag"],
      filter: ExpressionText("IsTopDecile"), order: [Order("Id")])
    // Bob is a day short of twelve months; cid is not, and won nothing at all.
    #expect(
      try engine.list([listing])[0].csv() == """
        Id,RepFlag
        A50,
        X1,no win in band
        X2,new rep
        X3,no win in band
        X4,

        """)
    #expect(try engine.figure("flagged_accounts") == "3")
    #expect(try engine.figure("flagged_open_amount") == "240000.00")
  }
}
