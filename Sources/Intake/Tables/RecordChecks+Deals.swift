import Records

extension RecordChecks {
  /// Deals that contradict themselves or their stage.
  mutating func checkOutcomes() {
    let deals = records[.opportunity]
    guard deals.has("IsClosed"), deals.has("IsWon") else { return }
    let closed = deals.flags("IsClosed")
    let won = deals.flags("IsWon")
    add(rowsOf: .opportunity, where: { won[$0] == 1 && closed[$0] == 0 }) {
      IntakeFindings.wonWhileOpen(at: $0)
    }
    let stages = deals.categories("StageName")
    let expected = stages.values.map(outcomes.outcome)
    add(
      rowsOf: .opportunity,
      where: { row in
        let code = stages.codes[row]
        guard code >= 0, let outcome = expected[Int(code)] else { return false }
        let isClosed: UInt8 = outcome == .open ? 0 : 1
        let isWon: UInt8 = outcome == .won ? 1 : 0
        return closed[row] != isClosed || won[row] != isWon
      }
    ) { IntakeFindings.dealAgainstStage(at: $0) }
  }

  /// Open deals of users who have left.
  mutating func checkOwners() {
    let deals = records[.opportunity]
    guard deals.has("IsClosed"), deals.has("IsWon") else { return }
    let closed = deals.flags("IsClosed")
    let owners = deals.references("OwnerId")
    let isActive = records[.user].flags("IsActive")
    add(
      rowsOf: .opportunity,
      where: { closed[$0] != 1 && owners[$0] >= 0 && isActive[Int(owners[$0])] == 0 }
    ) { IntakeFindings.ownerInactive(at: $0) }
  }

  /// Territory models of which too many or too few are there.
  mutating func checkTerritoryModels() {
    let models = records[.territoryModel]
    let states = models.categories("State")
    guard models.count > 0, models.has("State") else { return }
    func count(_ state: String) -> Int {
      (0..<models.count).count { states[$0]?.lowercased() == state }
    }
    let active = count("active")
    if active > 1 {
      let places = (0..<models.count).filter { states[$0]?.lowercased() == "active" }
        .compactMap(models.sources.position)
      add(IntakeFindings.severalActiveModels(active, at: places.first))
    }
    if active > 0, count("planning") == 0 {
      add(IntakeFindings.noPlannedModel(of: models.count))
    }
  }
}
