import Metrics
import Records

/// What carries a change set out in the CRM: lists for its Data Loader, the reverse of each, and
/// what has to be known before they are loaded.
///
/// The lists are verbatim: a machine reads them.
public struct LoadFiles: Sendable {
  /// What is done with the records of a list.
  public enum Operation: String, Sendable {
    case update, insert, delete
  }

  /// A list of records, and the list that takes it back.
  public struct List: Sendable {
    /// Name of the file, which says when it is loaded.
    public let name: String
    /// Name of the records' object in the CRM.
    public let object: String
    public let operation: Operation
    public let table: MetricTable
    /// What takes it back, of the same name in the folder `rollback`; nil where nothing has to.
    public let reverse: MetricTable?
  }

  /// In the order in which they are loaded.
  public private(set) var lists: [List] = []
  /// What is lost once the lists are loaded: the territories of deals, to be kept.
  public let saved: MetricTable
  /// The accounts for which nobody is named yet.
  public let unnamed: MetricTable
  let changes: ChangeSet
  let records: RecordSet
  /// Pairs that somebody has to put into territories which the CRM does not have yet.
  private(set) var waiting = 0

  public init(_ changes: ChangeSet, records: RecordSet) {
    self.changes = changes
    self.records = records
    let carried = changes.accounts.filter(\.isCarriedOut)
    let (accounts, deals) = (records[.account], records[.opportunity])
    let unnamed = carried.filter { $0.newOwner == .toBeNamed }
    var columns = ChangeColumns()
    columns.id("Id", "Id", accounts, unnamed.map(\.account))
    columns.text(
      "territories", "Territories",
      unnamed.map { change in
        let after = changes.to.assignment.territoriesOfAccount[Int(change.account)]
        return ChangeTables.joined(changes.match.codes(to: after), changes.match.keys, ";")
      })
    self.unnamed = LoadFiles.table("owners-to-be-named", columns)
    let moved = changes.deals.filter(\.isMoved)
    columns = ChangeColumns()
    columns.id("Id", "Id", deals, moved.map(\.deal))
    columns.id(
      "Territory2Id", "Territory2Id", records[.territory],
      moved.map { deals.references("Territory2Id", at: $0.deal) })
    saved = LoadFiles.table("deal-territories", columns)

    addAssociations()
    addOwners("2-account-owners", .account, carried.map { ($0.account, $0.owner, $0.newOwner) })
    for disruption in [Disruption.early, .late] {
      addOwners(
        "3-deal-owners-\(disruption.rawValue)", .opportunity,
        changes.deals.filter { $0.disruption == disruption && $0.isHandedOver }
          .map { ($0.deal, $0.owner, $0.newOwner) })
    }
    let left = changes.deals.filter { $0.newOwner != nil && !$0.isHandedOver }
    addOwners(
      "4-deal-owners-kept", .opportunity, left.map { ($0.deal, $0.owner, .user($0.owner)) })
    addOwners(
      "5-contact-owners", .contact, changes.contacts.map { ($0.row, $0.owner, $0.newOwner) })
    addOwners("6-task-owners", .task, changes.tasks.map { ($0.row, $0.owner, $0.newOwner) })
    addOwners("7-lead-owners", .lead, changes.leads.map { ($0.row, $0.owner, $0.newOwner) })
  }

  private static func table(_ name: String, _ columns: ChangeColumns) -> MetricTable {
    MetricTable(name: name, grain: "a record", columns: columns.columns)
  }

  /// Owners of records; a record whose owner is to be named is left out, and so is one whose
  /// present owner the export does not hold: nothing could take it back.
  private mutating func addOwners(
    _ name: String, _ entity: Entity, _ all: [(row: Int32, owner: Int32, new: PlannedOwner?)]
  ) {
    let table = records[entity]
    let users = records[.user]
    var rows: [(row: Int32, owner: Int32, new: Int32)] = all.compactMap { change in
      guard case .user(let user) = change.new, change.owner >= 0 else { return nil }
      return (change.row, change.owner, user)
    }
    rows.sort { table.keys?.precedes(Int($0.row), Int($1.row)) ?? ($0.row < $1.row) }
    guard !rows.isEmpty else { return }
    func list(_ owners: [Int32]) -> MetricTable {
      var columns = ChangeColumns()
      columns.id("Id", "Id", table, rows.map(\.row))
      columns.id("OwnerId", "OwnerId", users, owners)
      return LoadFiles.table(name, columns)
    }
    let isKept = rows.allSatisfy { $0.owner == $0.new }
    lists.append(
      List(
        name: name, object: entity.rawValue, operation: .update, table: list(rows.map(\.new)),
        reverse: isKept ? nil : list(rows.map(\.owner))))
  }

