import Metrics
import Records

/// The figures of a change that a report can show, compare or name in braces.
public enum ChangeFigure {
  /// The names, as definitions write them: of models and days, of the reader's records, of the models.
  public static let names = [
    "from_model", "to_model", "goes_live", "live_since", "undated", "reply_by", "rules_ran",
    "rules_ran_unknown",
    "days_to_go", "days_live", "agreement", "agreeing_accounts", "unexplained_accounts",
    "untrusted", "trusted", "accounts_before", "accounts_out", "accounts_in", "accounts_kept",
    "accounts_after", "accounts_within", "accounts_shared", "accounts_owner_only", "accounts_held",
    "accounts_moved",
    "accounts_to_another_owner", "owners_to_be_named", "recurring_revenue_before",
    "recurring_revenue_out", "recurring_revenue_in", "recurring_revenue_kept",
    "recurring_revenue_after", "open_before", "open_out", "open_in", "open_after",
    "open_amount_before", "open_amount_out", "open_amount_in", "open_amount_after",
    "weighted_before", "weighted_out", "weighted_in", "weighted_after", "quota_before",
    "quota_after", "deals", "deals_kept", "deals_early", "deals_late", "deals_held",
    "deals_lost_by_tie", "families", "families_split", "families_united", "leads", "tasks",
    "contacts", "exceptions", "hand_offs", "territories_new", "territories_ended",
    "territories_changed", "rules_new", "rules_ended", "rules_changed",
  ]
}

extension ChangePart {
  /// Every figure of the part: a row, a column a figure; what is not known is empty.
  public var figures: MetricTable {
    var columns = ChangeColumns()
    addTerms(&columns)
    addSums(&columns)
    addCounts(&columns)
    return MetricTable(
      name: "change", grain: "the change as a reader sees it", columns: columns.columns)
  }

  private func addTerms(_ columns: inout ChangeColumns) {
    let terms = book.terms
    let asOf = records.asOf
    func text(_ figure: String, _ title: String, _ text: String?) {
      columns.text(figure, title, [text])
    }
    func day(_ figure: String, _ title: String, _ day: Day?) {
      columns.days(figure, title, [day?.number ?? Day.null])
    }
    let effective = terms.effective
    let isPast = terms.isLive || effective.map { $0 <= asOf } ?? false
    text("from_model", "Model before", changes.from.model.plan.name)
    text("to_model", "Model afterwards", changes.to.model.plan.name)
    day("goes_live", "Goes live", isPast ? nil : effective)
    day("live_since", "Live since", isPast ? effective ?? asOf : nil)
    text(
      "undated", "No day",
      isPast || effective != nil
        ? nil : "no day is configured yet (territory_model: effective in cadastre.yaml)")
    day("reply_by", "Answer by", terms.replyBy)
    columns.counts(
      "days_to_go", "Days to go",
      [isPast ? nil : effective.map { asOf.days(until: $0) }])
    columns.counts(
      "days_live", "Days since it went live",
      [isPast ? effective.map { $0.days(until: asOf) } : nil])
    let replay = terms.replay
    let ran: Day? =
      if case .export(let row) = changes.from.model.source, row >= 0 {
        Optional(records[.territoryModel].days("LastRunRulesEndDate")[Int(row)])
          .flatMap { $0 == Day.null ? nil : Day(number: $0) }
      } else {
        nil
      }
    day("rules_ran", "Rules last ran", ran)
    text(
      "rules_ran_unknown", "Rules last ran",
      ran == nil
        ? "when they last ran is not in the export (LastRunRulesEndDate of Territory2Model)" : nil)
    columns.rate(
      "agreement", "Agreement with the export", [replay?.explained],
      "Share of the accounts in a territory that are where the rules of the model before put them, "
        + "or differ for a known reason.")
    let kinds = replay?.accountsByKind
    columns.counts(
      "agreeing_accounts", "Accounts that agree", [kinds.map { $0[.agreed] ?? 0 }])
    columns.counts(
      "unexplained_accounts", "Accounts that differ without a reason",
      [kinds.map { $0[.unexplained] ?? 0 }])
    text(
      "trusted", "Trusted",
      replay.flatMap { $0.isTrusted ? "what rules say can be relied on" : nil })
    text(
      "untrusted", "Not trusted",
      replay.flatMap {
        $0.isTrusted
          ? nil
          : "more than 1 % differ without a reason, so do not rely on this notice before it is "
            + "known why"
      })
  }

