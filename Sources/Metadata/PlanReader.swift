import Records

/// Turns the elements of one file into a part of a plan, and says what it cannot make of them.
final class PlanReader {
  private let file: String
  private let developerName: String
  private(set) var findings: [Finding] = []

  init(file: String, developerName: String) {
    self.file = file
    self.developerName = developerName
  }

  /// Fills a model from its own file.
  func model(_ root: MetadataElement, into plan: inout TerritoryPlan) {
    let parts = Parts(root, self)
    // The file's name is the model's, whatever its folder is called.
    plan.developerName = developerName
    plan.name = parts.required("name") ?? developerName
    plan.description = parts.text("description")
    plan.state = parts.text("state")
    plan.others = parts.others()
    plan.at = position(root)
  }

  func territory(_ root: MetadataElement, model: String) -> TerritoryPlan.Territory {
    let parts = Parts(root, self)
    var territory = TerritoryPlan.Territory(
      developerName: developerName, name: parts.required("name") ?? developerName)
    territory.description = parts.text("description")
    territory.parent = parts.name("parentTerritory").map { without(model, $0) }
    territory.type = parts.name("territory2Type")
    if territory.type == nil { missing("territory2Type", in: root) }
    territory.accessLevels = parts.take { $0.hasSuffix("AccessLevel") }.map {
      TerritoryPlan.AccessLevel(name: $0.name, level: $0.text)
    }
    territory.rules = parts.take { $0 == "ruleAssociations" }.compactMap { element in
      let inner = Parts(element, self)
      let rule = inner.name("ruleName")
      if rule == nil { missing("ruleName", in: element) }
      let isInherited = inner.flag("inherited") ?? false
      let others = inner.others()
      return rule.map {
        var association = TerritoryPlan.RuleAssociation(
          rule: without(model, $0), isInherited: isInherited)
        association.others = others
        return association
      }
    }
    territory.customFields = parts.take { $0 == "customFields" }.compactMap { element in
      let inner = Parts(element, self)
      guard let name = inner.required("name") else { return nil }
      let value = inner.take { $0 == "value" }.first
      var field = TerritoryPlan.CustomField(
        name: name, value: value.flatMap { $0.text.isEmpty ? nil : $0.text }, type: value?.type)
      field.others = inner.others()
      return field
    }
    territory.others = parts.others()
    territory.at = position(root)
    return territory
  }

  func type(_ root: MetadataElement) -> TerritoryPlan.TerritoryType {
    let parts = Parts(root, self)
    var type = TerritoryPlan.TerritoryType(
      developerName: developerName, name: parts.required("name") ?? developerName,
      priority: parts.number("priority"))
    type.description = parts.text("description")
    type.others = parts.others()
    type.at = position(root)
    return type
  }

  func rule(_ root: MetadataElement) -> TerritoryPlan.Rule {
    let parts = Parts(root, self)
    if !parts.has("active") { missing("active", in: root) }
    var rule = TerritoryPlan.Rule(
      developerName: developerName, name: parts.required("name") ?? developerName,
      isActive: parts.flag("active") ?? false,
      objectType: parts.required("objectType") ?? "Account")
    let filter = parts.element("booleanFilter")
    rule.booleanFilter = filter.flatMap { trimmed($0.text).isEmpty ? nil : $0.text }
    rule.items = parts.take { $0 == "ruleItems" }.compactMap { element in
      let inner = Parts(element, self)
      let field = inner.name("field")
      let operation = inner.name("operation")
      if field == nil { missing("field", in: element) }
      if operation == nil { missing("operation", in: element) }
      let value = inner.text("value")
      // Kept even where it is incomplete: the filter counts items.
      var item = TerritoryPlan.RuleItem(
        field: field ?? "", operation: operation ?? "", value: value, at: position(element))
      item.others = inner.others()
      return item
    }
    rule.others = parts.others()
    rule.at = position(root)
    read(filter, of: &rule)
    return rule
  }

