/// A territory model as its files describe it: territories, their rules and types, before any record
/// of an export is held against it.
///
/// Grain: one value a model. Lists are in the order of developer names, by bytes; territories of an
/// export in that of Ids. Texts are kept as written, with what is not interpreted, so that the files
/// can be written again.
public struct TerritoryPlan: Hashable, Sendable {
  /// The name by which the CRM's own files call the model.
  public var developerName: String
  public var name: String
  public var description: String?
  /// Planning, Active, Archived or another; nil where the files do not say, as is usual.
  public var state: String?
  public var territories: [Territory]
  public var rules: [Rule]
  /// The types of the organisation, which models share.
  public var types: [TerritoryType]
  /// Elements of the model's file that are kept but not interpreted.
  public var others: [PlanElement]
  /// The model's file, or its folder where it has none.
  public var at: SourcePosition?

  public init(
    developerName: String, name: String, description: String? = nil, state: String? = nil,
    territories: [Territory] = [], rules: [Rule] = [], types: [TerritoryType] = [],
    others: [PlanElement] = [], at: SourcePosition? = nil
  ) {
    self.developerName = developerName
    self.name = name
    self.description = description
    self.state = state
    self.territories = territories
    self.rules = rules
    self.types = types
    self.others = others
    self.at = at
  }

  /// A territory of a model.
  public struct Territory: Hashable, Sendable {
    /// Unique in its model; by it a territory outlives models.
    public var developerName: String
    public var name: String
    public var description: String?
    /// Developer name of the territory above; nil at the top.
    public var parent: String?
    /// Developer name of its type.
    public var type: String?
    public var rules: [RuleAssociation] = []
    /// What the territory's users may do with records, kept as written: element and level.
    public var accessLevels: [AccessLevel] = []
    public var customFields: [CustomField] = []
    public var others: [PlanElement] = []
    public var at: SourcePosition?

    public init(developerName: String, name: String) {
      self.developerName = developerName
      self.name = name
    }
  }

  /// That a rule decides about a territory's accounts.
  public struct RuleAssociation: Hashable, Sendable {
    /// Developer name of the rule.
    public var rule: String
    /// Whether it applies to the territories below as well.
    public var isInherited: Bool
    public var others: [PlanElement] = []

    public init(rule: String, isInherited: Bool) {
      self.rule = rule
      self.isInherited = isInherited
    }
  }

  /// A level of access such as `Read`, under the name of its element such as `accountAccessLevel`.
  public struct AccessLevel: Hashable, Sendable {
    public var name: String
    public var level: String

    public init(name: String, level: String) {
      self.name = name
      self.level = level
    }
  }

  /// A value of a field that the organisation added to territories.
  public struct CustomField: Hashable, Sendable {
    public var name: String
    /// nil where the field is empty.
    public var value: String?
    /// The value's type as written, such as `xsd:string`.
    public var type: String?
    public var others: [PlanElement] = []

    public init(name: String, value: String?, type: String?) {
      self.name = name
      self.value = value
      self.type = type
    }
  }

  /// A kind of territory, which says whose deals are whose.
  public struct TerritoryType: Hashable, Sendable {
    public var developerName: String
    public var name: String
    /// A deal of an account in several territories goes to the one with the biggest.
    public var priority: Int?
    public var description: String?
    public var others: [PlanElement] = []
    public var at: SourcePosition?

    public init(developerName: String, name: String, priority: Int?) {
      self.developerName = developerName
      self.name = name
      self.priority = priority
    }
  }
}

/// A part of a file that is kept as it stands, because nothing here interprets it.
public struct PlanElement: Hashable, Sendable {
  public var name: String
  /// The text of an element without children.
  public var text: String
  public var children: [PlanElement]
  /// The type of its value as written, such as `xsd:string`; other attributes are not kept.
  public var type: String?
  /// nil for the namespace of metadata.
  public var namespace: String?

  public init(
    name: String, text: String, children: [PlanElement] = [], type: String? = nil,
    namespace: String? = nil
  ) {
    self.name = name
    self.text = text
    self.children = children
    self.type = type
    self.namespace = namespace
  }
}

extension TerritoryPlan {
  /// Developer names match without regard to case, as in the CRM.
  public static func matches(_ left: String, _ right: String) -> Bool {
    left == right || left.lowercased() == right.lowercased()
  }

  /// The parent of each territory as an index of `territories`, -1 where it has none that is known.
  ///
  /// Cycles are not cut: `Forest` does that.
  public var parents: [Int32] {
    let indexes = Dictionary(
      territories.enumerated().map { ($1.developerName.lowercased(), Int32($0)) },
      uniquingKeysWith: { first, _ in first })
    return territories.map { $0.parent.flatMap { indexes[$0.lowercased()] } ?? -1 }
  }
}
