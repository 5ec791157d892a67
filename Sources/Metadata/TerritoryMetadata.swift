import Records

/// The territory models of a project's metadata, and what is wrong with them.
public struct TerritoryMetadata: Sendable {
  /// Grain: one plan a model, in the order of developer names; each knows the types, which are the
  /// organisation's.
  public let plans: [TerritoryPlan]
  /// In the order of places.
  public let findings: [Finding]
  /// Names of the files that were read, as findings show them, sorted.
  public let files: [String]

  /// Reads every model below a folder; what is wrong with one file does not stop the others.
  public init(reading files: MetadataFiles) {
    var sorter = MetadataSorter(files)
    let sorted = sorter.sorted()
    var findings = sorter.findings
    var plans: [TerritoryPlan] = []
    for var plan in sorted {
      let check = PlanCheck(plan)
      plan = check.plan
      findings += check.findings
      plans.append(plan)
    }
    if plans.isEmpty { findings.append(MetadataFindings.noModel(at: files.shown(""))) }
    self.plans = plans
    self.findings = findings.enumerated().sorted { left, right in
      let first = left.element.at ?? SourcePosition(file: "")
      let second = right.element.at ?? SourcePosition(file: "")
      return (first, left.element.code, left.offset)
        < (second, right.element.code, right.offset)
    }.map(\.element)
    self.files = sorter.read.sorted()
  }

  /// What is wrong with the rules of a model, wherever it stands: filters that cannot be read, items
  /// that none uses, operations that there are not or that are not supported.
  public static func ruleFindings(of plan: TerritoryPlan) -> [Finding] {
    PlanCheck(rulesOf: plan).findings
  }

  /// The model of a developer name or label, without regard to case; the only one where none is named.
  public func plan(named name: String? = nil) -> TerritoryPlan? {
    guard let name else { return plans.count == 1 ? plans[0] : nil }
    return plans.first { TerritoryPlan.matches($0.developerName, name) }
      ?? plans.first { TerritoryPlan.matches($0.name, name) }
  }
}

/// Reads each file as what its ending says and puts it where its folder says.
struct MetadataSorter {
  let files: MetadataFiles
  private(set) var findings: [Finding] = []
  /// The files read, as findings show them.
  private(set) var read: [String] = []
  private var plans: [String: TerritoryPlan] = [:]
  private var types: [TerritoryPlan.TerritoryType] = []

  init(_ files: MetadataFiles) { self.files = files }

  /// A file by what its name says.
  struct Place: Equatable {
    let kind: Kind
    let developerName: String
    /// Path of the model's folder; empty for types.
    let model: String

    enum Kind: String, CaseIterable {
      case territory = "territory2"
      case model = "territory2Model"
      case rule = "territory2Rule"
      case type = "territory2Type"
    }

    /// nil where the file is none of a territory model.
    init?(_ name: String) {
      var parts = name.split(separator: "/", omittingEmptySubsequences: true).map(String.init)
      guard var file = parts.popLast() else { return nil }
      let suffix = "-meta.xml"
      if file.hasSuffix(suffix) { file.removeLast(suffix.count) }
      guard let dot = file.lastIndex(of: "."), dot > file.startIndex,
        let kind = Kind(rawValue: String(file[file.index(after: dot)...]))
      else { return nil }
      self.kind = kind
      developerName = String(file[..<dot])
      // Territories and rules stand in a folder of their own inside their model's.
      if kind == .territory || kind == .rule { _ = parts.popLast() }
      model = kind == .type ? "" : parts.joined(separator: "/")
    }
  }

  /// The models, in the order of developer names, then of folders.
  mutating func sorted() -> [TerritoryPlan] {
    for name in files.names.sorted() {
      guard let place = Place(name) else { continue }
      take(name, as: place)
    }
    types = distinct(types, \.developerName, \.at, "type")
    let byName = plans.sorted {
      ($0.value.developerName, $0.key) < ($1.value.developerName, $1.key)
    }
    return byName.map { folder, plan in
      var plan = plan
      if plan.at == nil {
        plan.at = SourcePosition(file: files.shown(folder))
        findings.append(MetadataFindings.modelFileMissing(plan.developerName, at: plan.at))
      }
      plan.types = types
      plan.territories = distinct(plan.territories, \.developerName, \.at, "territory")
      plan.rules = distinct(plan.rules, \.developerName, \.at, "rule")
      return plan
    }
  }

  private mutating func take(_ name: String, as place: Place) {
    let shown = files.shown(name)
    let root: MetadataElement
    do {
      root = try MetadataMarkup.parse(try files.read(name))
    } catch let refusal as MetadataMarkup.Refusal {
      findings.append(
        MetadataFindings.unreadable(
          refusal.what, at: SourcePosition(file: shown, line: refusal.line)))
      return
    } catch {
      findings.append(
        MetadataFindings.unreadable(
          "the file cannot be read", at: SourcePosition(file: shown)))
      return
    }
    let expected = place.kind.rawValue.prefix(1).uppercased() + place.kind.rawValue.dropFirst()
    guard root.namespace == MetadataMarkup.namespace, root.name == expected else {
      findings.append(
        MetadataFindings.unreadable(
          root.name == expected
            ? "<\(expected)> is not in the namespace \(MetadataMarkup.namespace)"
            : "the file is no <\(expected)>, as its name says",
          at: SourcePosition(file: shown, line: root.line)))
      return
    }
    read.append(shown)
    let reader = PlanReader(file: shown, developerName: place.developerName)
    let path = place.model.isEmpty ? files.root : place.model
    let folder = path.split(separator: "/").last.map(String.init) ?? "model"
    var plan =
      plans[place.model] ?? TerritoryPlan(developerName: folder, name: folder)
    switch place.kind {
    case .type: types.append(reader.type(root))
    case .model: reader.model(root, into: &plan)
    case .territory: plan.territories.append(reader.territory(root, model: folder))
    case .rule: plan.rules.append(reader.rule(root))
    }
    if place.kind != .type { plans[place.model] = plan }
    findings += reader.findings
  }

  /// In the order of developer names, each once: the first file's.
  private mutating func distinct<Part>(
    _ parts: [Part], _ name: KeyPath<Part, String>, _ at: KeyPath<Part, SourcePosition?>,
    _ kind: String
  ) -> [Part] {
    var seen: Set<String> = []
    var kept: [Part] = []
    for part in parts {
      if seen.insert(part[keyPath: name].lowercased()).inserted {
        kept.append(part)
      } else {
        findings.append(
          MetadataFindings.repeated(kind, part[keyPath: name], at: part[keyPath: at]))
      }
    }
    return kept.sorted { $0[keyPath: name] < $1[keyPath: name] }
  }
}
