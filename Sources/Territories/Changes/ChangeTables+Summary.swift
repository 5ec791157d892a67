import Metrics
import Records

extension ChangeTables {
  /// The territories of both models, by key; then what balances them.
  ///
  /// Σ lost = Σ gained over all rows, remainders included. An account in several territories counts
  /// in each, which the row `(in several territories)` makes good.
  public var territories: MetricTable {
    let match = changes.match
    let hasPlace = Set(match.to)
    let hadPlace = Set(match.from)
    var codes = (0..<match.count).filter { changes.scope?.holds(code: Int32($0)) ?? true }
    let remainders = ["(unassigned)", "(in several territories)", "(elsewhere)"]
    codes += (match.count..<match.count + 3).filter {
      $0 == totals.unassigned || totals.territories[$0].isTouched
    }
    let users = [changes.from, changes.to].enumerated().map { side, holdings -> [Int] in
      var counts = [Int](repeating: 0, count: match.count + 3)
      for (index, code) in (side == 0 ? match.from : match.to).enumerated() {
        counts[Int(code)] += holdings.assignment.usersOfTerritory.degree(index)
      }
      return counts
    }
    func known(_ texts: [String]) -> [String?] {
      codes.map { $0 < match.count && !texts[$0].isEmpty ? texts[$0] : nil }
    }
    var columns = ChangeColumns()
    columns.text("territory_id", "Territory Id", known(match.ids))
    columns.text("territory_key", "Key", known(match.keys))
    columns.text(
      "territory", "Territory",
      codes.map { $0 < match.count ? match.names[$0] : remainders[$0 - match.count] })
    columns.text(
      "state", "State",
      codes.map { code in
        guard code < match.count else { return nil }
        return hadPlace.contains(Int32(code))
          ? hasPlace.contains(Int32(code)) ? "stays" : "ends" : "new"
      })
    columns.count("users_before", "Users before", codes.map { users[0][$0] })
    columns.count("users_after", "Users after", codes.map { users[1][$0] })
    entries(
      codes.map { totals.territories[$0] }, isRemainder: codes.map { $0 >= match.count }, &columns)
    return MetricTable(
      name: "territories", grain: "a territory of either model", columns: columns.columns)
  }

  /// The users who lose or gain anything, by Id; then who balances them.
  public var users: MetricTable {
    let table = records[.user]
    let remainders = ["(to be named)", "(no owner)", "(elsewhere)"]
    var rows = (0..<table.count).filter {
      totals.users[$0].isTouched && (changes.scope?.holds(user: Int32($0)) ?? true)
    }.sorted { table.keys?.precedes($0, $1) ?? ($0 < $1) }
    rows += (table.count..<table.count + 3).filter { totals.users[$0].isTouched }
    var columns = ChangeColumns()
    columns.id("user_id", "User Id", table, rows.map { $0 < table.count ? Int32($0) : -1 })
    columns.text(
      "user", "User",
      rows.map { $0 < table.count ? table.name($0) : remainders[$0 - table.count] })
    entries(rows.map { totals.users[$0] }, isRemainder: rows.map { $0 >= table.count }, &columns)
    return MetricTable(
      name: "users", grain: "a user who loses or gains accounts or open deals",
      columns: columns.columns, notes: rows.isEmpty ? ["Nobody loses or gains anything."] : [])
  }

  /// What each has, loses and gains; of a remainder only what is lost and gained is known.
  private func entries(
    _ entries: [ChangeTotals.Entry], isRemainder: [Bool], _ columns: inout ChangeColumns
  ) {
    let kept = zip(entries, isRemainder).map { $1 ? nil : $0 }
    func count(
      _ name: String, _ title: String, _ path: KeyPath<ChangeTotals.Entry, ChangeTotals.Count>
    ) {
      columns.counts("\(name)_before", "\(title) before", kept.map { $0?[keyPath: path].before })
      columns.count("\(name)_lost", "\(title) lost", entries.map { $0[keyPath: path].lost })
      columns.count("\(name)_gained", "\(title) gained", entries.map { $0[keyPath: path].gained })
      columns.counts("\(name)_after", "\(title) after", kept.map { $0?[keyPath: path].after })
    }
    func money(
      _ name: String, _ title: String, _ path: KeyPath<ChangeTotals.Entry, ChangeTotals.Amount>,
      isKnown: Bool = true
    ) {
      func cells(_ value: (ChangeTotals.Amount) -> Int128, _ all: [ChangeTotals.Entry?])
        -> [Int128?]
      { all.map { entry in isKnown ? entry.map { value($0[keyPath: path]) } : nil } }
      columns.money("\(name)_before", "\(title) before", cells(\.before, kept))
      columns.money("\(name)_lost", "\(title) lost", cells(\.lost, entries))
      columns.money("\(name)_gained", "\(title) gained", cells(\.gained, entries))
      columns.money("\(name)_after", "\(title) after", cells(\.after, kept))
    }
    count("accounts", "Accounts", \.accounts)
    money(
      "recurring_revenue", "Recurring revenue", \.revenue,
      isKnown: stakes.recurringRevenue != nil)
    count("open", "Open deals", \.deals)
    money("open_amount", "Open amount", \.open)
    columns.weighted("weighted_lost", "Weighted lost", entries.map(\.weighted.lost))
    columns.weighted("weighted_gained", "Weighted gained", entries.map(\.weighted.gained))
  }

