import Records
import Testing

@testable import Intake

@Suite("The file of named accounts")
struct NamedAccountTests {
  @Test("An account is named with who keeps it and where it stays, either of them left out")
  func read() throws {
    let export = try UserFiles.read(
      "named_accounts: n.csv",
      [
        "n.csv": """
        AccountId,owner,territory,reason
        \(ID.account(2)),,,strategic
        \(ID.account(1)),ann@acme.example,Region_North,signed by the chief executive

        """
      ])
    #expect(export.userFileErrors.isEmpty)
    #expect(
      export.userRecords.namedAccounts == [
        NamedAccount(account: 0, owner: 0, territory: 0),
        NamedAccount(account: 1, owner: nil, territory: nil),
      ])
    #expect(export.countedUserFiles == ["n.csv as named_accounts: 2 = 2 + 0"])
  }

  @Test("An account twice, and an unknown territory, are errors")
  func wrong() throws {
    let export = try UserFiles.read(
      "named_accounts: n.csv",
      [
        "n.csv": """
        AccountId,territory
        \(ID.account(1)),Region_North
        \(ID.account(1)),

        """
      ])
    #expect(
      export.userFileErrors.map(\.description) == [
        "n.csv:3:1: error: an earlier row names the same account; "
          + "the row was set aside and no report is made; keep one of them."
      ])
    #expect(export.userRecords.namedAccounts.count == 1)
  }
}
