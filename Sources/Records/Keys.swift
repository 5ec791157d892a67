/// The own keys of a table's records, by row.
///
/// Salesforce's Ids are kept as numbers that order as their bytes do; any other key as its text.
public enum Keys: Sendable {
  case salesforce(SalesforceKeys)
  case text(Texts)

  public var count: Int {
    switch self {
    case .salesforce(let keys): keys.count
    case .text(let texts): texts.count
    }
  }

  /// The Id of a row as it is printed: 18 characters where it is Salesforce's.
  public func text(_ row: Int) -> String {
    switch self {
    case .salesforce(let keys): SalesforceID.text(keys[row])
    case .text(let texts): texts[row] ?? ""
    }
  }

  /// Whether the key of one row sorts before that of another, by bytes.
  public func precedes(_ left: Int, _ right: Int) -> Bool {
    switch self {
    case .salesforce(let keys): keys[left] < keys[right]
    case .text(let texts):
      texts.bytes[texts.range(left)].lexicographicallyPrecedes(texts.bytes[texts.range(right)])
    }
  }

  /// For each row its position in the order of keys.
  public func ranks() -> [Int32] {
    var ranks = [Int32](repeating: 0, count: count)
    for (rank, row) in sortedRows().enumerated() { ranks[Int(row)] = Int32(rank) }
    return ranks
  }

  /// The rows in the order of their keys.
  public func sortedRows() -> [Int32] {
    let rows = (0..<Int32(count)).map { $0 }
    if case .salesforce(let keys) = self {
      if let ends = keys.alike?.ends { return SalesforceKeys.sorted(rows, by: ends) }
      return SalesforceKeys.sorted(rows, by: Array(keys))
    }
    return rows.sorted { precedes(Int($0), Int($1)) }
  }
}