  /// What somebody has to look at, by kind, then amount descending, then Ids.
  ///
  /// - Parameter overlayTypes: names of territory types of which an account may be in several.
  /// - Returns: a row an exception.
  public func exceptions(overlayTypes: [String] = []) -> MetricTable {
    let (accounts, deals, users) = (records[.account], records[.opportunity], records[.user])
    func amount(_ exception: ChangeException) -> Int128 {
      if exception.deal >= 0 { return stakes.value(ofDeal: Int(exception.deal)) }
      return exception.account < 0 ? 0 : stakes.openAmounts[Int(exception.account)]
    }
    func rank(_ keys: Keys?, _ left: Int32, _ right: Int32) -> Bool? {
      if left == right { return nil }
      guard left >= 0, right >= 0 else { return left < right }
      return keys?.precedes(Int(left), Int(right)) ?? (left < right)
    }
    let all = changes.exceptions(records, overlayTypes: overlayTypes)
    let rows = ChangeException.Kind.allCases.flatMap { kind in
      all.filter { $0.kind == kind }.map { (amount($0), $0) }.sorted { left, right in
        if left.0 != right.0 { return left.0 > right.0 }
        return rank(accounts.keys, left.1.account, right.1.account)
          ?? rank(deals.keys, left.1.deal, right.1.deal)
          ?? rank(users.keys, left.1.user, right.1.user)
          ?? (left.1.territory < right.1.territory)
      }.map(\.1)
    }
    let match = changes.match
    var columns = ChangeColumns()
    columns.text("kind", "Exception", rows.map(\.kind.rawValue))
    columns.flag("is_new", "Is new", rows.map(\.isNew))
    columns.record("account", "Account", accounts, rows.map { visible($0.account) })
    columns.record("opportunity", "Deal", deals, rows.map(\.deal))
    columns.text(
      "territory_key", "Key", rows.map { $0.territory < 0 ? nil : match.keys[Int($0.territory)] })
    columns.text(
      "territory", "Territory",
      rows.map { $0.territory < 0 ? nil : match.names[Int($0.territory)] })
    columns.record("user", "User", users, rows.map(\.user))
    columns.money(
      "amount", "Amount", rows.map { $0.account < 0 && $0.deal < 0 ? nil : amount($0) },
      "Value of the deal; of an account, the value of its open bookings.")
    columns.text("reason", "Reason", rows.map { $0.reason?.words })
    var notes = rows.isEmpty ? ["Nothing needs a look."] : []
    if !changes.to.model.knowsMembers {
      notes.append(
        "The plan does not say who will work where, so that vacant territories and users without a"
          + " territory cannot be found: name a table of users under territory_model: users.")
    }
    return MetricTable(
      name: "exceptions", grain: "something that the plan leaves for somebody to look at",
      columns: columns.columns, notes: notes)
  }

  /// Conflicts before and afterwards: new ones, those that stay, those that are resolved.
  public func conflicts(_ ahead: ConflictsAhead) -> MetricTable {
    let entries = ahead.entries
    let match = changes.match
    var columns = ChangeColumns()
    columns.text("state", "State", entries.map(\.state.rawValue))
    columns.text("kind", "Conflict", entries.map(\.conflict.kind.rawValue))
    columns.id("opportunity_id", "Deal Id", records[.opportunity], entries.map(\.conflict.deal))
    columns.record(
      "account", "Account", records[.account], entries.map { visible($0.conflict.account) })
    columns.id("lead_id", "Lead Id", records[.lead], entries.map(\.conflict.lead))
    columns.record("owner", "Owner", records[.user], entries.map(\.conflict.owner))
    columns.text(
      "territory_key", "Key",
      entries.map { $0.territory < 0 ? nil : match.keys[Int($0.territory)] })
    columns.money(
      "amount", "Amount", entries.map(\.conflict.amount),
      "Value of the deal; of an account, the value of its open bookings.")
    return MetricTable(
      name: "conflicts", grain: "a conflict of an owner and a territory, before or afterwards",
      columns: columns.columns,
      notes: entries.isEmpty ? ["There is no conflict before, and none afterwards."] : [])
  }

  /// Where every account and open deal is before: what is compared when the plan has come.
  public var before: MetricTable {
    let (accounts, deals) = (records[.account], records[.opportunity])
    let (held, match) = (changes.from.assignment.territoriesOfAccount, changes.match)
    let seen = accounts.sortedRows.filter { changes.sees(account: $0) }
    let open = deals.sortedRows(among: stakes.openDeals)
    let isSeen = Set(changes.deals.map(\.deal))
    let openSeen = changes.scope == nil ? open : open.filter { isSeen.contains($0) }
    let owners = accounts.references("OwnerId")
    let dealOwners = deals.references("OwnerId")
    var columns = ChangeColumns()
    columns.text(
      "record", "Record",
      seen.map { accounts.id(Int($0)) } + openSeen.map { deals.id(Int($0)) })
    columns.text(
      "territory_keys", "Keys",
      seen.map { ChangeTables.joined(match.codes(from: held[Int($0)]), match.keys, ";") }
        + openSeen.map { row in
          let code = match.code(from: changes.from.assignment.territoryOfDeal[Int(row)])
          return code < 0 ? nil : match.keys[Int(code)]
        })
    columns.id(
      "owner_id", "Owner Id", records[.user],
      seen.map { owners[Int($0)] } + openSeen.map { dealOwners[Int($0)] })
    return MetricTable(
      name: "before", grain: "an account or an open deal before", columns: columns.columns)
  }
}

extension Table {
  /// Rows in the order of Ids.
  fileprivate var sortedRows: [Int32] { keys?.sortedRows() ?? (0..<Int32(count)).map { $0 } }

  /// Some rows, ascending, in the order of Ids.
  fileprivate func sortedRows(among rows: [Int32]) -> [Int32] {
    guard let keys else { return rows }
    return rows.sorted { keys.precedes(Int($0), Int($1)) }
  }
}
