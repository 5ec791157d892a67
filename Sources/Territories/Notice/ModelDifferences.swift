import Metrics
import Records

/// In what two models differ: territories by key, rules by developer name.
struct ModelDifferences {
  /// A territory or rule that is not the same in both.
  struct Entry {
    enum Kind: String {
      case territory, rule
    }
    enum Difference: String {
      case new, ends, changes
    }
    let kind: Kind
    let name: String
    let difference: Difference
    let before: String?
    let after: String?
  }

  /// Territories first, each kind by name.
  let entries: [Entry]

  init(_ changes: ChangeSet) {
    entries = ModelDifferences.territories(changes) + ModelDifferences.rules(changes)
  }

  func count(_ kind: Entry.Kind, _ difference: Entry.Difference) -> Int {
    entries.count { $0.kind == kind && $0.difference == difference }
  }

  private static func territories(_ changes: ChangeSet) -> [Entry] {
    let match = changes.match
    func texts(_ model: ResolvedModel, _ codes: [Int32]) -> [Int32: String] {
      let tree = model.tree
      var texts: [Int32: String] = [:]
      for index in 0..<tree.count {
        let above = Int(tree.forest.parents[index])
        let type = model.types[index] < 0 ? nil : model.plan.types[Int(model.types[index])].name
        texts[codes[index]] =
          [
            tree.names[index], above < 0 ? "at the top" : "below \(tree.names[above])", type,
          ].compactMap { $0 }.joined(separator: ", ")
      }
      return texts
    }
    let before = texts(changes.from.model, match.from)
    let after = texts(changes.to.model, match.to)
    return (0..<Int32(match.count)).compactMap { code in
      entry(.territory, match.names[Int(code)], before[code], after[code])
    }.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  private static func rules(_ changes: ChangeSet) -> [Entry] {
    func texts(_ model: ResolvedModel) -> [String: (name: String, text: String)] {
      var places: [String: [String]] = [:]
      for territory in model.plan.territories {
        for rule in territory.rules {
          places[rule.rule.lowercased(), default: []].append(
            territory.name + (rule.isInherited ? " and below" : ""))
        }
      }
      var texts: [String: (name: String, text: String)] = [:]
      for rule in model.plan.rules {
        let items = rule.items.map(RuleRun.words).joined(
          separator: rule.booleanFilter == nil ? " and " : "; ")
        let text =
          (rule.isActive ? "" : "inactive; ")
          + (rule.booleanFilter.map { "\($0): " } ?? "") + items
          + (places[rule.developerName.lowercased()].map {
            "; for \($0.sorted().joined(separator: ", "))"
          } ?? "; for no territory")
        texts[rule.developerName.lowercased()] = (rule.name, text)
      }
      return texts
    }
    var (before, after) = (texts(changes.from.model), texts(changes.to.model))
    // A copy of a model may call the same rules otherwise: what says the same is the same.
    let unknown = before.filter { after[$0.key] == nil }.sorted { $0.key < $1.key }
    for (key, rule) in unknown {
      let same = after.filter { before[$0.key] == nil && $0.value.text == rule.text }.map(\.key)
      guard let match = same.min() else { continue }
      before[key] = nil
      after[match] = nil
    }
    return Set(before.keys).union(after.keys).sorted().compactMap { key in
      entry(
        .rule, after[key]?.name ?? before[key]?.name ?? key, before[key]?.text, after[key]?.text)
    }
  }

  private static func entry(
    _ kind: Entry.Kind, _ name: String, _ before: String?, _ after: String?
  ) -> Entry? {
    guard before != after else { return nil }
    return Entry(
      kind: kind, name: name, difference: before == nil ? .new : after == nil ? .ends : .changes,
      before: before, after: after)
  }

  var table: MetricTable {
    var columns = ChangeColumns()
    columns.text(
      "kind", "What", entries.map(\.kind.rawValue),
      labels: ["territory": "Territory", "rule": "Rule"])
    columns.text("name", "Name", entries.map(\.name))
    columns.text(
      "difference", "Difference", entries.map(\.difference.rawValue),
      labels: ["new": "New", "ends": "Ends", "changes": "Changes"])
    columns.text("before", "Before", entries.map(\.before))
    columns.text("after", "After", entries.map(\.after))
    return MetricTable(
      name: ChangeList.modelDifferences.rawValue,
      grain: "a territory or rule that is not the same in both models", columns: columns.columns,
      notes: entries.isEmpty ? ["Territories and rules are the same in both models."] : [])
  }
}
