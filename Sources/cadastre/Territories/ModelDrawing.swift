import Metrics
import Records
import Reports
import Territories

/// A territory model as a tree: its territories with their users, accounts and open value.
struct ModelDrawing {
  let model: ResolvedModel
  let read: TerritoryPipeline

  /// The figures that it shows.
  static let tables: [StandardTable] = [.territories]

  /// The tree, of what the model holds: as exported where it is active, else as its rules give it.
  ///
  /// - Throws: `FindingsError` where the model has no rules to be run.
  func document() throws -> TreeDocument {
    let holdings = try ChangeRun.holdings(model, read)
    let tree = model.tree
    let table = try read.engine(under: holdings.assignment)
      .standardTables(ModelDrawing.tables, scope: .company)[0]
    // The last rows are the territories of the model, in their order; what is in none comes first.
    let first = max(0, table.rowCount - tree.count)
    let held = holdings.assignment.territoriesOfAccount
    var accounts = [Int](repeating: 0, count: tree.count)
    var unassigned = 0
    for account in 0..<(held.starts.count - 1) {
      if held[account].isEmpty { unassigned += 1 }
      for territory in held[account] { accounts[Int(territory)] += 1 }
    }
    let users = read.records[.user]
    let territories = (0..<tree.count).map { index in
      let parent = tree.forest.parents[index]
      return TreeDocument.Territory(
        parent: parent < 0 ? nil : Int(parent), name: tree.names[index],
        id: tree.rows[index] < 0 ? nil : tree.ids[index],
        type: model.types[index] < 0
          ? nil : model.plan.types[Int(model.types[index])].name,
        users: model.knowsMembers
          ? model.members[index].map { users.name(Int($0.user)) } : nil,
        accounts: accounts[index], openAmount: open(table, first + index))
    }
    let rest = (0..<first).reduce(Int128(0)) { $0 + open(table, $1) }
    return TreeDocument(
      territories, of: model.plan.name, unassigned: (unassigned, rest),
      in: read.pipeline.context)
  }

  /// The open amount of a row in 1/10,000 units; money is exact to that.
  private func open(_ table: MetricTable, _ row: Int) -> Int128 {
    guard let value = table["open_amount"]?.value(row), value.denominator != 0 else { return 0 }
    return Exact.divide(value.numerator * Int128(Exact.scale), by: value.denominator)
  }
}
