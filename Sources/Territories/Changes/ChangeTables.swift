import Metrics
import Records

/// The tables of a change set: what people and machines read of it.
public struct ChangeTables: Sendable {
  let changes: ChangeSet
  let records: RecordSet
  public let stakes: Stakes
  let families: Forest
  let totals: ChangeTotals
  let holdOuts: HoldOuts?

  /// - Parameters:
  ///   - changes: the change set, or the part of it that a reader may see.
  ///   - records: the export.
  ///   - stakes: what is at stake with accounts and deals.
  ///   - families: the families of accounts.
  ///   - holdOuts: until when accounts are held out; nil: nobody is.
  public init(
    _ changes: ChangeSet, records: RecordSet, stakes: Stakes, families: Forest,
    holdOuts: HoldOuts? = nil
  ) {
    self.changes = changes
    self.records = records
    self.stakes = stakes
    self.families = families
    self.holdOuts = holdOuts
    totals = ChangeTotals(changes, records: records, stakes: stakes)
  }

  /// The accounts, by recurring revenue, then open amount descending, then Id.
  public var accounts: MetricTable { accounts(accountRows) }

  /// The changes of accounts in the order of their table.
  var accountRows: [AccountChange] {
    order(changes.accounts, records[.account], \.account) { change in
      (
        stakes.recurringRevenue?[Int(change.account)] ?? 0,
        stakes.openAmounts[Int(change.account)]
      )
    }
  }

  /// A table of some changes of accounts.
  func accounts(_ rows: [AccountChange]) -> MetricTable {
    let table = records[.account]
    let accounts = rows.map(\.account)
    var columns = ChangeColumns()
    columns.record("account", "Account", table, accounts)
    columns.record("root", "Family", table, accounts.map { visible(families.roots[Int($0)]) })
    territories(accounts, &columns)
    columns.flag("territory_changes", "Territory changes", rows.map(\.isMoved))
    owners(rows.map { ($0.owner, $0.newOwner) }, &columns)
    let placed = rows.map { (account: $0.account, territories: gained($0)) }
    columns.text("rule", "Rule", placed.map { rule($0.account, $0.territories) })
    columns.text(
      "criterion", "Criterion",
      changes.to.simulated?.criterionTexts(placed, separator: "; ")
        ?? [String?](repeating: nil, count: rows.count))
    figures(accounts, &columns)
    columns.days("last_activity", "Last activity", accounts.map { stakes.lastActivities[Int($0)] })
    held(rows.map { $0.isHeld ? $0.account : -1 }, &columns)
    return MetricTable(
      name: "accounts", grain: "an account whose territories or owner change",
      columns: columns.columns, notes: notes(about: "account", changes.accounts.isEmpty))
  }

  /// The open deals, by amount descending, then Id.
  public var opportunities: MetricTable { opportunities(dealRows) }

  /// The changes of open deals in the order of their table.
  var dealRows: [DealChange] {
    order(changes.deals, records[.opportunity], \.deal) {
      (stakes.value(ofDeal: Int($0.deal)), 0)
    }
  }

  /// A table of some changes of open deals.
  func opportunities(_ rows: [DealChange]) -> MetricTable {
    let table = records[.opportunity]
    let (stages, closes) = (table.categories("StageName"), table.days("CloseDate"))
    let activities = table.days("LastActivityDate")
    var columns = ChangeColumns()
    columns.record("opportunity", "Deal", table, rows.map(\.deal))
    columns.record("account", "Account", records[.account], rows.map { visible($0.account) })
    place("from", "From", rows.map { changes.match.code(from: $0.from) }, &columns)
    place("to", "To", rows.map { changes.match.code(to: $0.to) }, &columns)
    columns.flag("territory_changes", "Territory changes", rows.map(\.isMoved))
    owners(rows.map { ($0.owner, $0.newOwner) }, &columns)
    columns.text("disruption", "Disruption", rows.map(\.disruption.rawValue))
    columns.flag("handed_over", "Handed over", rows.map(\.isHandedOver))
    columns.text("stage", "Stage", rows.map { stages[Int($0.deal)] })
    columns.money(
      "amount", "Amount",
      rows.map { row in
        let value = stakes.dealValues[Int(row.deal)]
        return value == Exact.null ? nil : Int128(value)
      }, "Value of the deal in corporate currency.")
    columns.weighted(
      "weighted_amount", "Weighted",
      rows.map { stakes.weightedNumerator(ofDeal: Int($0.deal)) },
      "Value of the deal times its probability.")
    columns.days("close_date", "Closes", rows.map { closes[Int($0.deal)] })
    columns.days("last_activity", "Last activity", rows.map { activities[Int($0.deal)] })
    columns.flag("lost_by_tie", "Territory lost by a tie", rows.map(\.losesByTie))
    held(rows.map { $0.isHeld ? $0.account : -1 }, &columns)
    return MetricTable(
      name: "opportunities",
      grain: "an open deal that changes its territory or owner, or whose account does",
      columns: columns.columns, notes: notes(about: "open deal", changes.deals.isEmpty))
  }

