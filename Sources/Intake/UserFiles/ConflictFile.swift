import Records

/// Conflicts that a user keeps as accepted, named as the table `conflicts` names them.
///
/// Grain of the file: one row per kind and record.
struct ConflictFile {
  let directory: Directory

  func conflicts(_ file: UserTable) -> [AcceptedConflict] {
    var seen: Set<AcceptedConflict.Subject> = []
    return file.records { row in
      guard let kind = kind(row) else { return nil }
      let until = row.day("until")
      guard let record = record(row, kind) else { return nil }
      let conflict = AcceptedConflict(
        kind: kind, record: record, until: until, reason: row.text("reason"))
      guard seen.insert(conflict.subject).inserted else {
        file.refuse(
          UserFileFindings.rowTwice(
            .conflicts, what: "an earlier row accepts the same conflict", at: row.place("kind"),
            suggestion: "keep one of them"))
        return nil
      }
      return conflict
    }
  }

  private func kind(_ row: UserRow) -> ConflictKind? {
    guard row.required("kind") != nil else { return nil }
    let words = ConflictKind.allCases.map { $0.rawValue.lowercased() }
    return row.word("kind", of: words).flatMap { ConflictKind(rawValue: $0.uppercased()) }
  }

  /// The one record that a row names; the table fills in further columns, which are passed over.
  private func record(_ row: UserRow, _ kind: ConflictKind) -> AcceptedConflict.Record? {
    let columns = kind.columns
    guard let column = columns.first(where: { row.text($0) != nil }), let text = row.text(column)
    else {
      row.contradict(
        columns[0], "a conflict of kind \(kind.rawValue) is about \(Suggestion.list(columns))",
        "write its Id")
      return nil
    }
    switch column {
    case "AccountId": return row.account(column, in: directory).map { .account($0) }
    case "OpportunityId":
      if let deal = directory.deal(text) { return .deal(deal) }
      row.unmatched(
        column, "\"\(column)\" names no deal of the export", "write its Id, or remove the row")
    default:
      if let lead = directory.lead(text) { return .lead(lead) }
      row.unmatched(
        column, "\"\(column)\" names no lead of the export", "write its Id, or remove the row")
    }
    return nil
  }
}

extension ConflictKind {
  /// The columns that name its record, of which the first that is filled counts.
  fileprivate var columns: [String] {
    switch self {
    case .ownerOutside, .dealElsewhere: ["OpportunityId"]
    case .accountOwnerOutside, .twoTerritories, .splitFamily: ["AccountId"]
    case .leadElsewhere: ["LeadId"]
    case .inactiveOwner: ["OpportunityId", "AccountId"]
    }
  }
}
