import Metrics
import Records
import Reports
import Territories

/// A change set as text that a manager can read: what changes in sentences, then the largest of
/// each list with how many there are.
struct ChangeText {
  let run: ChangeRun
  let writer: TableWriter
  /// Rows of a list that are shown.
  let limit: Int

  private var formatter: ValueFormatter { run.read.pipeline.context.formatter }

  /// - Throws: `XMLFailure` never, as text is no XML.
  func text() throws -> String {
    var parts = [headline]
    parts.append(
      try section(
        "Territories", run.tables.territories,
        [
          "territory", "accounts_before", "accounts_lost", "accounts_gained", "accounts_after",
          "recurring_revenue_lost", "recurring_revenue_gained", "open_amount_lost",
          "open_amount_gained",
        ], limit: nil, keeps: touched))
    parts.append(
      try section(
        "Accounts", run.tables.accounts,
        [
          "account", "from_territories", "to_territories", "from_owner", "to_owner",
          "recurring_revenue", "open_amount", "criterion",
        ] + (run.changes.accounts.contains(where: \.isHeld) ? ["held_out"] : [])))
    parts.append(
      try section(
        "Open deals", run.tables.opportunities,
        [
          "opportunity", "from_territory", "to_territory", "from_owner", "to_owner", "disruption",
          "stage", "amount", "close_date",
        ]))
    parts.append(
      try section(
        "Families", run.tables.familyChanges,
        [
          "root", "accounts", "moving", "territories_before", "territories_after", "effect",
          "recurring_revenue", "open_amount",
        ]))
    parts.append(
      try section(
        "Exceptions", run.tables.exceptions(overlayTypes: run.overlayTypes),
        ["kind", "is_new", "account", "opportunity", "territory", "user", "amount"]))
    let conflicts = run.tables.conflicts(run.conflicts)
    parts.append(
      try section(
        "Conflicts that arise", conflicts, ["kind", "account", "owner", "amount"],
        keeps: { $0["state"]?.text($1) == ConflictsAhead.State.new.rawValue }))
    return parts.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private func touched(_ table: MetricTable, _ row: Int) -> Bool {
    ["accounts_lost", "accounts_gained", "open_lost", "open_gained"].contains { name in
      table[name]?.value(row).map { $0.numerator != 0 } ?? false
    }
  }

  private func section(
    _ title: String, _ table: MetricTable, _ columns: [String], limit: Int? = 0,
    keeps: (MetricTable, Int) -> Bool = { _, _ in true }
  ) throws -> String {
    let rows = (0..<table.rowCount).filter { keeps(table, $0) }
    guard !rows.isEmpty else { return "" }
    let shown = limit == nil ? rows : Array(rows.prefix(self.limit))
    let part = table.keeping(shown)
    let cut = MetricTable(
      name: table.name, grain: table.grain, columns: columns.compactMap { part.spoken($0) })
    let count = shown.count < rows.count ? " (\(shown.count) of \(number(rows.count)))" : ""
    return "\(title)\(count)\n"
      + String(decoding: try writer.bytes(of: cut, as: .text), as: UTF8.self)
  }

  private func number(_ count: Int) -> String { formatter.count(Int128(count)).text }

  private func counted(_ count: Int, _ one: String, _ many: String) -> String {
    "\(number(count)) \(count == 1 ? one : many)"
  }

  /// What changes, in sentences.
  var headline: String {
    let changes = run.changes
    let accounts = changes.accounts.filter(\.isCarriedOut)
    let held = changes.accounts.count - accounts.count
    let (moved, owned) = (accounts.filter(\.isMoved), accounts.filter { $0.newOwner != nil })
    let unnamed = owned.count { $0.newOwner == .toBeNamed }
    var lines = [
      "What changes hands from \"\(changes.from.model.plan.name)\" to"
        + " \"\(changes.to.model.plan.name)\", as of \(run.read.records.asOf)."
    ]
    guard !changes.accounts.isEmpty || !changes.deals.isEmpty else {
      return lines[0] + "\nNothing changes hands.\n"
    }
    lines.append(
      "\(counted(moved.count, "account comes", "accounts come")) to another territory"
        + ", \(number(owned.count)) to another owner"
        + (unnamed > 0 ? " (\(number(unnamed)) of them to be named)" : "")
        + (held > 0 ? "; \(counted(held, "is", "are")) held out." : "."))
    lines.append(money)
    let deals = changes.deals.filter { !$0.isHeld }
    let classes = Disruption.allCases.map { kind in deals.count { $0.disruption == kind } }
    lines.append(
      "Open deals: \(number(classes[0])) with the owner they have, \(number(classes[1])) to another early,"
        + " \(number(classes[2])) late or closing by \(run.read.records.asOf.adding(days: run.handover.closingWithin))."
    )
    let split = changes.families.count(where: \.isSplitByPlan)
    let united = changes.families.count(where: \.isUnitedByPlan)
    lines.append(
      "Families: \(number(split)) split by the plan, \(number(united)) united. With them go"
        + " \(counted(changes.contacts.count, "contact", "contacts")),"
        + " \(counted(changes.tasks.count, "open task", "open tasks")) and"
        + " \(counted(changes.leads.count, "lead", "leads")).")
    let states = ConflictsAhead.State.allCases.map { state in
      run.conflicts.entries.count { $0.state == state }
    }
    lines.append(
      "Conflicts: \(number(states[0])) new, \(number(states[1])) as before, \(number(states[2]))"
        + " resolved.")
    if !changes.to.model.knowsMembers {
      lines.append(
        "The plan does not say who will work where: every owner of what moves is to be named.")
    } else if owned.count == unnamed, unnamed > 0 {
      lines.append(
        "No owner is known: name the role of owners under territory_model: owner_role, or with"
          + " --owner-role.")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private var money: String {
    let stakes = run.tables.stakes
    var (revenue, open): (Int128, Int128) = (0, 0)
    for change in run.changes.accounts where change.isCarriedOut {
      revenue += stakes.recurringRevenue?[Int(change.account)] ?? 0
      open += stakes.openAmounts[Int(change.account)]
    }
    return
      (stakes.recurringRevenue == nil
      ? "" : "Their recurring revenue is \(formatter.money(revenue).text) a year, their ")
      + (stakes.recurringRevenue == nil ? "Their open pipeline" : "open pipeline")
      + " \(stakes.recurringRevenue == nil ? "is " : "")\(formatter.money(open).text)."
  }
}