  private func addSums(_ columns: inout ChangeColumns) {
    let sums = ChangeSums(self)
    func count(_ name: String, _ title: String, _ value: Int128, _ definition: String) {
      columns.mixed(name, title, [Ratio(value, over: 1)], [.count], definition)
    }
    func line(_ name: String, _ title: String, _ line: ChangeSums.Line, isKnown: Bool = true) {
      for (part, words, value, definition) in ChangePart.parts(line) {
        columns.money(
          "\(name)_\(part)", "\(title) \(words)", [isKnown ? value : nil],
          "\(title) of \(definition).")
      }
    }
    for (part, words, value, definition) in ChangePart.parts(sums.accounts) {
      counts(
        "accounts_\(part)", "Accounts \(words)", Int(value), "Number of \(definition).", &columns)
    }
    line(
      "recurring_revenue", "Recurring revenue", sums.revenue,
      isKnown: stakes.recurringRevenue != nil)
    for (part, words, value, definition) in ChangePart.parts(sums.deals) where part != "kept" {
      counts(
        "open_\(part)", "Open deals \(words)", Int(value),
        "Number of open bookings of \(definition).", &columns)
    }
    for (part, words, value, definition) in ChangePart.parts(sums.open) where part != "kept" {
      columns.money(
        "open_amount_\(part)", "Open pipeline \(words)", [value],
        "Value of open bookings of \(definition).")
    }
    for (part, words, value, definition) in ChangePart.parts(sums.weighted) where part != "kept" {
      columns.weighted(
        "weighted_\(part)", "Weighted pipeline \(words)", [value],
        "Value of open bookings of \(definition), each times its probability.")
    }
    let quotas = quotas
    for (side, quota) in [("before", quotas.before), ("after", quotas.after)] {
      columns.mixed(
        "quota_\(side)", "Quota \(side)", [quota], [.money], "Quota of the fiscal year.")
    }
  }

  /// The parts of a line by name, with what they are of.
  private static func parts(
    _ line: ChangeSums.Line
  ) -> [(name: String, words: String, value: Int128, definition: String)] {
    [
      ("before", "before", line.before, "what the territories hold under the model before"),
      ("out", "leaving", line.out, "what is in none of the territories afterwards"),
      ("in", "coming", line.in, "what was in none of the territories and comes to one"),
      ("kept", "staying", line.kept, "what is in the territories under both models"),
      ("after", "after", line.after, "what the territories hold under the model to come"),
    ]
  }

  private func counts(
    _ name: String, _ title: String, _ value: Int, _ definition: String,
    _ columns: inout ChangeColumns
  ) {
    columns.add([
      MetricColumn(
        name: name, title: title, unit: .count, cells: .integers([Int128(value)]),
        definition: definition)
    ])
  }

  private func addCounts(_ columns: inout ChangeColumns) {
    func count(_ figure: String, _ title: String, _ value: Int, _ definition: String = "") {
      counts(figure, title, value, definition, &columns)
    }
    let movements = Dictionary(grouping: changes.accounts) { movement($0) }.mapValues(\.count)
    let carried = changes.accounts.filter(\.isCarriedOut)
    count(
      "accounts_within", "Accounts moving within", movements[.within] ?? 0,
      "Number of accounts that move between the reader’s territories.")
    count(
      "accounts_shared", "Accounts that stay, with other territories", movements[.shared] ?? 0,
      "Number of accounts that stay in the reader’s territories while others join them or leave.")
    count(
      "accounts_owner_only", "Accounts that change their owner only", movements[.owner] ?? 0,
      "Number of accounts whose territories stay and whose owner does not.")
    count(
      "accounts_held", "Accounts held out", movements[.held] ?? 0,
      "Number of accounts that stay where they are, whatever the plan says.")
    count(
      "accounts_moved", "Accounts that come to another territory", carried.count(where: \.isMoved))
    count(
      "accounts_to_another_owner", "Accounts to another owner",
      carried.count { $0.newOwner != nil })
    count(
      "owners_to_be_named", "Owners to be named", carried.count { $0.newOwner == .toBeNamed },
      "Number of accounts whose new owner nobody has named yet: no owner is guessed.")
    let deals = changes.deals.filter { !$0.isHeld }
    count("deals", "Open deals affected", deals.count)
    count("deals_kept", "Open deals that keep their owner", deals.count { $0.disruption == .none })
    count(
      "deals_early", "Open deals to another owner, early", deals.count { $0.disruption == .early })
    count(
      "deals_late", "Open deals to another owner, late", deals.count { $0.disruption == .late },
      "Number of open deals at a late stage, or closing soon, that come to another owner.")
    count("deals_held", "Open deals held out", changes.deals.count - deals.count)
    count(
      "deals_lost_by_tie", "Open deals that lose their territory", deals.count(where: \.losesByTie))
    count("families", "Families", changes.families.count)
    count("families_split", "Families split", changes.families.count(where: \.isSplitByPlan))
    count("families_united", "Families united", changes.families.count(where: \.isUnitedByPlan))
    count("leads", "Leads that follow", changes.leads.count)
    count("tasks", "Open tasks that follow", changes.tasks.count)
    count("contacts", "Contacts that follow", changes.contacts.count)
    count("exceptions", "Exceptions", exceptions.rowCount)
    count("hand_offs", "Hand-offs", handOffs.rowCount)
    let models = ModelDifferences(changes)
    count("territories_new", "New territories", models.count(.territory, .new))
    count("territories_ended", "Territories that end", models.count(.territory, .ends))
    count("territories_changed", "Territories that change", models.count(.territory, .changes))
    count("rules_new", "New rules", models.count(.rule, .new))
    count("rules_ended", "Rules that end", models.count(.rule, .ends))
    count("rules_changed", "Rules that change", models.count(.rule, .changes))
  }
}
