import Records

/// Whether a deal is closed and won, where the export says it only by the name of its stage.
struct Outcomes {
  private let byStage: [String: Mapping.Outcome]

  /// Stages of the export's own list come first, then the mapping's, then Salesforce's names.
  init(stages: Table?, mapping: Mapping) {
    var byStage: [String: Mapping.Outcome] = ["closed won": .won, "closed lost": .lost]
    for (stage, outcome) in mapping.outcomes { byStage[stage.lowercased()] = outcome }
    if let stages {
      let (closed, won) = (stages.flags("IsClosed"), stages.flags("IsWon"))
      for name in ["MasterLabel", "ApiName"] {
        let names = stages.categories(name)
        for row in 0..<stages.count {
          guard let stage = names[row] else { continue }
          byStage[stage.lowercased()] = won[row] == 1 ? .won : closed[row] == 1 ? .lost : .open
        }
      }
    }
    self.byStage = byStage
  }

  /// What a stage says of a deal, nil where nothing is known of it.
  func outcome(of stage: String) -> Mapping.Outcome? { byStage[stage.lowercased()] }

  /// Fills IsClosed and IsWon of each deal that has none.
  func complete(_ deals: inout Table, _ findings: inout FindingLog) {
    var closed = deals.flags("IsClosed")
    var won = deals.flags("IsWon")
    let stages = deals.categories("StageName")
    let outcomes = stages.values.map(outcome)
    for row in 0..<deals.count where closed[row] == 2 || won[row] == 2 {
      let code = stages.codes[row]
      guard code >= 0, let outcome = outcomes[Int(code)] else {
        if closed[row] == 2 {
          findings.add(
            IntakeFindings.stageUnknown(
              at: deals.sources.position(of: row),
              stage: code >= 0 ? stages.values[Int(code)] : ""))
        }
        closed[row] = closed[row] == 2 ? 0 : closed[row]
        won[row] = won[row] == 2 ? 0 : won[row]
        continue
      }
      if closed[row] == 2 { closed[row] = outcome == .open ? 0 : 1 }
      if won[row] == 2 { won[row] = outcome == .won ? 1 : 0 }
    }
    deals.columns["IsClosed"] = .flags(closed)
    deals.columns["IsWon"] = .flags(won)
  }
}
