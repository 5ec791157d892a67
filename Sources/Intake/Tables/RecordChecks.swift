import Records

/// What is wrong with records though each of their cells could be read.
///
/// Pure: it looks at the columns that were loaded and changes nothing. A column that was not loaded
/// is not looked at, so `check`, which loads everything, finds most.
struct RecordChecks {
  let records: RecordSet
  /// What the name of a stage says of a deal.
  let outcomes: Outcomes
  private(set) var findings = FindingLog()

  /// What is looked at, each by itself, in the order in which it is told.
  private static let checks: [@Sendable (inout RecordChecks) -> Void] = [
    { $0.checkDates() }, { $0.checkAmounts() }, { $0.checkOutcomes() }, { $0.checkOwners() },
    { $0.checkReferences() },
    { $0.checkTerritoryModels() }, { $0.checkTrees() },
  ]

  /// - Parameters:
  ///   - records: what was loaded.
  ///   - outcomes: what stages say of deals.
  ///   - shortIds: entities whose Ids the export gives in 15 characters.
  ///   - threads: how many look at once.
  /// - Returns: what was found.
  static func findings(
    in records: RecordSet, outcomes: Outcomes, shortIds: Set<Entity> = [], threads: Int = 1
  ) -> FindingLog {
    let collisions = shortIds.sorted().map { entity -> @Sendable (inout RecordChecks) -> Void in
      { $0.checkCollisions(entity) }
    }
    let all = collisions + checks
    let none = RecordChecks(records: records, outcomes: outcomes)
    let logs = Parallel.each(all, threads: threads) { check in
      var own = none
      check(&own)
      return own.findings
    }
    return logs.reduce(into: FindingLog()) { $0.merge($1) }
  }

  private init(records: RecordSet, outcomes: Outcomes) {
    self.records = records
    self.outcomes = outcomes
  }

  /// Adds a finding with the number of rows of a table for which a test holds, and their places.
  @inline(__always)
  mutating func add(
    rowsOf entity: Entity, where isFound: (Int) -> Bool, _ finding: (SourcePosition?) -> Finding
  ) {
    let table = records[entity]
    var count = 0
    var places: [SourcePosition] = []
    for row in 0..<table.count where isFound(row) {
      count += 1
      if places.count < FindingLog.placesKept, let at = table.sources.position(of: row) {
        places.append(at)
      }
    }
    guard count > 0 else { return }
    findings.add(finding(places.first), count: count, places: places)
  }

  mutating func add(_ finding: Finding) { findings.add(finding) }

  // MARK: Dates and numbers

  private mutating func checkDates() {
    let asOf = records.asOf.number
    for entity in Entity.exported where records[entity].has("CreatedDate") {
      guard case .days(let days) = records[entity].columns["CreatedDate"] else { continue }
      add(rowsOf: entity, where: { days[$0] > asOf }) {
        IntakeFindings.createdInFuture(entity, at: $0)
      }
    }
    let contracts = records[.contract]
    let starts = contracts.days("StartDate")
    let ends = contracts.days("EndDate")
    add(rowsOf: .contract, where: { ends[$0] != Day.null && ends[$0] < starts[$0] }) {
      IntakeFindings.contractEndsEarly(at: $0)
    }
  }

  /// Fields that no honest record has below zero.
  private static let amounts: [(entity: Entity, field: String)] = [
    (.account, "AnnualRevenue"), (.account, "NumberOfEmployees"), (.opportunity, "Amount"),
    (.quota, "QuotaAmount"), (.contract, "MonthlyValue__c"),
  ]

  private mutating func checkAmounts() {
    for (entity, field) in RecordChecks.amounts {
      guard case .decimals(let values) = records[entity].columns[field] else { continue }
      add(rowsOf: entity, where: { values[$0] < 0 && values[$0] != Exact.null }) {
        IntakeFindings.amountNegative(entity, field, at: $0)
      }
    }
    if case .decimals(let values) = records[.opportunity].columns["Probability"] {
      let limit = 100 * Exact.scale
      add(
        rowsOf: .opportunity,
        where: { values[$0] != Exact.null && (values[$0] < 0 || values[$0] > limit) }
      ) { IntakeFindings.probabilityImpossible(at: $0) }
    }
    guard records[.currencyType].count == 0 else { return }
    for entity in Entity.exported {
      guard case .categories(let codes) = records[entity].columns["CurrencyIsoCode"] else {
        continue
      }
      let used = Set(codes.codes.filter { $0 >= 0 }).map { codes.values[Int($0)] }.sorted()
      if used.count > 1 { add(IntakeFindings.ratesAbsent(entity, currencies: used)) }
    }
  }

  // MARK: Keys and references

  /// Entities whose tables people join in spreadsheets.
  static let joinedByHand: Set<Entity> = [
    .account, .contact, .lead, .opportunity, .user, .product,
  ]

  /// Ids of 15 characters that a tool which ignores case takes for one.
  private mutating func checkCollisions(_ entity: Entity) {
    guard case .salesforce(let keys) = records[entity].keys else { return }
    // The fifteen letters and digits in one case, as numbers.
    let small: UInt128 = 0x20_2020_2020_2020_2020_2020_2020_2020
    let rows = SalesforceKeyIndex(SalesforceKeys(keys.map { $0 | small })).duplicates
    guard !rows.isEmpty else { return }
    let places = rows.prefix(FindingLog.placesKept).compactMap {
      records[entity].sources.position(of: Int($0))
    }
    findings.add(
      IntakeFindings.idCollision(entity, at: places.first), count: rows.count, places: places)
  }

  /// Rows that mean nothing because they belong to nothing.
  private mutating func checkReferences() {
    for entity in Entity.allCases {
      for field in entity.fields where field.isRequired {
        guard case .reference(let target) = field.kind,
          case .references(let rows) = records[entity].columns[field.name]
        else { continue }
        add(rowsOf: entity, where: { rows[$0] == Reference.null }) {
          IntakeFindings.referenceEmpty(entity, field.name, to: target, at: $0)
        }
      }
    }
  }

  /// Rows of users, roles and territories that stand above themselves.
  private mutating func checkTrees() {
    let trees: [(entity: Entity, field: String)] = [
      (.user, "ManagerId"), (.userRole, "ParentRoleId"), (.territory, "ParentTerritory2Id"),
    ]
    for (entity, field) in trees {
      let table = records[entity]
      guard case .references(let parents) = table.columns[field] else { continue }
      let forest = Forest(
        parents: parents, ranks: table.keys?.ranks() ?? Array(0..<Int32(table.count)))
      for cycle in forest.cycles {
        add(
          IntakeFindings.parentCycle(
            entity, field, at: cycle.first.flatMap { table.sources.position(of: Int($0)) }))
      }
    }
  }
}
