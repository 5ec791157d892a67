import Metrics
import Records
import Testing

@Suite("Listings")
struct ListingTests {
  private var organisation: Organisation {
    var o = Organisation()
    o.add(.user, "ann")
    o.territory("T1", users: ["ann"])
    o.territory("T2")
    o.account("A", owner: "ann", in: ["T1"])
    o.account("B", in: ["T2"])
    o.account("C", owner: "ann")
    o.deal("D1", .open, amount: 10, close: "2026-12-05", account: "A", owner: "ann")
    o.deal("D2", .open, amount: 30, close: "2026-12-06", account: "A")
    o.deal("D3", .open, amount: nil, close: "2026-12-07", account: "B", territory: "T1")
    o.deal("D4", .open, amount: 30, close: "2026-12-08", account: "B")
    o.deal("D5", .won, amount: 99, close: "2026-01-08", account: "A")
    return o
  }

  @Test("The largest open deals, ties by Id, say how many there are in all")
  func largest() throws {
    let table = try organisation.engine().list([
      Listing(
        fact: .opportunities,
        columns: ["Id", "Account.Name", "owner", "territory", "CloseDate", "Value"],
        filter: ExpressionText("IsOpen"), order: [Order("Value", descending: true)], limit: 3)
    ])[0]
    #expect(
      table.csv() == """
        Id,Account.Name,owner,territory,CloseDate,Value
        D2,A,(unknown),T1,2026-12-06,30.00
        D4,B,(unknown),T2,2026-12-08,30.00
        D1,A,ann,T1,2026-12-05,10.00

        """)
    #expect(table.totalRowCount == 4)
    #expect(table.columns[4].title == "Close date")
  }

  @Test("A scope lists its own deals and hides the accounts of others")
  func scoped() throws {
    let table = try organisation.engine().list([
      Listing(
        fact: .opportunities, columns: ["Id", "Account.Name", "AccountId", "account_id", "family"],
        filter: ExpressionText("IsOpen"), scope: .territory(0))
    ])[0]
    // D3 is T1's own deal of an account of T2.
    #expect(
      table.csv() == """
        Id,Account.Name,AccountId,account_id,family
        D1,A,A,A,A
        D2,A,A,A,A
        D3,,,other,other

        """)
  }

  @Test("A territory lists unassigned accounts of the people who work in it")
  func unassigned() throws {
    let listing = Listing(
      fact: .accounts, columns: ["Name", "owner"], filter: ExpressionText("IsUnassigned"),
      scope: .territory(0))
    #expect(try organisation.engine().list([listing])[0].csv() == "Name,owner\nC,ann\n")
    var other = listing
    other.scope = .territory(1)
    #expect(try organisation.engine().list([other])[0].rowCount == 0)
  }

  @Test("An unknown column is refused with the one that was meant")
  func unknownColumn() throws {
    let engine = try organisation.engine()
    let error = #expect(throws: FindingsError.self) {
      try engine.list([Listing(fact: .opportunities, columns: ["ClosDate"])])
    }
    #expect(
      error?.findings.map(\.description) == [
        "error: \"ClosDate\" is no column of a deal; nothing was listed;"
          + " did you mean \"CloseDate\"?"
      ])
  }

  @Test("Required fields name what figures are made from and no more")
  func requiredFields() throws {
    var required = RequiredFields(
      catalogue: try Organisation.catalogue(), settings: MetricSettings())
    required.add([
      Listing(fact: .opportunities, columns: ["Account.Industry", "CycleDays", "stage"])
    ])
    required.add([Query(metrics: ["products_sold"], by: [.segment])])
    #expect(required.fields[.account]?.isSuperset(of: ["Industry", "NumberOfEmployees"]) == true)
    #expect(
      required.fields[.opportunity]?.isSuperset(of: ["CreatedDate", "StageName", "IsWon"]) == true)
    #expect(required.fields[.opportunity]?.contains("LeadSource") == false)
    #expect(required.fields[.lineItem]?.isSuperset(of: ["OpportunityId", "Product2Id"]) == true)
  }
}
