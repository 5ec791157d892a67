import Graphics
import Records

/// A tree of records with their figures, ready for every way in which it can be written: the
/// accounts of a family, or the territories of a model.
///
/// Grain: one node per account or territory, and at most one for all accounts outside the scope.
public struct TreeDocument: Sendable {
  /// A figure of every node.
  public struct Measure: Sendable {
    /// What it is, as the heading of a column.
    public var title: String
    /// Whether it is an amount of 1/10,000 units, else a number of things.
    public var isMoney: Bool
    /// What counts of it are called, one and several; empty for money.
    public var things: (one: String, several: String)

    /// An amount of money.
    static func money(_ title: String) -> Measure {
      Measure(title: title, isMoney: true, things: ("", ""))
    }

    /// A number of things.
    static func count(_ title: String, one: String, several: String) -> Measure {
      Measure(title: title, isMoney: false, things: (one, several))
    }
  }

  /// An account or a territory.
  public struct Node: Sendable {
    /// Index of the node above; nil for the root.
    public var parent: Int?
    /// What it is called, without marks that turn the direction of writing.
    public var name: String
    /// Its page in the CRM.
    public var link: RecordLink?
    /// One text for each of the document's details, such as country and owner; nil where unknown.
    public var details: [String?]
    /// What its colour shows: the names of its territories, or its type; the first is drawn.
    public var groups: [String]
    /// Each measure of the node itself.
    public var own: [Int128]
    /// Each measure of the node with all below it.
    public var rolledUp: [Int128]
    /// What is special about it, such as "was West".
    public var mark: String?
    /// Whether it stands for what is elsewhere.
    public var isPlaceholder: Bool
  }

  /// Whose tree it is.
  public var organisation: String
  /// The day whose knowledge the figures show.
  public var asOf: Day
  /// What the tree is about, for headings and running heads.
  public var title: String
  /// What it says, as a sentence.
  public var takeaway: String
  /// What figures and colours mean.
  public var legend: String
  /// Further facts, such as the as-of date.
  public var facts: [ReportDocument.Fact]
  /// The nodes, each after the one above it.
  public var nodes: [Node]
  /// The measures, the one that decides what is folded first.
  public var measures: [Measure]
  /// Headings of the nodes, of their details and of what colours show.
  public var headings: (node: String, details: [String], groups: String)
  /// What nodes below another are called, one and several.
  public var below: (one: String, several: String)
  /// What groups are called, one and several.
  public var groupWords: (one: String, several: String)
  /// What is said of marked nodes that are folded away, of one and of several.
  public var markWords: (one: String, several: String)
  /// What a node without a group says; nil: nothing.
  public var noGroup: String?
  /// How figures are written.
  public var formatter: ValueFormatter
}

extension TreeDocument {
  /// A measure as people read it: in short in boxes, else in full.
  func text(_ amount: Int128, _ measure: Measure, isShort: Bool) -> String {
    guard measure.isMoney else {
      let number = formatter.count(amount).text
      return isShort
        ? "\(number) \(amount == 1 ? measure.things.one : measure.things.several)" : number
    }
    return isShort ? formatter.shortMoney(amount).text : formatter.money(amount).text
  }

  /// Its own figure and, where others stand below it, that of all together.
  func line(_ measure: Int, of node: Node, hasChildren: Bool) -> String {
    let own = text(node.own[measure], measures[measure], isShort: true)
    guard hasChildren else { return own }
    let all =
      measures[measure].isMoney
      ? text(node.rolledUp[measure], measures[measure], isShort: true)
      : formatter.count(node.rolledUp[measure]).text
    return "\(own) · \(all) in all"
  }

  /// Which nodes have others below them.
  var hasChildren: [Bool] {
    var hasChildren = [Bool](repeating: false, count: nodes.count)
    for node in nodes { if let parent = node.parent { hasChildren[parent] = true } }
    return hasChildren
  }

  /// What a number of folded nodes is called.
  func folded(_ count: Int) -> String {
    "+\(formatter.count(Int128(count)).text) \(count == 1 ? below.one : below.several)"
  }

  /// The groups of a node in one line; nil where there is nothing to say.
  func groupLine(_ node: Node) -> String? {
    if !node.groups.isEmpty { return node.groups.joined(separator: ", ") }
    return node.isPlaceholder ? nil : noGroup
  }

  /// The tree as a drawing.
  ///
  /// - Parameters:
  ///   - direction: which way it grows.
  ///   - maximum: the most boxes; nil: one for each node.
  ///   - heading: what stands over it; nil: takeaway, title and legend.
  /// - Returns: the drawing.
  /// - Throws: `TreeError` unless the nodes are one tree.
  public func diagram(
    direction: TreeLayout.Direction = .horizontal, maximum: Int? = nil,
    heading: ChartHeading? = nil
  ) throws(TreeError) -> TreeDiagram {
    let hasChildren = hasChildren
    let boxes = nodes.enumerated().map { index, node in
      let details = node.details.compactMap { $0 }.joined(separator: " · ")
      let figures = measures.indices.map { line($0, of: node, hasChildren: hasChildren[index]) }
      return TreeDiagram.Node(
        parent: node.parent,
        lines: [node.name] + [details, groupLine(node) ?? ""].filter { !$0.isEmpty } + figures,
        value: Int64(clamping: node.own.first ?? 0), group: node.groups.first,
        isPlaceholder: node.isPlaceholder, mark: node.mark)
    }
    let document = self
    return try TreeDiagram(
      heading: heading ?? ChartHeading(takeaway: takeaway, title: title, subtitle: legend),
      nodes: boxes, direction: direction, maximum: maximum ?? max(2, nodes.count),
      foldLines: { count, sum in
        let words = document.folded(count)
        guard let measure = document.measures.first else { return [words] }
        return [words, document.text(sum, measure, isShort: true)]
      }, foldMark: { document.markedWords($0) },
      otherGroups: { count in
        "\(count) more \(count == 1 ? document.groupWords.one : document.groupWords.several)"
      })
  }

  /// What is said of marked nodes that are folded away.
  func markedWords(_ count: Int) -> String {
    "\(formatter.count(Int128(count)).text) of them "
      + (count == 1 ? markWords.one : markWords.several)
  }
}
