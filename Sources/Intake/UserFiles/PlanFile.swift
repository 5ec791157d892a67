import Records

/// A planned territory model that lives in spreadsheets.
///
/// Grain of the plan: one row per account and territory. Grain of the planned users: one row per
/// user and territory. Metadata carries no users, so that their file may stand without the plan's.
struct PlanFile {
  let directory: Directory
  /// The role whose one holder in a territory owns its accounts; nil where not configured.
  let ownerRole: String?
  /// Names of the territories of the planned model's metadata; nil where there is none.
  var planned: [String]?

  private struct Wish {
    let account: Int32
    let key: String
    let owner: Int32?
  }

  /// The plan of one or both files; nil where there is neither.
  func plan(_ plan: UserTable?, users: UserTable?) -> PlannedAssignment? {
    guard plan != nil || users != nil else { return nil }
    let wishes = plan.map { self.wishes($0) } ?? []
    let members = users.map { self.members($0) } ?? []
    var spelling: [String: String] = [:]
    for key in wishes.map(\.key) + members.map(\.key) where spelling[key.lowercased()] == nil {
      spelling[key.lowercased()] = key
    }
    let keys = spelling.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    let positions = Dictionary(
      uniqueKeysWithValues: keys.enumerated().map { ($1.key, $0) })
    var territories = keys.map { _, key in
      if case .territory(let row) = directory.territory(key) {
        PlannedAssignment.Territory(key: key, existing: row)
      } else {
        PlannedAssignment.Territory(key: key, existing: nil)
      }
    }
    for (key, member) in members {
      guard let position = positions[key.lowercased()] else { continue }
      territories[position].members.append(member)
    }
    let accounts = wishes.compactMap { wish -> PlannedAssignment.PlannedAccount? in
      positions[wish.key.lowercased()].map { position in
        PlannedAssignment.PlannedAccount(
          account: wish.account, territory: position,
          owner: wish.owner.map { .user($0) } ?? territories[position].owner(inRole: ownerRole),
          isOwnerNamed: wish.owner != nil)
      }
    }
    return PlannedAssignment(territories: territories, accounts: accounts)
  }

  private func wishes(_ file: UserTable) -> [Wish] {
    var seen: Set<[String]> = []
    return file.records { row in
      guard row.required("AccountId") != nil else { return nil }
      let account = row.account("AccountId", in: directory)
      let key = row.required("territory")
      let owner = row.user("owner", in: directory)
      guard let account, let key else { return nil }
      guard seen.insert([String(account), key.lowercased()]).inserted else {
        file.refuse(
          UserFileFindings.rowTwice(
            .plan, what: "an earlier row puts the account into the same territory",
            at: row.place("AccountId"), suggestion: "keep one of them"))
        return nil
      }
      return Wish(account: account, key: key, owner: owner)
    }
  }

  private func members(_ file: UserTable) -> [(key: String, member: PlannedAssignment.Member)] {
    file.records { row in
      let key = row.required("territory")
      let user = row.requiredUser("user", in: directory)
      guard let key, let user else { return nil }
      if let planned, !planned.contains(where: { $0.lowercased() == key.lowercased() }) {
        row.unmatched(
          "territory", "\"territory\" names no territory of the planned model",
          Suggestion.sentence(
            for: key, in: row.mayLookFurther ? planned : [],
            otherwise: "write the developer name of a territory"))
        return nil
      }
      return (key, PlannedAssignment.Member(user: user, role: row.text("role")))
    }
  }

  /// Account rows that stay where they are, ascending, each once, and the last days of those that
  /// stay for a while; of several rows about an account the longest stay counts.
  func holdOuts(_ file: UserTable) -> (rows: [Int32], until: [Int32: Day]) {
    let stays: [(account: Int32, until: Day?)] = file.records { row in
      guard row.required("AccountId") != nil else { return nil }
      let until = row.day("until")
      return row.account("AccountId", in: directory).map { ($0, until) }
    }
    let forGood = Set(stays.filter { $0.until == nil }.map(\.account))
    var until: [Int32: Day] = [:]
    for stay in stays where !forGood.contains(stay.account) {
      guard let day = stay.until else { continue }
      until[stay.account] = max(until[stay.account] ?? day, day)
    }
    return (Set(stays.map(\.account)).sorted(), until)
  }
}
