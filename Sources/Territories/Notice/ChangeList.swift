/// A list about a change of models that a section of a report can show.
public enum ChangeList: String, CaseIterable, Hashable, Sendable {
  /// What the reader has, loses, gains and keeps, a row a measure.
  case netEffect = "net-effect"
  /// How even the reader's territories are, before and after.
  case balance
  /// The reader's territories with what each has, loses and gains.
  case territories
  /// Users who lose or gain something.
  case users
  /// Accounts whose territories or owner change.
  case accounts
  /// Families of which an account changes hands.
  case families
  /// Open deals that change hands, or whose account does.
  case opportunities
  /// Open deals by how much the change disturbs them.
  case dealClasses = "deal-classes"
  /// Weighted pipeline that goes and comes, by the quarter in which deals close.
  case forecastShift = "forecast-shift"
  /// What the plan leaves for somebody to look at.
  case exceptions
  /// Accounts that need a hand-off, with what whoever takes over has to know.
  case handOffs = "hand-offs"
  /// Open leads that follow their accounts.
  case leads
  /// Open tasks that follow their deals or accounts.
  case tasks
  /// What cannot be undone, and what to save first.
  case saveFirst = "save-first"
  /// Territories and rules that are new, end or change.
  case modelDifferences = "model-differences"
  /// Both models, a row a measure.
  case models
  /// The territories of both models beside each other.
  case modelTerritories = "model-territories"

  /// The names of the columns by which definitions choose, order and filter.
  public var columns: [String] {
    switch self {
    case .netEffect: ["measure", "before", "out", "in", "kept", "after"]
    case .balance:
      ["measure", "territories_before", "territories_after", "gini_before", "gini_after"]
        + ["cv_before", "cv_after", "within_15_percent_before", "within_15_percent_after"]
    case .territories:
      ["territory_id", "territory_key", "territory", "state", "users_before", "users_after"]
        + ChangeList.entries
    case .users: ["user_id", "user"] + ChangeList.entries
    case .accounts:
      ["account_id", "account", "root_id", "root", "from_territory_keys", "from_territories"]
        + ["to_territory_keys", "to_territories", "territory_changes"] + ChangeList.owners
        + ["rule", "criterion", "recurring_revenue", "open_amount", "weighted_amount"]
        + ["next_renewal", "last_activity", "held_out", "held_until", "movement", "why"]
    case .families:
      ["root_id", "root", "accounts", "moving", "changing_owner", "territories_before"]
        + ["territories_after", "effect", "recurring_revenue", "open_amount"]
    case .opportunities:
      ["opportunity_id", "opportunity", "account_id", "account", "from_territory_key"]
        + ["from_territory", "to_territory_key", "to_territory", "territory_changes"]
        + ChangeList.owners
        + ["disruption", "handed_over", "stage", "amount", "weighted_amount", "close_date"]
        + ["last_activity", "lost_by_tie", "held_out", "held_until", "movement", "timing"]
    case .dealClasses: ["class", "deals", "amount", "weighted_amount"]
    case .forecastShift:
      ["quarter", "out", "in", "amount_out", "amount_in", "weighted_out", "weighted_in"]
        + ["weighted_change"]
    case .exceptions:
      ["kind", "is_new", "account_id", "account", "opportunity_id", "opportunity"]
        + ["territory_key", "territory", "user_id", "user", "amount", "reason"]
    case .handOffs:
      ["account_id", "account", "reason", "movement", "from_territories", "to_territories"]
        + ["from_owner_id", "from_owner", "to_owner_id", "to_owner", "recurring_revenue"]
        + ["next_renewal", "open", "open_amount", "contacts", "contact_count", "tasks"]
        + ["next_task", "last_activity"]
    case .leads:
      ["lead_id", "company", "account_id", "account", "from_territory_keys", "from_territories"]
        + ["to_territory_keys", "to_territories"] + ChangeList.owners
    case .tasks:
      ["task_id", "due", "opportunity_id", "opportunity", "account_id", "account"]
        + ["from_territory_keys", "from_territories", "to_territory_keys", "to_territories"]
        + ChangeList.owners
    case .saveFirst: ["what", "records", "undo", "save"]
    case .modelDifferences: ["kind", "name", "difference", "before", "after"]
    case .models: ["measure", "before", "after"]
    case .modelTerritories:
      ["territory_key", "territory"]
        + ["accounts", "users", "arr", "open_amount", "quota"].flatMap {
          ["\($0).before", "\($0).after"]
        }
    }
  }

  private static let owners = [
    "from_owner_id", "from_owner", "to_owner_id", "to_owner", "owner_changes",
  ]

  private static let entries =
    ["accounts", "recurring_revenue", "open", "open_amount"].flatMap { name in
      ["before", "lost", "gained", "after"].map { "\(name)_\($0)" }
    } + ["weighted_lost", "weighted_gained"]
}