  /// What a person puts into territories and takes out of them: no rule does.
  private mutating func addAssociations() {
    let accounts = records[.account]
    let (from, to) = (changes.from, changes.to)
    var insertions: [(account: Int32, territory: String)] = []
    for change in changes.accounts where change.isMoved {
      let account = Int(change.account)
      let before = from.assignment.territoriesOfAccount[account]
      let after = to.assignment.territoriesOfAccount[account]
      if change.isHeld {
        // No rule keeps a hold-out where it is.
        let kept = changes.match.codes(from: before)
        let given = changes.match.codes(to: after)
        for code in kept where !given.contains(code) { insert(change.account, code, &insertions) }
        continue
      }
      let was = changes.match.codes(from: before)
      for territory in after where to.cause(account: account, territory: territory) == .table {
        let code = changes.match.to[Int(territory)]
        if !was.contains(code) { insert(change.account, code, &insertions) }
      }
    }
    if !insertions.isEmpty {
      func list(_ name: String) -> ChangeColumns {
        var columns = ChangeColumns()
        columns.id("ObjectId", "ObjectId", accounts, insertions.map(\.account))
        columns.text("Territory2Id", "Territory2Id", insertions.map(\.territory))
        return columns
      }
      var columns = list("ObjectId")
      columns.text(
        "AssociationCause", "AssociationCause", insertions.map { _ in "Territory2Manual" })
      lists.append(
        List(
          name: "1-territory-associations-insert", object: Entity.accountTerritory.rawValue,
          operation: .insert,
          table: LoadFiles.table("1-territory-associations-insert", columns),
          reverse: LoadFiles.table("1-territory-associations-insert", list("ObjectId"))))
    }
    addDeletions()
  }

  private mutating func insert(
    _ account: Int32, _ code: Int32, _ insertions: inout [(account: Int32, territory: String)]
  ) {
    let place = changes.match.to.firstIndex(of: code)
    let id = place.map { changes.to.model.tree.ids[$0] } ?? ""
    if id.isEmpty { waiting += 1 } else { insertions.append((account, id)) }
  }

  /// Manual associations that end: of territories that both models share, since those of a model
  /// that ends go with it.
  private mutating func addDeletions() {
    let table = records[.accountTerritory]
    let shared = Set(
      changes.to.model.tree.rows.filter {
        $0 >= 0 && changes.from.model.tree.indexOfRow[Int($0)] >= 0
      }
    )
    guard !shared.isEmpty, table.keys != nil else { return }
    var moved: [Int32: AccountChange] = [:]
    for change in changes.accounts where change.isMoved && change.isCarriedOut {
      moved[change.account] = change
    }
    let (objects, territories) = (table.references("ObjectId"), table.references("Territory2Id"))
    let causes = table.categories("AssociationCause")
    let rows = (0..<Int32(table.count)).filter { row in
      let (account, territory) = (objects[Int(row)], territories[Int(row)])
      guard account >= 0, moved[account] != nil, shared.contains(territory),
        causes[Int(row)]?.lowercased() == "territory2manual"
      else { return false }
      let place = changes.to.model.tree.indexOfRow[Int(territory)]
      return !changes.to.assignment.territoriesOfAccount[Int(account)].contains(place)
    }.sorted { table.keys?.precedes(Int($0), Int($1)) ?? ($0 < $1) }
    guard !rows.isEmpty else { return }
    let name = "1-territory-associations-delete"
    var columns = ChangeColumns()
    columns.id("Id", "Id", table, rows)
    var reverse = ChangeColumns()
    reverse.id("ObjectId", "ObjectId", records[.account], rows.map { objects[Int($0)] })
    reverse.id(
      "Territory2Id", "Territory2Id", records[.territory], rows.map { territories[Int($0)] })
    reverse.text("AssociationCause", "AssociationCause", rows.map { _ in "Territory2Manual" })
    lists.append(
      List(
        name: name, object: Entity.accountTerritory.rawValue, operation: .delete,
        table: LoadFiles.table(name, columns), reverse: LoadFiles.table(name, reverse)))
  }
}

extension Table {
  fileprivate func references(_ field: String, at row: Int32) -> Int32 {
    guard case .references(let rows) = columns[field] else { return Reference.null }
    return rows[Int(row)]
  }
}
