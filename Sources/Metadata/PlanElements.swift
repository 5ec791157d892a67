import Records

/// The parts of a plan as the elements of their files: the way back of `PlanReader`.
///
/// Elements stand in the order of their names, as in what the CRM itself writes, so that files
/// compare line by line; the items of a rule and other repeated ones keep their order.
enum PlanElements {
  static func model(_ plan: TerritoryPlan) -> MetadataElement {
    file(
      "Territory2Model",
      [leaf("name", plan.name)] + optional("description", plan.description)
        + optional("state", plan.state) + plan.others.map(element))
  }

  static func territory(_ territory: TerritoryPlan.Territory) -> MetadataElement {
    var children = [leaf("name", territory.name)]
    children += optional("description", territory.description)
    children += optional("parentTerritory", territory.parent)
    children += optional("territory2Type", territory.type)
    children += territory.accessLevels.map { leaf($0.name, $0.level) }
    children += territory.rules.map { association in
      group(
        "ruleAssociations",
        [
          leaf("inherited", association.isInherited ? "true" : "false"),
          leaf("ruleName", association.rule),
        ] + association.others.map(element))
    }
    children += territory.customFields.map { field in
      var value = leaf("value", field.value ?? "")
      value.type = field.type
      let hasValue = field.value != nil || field.type != nil
      return group(
        "customFields",
        [leaf("name", field.name)] + (hasValue ? [value] : []) + field.others.map(element))
    }
    return file("Territory2", children + territory.others.map(element))
  }

  static func rule(_ rule: TerritoryPlan.Rule) -> MetadataElement {
    var children = [
      leaf("active", rule.isActive ? "true" : "false"), leaf("name", rule.name),
      leaf("objectType", rule.objectType),
    ]
    children += optional("booleanFilter", rule.booleanFilter)
    children += rule.items.map { item in
      group(
        "ruleItems",
        [leaf("field", item.field), leaf("operation", item.operation)]
          + optional("value", item.value) + item.others.map(element))
    }
    return file("Territory2Rule", children + rule.others.map(element))
  }

  static func type(_ type: TerritoryPlan.TerritoryType) -> MetadataElement {
    file(
      "Territory2Type",
      [leaf("name", type.name)] + optional("priority", type.priority.map { String($0) })
        + optional("description", type.description) + type.others.map(element))
  }

  /// What a deployment or a retrieval holds: everything of each kind that is in the folder.
  static func package(version: String) -> MetadataElement {
    let kinds = ["Territory2", "Territory2Model", "Territory2Rule", "Territory2Type"]
    return file(
      "Package",
      kinds.map { group("types", [leaf("members", "*"), leaf("name", $0)]) }
        + [leaf("version", version)])
  }

  // MARK: Elements

  private static func file(_ name: String, _ children: [MetadataElement]) -> MetadataElement {
    group(name, children)
  }

  private static func group(_ name: String, _ children: [MetadataElement]) -> MetadataElement {
    let sorted = children.enumerated().sorted {
      ($0.element.name, $0.offset) < ($1.element.name, $1.offset)
    }.map(\.element)
    return MetadataElement(
      name: name, namespace: MetadataMarkup.namespace, type: nil, line: 0, children: sorted)
  }

  private static func leaf(_ name: String, _ text: String) -> MetadataElement {
    MetadataElement(
      name: name, namespace: MetadataMarkup.namespace, type: nil, line: 0, text: text)
  }

  private static func optional(_ name: String, _ text: String?) -> [MetadataElement] {
    text.map { [leaf(name, $0)] } ?? []
  }

  /// A part that was not interpreted, in the order in which its own parts stood.
  private static func element(_ kept: PlanElement) -> MetadataElement {
    MetadataElement(
      name: kept.name, namespace: kept.namespace ?? MetadataMarkup.namespace, type: kept.type,
      line: 0, text: kept.text, children: kept.children.map(element))
  }
}
