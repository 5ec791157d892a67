import Metrics
import Records

/// One edition to make: a scope with its name and its place among the others.
public struct EditionScope: Hashable, Sendable {
  public let kind: ReportDocument.Edition.Kind
  /// What every query of the edition is limited to.
  public let scope: Scope
  /// Id of the territory; empty for the company.
  public let id: String
  public let name: String
  /// Names and Ids of the scopes above, the outermost first.
  public let path: [Member]
  /// Names and Ids of the scopes directly below, by name.
  public let parts: [Member]
  /// Who answers for it: the manager's name, and why it goes to somebody else; nil: nobody is known.
  public var recipient: Recipient?

  /// To whom an edition goes.
  public struct Recipient: Hashable, Sendable {
    /// Id of the user.
    public let id: String
    public let name: String
    /// Such as "sent to you because Ann Lee, who manages EMEA, is away"; nil for the manager.
    public let because: String?
  }

  /// A territory by its Id and name.
  public struct Member: Hashable, Sendable {
    public let id: String
    public let name: String

    public init(id: String, name: String) {
      self.id = id
      self.name = name
    }
  }

  public init(
    kind: ReportDocument.Edition.Kind, scope: Scope, id: String, name: String,
    path: [Member] = [], parts: [Member] = []
  ) {
    self.kind = kind
    self.scope = scope
    self.id = id
    self.name = name
    self.path = path
    self.parts = parts
  }

  /// The edition of the whole company.
  public static func company(named name: String, model: TerritoryModel?) -> EditionScope {
    let roots = model.map { model in
      (0..<model.count).filter { model.forest.parents[$0] < 0 }
    }
    return EditionScope(
      kind: .company, scope: .company, id: "", name: name,
      parts: model.map { members(roots ?? [], of: $0) } ?? [])
  }

  /// The editions of all territories, each after the one above it, siblings by name.
  public static func territories(of model: TerritoryModel) -> [EditionScope] {
    var children: [[Int]] = Array(repeating: [], count: model.count)
    var stack: [Int] = []
    for index in 0..<model.count {
      let parent = Int(model.forest.parents[index])
      if parent < 0 { stack.append(index) } else { children[parent].append(index) }
    }
    func sorted(_ indices: [Int]) -> [Int] {
      indices.sorted { (model.names[$0], model.ids[$0]) < (model.names[$1], model.ids[$1]) }
    }
    stack = sorted(stack).reversed()
    var editions: [EditionScope] = []
    while let index = stack.popLast() {
      let below = sorted(children[index])
      var path: [Int] = []
      var above = Int(model.forest.parents[index])
      while above >= 0 {
        path.append(above)
        above = Int(model.forest.parents[above])
      }
      editions.append(
        EditionScope(
          kind: .territory, scope: .territory(index), id: model.ids[index],
          name: model.names[index],
          path: path.reversed().map { Member(id: model.ids[$0], name: model.names[$0]) },
          parts: members(below, of: model)))
      stack += below.reversed()
    }
    return editions
  }

  static func members(_ indices: [Int], of model: TerritoryModel) -> [Member] {
    indices.map { Member(id: model.ids[$0], name: model.names[$0]) }
      .sorted { ($0.name, $0.id) < ($1.name, $1.id) }
  }
}