  /// The families, by recurring revenue, then open amount descending, then Id.
  public var familyChanges: MetricTable {
    let table = records[.account]
    let sums = familySums()
    let rows = order(changes.families, table, \.root) { sums[$0.root] ?? (0, 0) }
    var columns = ChangeColumns()
    columns.record("root", "Family", table, rows.map { visible($0.root) })
    columns.count("accounts", "Accounts", rows.map { Int($0.accounts) })
    columns.count("moving", "Moving", rows.map { Int($0.moving) })
    columns.count("changing_owner", "To another owner", rows.map { Int($0.changingOwner) })
    columns.count(
      "territories_before", "Territories before", rows.map { Int($0.territoriesBefore) })
    columns.count("territories_after", "Territories after", rows.map { Int($0.territoriesAfter) })
    columns.text(
      "effect", "Effect",
      rows.map { $0.isSplitByPlan ? "split" : $0.isUnitedByPlan ? "united" : nil })
    columns.money(
      "recurring_revenue", "Recurring revenue",
      rows.map { stakes.recurringRevenue == nil ? nil : sums[$0.root]?.0 },
      "Of the whole family, a year.")
    columns.money(
      "open_amount", "Open amount", rows.map { sums[$0.root]?.1 }, "Of the whole family.")
    return MetricTable(
      name: "families",
      grain: "a family of two accounts or more of which an account changes hands",
      columns: columns.columns, notes: notes(about: "family", changes.families.isEmpty))
  }

  /// The leads that follow their accounts, by Id.
  public var leads: MetricTable {
    followers(
      changes.leads, records[.lead], "lead", "Lead", name: "leads",
      grain: "an open lead that follows its account to a new owner", nameField: "Company")
  }

  /// The open tasks that follow their deals or accounts, by Id.
  public var tasks: MetricTable {
    followers(
      changes.tasks, records[.task], "task", "Task", name: "tasks",
      grain: "a task that is not done and follows its deal or account to a new owner")
  }

  private func followers(
    _ changed: [FollowerChange], _ table: Table, _ field: String, _ title: String, name: String,
    grain: String, nameField: String? = nil
  ) -> MetricTable {
    let rows = order(changed, table, \.row) { _ in (0, 0) }
    let accounts = rows.map(\.account)
    var columns = ChangeColumns()
    columns.id("\(field)_id", "\(title) Id", table, rows.map(\.row))
    if let nameField {
      let names = table.texts(nameField)
      columns.text(nameField.lowercased(), nameField, rows.map { names[Int($0.row)] })
    } else {
      let days = table.days("ActivityDate")
      columns.days("due", "Due", rows.map { days[Int($0.row)] })
      columns.record("opportunity", "Deal", records[.opportunity], rows.map(\.deal))
    }
    columns.record("account", "Account", records[.account], accounts.map(visible))
    territories(accounts, &columns)
    owners(rows.map { ($0.owner, $0.newOwner) }, &columns)
    return MetricTable(
      name: name, grain: grain, columns: columns.columns,
      notes: notes(about: field, changed.isEmpty))
  }
}

extension ChangeTables {
  /// The account where the reader may see it, else -1.
  func visible(_ account: Int32) -> Int32 { changes.sees(account: account) ? account : -1 }

  /// Rows by two figures descending, then by Id.
  private func order<Change>(
    _ changes: [Change], _ table: Table, _ row: KeyPath<Change, Int32>,
    _ figures: (Change) -> (Int128, Int128)
  ) -> [Change] {
    changes.map { (figures($0), $0) }.sorted { left, right in
      if left.0 != right.0 { return left.0 > right.0 }
      let (one, other) = (Int(left.1[keyPath: row]), Int(right.1[keyPath: row]))
      return table.keys?.precedes(one, other) ?? (one < other)
    }.map(\.1)
  }

  private func familySums() -> [Int32: (Int128, Int128)] {
    var sums: [Int32: (Int128, Int128)] = [:]
    for family in changes.families {
      var sum: (Int128, Int128) = (0, 0)
      for account in families.subtree(of: Int(family.root)) {
        sum.0 += stakes.recurringRevenue?[Int(account)] ?? 0
        sum.1 += stakes.openAmounts[Int(account)]
      }
      sums[family.root] = sum
    }
    return sums
  }

