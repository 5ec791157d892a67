import Metrics
import Records

extension Organisation {
  /// Lists the stages that deals and histories are written with.
  mutating func usualStages() {
    for (name, order, isClosed, isWon) in [
      ("Lead", 1, false, false), ("Proposal", 2, false, false), ("open", 3, false, false),
      ("won", 4, true, true), ("lost", 5, true, false),
    ] {
      add(
        .stage, name,
        [
          "MasterLabel": .text(name), "IsClosed": .flag(isClosed), "IsWon": .flag(isWon),
          "SortOrder": .number(Int64(order) * 10_000),
        ])
    }
  }

  /// Adds a row to a deal's history, at noon of a day of UTC unless a time is given.
  mutating func history(
    _ id: String, of deal: String, at: String, _ stage: String? = "open", amount: Int64? = nil,
    close: String? = nil
  ) {
    var cells: [String: Cell] = [
      "OpportunityId": .id(deal), "DeletedOpportunityId": .id(deal),
      "CreatedDate": .instant(at.count == 10 ? at + " 12:00" : at),
    ]
    if let stage { cells["StageName"] = .text(stage) }
    if let amount { cells["Amount"] = .number(amount * 10_000) }
    if let close { cells["CloseDate"] = .day(close) }
    add(.opportunityHistory, id, cells)
  }

  /// Adds a change of one field of a deal; empty where a value is not given.
  mutating func change(
    _ id: String, of deal: String, _ field: String, from old: String?, to new: String?, at: String
  ) {
    var cells: [String: Cell] = [
      "OpportunityId": .id(deal), "DeletedOpportunityId": .id(deal), "Field": .text(field),
      "CreatedDate": .instant(at.count == 10 ? at + " 12:00" : at),
    ]
    if let old { cells["OldValue"] = .text(old) }
    if let new { cells["NewValue"] = .text(new) }
    add(.opportunityFieldHistory, id, cells)
  }

  /// Adds a deal that was deleted on a day.
  mutating func deletedDeal(
    _ id: String, amount: Int64, territory: String?, created: String, deleted: String,
    account: String? = nil
  ) {
    var cells: [String: Cell] = [
      "StageName": .text("open"), "IsClosed": .flag(false), "IsWon": .flag(false),
      "CloseDate": .day("2027-01-01"), "CreatedDate": .day(created),
      "SystemModstamp": .day(deleted), "Amount": .number(amount * 10_000),
    ]
    if let territory { cells["Territory2Id"] = .id(territory) }
    if let account { cells["AccountId"] = .id(account) }
    add(.deletedOpportunity, id, cells)
  }

  /// Follows the pipeline from the end of one day to that of another.
  mutating func move(_ from: String, _ to: String, window: PeriodText? = nil) {
    settings.movement = MovementRequest(
      days: MovementRequest.Days(from: Organisation.day(from), to: Organisation.day(to)),
      window: window)
  }
}

extension LocalEngine {
  /// The steps of the table `pipeline-movement` that are not zero: `T1 opening 2 300.00`.
  func steps(_ scope: Scope = .company) throws -> [String] {
    try csv(.pipelineMovement, scope: scope).split(separator: "\n").dropFirst()
      .map { String($0.replacing(",", with: " ")) }.filter { !$0.hasSuffix(" 0 0.00") }
  }

  func notes(_ table: StandardTable) throws -> [String] {
    try standardTables([table], scope: .company)[0].notes
  }
}
