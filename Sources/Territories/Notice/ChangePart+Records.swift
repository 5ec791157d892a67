import Metrics
import Records

// The lists of records: what changes hands, and what whoever takes over has to know.
extension ChangePart {
  /// The accounts with which way each goes and why.
  var accounts: MetricTable {
    let rows = tables.accountRows
    let table = tables.accounts(rows)
    let hidden = rulesThatNameOthers
    let places = rows.map { tables.gained($0) }
    let isHidden = zip(rows, places).map { row, places in
      places.contains { place in
        guard case .rule(let rule) = changes.to.cause(account: Int(row.account), territory: place)
        else { return false }
        return hidden.contains(rule)
      }
    }
    let (rules, criteria) = (table["rule"], table["criterion"])
    let named = Set(
      changes.to.model.assigned.filter(\.isOwnerNamed).map(\.account))
    var columns = ChangeColumns()
    for column in table.columns {
      guard column.name == "criterion" else {
        columns.add([column])
        continue
      }
      columns.text(
        column.name, column.title,
        rows.indices.map { isHidden[$0] ? nil : column.text($0) })
    }
    columns.text(
      "movement", "What happens", rows.map { movement($0).rawValue }, labels: Movement.labels)
    columns.text(
      "why", "Why",
      rows.indices.map { row in
        why(
          rows[row], rule: rules?.text(row),
          criterion: isHidden[row] ? nil : criteria?.text(row),
          isNamed: named.contains(rows[row].account))
      })
    return MetricTable(
      name: table.name, grain: table.grain, columns: columns.columns, notes: table.notes)
  }

  private func why(
    _ change: AccountChange, rule: String?, criterion: String?, isNamed: Bool
  ) -> String {
    guard change.isMoved else {
      return isNamed
        ? "the plan names the owner" : "the owner will not work in the territory any more"
    }
    switch rule {
    case "(manual)": return "put there by hand"
    case "(plan)": return "the plan’s table says so"
    case let rule?: return criterion.map { "\(rule): \($0)" } ?? rule
    case nil:
      return changes.to.assignment.territoriesOfAccount[Int(change.account)].isEmpty
        ? "no rule takes it" : "no rule keeps it there"
    }
  }

  /// Rules of the model to come whose criteria would name accounts to somebody who must not see
  /// them: those that leave out some by what identifies an account.
  private var rulesThatNameOthers: Set<Int32> {
    guard reader != nil else { return [] }
    let identifying: Set<String> = [
      "name", "id", "accountid", "accountnumber", "website", "phone", "fax", "parentid", "site",
      "dunsnumber", "tradestyle",
    ]
    let excluding: Set<String> = [
      RuleOperation.notEqual.rawValue, RuleOperation.notContain.rawValue,
      RuleOperation.excludes.rawValue,
    ]
    let rules = changes.to.model.plan.rules
    return Set(
      rules.indices.filter { index in
        rules[index].items.contains { item in
          excluding.contains(item.operation)
            && identifying.contains(RuleFields.plain(item.field).lowercased())
        }
      }.map { Int32($0) })
  }

  /// The open deals with which way each goes and when it closes.
  var opportunities: MetricTable {
    let rows = tables.dealRows
    let table = tables.opportunities(rows)
    var columns = ChangeColumns()
    columns.add(table.columns)
    columns.text(
      "movement", "What happens", rows.map { movement($0).rawValue }, labels: Movement.labels)
    columns.text(
      "timing", "Timing", rows.map { timing($0).rawValue }, labels: Timing.labels)
    return MetricTable(
      name: table.name, grain: table.grain, columns: columns.columns, notes: table.notes)
  }

  /// How far a deal is when its owner changes.
  enum Timing: String {
    case kept, early, closing, overdue, late

    static let labels = [
      "kept": "Keeps its owner", "early": "Early", "closing": "Closes soon", "overdue": "Overdue",
      "late": "Late stage",
    ]
  }

  private func timing(_ change: DealChange) -> Timing {
    switch change.disruption {
    case .none: return .kept
    case .early: return .early
    case .late:
      let close = records[.opportunity].days("CloseDate")[Int(change.deal)]
      if close == Day.null || close > book.terms.closingBy.number { return .late }
      return close < records.asOf.number ? .overdue : .closing
    }
  }

  /// The exceptions, in words.
  var exceptions: MetricTable {
    let table = tables.exceptions(overlayTypes: book.terms.overlayTypes)
    let labels = [
      "newly_unassigned": "Comes to no territory",
      "two_territories_of_one_type": "In two territories of one type",
      "undecided": "Rules cannot decide", "territory_lost_by_tie": "Deal loses its territory",
      "family_split": "Family is split", "vacant_territory": "Nobody works in the territory",
      "user_without_territory": "User without a territory",
    ]
    return MetricTable(
      name: table.name, grain: table.grain,
      columns: table.columns.map { column in
        var column = column
        if column.name == "kind" { column.labels = labels }
        return column
      }, notes: table.notes)
  }
}
