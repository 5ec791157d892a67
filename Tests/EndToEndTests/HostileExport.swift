/// An export of any shape: every file with its header, and the rows that a test adds.
struct HostileExport {
  enum Outcome: String {
    case won = "Won"
    case lost = "Lost"
    case open = "Talks"
  }

  private static let headers = [
    "Account":
      "Id,IsDeleted,Name,ParentId,AnnualRevenue,NumberOfEmployees,OwnerId,CreatedDate,LastActivityDate",
    "Contract": "Id,AccountId,Status,StartDate,EndDate,MonthlyValue__c",
    "ForecastingQuota": "Id,QuotaOwnerId,Territory2Id,StartDate,QuotaAmount",
    "ObjectTerritory2Association": "Id,ObjectId,Territory2Id,AssociationCause",
    "Opportunity": "Id,IsDeleted,AccountId,Name,Amount,StageName,Probability,CloseDate,CreatedDate,"
      + "IsClosed,IsWon,OwnerId,Territory2Id",
    "OpportunityHistory": "Id,OpportunityId,StageName,Amount,CloseDate,CreatedDate",
    "OpportunityLineItem": "Id,IsDeleted,OpportunityId,Product2Id,TotalPrice",
    "OpportunityStage": "Id,MasterLabel,IsClosed,IsWon", "Product2": "Id,Name,Family",
    "Task": "Id,IsDeleted,WhatId,AccountId,ActivityDate,IsClosed",
    "Territory2": "Id,Name,DeveloperName,ParentTerritory2Id,Territory2ModelId,Territory2TypeId",
    "Territory2Model": "Id,Name,State", "Territory2Type": "Id,MasterLabel,Priority",
    "User": "Id,Name,ManagerId,IsActive",
    "UserTerritory2Association": "Id,UserId,Territory2Id,IsActive",
  ]

  private var rows: [String: [String]] = HostileExport.headers.mapValues { [$0] }

  /// The files by their paths.
  var files: [String: String] {
    Dictionary(
      uniqueKeysWithValues: rows.map {
        ("export/\($0.key).csv", $0.value.joined(separator: "\n") + "\n")
      })
  }

  /// The export with one file alone.
  func only(_ object: String) -> HostileExport {
    var export = self
    export.rows = rows.filter { $0.key == object }
    return export
  }

  // MARK: Records

  static func account(_ number: Int) -> String { id("001", number) }

  /// An Id in 18 characters, of those whose letters are small.
  static func printed(_ id: String) -> String { id + "AAA" }

  private static func id(_ prefix: String, _ number: Int) -> String {
    let digits = String(number)
    return prefix + "5e0" + String(repeating: "0", count: 9 - digits.count) + digits
  }

  private mutating func add(_ object: String, _ prefix: String, _ cells: String...) {
    let number = rows[object]?.count ?? 0
    rows[object]?.append(([Self.id(prefix, number)] + cells).joined(separator: ","))
  }

  /// A user, three stages, and a territory with others below it: numbers 1 and 2 and up.
  static func organisation(territories: Int) -> HostileExport {
    var export = HostileExport()
    let model = id("0MA", 1)
    export.add("User", "005", "Ana", "", "1")
    export.add("User", "005", "Ben", id("005", 1), "0")
    export.add("OpportunityStage", "01J", "Talks", "0", "0")
    export.add("OpportunityStage", "01J", "Won", "1", "1")
    export.add("OpportunityStage", "01J", "Lost", "1", "0")
    export.add("Territory2Model", "0MA", "FY", "Active")
    export.add("Territory2Type", "0M5", "Geography", "1")
    export.add("Territory2", "0MI", "World", "World", "", model, id("0M5", 1))
    for number in 0..<territories {
      export.add("Territory2", "0MI", "T\(number)", "T\(number)", id("0MI", 1), model, id("0M5", 1))
    }
    export.add("UserTerritory2Association", "0JU", id("005", 1), id("0MI", 2), "1")
    for number in 1...7 { export.add("Product2", "01t", "P\(number)", "F") }
    return export
  }

