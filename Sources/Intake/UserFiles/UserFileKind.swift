import Records

/// The kinds of file that users keep beside the export.
public enum UserFileKind: String, CaseIterable, Sendable {
  case quotas
  case people
  case plan
  case plannedUsers = "planned_users"
  case holdOuts = "hold_outs"
  case subscriptions
  case activities
  case costs
  case holidays
  case crosswalk
  case conflicts
  case namedAccounts = "named_accounts"

  /// What the file holds, as sentences name it.
  var words: String {
    switch self {
    case .plan: "the planned model"
    case .plannedUsers: "planned users"
    case .holdOuts: "hold-outs"
    case .crosswalk: "changed keys"
    case .conflicts: "accepted conflicts"
    case .namedAccounts: "named accounts"
    default: rawValue
    }
  }

  /// Whether another system writes the file, so that a bad row is nobody's slip of the pen.
  private var isWrittenByMachine: Bool { self == .subscriptions || self == .activities }

  /// How much a row that cannot be read puts figures in doubt.
  var severity: Finding.Severity { isWrittenByMachine ? .warning : .error }

  /// What becomes of such a row.
  var done: String {
    isWrittenByMachine ? "the row was set aside" : "the row was set aside and no report is made"
  }

  /// A column of the file.
  struct Column {
    let name: String
    let isRequired: Bool

    static func required(_ name: String) -> Column { Column(name: name, isRequired: true) }
    static func optional(_ name: String) -> Column { Column(name: name, isRequired: false) }
  }

  /// The columns by their names; other headings are told and not read.
  var columns: [Column] {
    switch self {
    case .quotas:
      [
        .required("holder"), .optional("measure"), .required("period"), .required("amount"),
        .optional("currency"), .optional("valid_from"), .optional("prorate"),
      ]
    case .people:
      [
        .required("user"), .optional("role"), .optional("start_date"), .optional("left_date"),
        .optional("ramp_percent"), .optional("manager"), .optional("away_from"),
        .optional("away_to"), .optional("cover"), .optional("exempt"),
      ]
    case .plan: [.required("AccountId"), .required("territory"), .optional("owner")]
    case .plannedUsers: [.required("territory"), .required("user"), .optional("role")]
    case .holdOuts: [.required("AccountId"), .optional("until"), .optional("reason")]
    case .subscriptions:
      [
        .required("AccountId"), .required("start_date"), .optional("end_date"),
        .required("value"), .optional("per"), .optional("currency"), .optional("status"),
      ]
    case .activities:
      [
        .optional("AccountId"), .optional("OpportunityId"), .required("date"),
        .optional("user"), .optional("type"),
      ]
    case .costs:
      [
        .required("month"), .required("amount"), .optional("currency"), .optional("category"),
        .optional("segment"),
      ]
    case .holidays: [.required("date"), .optional("name")]
    case .crosswalk: [.required("old"), .required("new")]
    case .namedAccounts:
      [.required("AccountId"), .optional("owner"), .optional("territory"), .optional("reason")]
    case .conflicts:
      [
        .required("kind"), .optional("OpportunityId"), .optional("AccountId"),
        .optional("LeadId"), .optional("until"), .optional("reason"),
      ]
    }
  }
}
