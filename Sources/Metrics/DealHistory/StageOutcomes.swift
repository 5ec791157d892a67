import Records

/// Which stages are closed, and which of them won.
///
/// A stage is what OpportunityStage says of it, by either of its names and without regard to case; one
/// that it does not list is closed where a closed deal is at it, and won where a won one is.
struct StageOutcomes {
  private struct Outcome {
    var isClosed = false
    var isWon = false
  }

  private var outcomes: [String: Outcome] = [:]

  /// - Parameters:
  ///   - records: the export.
  ///   - deals: the deals whose stages say something about stages that are not listed.
  init(_ records: RecordSet, deals: [Table]) {
    for table in deals { add(table) }
    let stages = records[.stage]
    let (areClosed, areWon) = (stages.flags("IsClosed"), stages.flags("IsWon"))
    for field in ["MasterLabel", "ApiName"] {
      let names = stages.categories(field)
      for row in 0..<stages.count {
        guard let name = names[row] else { continue }
        outcomes[name.lowercased()] = Outcome(
          isClosed: areClosed[row] == 1, isWon: areWon[row] == 1)
      }
    }
  }

  private mutating func add(_ deals: Table) {
    let stages = deals.categories("StageName")
    let (areClosed, areWon) = (deals.flags("IsClosed"), deals.flags("IsWon"))
    var found = [Outcome](repeating: Outcome(), count: stages.values.count)
    for row in 0..<deals.count where areClosed[row] == 1 && stages.codes[row] >= 0 {
      let code = Int(stages.codes[row])
      found[code].isClosed = true
      if areWon[row] == 1 { found[code].isWon = true }
    }
    for (code, name) in stages.values.enumerated() where found[code].isClosed {
      outcomes[name.lowercased(), default: Outcome()].isClosed = true
      if found[code].isWon { outcomes[name.lowercased(), default: Outcome()].isWon = true }
    }
  }

  /// Whether each of some stages is closed.
  func areClosed(_ names: [String]) -> [Bool] {
    names.map { outcomes[$0.lowercased()]?.isClosed ?? false }
  }

  /// Whether each of some stages is won.
  func areWon(_ names: [String]) -> [Bool] {
    names.map { name in outcomes[name.lowercased()].map { $0.isClosed && $0.isWon } ?? false }
  }
}
