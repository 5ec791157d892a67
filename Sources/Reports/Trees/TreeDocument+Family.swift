import Graphics
import Metrics
import Records

extension FamilyTree {
  /// The amount of which a drawing shows the sums.
  public enum Measure: String, Sendable, CaseIterable {
    case won = "won_amount"
    case open = "open_amount"

    var title: String { self == .won ? "Won" : "Open" }
    var words: String { self == .won ? "won amount, all time" : "open amount" }

    func amount(_ figures: Figures) -> Int128 {
      self == .won ? figures.wonAmount : figures.openAmount
    }
  }
}

extension TreeDocument {
  /// A family with its figures and territories.
  ///
  /// - Parameters:
  ///   - family: the family, under the model whose territories are shown.
  ///   - measure: the amount whose sums are shown.
  ///   - before: the same family under the model that held before; where the territories of an
  ///     account differ, its box says so.
  ///   - models: the names of the two models, the earlier first.
  ///   - context: what all documents of a run have in common.
  public init(
    _ family: FamilyTree, measure: FamilyTree.Measure = .won, before: FamilyTree? = nil,
    models: (before: String, after: String)? = nil, in context: ReportContext
  ) {
    let format = context.formatter
    let marks = before.map { TreeDocument.changes(from: $0, to: family) { "was \($0)" } } ?? []
    self.init(family, measure: measure, marks: marks, in: context)
    guard before != nil, let models else { return }
    let count = marks.count { $0 != nil }
    takeaway =
      count == 0
      ? "No account of the family changes its territories."
      : "\(format.count(Int128(count)).text) of \(format.count(Int128(family.accounts)).text) "
        + "accounts \(count == 1 ? "changes its" : "change their") territories; "
        + "their boxes have a thick border and say what was."
    facts.append(
      ReportDocument.Fact(
        key: "models", label: "Territories",
        value: format.text("\(models.after); changes from \(models.before) are marked")))
  }

  private init(
    _ family: FamilyTree, measure: FamilyTree.Measure, marks: [String?],
    in context: ReportContext
  ) {
    let format = context.formatter
    nodes = family.nodes.enumerated().map { index, node in
      Node(
        parent: node.parent, name: CleanText.unmarked(node.shownName(format)),
        link: node.isElsewhere ? nil : context.link(node.id),
        details: [node.country, node.owner].map { $0.map(CleanText.unmarked) },
        groups: node.territories.map(CleanText.unmarked),
        own: [measure.amount(node.own)], rolledUp: [measure.amount(node.rolledUp)],
        mark: marks.indices.contains(index) ? marks[index] : nil,
        isPlaceholder: node.isElsewhere)
    }
    measures = [.money(measure.title)]
    headings = ("Account", ["Country", "Owner"], "Territory")
    below = ("subsidiary", "subsidiaries")
    groupWords = ("territory", "territories")
    markWords = ("changes", "change")
    noGroup = context.model == nil ? nil : "no territory"
    formatter = format
    organisation = context.organisation
    asOf = context.asOf
    let root = family.nodes.first
    title =
      root.map { $0.isElsewhere ? "A family" : "Family of \(CleanText.unmarked($0.name))" }
      ?? "A family"
    takeaway = TreeDocument.takeaway(family, context)
    // ISO 4217's code for "no currency" says nothing to a reader.
    let currency = format.currency == "XXX" ? "" : ", \(format.currency)"
    legend =
      "Each account's own \(measure.words)\(currency); “in all” with everything below it"
      + (context.model == nil ? "" : "; colour shows the territory")
    facts = [
      ReportDocument.Fact(
        key: "value-field", label: "Value of a deal", value: format.text(context.valueField)),
      ReportDocument.Fact(key: "made-by", label: "Made by", value: format.text(context.run)),
    ]
  }

  /// How large the family is, what it is worth, and whether territories share it.
  private static func takeaway(_ family: FamilyTree, _ context: ReportContext) -> String {
    let format = context.formatter
    let accounts = Int128(family.accounts)
    let count = "\(format.count(accounts).text) \(accounts == 1 ? "account" : "accounts")"
    let amounts =
      "\(format.shortMoney(family.total.wonAmount).text) won of all time, "
      + "\(format.shortMoney(family.total.openAmount).text) open"
    let territories = Set(family.nodes.flatMap(\.territories))
    let who: String
    switch (context.model == nil, territories.count) {
    case (true, _): who = ""
    case (false, 0): who = "; it is in no territory"
    case (false, 1): who = "; it is in one territory"
    case (false, let count): who = "; \(count) territories share it"
    }
    return "\(count): \(amounts)\(who)."
  }

  /// For each account whose territories differ what they are in the other tree; nil for all others.
  ///
  /// - Parameters:
  ///   - other: the same family under another model.
  ///   - family: the family whose accounts are marked.
  ///   - words: what a mark says, from the territories under the other model.
  /// - Returns: a mark a node.
  static func changes(
    from other: FamilyTree, to family: FamilyTree, words: (String) -> String
  ) -> [String?] {
    let others = Dictionary(
      other.nodes.filter { !$0.isElsewhere }.map { ($0.id, $0.territories) },
      uniquingKeysWith: { first, _ in first })
    return family.nodes.map { node in
      guard !node.isElsewhere, let territories = others[node.id],
        Set(territories) != Set(node.territories)
      else { return nil }
      return words(
        territories.isEmpty
          ? "no territory" : territories.map(CleanText.unmarked).joined(separator: ", "))
    }
  }

  /// A family before and after a change of models, box for box in the same places.
  ///
  /// - Parameters:
  ///   - before: the family under the earlier model.
  ///   - after: the family under the later one.
  ///   - models: the names of the two models.
  ///   - measure: the amount whose sums are shown.
  ///   - direction: which way both grow.
  ///   - maximum: the most boxes of each; nil: one for each node.
  ///   - context: what all documents of a run have in common.
  ///   - heading: what stands over the pair; nil: takeaway, title and legend.
  /// - Returns: the pair; nil where the two are not the same accounts.
  /// - Throws: `TreeError` unless the nodes are one tree.
  public static func pair(
    before: FamilyTree, after: FamilyTree, models: (before: String, after: String),
    measure: FamilyTree.Measure, direction: TreeLayout.Direction, maximum: Int?,
    in context: ReportContext, heading: ChartHeading? = nil
  ) throws(TreeError) -> TreePair? {
    var left = TreeDocument(
      before, measure: measure, marks: changes(from: after, to: before) { "will be \($0)" },
      in: context)
    let right = TreeDocument(
      after, measure: measure, before: before, models: models, in: context)
    left.takeaway = right.takeaway
    left.legend += "; boxes with a thick border change"
    return TreePair(
      before: try left.diagram(direction: direction, maximum: maximum, heading: heading),
      after: try right.diagram(direction: direction, maximum: maximum, heading: heading),
      titles: ("Before: \(models.before)", "After: \(models.after)"))
  }
}

extension FamilyTree.Node {
  /// What the node is called: its name, its Id where it has none, or how many it stands for.
  func shownName(_ format: ValueFormatter) -> String {
    guard isElsewhere else { return name.isEmpty ? id : name }
    guard accounts > 0 else { return "+ deals elsewhere" }
    return "+\(format.count(Int128(accounts)).text) "
      + (accounts == 1 ? "account elsewhere" : "accounts elsewhere")
  }
}
