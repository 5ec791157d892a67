import Metrics
import Records

/// What one reader is told about a change of models.
///
/// A class, because every closure over it would copy a structure of so many parts.
public final class ChangePart: Sendable {
  public let book: ChangeBook
  let changes: ChangeSet
  let tables: ChangeTables
  /// The reader's territories, without those below another of them, under each model.
  let tops: (before: [Int], after: [Int])
  /// Whose part it is; nil: the company's.
  public let reader: ChangeReader?

  var records: RecordSet { book.records }
  var stakes: Stakes { book.stakes }
  var match: TerritoryMatch { changes.match }

  init(
    book: ChangeBook, changes: ChangeSet, tops: (before: [Int], after: [Int]),
    reader: ChangeReader?
  ) {
    self.book = book
    self.changes = changes
    self.tops = tops
    self.reader = reader
    tables = ChangeTables(
      changes, records: book.records, stakes: book.stakes, families: book.families,
      holdOuts: book.holdOuts)
  }

  /// A list as a table.
  public func table(_ list: ChangeList) -> MetricTable {
    switch list {
    case .netEffect: netEffect
    case .balance: balance
    case .territories: touched(tables.territories)
    case .users: tables.users
    case .accounts: accounts
    case .families: tables.familyChanges
    case .opportunities: opportunities
    case .dealClasses: dealClasses
    case .forecastShift: forecastShift
    case .exceptions: exceptions
    case .handOffs: handOffs
    case .leads: tables.leads
    case .tasks: tables.tasks
    case .saveFirst: saveFirst
    case .modelDifferences: book.differences.table
    case .models: ModelComparison([book.before, book.after]).table
    case .modelTerritories:
      ModelComparison([book.before, book.after]).byTerritory(
        ["accounts", "users", "arr", "open_amount", "quota"])
    }
  }

  /// The accounts, deals and leads that the reader holds under either model; of deals also those
  /// that are closed, in the territory where they are.
  public func records(named name: String) -> RecordScope {
    let (before, after) = (
      changes.from.assignment.territoryOfDeal, changes.to.assignment.territoryOfDeal
    )
    return RecordScope(
      name: name,
      accounts: (0..<Int32(book.records[.account].count)).filter { changes.sees(account: $0) },
      deals: before.indices.filter { deal in
        holds(match.code(from: before[deal])) || holds(match.code(to: after[deal]))
      }.map { Int32($0) }, leads: changes.leads.map(\.row))
  }

  // MARK: Where things go, as the reader sees it

  /// Which way something goes.
  enum Movement: String, CaseIterable {
    case out, `in`, within
    /// It stays in the reader's territories; others join them or leave.
    case shared
    case owner, held

    static let labels = [
      "out": "Leaves", "in": "Comes", "within": "Moves within",
      "shared": "Stays, with other territories", "owner": "Owner only", "held": "Held out",
    ]
  }

  /// Whether the reader has what is in a territory.
  func holds(_ code: Int32) -> Bool { code >= 0 && changes.scope?.holds(code: code) ?? true }

  private func movement(was: Bool, is isAfter: Bool, isMoved: Bool, isHeld: Bool) -> Movement {
    if isHeld { return .held }
    if was != isAfter { return was ? .out : .in }
    return isMoved ? .within : .owner
  }

  func movement(_ change: AccountChange) -> Movement {
    let account = Int(change.account)
    let before = match.codes(from: changes.from.assignment.territoriesOfAccount[account])
      .filter(holds)
    let after = match.codes(to: changes.to.assignment.territoriesOfAccount[account])
      .filter(holds)
    let movement = movement(
      was: !before.isEmpty, is: !after.isEmpty, isMoved: change.isMoved, isHeld: change.isHeld)
    return movement == .within && before == after ? .shared : movement
  }

  func movement(_ change: DealChange) -> Movement {
    movement(
      was: holds(match.code(from: change.from)), is: holds(match.code(to: change.to)),
      isMoved: change.isMoved, isHeld: change.isHeld)
  }

  /// The territories of which anything changes; those of which nothing does are left out.
  private func touched(_ table: MetricTable) -> MetricTable {
    let names = ["accounts_lost", "accounts_gained", "open_lost", "open_gained"]
    let columns = names.compactMap { table[$0] }
    let kept = table.keeping(
      (0..<table.rowCount).filter { row in
        columns.contains { $0.value(row).map { $0.numerator != 0 } ?? false }
      })
    return MetricTable(
      name: kept.name, grain: kept.grain, columns: kept.columns, notes: kept.notes)
  }
}
