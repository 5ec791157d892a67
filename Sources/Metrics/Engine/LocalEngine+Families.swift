import Records

/// A family of accounts by its ultimate parent.
public struct FamilyOutline: Hashable, Sendable {
  /// Row of the ultimate parent.
  public let root: Int
  /// Its Id.
  public let id: String
  public let name: String
  /// How many accounts the family has.
  public let accounts: Int
}

extension LocalEngine {
  /// The families of two accounts or more with the most won, the first first.
  ///
  /// - Parameter count: how many at most.
  /// - Returns: those with a won amount above zero; of equal amounts the smaller Id comes first.
  /// - Throws: Findings of severity error where the catalogue's own measures do not fit.
  public func largestFamilies(_ count: Int) throws(FindingsError) -> [FamilyOutline] {
    let forest = ledger.families.value.value
    let won = try answers([Query(metrics: ["won_amount"], by: [.family])])[0].amounts("won_amount")
    let ranks = ledger.records[.account].keys?.ranks() ?? []
    return (0..<forest.count).filter { root in
      forest.parents[root] < 0 && forest.subtree(of: root).count > 1 && won[root] > 0
    }.sorted { left, right in
      won[left] != won[right] ? won[left] > won[right] : ranks[left] < ranks[right]
    }.prefix(count).map(outline)
  }

  /// The families of accounts that are given by Id, or by a name that one account alone has.
  ///
  /// - Parameter accounts: Ids or names.
  /// - Returns: each family once, in the order of the accounts.
  /// - Throws: an account that is not there.
  public func families(of accounts: [String]) throws(FindingsError) -> [FamilyOutline] {
    let table = ledger.records[.account]
    let forest = ledger.families.value.value
    var found: [FamilyOutline] = []
    for wanted in accounts {
      var rows = (0..<table.count).filter { table.id($0) == wanted }
      if rows.isEmpty { rows = (0..<table.count).filter { table.name($0) == wanted } }
      guard rows.count == 1, let row = rows.first else {
        throw FindingsError([
          Finding(
            code: "family-unknown", severity: .error,
            what: rows.isEmpty
              ? "no account of the export has the Id or name that a family is named by"
              : "a family is named by a name that several accounts have",
            done: "nothing was rendered",
            suggestion: "name it by the Id of 18 characters of one of its accounts")
        ])
      }
      let family = outline(Int(forest.roots[row]))
      if !found.contains(family) { found.append(family) }
    }
    return found
  }

  private func outline(_ root: Int) -> FamilyOutline {
    let accounts = ledger.records[.account]
    return FamilyOutline(
      root: root, id: accounts.id(root), name: accounts.name(root),
      accounts: ledger.families.value.value.subtree(of: root).count)
  }
}
