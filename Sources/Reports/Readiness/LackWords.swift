import Metrics
import Records

/// What an export lacks, in the words of its owner: why something is absent, and how to get it.
struct LackWords: Sendable {
  let settings: MetricSettings
  /// Name of the mapping file where the CRM is not Salesforce, nil where it is.
  let mapping: String?

  // MARK: Why

  /// Why a section is not all that it could be, as a clause; empty where it is.
  func because(_ state: SectionState) -> String {
    switch state.level {
    case .ready: ""
    case .absent: because(state.reasons)
    case .degraded:
      (state.lost.map { "\(because($0.missing)), so it is without \(list($0.labels))" }
        + state.poorer.map { "\(because([$0])), so \(effect(of: $0))" })
        .joined(separator: "; ")
    }
  }

  /// Several lacks as one clause.
  func because(_ lacks: [Lack]) -> String {
    let (objects, others) = parted(lacks)
    let none =
      objects.isEmpty
      ? [] : ["the export holds no " + Suggestion.list(objects.map(\.rawValue), conjunction: "or")]
    return Suggestion.list(none + others.map(clause), conjunction: "and")
  }

  private func clause(_ lack: Lack) -> String {
    switch lack {
    case .records(let entity): "the export holds no \(entity.rawValue)"
    case .column(let entity, let field): "the export’s \(entity.rawValue) has no \(field)"
    case .values(let entity, let field): "\(field) is empty in every \(entity.rawValue)"
    case .activeModel: "no territory model of the export is known to be active"
    case .plannedModel: "no territory model is planned"
    case .all(let lacks): because(lacks)
    }
  }

  /// What a section loses where a refinement is missing.
  func effect(of lack: Lack) -> String {
    switch lack {
    case .column(.user, "ManagerId"), .values(.user, "ManagerId"):
      return "nobody is known to be below anybody"
    case .records(.split): return "the owner of a deal is credited with all of it"
    case .records(.user), .column(.user, _), .values(.user, _):
      return "owners are shown by their Ids"
    case .records(.opportunityHistory):
      return "a sales cycle ends on the close date, which can be edited"
    case .column(let entity, "Name"), .values(let entity, "Name"):
      return "\(plural(entity)) are shown by their Ids"
    case .column(.account, "OwnerId"), .values(.account, "OwnerId"):
      return "accounts have no owner"
    case .records(.account), .column(.account, "ParentId"), .values(.account, "ParentId"):
      return "every account is a family of its own"
    case .column(.opportunity, _), .values(.opportunity, _):
      return "deals cannot be told apart by it"
    case .records(let entity): return "\(plural(entity)) are shown by their Ids"
    default: return "it says less"
    }
  }

  private func plural(_ entity: Entity) -> String {
    switch entity {
    case .account: "accounts"
    case .product: "products"
    case .territory: "territories"
    case .opportunity: "deals"
    default: "records"
    }
  }

  // MARK: How to get it

  /// How to get what a section lacks, as a clause; empty where it lacks nothing.
  func remedy(_ state: SectionState) -> String {
    switch state.level {
    case .ready: ""
    case .absent: remedy(state.reasons)
    case .degraded: remedy(state.lost.flatMap(\.missing) + state.poorer)
    }
  }

  /// How to get several things, each once.
  func remedy(_ lacks: [Lack]) -> String {
    var clauses: [String] = []
    for lack in SectionState.unique(lacks) {
      let clause = Remedies.remedy(lack, settings: settings, mapping: mapping)
      if !clauses.contains(clause) { clauses.append(clause) }
    }
    return clauses.joined(separator: "; ")
  }

  // MARK: Lists

  private func parted(_ lacks: [Lack]) -> (objects: [Entity], others: [Lack]) {
    var objects: [Entity] = []
    var others: [Lack] = []
    for lack in lacks {
      if case .records(let entity) = lack { objects.append(entity) } else { others.append(lack) }
    }
    return (objects, others)
  }

  /// At most three labels, with how many more there are.
  func list(_ labels: [String]) -> String {
    guard labels.count > 4 else { return Suggestion.list(labels, conjunction: "and") }
    return labels.prefix(3).joined(separator: ", ") + " and \(labels.count - 3) more"
  }
}
