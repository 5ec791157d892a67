import Metrics
import Records

/// A territory model as tables: its territories, rules and types.
public struct ModelTables {
  private let model: ResolvedModel
  private let records: RecordSet

  public init(_ model: ResolvedModel, records: RecordSet) {
    self.model = model
    self.records = records
  }

  public var all: [MetricTable] { [territories, rules, types] }

  /// Every model that a project knows.
  public static func models(_ library: ModelLibrary, records: RecordSet) -> MetricTable {
    let models = library.models
    func count(_ title: String, _ name: String, _ value: (ResolvedModel) -> Int?) -> MetricColumn {
      MetricColumn(
        name: name, title: title, unit: .count,
        cells: .integers(models.map { value($0).map { Int128($0) } }))
    }
    func text(_ title: String, _ name: String, _ value: (ResolvedModel) -> String?) -> MetricColumn
    {
      MetricColumn(name: name, title: title, unit: .text, cells: .text(models.map(value)))
    }
    return MetricTable(
      name: "models", grain: "a territory model",
      columns: [
        text("Model", "model", \.plan.developerName), text("Name", "name", \.plan.name),
        text("State", "state", \.plan.state), text("From", "from", \.source.words),
        count("Territories", "territories", \.tree.count),
        count("Types", "types") { Set($0.types.filter { $0 >= 0 }).count },
        count("Users", "users") {
          $0.knowsMembers ? Set($0.members.joined().map(\.user)).count : nil
        },
        count("Rules", "rules", \.plan.rules.count),
        count("Active rules", "active_rules") { $0.plan.rules.count { $0.isActive } },
        count("Accounts", "accounts") { Set($0.accountsStated).count },
        count("Manual", "manual") { $0.associations.count { $0.isManual } },
        count("Exclusions", "exclusions", \.exclusions.count),
      ], notes: notes(library))
  }

  private static func notes(_ library: ModelLibrary) -> [String] {
    let exported = library.models.filter(\.source.isOfExport)
    var notes: [String] = []
    if exported.count == 1 {
      notes.append(
        "The export has one model. An export made without the permission Manage Territories leaves "
          + "planned and archived models out silently: look whether there are more in the CRM.")
    }
    if let active = library.active { notes.append("Active: \(active.plan.name).") }
    if let planned = library.planned { notes.append("Planned: \(planned.plan.name).") }
    return notes
  }

  /// The territories in the order of the tree.
  public var territories: MetricTable {
    let tree = model.tree
    let order = tree.forest.order.map { Int($0) }
    let own = model.accountsByTerritory
    let below = tree.forest.subtreeSums(own.map { Int128($0) })
    let inherited = TerritoryRules(model.plan, tree).ofTerritory
    let users = records[.user]
    func text(_ title: String, _ name: String, _ value: (Int) -> String?) -> MetricColumn {
      MetricColumn(name: name, title: title, unit: .text, cells: .text(order.map(value)))
    }
    func count(_ title: String, _ name: String, _ value: (Int) -> Int128) -> MetricColumn {
      MetricColumn(name: name, title: title, unit: .count, cells: .integers(order.map(value)))
    }
    return MetricTable(
      name: "model-territories", grain: "a territory of model \(model.plan.name)",
      columns: [
        count("Level", "level") { Int128(tree.forest.depths[$0]) },
        text("Territory", "territory") { tree.developerNames[$0] },
        text("Name", "name") { tree.names[$0] },
        text("Under", "parent") { index in
          let parent = tree.forest.parents[index]
          return parent < 0 ? nil : tree.developerNames[Int(parent)]
        },
        text("Type", "type") { index in
          model.types[index] < 0 ? nil : model.plan.types[Int(model.types[index])].developerName
        },
        text("Users", "users") { index in
          let words = model.members[index].map { member in
            users.name(Int(member.user)) + (member.role.map { " (\($0))" } ?? "")
          }
          return words.isEmpty ? nil : words.joined(separator: ", ")
        },
        count("Own rules", "own_rules") { Int128(model.plan.territories[$0].rules.count) },
        count("Rules that run", "running_rules") { Int128(inherited[$0].count) },
        count("Accounts", "accounts") { Int128(own[$0]) },
        count("With those below", "accounts_below") { below[$0] },
      ], notes: model.knowsMembers ? [] : ["Who works in these territories is not known."])
  }

  /// The rules in the order of developer names.
  public var rules: MetricTable {
    let rules = model.plan.rules
    var users: [String: [String]] = [:]
    for territory in model.plan.territories {
      for association in territory.rules {
        users[association.rule.lowercased(), default: []].append(
          territory.developerName + (association.isInherited ? " and below" : ""))
      }
    }
    func text(
      _ title: String, _ name: String, _ value: (TerritoryPlan.Rule) -> String?
    ) -> MetricColumn {
      MetricColumn(name: name, title: title, unit: .text, cells: .text(rules.map(value)))
    }
    return MetricTable(
      name: "model-rules", grain: "a rule of model \(model.plan.name)",
      columns: [
        text("Rule", "rule", \.developerName), text("Name", "name", \.name),
        text("Active", "active") { $0.isActive ? "yes" : "no" },
        text("Filter", "filter") { $0.booleanFilter },
        text("Comparisons", "items") { rule in
          rule.items.enumerated().map { "\($0 + 1). \(RuleRun.words($1))" }
            .joined(separator: "; ")
        },
        text("Territories", "territories") {
          users[$0.developerName.lowercased()]?.joined(separator: ", ")
        },
      ])
  }

  /// The types, the one that decides first.
  public var types: MetricTable {
    let order = model.plan.types.indices.sorted {
      let (left, right) = (model.plan.types[$0], model.plan.types[$1])
      return (-(left.priority ?? 0), left.developerName)
        < (-(right.priority ?? 0), right.developerName)
    }
    let types = order.map { model.plan.types[$0] }
    return MetricTable(
      name: "model-types", grain: "a type of territories",
      columns: [
        MetricColumn(
          name: "type", title: "Type", unit: .text, cells: .text(types.map(\.developerName))),
        MetricColumn(name: "name", title: "Name", unit: .text, cells: .text(types.map(\.name))),
        MetricColumn(
          name: "priority", title: "Priority", unit: .count,
          cells: .integers(types.map { $0.priority.map { Int128($0) } }),
          definition: "A deal goes to the territory of its account with the biggest"),
        MetricColumn(
          name: "territories", title: "Territories", unit: .count,
          cells: .integers(order.map { type in Int128(model.types.count { $0 == type }) })),
      ])
  }
}

extension ResolvedModel {
  /// Rows of the accounts that the source says to be in territories, each as often as it is.
  var accountsStated: [Int32] {
    if case .table = source { return assigned.map(\.account) }
    return associations.map(\.pair.account)
  }

  /// For each territory how many accounts the source says to be in it.
  var accountsByTerritory: [Int] {
    var counts = [Int](repeating: 0, count: tree.count)
    if case .table = source {
      for account in assigned { counts[account.territory] += 1 }
    } else {
      for association in associations { counts[Int(association.pair.territory)] += 1 }
    }
    return counts
  }
}

extension ResolvedModel.Source {
  /// Where a model comes from, as a cell of a table.
  var words: String {
    switch self {
    case .export: "export"
    case .files: "metadata"
    case .table: "table"
    }
  }
}
