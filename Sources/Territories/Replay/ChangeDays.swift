import Records

/// When accounts changed and when rules last ran over them, as far as the export says so.
struct ChangeDays {
  /// Whether the export says both.
  let areKnown: Bool
  private let changed: [Int32]
  /// The day of each association of the accounts that differ.
  private var dayOfPair: [AccountTerritory: Int32] = [:]
  /// The newest of an account's associations by rules.
  private var newestOfAccount: [Int32: Int32] = [:]
  /// The newest of all associations by rules: the rules ran that day.
  private var newest = Day.null

  init(_ records: RecordSet, _ indexOfRow: [Int32], _ differences: [Replay.Difference]) {
    let table = records[.accountTerritory]
    let fields = ["LastModifiedDate", "CreatedDate"].filter { table.has($0) }.map { table.days($0) }
    changed = records[.account].days("SystemModstamp")
    areKnown = !fields.isEmpty && records[.account].has("SystemModstamp")
    guard areKnown else { return }
    let accounts = Set(differences.lazy.filter { $0.kind == .unexplained }.map(\.pair.account))
    let (rows, territories) = (table.references("ObjectId"), table.references("Territory2Id"))
    let causes = table.categories("AssociationCause")
    let isManual = causes.values.map { $0.lowercased().contains("manual") }
    for row in 0..<table.count where rows[row] >= 0 && territories[row] >= 0 {
      let index = indexOfRow[Int(territories[row])]
      guard index >= 0, causes.codes[row] < 0 || !isManual[Int(causes.codes[row])] else { continue }
      let day = fields.reduce(Day.null) { max($0, $1[row]) }
      newest = max(newest, day)
      guard accounts.contains(rows[row]) else { continue }
      let pair = AccountTerritory(account: rows[row], territory: index)
      dayOfPair[pair] = max(dayOfPair[pair] ?? Day.null, day)
      newestOfAccount[rows[row]] = max(newestOfAccount[rows[row]] ?? Day.null, day)
    }
  }

  /// Whether the account changed after the rules last ran over it: after the day of the
  /// association, where it has none after that of its others, else after that of anyone's.
  func isStale(_ difference: Replay.Difference) -> Bool {
    guard areKnown else { return false }
    let account = difference.pair.account
    let ran = dayOfPair[difference.pair] ?? newestOfAccount[account] ?? newest
    return ran != Day.null && changed[Int(account)] > ran
  }
}
