import Records
import Testing

@Suite("Findings")
struct FindingTests {
  private func finding(
    _ code: String, _ severity: Finding.Severity = .warning, line: Int = 1
  ) -> Finding {
    Finding(
      code: code, severity: severity, at: SourcePosition(file: "Account.csv", line: line),
      what: "the parent is not in the export", done: "the account is a root",
      suggestion: "export it too")
  }

  @Test("A finding prints place, severity and its three parts")
  func description() {
    #expect(
      finding("orphan", line: 3).description
        == "Account.csv:3: warning: the parent is not in the export; the account is a root; "
        + "export it too.")
    let question = Finding(
      code: "x", severity: .error, at: SourcePosition(file: "a.yaml", line: 3, column: 1),
      what: "unknown key \"curency\"", done: "nothing was read",
      suggestion: "did you mean \"currency\"?")
    #expect(
      question.description == "a.yaml:3:1: error: unknown key \"curency\"; nothing was read; "
        + "did you mean \"currency\"?")
    let whole = Finding(code: "x", severity: .notice, what: "a", done: "b", suggestion: "c")
    #expect(whole.description == "notice: a; b; c.")
    #expect(SourcePosition(file: "a.csv").description == "a.csv")
  }

  @Test("A log counts all of a code and keeps the first ten places")
  func counts() throws {
    var log = FindingLog()
    for line in 1...25 { log.add(finding("orphan", line: line)) }
    let entry = try #require(log.entries.first)
    #expect(entry.count == 25)
    #expect(entry.places.map(\.line) == Array(1...10))
    #expect(log.count(of: "orphan") == 25)
    #expect(log.count(of: "other") == 0)
  }

  @Test("Logs of parts merged in file order are as one log of the whole")
  func merge() {
    var whole = FindingLog()
    var parts = [FindingLog(), FindingLog(), FindingLog()]
    for line in 1...30 {
      let next = finding(line % 3 == 0 ? "cycle" : "orphan", line: line)
      whole.add(next)
      parts[(line - 1) / 10].add(next)
    }
    var merged = FindingLog()
    for part in parts { merged.merge(part) }
    #expect(merged.entries.map(\.count) == [10, 20])
    #expect(merged.entries.map(\.places) == whole.entries.map(\.places))
    #expect(merged.entries.map(\.first) == whole.entries.map(\.first))
  }

  @Test("Errors come first, then codes by name")
  func order() {
    var log = FindingLog()
    #expect(log.isEmpty)
    log.add([finding("b"), finding("a", .notice), finding("z", .error), finding("c")])
    #expect(log.entries.map(\.first.code) == ["z", "b", "c", "a"])
    #expect(log.hasErrors)
  }
}

@Suite("Where rows stand in their files")
struct RowSourcesTests {
  @Test("Runs of consecutive lines, a gap, and a second file")
  func positions() {
    var sources = RowSources()
    sources.files = ["a.csv", "b.csv"]
    for row in 0..<5 { sources.append(row: row, file: 0, line: row + 2) }
    // A row of line 7 was set aside; line 8 is row 5.
    sources.append(row: 5, file: 0, line: 8)
    sources.append(row: 6, file: 1, line: 2)
    #expect(
      [0, 4, 5, 6].map { sources.position(of: $0)?.description }
        == ["a.csv:2", "a.csv:6", "a.csv:8", "b.csv:2"])
  }

  @Test("Where nothing was noted there is no place")
  func none() {
    #expect(RowSources().position(of: 0) == nil)
  }
}

@Suite("Tables")
struct TableTests {
  @Test("A field that was not exported is null in every row")
  func absentFields() {
    let table = Table(entity: .account, count: 2)
    #expect(table.decimals("AnnualRevenue") == [Exact.null, Exact.null])
    #expect(table.days("LastActivityDate") == [Day.null, Day.null])
    #expect(table.flags("IsDeleted") == [2, 2])
    #expect(table.references("ParentId") == [Reference.null, Reference.null])
    #expect(table.categories("Type")[1] == nil)
    #expect(table.texts("Name")[1] == nil)
    #expect(!table.has("Name"))
  }

  @Test("A record without a name goes by its Id")
  func name() {
    var names = Texts()
    names.append("Acme".utf8)
    names.append("".utf8)
    var ids = Texts()
    ids.append("k1".utf8)
    ids.append("k2".utf8)
    let table = Table(
      entity: .account, count: 2, keys: .text(ids), columns: ["Name": .texts(names)])
    #expect(table.name(0) == "Acme")
    #expect(table.name(1) == "k2")
  }

  @Test("Fields are known without regard to case, and an entity lists each once")
  func fields() {
    #expect(Entity.opportunity.field(named: "closedate")?.name == "CloseDate")
    #expect(Entity.opportunity.field(named: "Nonsense__c") == nil)
    for entity in Entity.allCases {
      let names = entity.fields.map { $0.name.lowercased() }
      #expect(Set(names).count == names.count)
    }
  }

  @Test("A record set without an entity has an empty table of it")
  func recordSet() {
    let records = RecordSet(tables: [:], asOf: Day(number: 0))
    #expect(records[.account].count == 0)
    #expect(!records.has(.account))
  }
}