  /// Accounts of the first user, with the number of each one's parent.
  mutating func accounts(
    _ count: Int, revenue: (Int) -> String = { _ in "1" }, parent: (Int) -> Int?
  ) {
    for number in 1...count {
      add(
        "Account", "001", "0", "A\(number)", parent(number).map { Self.account($0) } ?? "",
        revenue(number), String(number * 7 % 6000), Self.id("005", 1), "2025-01-01 00:00:00",
        "2026-0\(1 + number % 5)-01")
    }
  }

  mutating func assign(account: Int, to territory: Int) {
    add("ObjectTerritory2Association", "0Jt", Self.account(account), Self.id("0MI", territory), "")
  }

  mutating func deal(
    _ number: Int, of account: Int, _ amount: String, _ outcome: Outcome,
    close: String = "2026-02-01", territory: Int? = nil
  ) {
    add(
      "Opportunity", "006", "0", Self.account(account), "D\(number)", amount, outcome.rawValue,
      String(number % 101), close, "2026-01-01 00:00:00", outcome == .open ? "0" : "1",
      outcome == .won ? "1" : "0", Self.id("005", 1 + number % 2),
      territory.map { Self.id("0MI", $0) } ?? "")
  }

  /// A line of the deal that was added as the given one.
  mutating func line(_ number: Int, of deal: Int, product: Int) {
    add("OpportunityLineItem", "00k", "0", Self.id("006", deal), Self.id("01t", product), "1")
  }

  // MARK: Shapes

  /// Families of three levels, deals, contracts and quotas, whose amounts are given by number.
  static func amounts(_ count: Int, _ amount: (Int) -> String) -> HostileExport {
    var export = organisation(territories: 2)
    export.accounts(120, revenue: amount) { $0 > 3 ? ($0 - 1) / 3 : nil }
    for number in 1...120 { export.assign(account: number, to: 2 + number % 2) }
    let outcomes: [Outcome] = [.open, .won, .lost]
    for number in 1...count {
      export.deal(
        number, of: 1 + number % 120, amount(number), outcomes[number % 3],
        close: ["2026-02-01", "2025-07-01", "2026-05-15"][number % 7 % 3],
        territory: 2 + number % 2)
      export.line(number, of: number, product: 1 + number % 7)
    }
    for number in 1...200 {
      let month = 1 + number % 12
      export.add(
        "Contract", "800", account(1 + number % 120), "Activated",
        "2025-\(month < 10 ? "0" : "")\(month)-01", number % 3 == 0 ? "" : "2026-04-30",
        amount(number))
    }
    for number in 1...40 {
      export.add(
        "ForecastingQuota", "0J9", id("005", 1 + number % 2), id("0MI", 1 + number % 3),
        "2026-0\(1 + number % 9)-01", amount(number))
    }
    return export
  }

  /// Small exports at the edge of what there can be, by what is said of them.
  static var edges: [String: HostileExport] {
    var all: [String: HostileExport] = [
      "all amounts negative": amounts(300) { "-\($0).\(10 + $0 % 90)" },
      "all amounts null": amounts(300) { _ in "" },
      "amounts of a hundredth of a cent": amounts(300) { "0.000\($0 % 10)" },
    ]
    var one = organisation(territories: 2)
    one.accounts(1) { _ in nil }
    all["one account"] = one

    var open = organisation(territories: 2)
    open.accounts(4) { $0 > 1 ? 1 : nil }
    for number in 1...4 {
      open.assign(account: number, to: 2 + number % 2)
      open.deal(number, of: number, "\(number)00", .open)
    }
    all["no closed deals"] = open

    var many = organisation(territories: 50)
    many.accounts(2) { $0 > 1 ? 1 : nil }
    for number in 0..<50 {
      many.assign(account: 1, to: 2 + number)
      many.deal(
        number, of: 1, "\(number)0", number % 2 == 0 ? .open : .won,
        territory: number % 3 == 0 ? nil : 2 + number)
    }
    all["an account in fifty territories"] = many

    var chain = amounts(300) { "\($0).01" }
    chain.rows["Account"] = headers["Account"].map { [$0] }
    chain.accounts(120) { $0 > 1 ? $0 - 1 : nil }
    all["a chain of families"] = chain

    var cycle = chain
    cycle.rows["Account"] = headers["Account"].map { [$0] }
    cycle.accounts(120) { $0 == 1 ? 60 : $0 == 61 ? 61 : $0 - 1 }
    all["a cycle with a tail, and one's own parent"] = cycle
    return all
  }
}