  /// All territories of accounts before and after, by key and name.
  private func territories(_ accounts: [Int32], _ columns: inout ChangeColumns) {
    func codes(_ account: Int32, _ isBefore: Bool) -> [Int32] {
      guard account >= 0 else { return [] }
      return isBefore
        ? changes.match.codes(from: changes.from.assignment.territoriesOfAccount[Int(account)])
        : changes.match.codes(to: changes.to.assignment.territoriesOfAccount[Int(account)])
    }
    for (name, title, isBefore) in [("from", "From", true), ("to", "To", false)] {
      columns.text(
        "\(name)_territory_keys", "\(title): keys",
        accounts.map { ChangeTables.joined(codes($0, isBefore), changes.match.keys, ";") })
      columns.text(
        "\(name)_territories", title,
        accounts.map { ChangeTables.joined(codes($0, isBefore), changes.match.names, "; ") })
    }
  }

  static func joined(_ codes: [Int32], _ texts: [String], _ separator: String) -> String? {
    codes.isEmpty ? nil : codes.map { texts[Int($0)] }.joined(separator: separator)
  }

  private func place(
    _ name: String, _ title: String, _ codes: [Int32], _ columns: inout ChangeColumns
  ) {
    let match = changes.match
    columns.text(
      "\(name)_territory_key", "\(title): key", codes.map { $0 < 0 ? nil : match.keys[Int($0)] })
    columns.text(
      "\(name)_territory", title, codes.map { $0 < 0 ? nil : match.names[Int($0)] })
  }

  private func owners(
    _ owners: [(present: Int32, new: PlannedOwner?)], _ columns: inout ChangeColumns
  ) {
    let users = records[.user]
    func row(_ owner: (present: Int32, new: PlannedOwner?)) -> Int32 {
      switch owner.new {
      case nil: owner.present
      case .user(let user): user
      case .toBeNamed: -1
      }
    }
    columns.record("from_owner", "From owner", users, owners.map(\.present))
    columns.id("to_owner_id", "To owner Id", users, owners.map(row))
    columns.text(
      "to_owner", "To owner",
      owners.map { owner in
        if owner.new == .toBeNamed { return "(to be named)" }
        let user = row(owner)
        return user < 0 ? nil : users.name(Int(user))
      })
    columns.flag("owner_changes", "Owner changes", owners.map { $0.new != nil })
  }

  private func figures(_ accounts: [Int32], _ columns: inout ChangeColumns) {
    let rows = accounts.map { Int($0) }
    columns.money(
      "recurring_revenue", "Recurring revenue", rows.map { stakes.recurringRevenue?[$0] },
      "A year: twelve times what runs at the end of the last completed month.")
    columns.money(
      "open_amount", "Open amount", rows.map { stakes.openAmounts[$0] },
      "Value of the account's open bookings.")
    columns.weighted(
      "weighted_amount", "Weighted", rows.map { stakes.weightedNumerators[$0] },
      "Value of the account's open bookings times their probability.")
    columns.days("next_renewal", "Next renewal", rows.map { stakes.nextRenewals[$0] })
  }

  /// Whether and until when accounts are held out; -1 where one is not.
  private func held(_ accounts: [Int32], _ columns: inout ChangeColumns) {
    columns.flag("held_out", "Held out", accounts.map { $0 >= 0 })
    columns.days(
      "held_until", "Held until",
      accounts.map { $0 < 0 ? Day.null : holdOuts?.until($0)?.number ?? Day.null })
  }

  /// The territories that an account comes to and was not in.
  func gained(_ change: AccountChange) -> [Int32] {
    let account = Int(change.account)
    let before = changes.match.codes(
      from: changes.from.assignment.territoriesOfAccount[account])
    return changes.to.assignment.territoriesOfAccount[account].filter {
      !before.contains(changes.match.to[Int($0)])
    }
  }

  /// The rules that bring an account to territories, or what else does.
  private func rule(_ account: Int32, _ territories: [Int32]) -> String? {
    let names = territories.compactMap { territory -> String? in
      switch changes.to.cause(account: Int(account), territory: territory) {
      case .rule(let rule): changes.to.model.plan.rules[Int(rule)].name
      case .manual: "(manual)"
      case .table: "(plan)"
      case nil: nil
      }
    }
    return names.isEmpty ? nil : names.joined(separator: "; ")
  }

  private func notes(about subject: String, _ isEmpty: Bool) -> [String] {
    isEmpty ? ["No \(subject) changes hands."] : []
  }
}