  /// Reads the boolean filter, now that the items are counted.
  private func read(_ element: MetadataElement?, of rule: inout TerritoryPlan.Rule) {
    guard let text = rule.booleanFilter else {
      rule.filter = .all(of: rule.items.count)
      return
    }
    do {
      rule.filter = try RuleFilter(parsing: text, itemCount: rule.items.count)
    } catch {
      findings.append(
        MetadataFindings.filter(
          error, of: rule.developerName, at: element.map(position) ?? rule.at))
    }
  }

  // MARK: Saying what is wrong

  fileprivate func position(_ element: MetadataElement) -> SourcePosition {
    SourcePosition(file: file, line: element.line)
  }

  fileprivate func missing(_ name: String, in element: MetadataElement) {
    findings.append(MetadataFindings.missing(name, in: element.name, at: position(element)))
  }

  fileprivate func add(_ finding: Finding) { findings.append(finding) }

  /// Without the name of the model that some releases write before a developer name.
  private func without(_ model: String, _ name: String) -> String {
    let prefix = model + "."
    return name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name
  }
}

/// The children of an element, taken one by one; what is left is not known.
private final class Parts {
  private let element: MetadataElement
  private let reader: PlanReader
  private var rest: [MetadataElement]

  init(_ element: MetadataElement, _ reader: PlanReader) {
    self.element = element
    self.reader = reader
    rest = element.children
  }

  func has(_ name: String) -> Bool { rest.contains { $0.name == name } }

  /// Takes all children whose name is wanted.
  func take(_ isWanted: (String) -> Bool) -> [MetadataElement] {
    let taken = rest.filter { isWanted($0.name) && $0.namespace == MetadataMarkup.namespace }
    rest.removeAll { isWanted($0.name) && $0.namespace == MetadataMarkup.namespace }
    return taken
  }

  /// Takes the one child of a name.
  func element(_ name: String) -> MetadataElement? {
    let all = take { $0 == name }
    if all.count > 1 {
      reader.add(
        MetadataFindings.value(
          "<\(name)> stands \(all.count) times", done: "the first was taken",
          at: reader.position(all[1])))
    }
    return all.first
  }

  /// The text of a child as written; nil where there is none.
  func text(_ name: String) -> String? {
    element(name).flatMap { $0.text.isEmpty ? nil : $0.text }
  }

  /// The text of a child that names something, without white space around it.
  func name(_ name: String) -> String? {
    text(name).flatMap { text in
      let word = trimmed(text)
      return word.isEmpty ? nil : word
    }
  }

  /// As `name`, with a finding where there is none.
  func required(_ child: String) -> String? {
    let text = name(child)
    if text == nil { reader.missing(child, in: element) }
    return text
  }

  func flag(_ name: String) -> Bool? {
    guard let element = element(name) else { return nil }
    switch trimmed(element.text).lowercased() {
    case "true", "1": return true
    case "false", "0": return false
    default:
      reader.add(
        MetadataFindings.value(
          "<\(name)> is neither true nor false", done: "it was taken as false",
          at: reader.position(element)))
      return nil
    }
  }

  func number(_ name: String) -> Int? {
    guard let element = element(name) else {
      reader.missing(name, in: self.element)
      return nil
    }
    if let number = Int(trimmed(element.text)) { return number }
    reader.add(
      MetadataFindings.value(
        "<\(name)> is no whole number", done: "it was taken as none",
        at: reader.position(element)))
    return nil
  }

  /// What nobody took, each named by a finding.
  func others() -> [PlanElement] {
    rest.map { child in
      // The full name of a component says what the file's name says.
      if child.name != "fullName" {
        reader.add(
          MetadataFindings.unknown(child.name, in: element.name, at: reader.position(child)))
      }
      return PlanElement(child)
    }
  }
}

extension PlanElement {
  fileprivate init(_ element: MetadataElement) {
    self.init(
      name: element.name, text: element.children.isEmpty ? element.text : "",
      children: element.children.map { PlanElement($0) }, type: element.type,
      namespace: element.namespace == MetadataMarkup.namespace ? nil : element.namespace)
  }
}

/// Without white space at both ends.
private func trimmed(_ text: String) -> String {
  var text = Substring(text)
  while text.first?.isWhitespace == true { text.removeFirst() }
  while text.last?.isWhitespace == true { text.removeLast() }
  return String(text)
}
