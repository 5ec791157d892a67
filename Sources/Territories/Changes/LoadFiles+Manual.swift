import Metrics
import Records

extension LoadFiles {
  /// What is in the folder, as a table: a row a list, in the order in which they are loaded.
  public var manifest: MetricTable {
    var columns = ChangeColumns()
    columns.text("file", "File", lists.map { "\($0.name).csv" })
    columns.text("object", "Object", lists.map(\.object))
    columns.text("operation", "Operation", lists.map(\.operation.rawValue))
    columns.count("rows", "Rows", lists.map(\.table.rowCount))
    columns.text(
      "reverse", "Reverse", lists.map { $0.reverse == nil ? nil : "rollback/\($0.name).csv" })
    columns.text("reverse_operation", "Reverse operation", lists.map { $0.reverseOperation })
    return MetricTable(name: "manifest", grain: "a list to load", columns: columns.columns)
  }

  /// What whoever loads the lists has to know, as text for a file.
  public var manual: String {
    let plan = changes.to.model.plan
    var text = """
      How to carry out the change from "\(changes.from.model.plan.name)" to "\(plan.name)"

      BEFORE YOU LOAD

      * Account teams and sales teams are deleted when an owner changes, unless they are kept:
        accounts and deals lose their team members by default where owners are loaded through the
        API. Keep them: set the owner change options KeepAccountTeam and KeepSalesTeam (API 45.0 or
        later), or export AccountTeamMember and OpportunityTeamMember now and insert them again.
      * Save first: the territory of each deal (deal-territories.csv here holds those of the deals
        that move), forecasts and quotas of the territories that end, and a fresh export.
      * Try the lists in a sandbox, and switch off mails to new owners if you do not want them.

      WHAT CANNOT BE UNDONE

      * Teams, and the shares that came with them, unless they were saved.
      * Notifications, and whatever workflows, triggers and approvals do on a change of owner.
      * The activation of a territory model: the one that ends is archived with its associations;
        forecasts of its territories go with it.
      * Who put an account into a territory by hand, and when: what is inserted again is new.

      IN THIS ORDER

      """
    text += "\n1. Deploy and activate the model, and run its rules, where it is not a table.\n"
    for (number, list) in lists.enumerated() {
      text += "\(number + 2). \(list.name).csv: \(list.operation.rawValue) of \(list.object), "
      text += "\(list.table.rowCount) \(list.table.rowCount == 1 ? "row" : "rows")"
      text += list.remark + "\n"
    }
    text += """

      The CRM may hand over open deals, contacts and tasks together with their account; the lists
      state every owner, so load those of deals, contacts and tasks behind that of accounts.

      TO TAKE IT BACK

      Load the files of the folder rollback, the last first. An insert is taken back by deleting
      the new records: their Ids are in the success file that the Data Loader wrote; the file in
      rollback names the pairs. Records that somebody changed meanwhile are overwritten.

      """
    if unnamed.rowCount > 0 {
      text += "\nNOT IN THE LISTS\n\n* \(unnamed.rowCount) "
      text += unnamed.rowCount == 1 ? "account has" : "accounts have"
      text += " no owner named yet (owners-to-be-named.csv): no owner is guessed.\n"
    }
    if waiting > 0 {
      text += unnamed.rowCount > 0 ? "" : "\nNOT IN THE LISTS\n\n"
      text += "* \(waiting) \(waiting == 1 ? "association waits" : "associations wait")"
      text +=
        " for a territory that the CRM does not have yet: deploy the model, export again and"
        + " repeat.\n"
    }
    return text
  }
}

extension LoadFiles.List {
  fileprivate var reverseOperation: String? {
    guard reverse != nil else { return nil }
    return switch operation {
    case .update: "update"
    case .insert: "delete, by the Ids of the success file"
    case .delete: "insert"
    }
  }

  fileprivate var remark: String {
    switch name {
    case "4-deal-owners-kept": "; they keep their owners, and get them back if the CRM took them"
    default: ""
    }
  }
}
