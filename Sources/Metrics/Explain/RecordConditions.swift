import Expressions
import Records

/// The conditions of a measure one by one, so that a record that does not count can be told why.
struct RecordConditions {
  /// A condition that a record fails, with what the record says of it.
  struct Failure {
    let rule: ReconciliationRule
    let detail: String
  }

  private struct Condition {
    let text: String
    let isFilter: Bool
    let predicate: Predicate
  }

  private let measure: Measure
  private let conditions: [Condition]
  private let finder: RecordFinder
  private let ledger: Ledger
  private let scopeMask: [UInt8]?
  private let scope: Scope

  init(
    _ measure: Measure, of query: Query, finder: RecordFinder, ledger: Ledger, scopes: ScopeMasks
  ) throws(ExpressionError) {
    self.measure = measure
    self.finder = finder
    self.ledger = ledger
    scope = query.scope
    scopeMask = query.scope == .company ? nil : scopes.mask(measure.fact, query.scope)
    let resolver = FactResolver(measure.fact, ledger: ledger)
    var conditions: [Condition] = []
    for (text, isFilter) in [(measure.condition, false), (query.filter, true)] {
      guard let text else { continue }
      let expression = try Expression(parsing: text.text, at: text.at)
      for part in try Predicate.parts(
        of: expression, resolver: resolver, asOf: ledger.records.asOf)
      {
        conditions.append(
          Condition(text: part.text, isFilter: isFilter, predicate: part.predicate))
      }
    }
    self.conditions = conditions
  }

  /// Every condition that a row of the fact fails, the first that applies first.
  ///
  /// - Parameters:
  ///   - row: the record.
  ///   - reported: what the report says of it.
  /// - Returns: the failures, none where the record counts.
  func failures(of row: Int32, _ reported: CRMReport.Row) -> [Failure] {
    let row = Int(row)
    var failures: [Failure] = []
    if let deal = deal(row), let counted = ledger.countedDeals.value, counted[deal] == 0 {
      let currency = ledger.records[.opportunity].categories("CurrencyIsoCode")[deal] ?? ""
      failures.append(Failure(rule: .rateMissing, detail: "no rate of \(currency) for its day"))
    }
    var outcome: [UInt8] = []
    for condition in conditions {
      condition.predicate.evaluate(rows: row..<row + 1, into: &outcome)
      guard outcome[0] != 1 else { continue }
      let failure =
        condition.isFilter
        ? Failure(rule: .filter, detail: "not \(condition.text)")
        : failure(of: condition.text, row, reported)
      // IsLost and IsClosed fail for one reason.
      if !failures.contains(where: { $0.rule == failure.rule && $0.detail == failure.detail }) {
        failures.append(failure)
      }
    }
    if let failure = dateFailure(row, reported) { failures.append(failure) }
    if let scopeMask, scopeMask[row] == 0, failures.first?.rule != .rateMissing {
      failures.append(Failure(rule: .scope, detail: territory(row)))
    }
    return failures
  }

  /// The deal of a row.
  private func deal(_ row: Int) -> Int? {
    switch measure.fact {
    case .opportunities: row
    case .lineItems:
      ledger.records[.lineItem].references("OpportunityId")[row] >= 0
        ? Int(ledger.records[.lineItem].references("OpportunityId")[row]) : nil
    default: nil
    }
  }

  // MARK: The measure's own conditions

  private func failure(of text: String, _ row: Int, _ reported: CRMReport.Row) -> Failure {
    let name = text.lowercased().split(separator: ".").last.map(String.init) ?? ""
    guard let deal = deal(row) else { return Failure(rule: .condition, detail: "not \(text)") }
    switch name {
    case "iswon", "islost", "isopen", "isclosed": return outcome(deal, reported)
    case "isbooking": return Failure(rule: .noBooking, detail: booking(deal))
    default: return Failure(rule: .condition, detail: "not \(text)")
    }
  }

  private func outcome(_ deal: Int, _ reported: CRMReport.Row) -> Failure {
    let deals = ledger.records[.opportunity]
    let stage = deals.categories("StageName")[deal]
    let state =
      ledger.openFlags.value[deal] == 1 ? "open" : deals.flags("IsWon")[deal] == 1 ? "won" : "lost"
    let here = [state, stage.map { "stage \($0)" }].compactMap { $0 }.joined(separator: ", ")
    guard let there = reported.stage, let stage, there.lowercased() != stage.lowercased() else {
      return Failure(rule: .outcome, detail: here)
    }
    return Failure(rule: .stageChanged, detail: "\(here); in the report \(there)")
  }

  /// Why a deal is no booking: its class, or a stage before the first that counts.
  private func booking(_ deal: Int) -> String {
    if let labels = ledger.classes.value.value, let listed = ledger.settings.bookings {
      let name = labels.names[Int(labels.codes[deal])]
      if !listed.contains(name) { return "class \(name)" }
    }
    let stage = ledger.records[.opportunity].categories("StageName")[deal] ?? ""
    return "stage \(stage) is before \(ledger.settings.bookingsFrom ?? "")"
  }

  // MARK: Period and scope

  private func dateFailure(_ row: Int, _ reported: CRMReport.Row) -> Failure? {
    guard let window = finder.window, measure.date != nil else { return nil }
    guard let day = finder.day(row) else {
      return Failure(rule: .dateMissing, detail: "no \(measure.date ?? "")")
    }
    guard !window.contains(day) else { return nil }
    guard measure.date == "CloseDate", let there = reported.day, there != day else {
      return Failure(rule: .period, detail: "\(measure.date ?? "") \(day)")
    }
    return Failure(
      rule: abs(there.days(until: day)) == 1 ? .dateByOneDay : .dateChanged,
      detail: "\(day); in the report \(there)")
  }

  private func territory(_ row: Int) -> String {
    guard let model = ledger.assignment.model, case .territory = scope else { return "" }
    if let deal = deal(row) {
      let territory = ledger.assignment.territoryOfDeal[deal]
      return territory >= 0 ? "territory \(model.names[Int(territory)])" : "in no territory"
    }
    guard measure.fact == .accounts else { return "" }
    let held = ledger.assignment.territoriesOfAccount[row].map { model.names[Int($0)] }
    return held.isEmpty ? "in no territory" : "territory \(held.joined(separator: "; "))"
  }
}
