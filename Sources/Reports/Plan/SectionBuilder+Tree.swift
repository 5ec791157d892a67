import Graphics
import Metrics
import Records

extension SectionBuilder {
  /// A family as a drawing and as indented rows.
  func tree(
    _ definition: ReportDefinition.Tree, _ family: FamilyTree,
    section: ReportDefinition.Section
  ) throws(GraphicsError) -> ReportDocument.Tree {
    let takeaway = treeTakeaway(family)
    return ReportDocument.Tree(
      id: section.id + "-tree",
      title: "Accounts with their own and, where others stand below them, rolled-up won amount; "
        + "all time, \(format.currency); colour shows the territory",
      takeaway: takeaway, picture: try picture(definition, family, takeaway, section),
      nodes: nodes(family, section))
  }

  private func treeTakeaway(_ family: FamilyTree) -> ReportDocument.Prose {
    let count = format.count(Int128(family.accounts))
    let won = format.shortMoney(family.total.wonAmount)
    let open = format.shortMoney(family.total.openAmount)
    guard let root = family.nodes.first, !root.isElsewhere else {
      return """
        A family of \(count) accounts whose top stands outside this edition: \
        \(won) won, \(open) open.
        """
    }
    let name = ReportDocument.Name(root.name, link: context.link(root.id))
    return "\(name) with its \(count) accounts: \(won) won of all time, \(open) open."
  }

  private func nodeName(_ node: FamilyTree.Node) -> String {
    guard node.isElsewhere else { return node.name.isEmpty ? node.id : node.name }
    guard node.accounts > 0 else { return "+ deals elsewhere" }
    return "+\(format.count(Int128(node.accounts)).text) "
      + (node.accounts == 1 ? "account elsewhere" : "accounts elsewhere")
  }

  private func picture(
    _ definition: ReportDefinition.Tree, _ family: FamilyTree,
    _ takeaway: ReportDocument.Prose, _ section: ReportDefinition.Section
  ) throws(GraphicsError) -> ReportDocument.Picture? {
    let format = self.format
    var hasChildren = [Bool](repeating: false, count: family.nodes.count)
    for node in family.nodes { if let parent = node.parent { hasChildren[parent] = true } }
    let boxes = family.nodes.enumerated().map { index, node in
      let own = format.shortMoney(node.own.wonAmount).text
      let amount =
        hasChildren[index]
        ? "\(own) · \(format.shortMoney(node.rolledUp.wonAmount).text) in all" : own
      let who = [node.country, node.owner].compactMap { $0 }.map(CleanText.unmarked)
        .joined(separator: " · ")
      return TreeDiagram.Node(
        parent: node.parent,
        lines: [CleanText.unmarked(nodeName(node))] + (who.isEmpty ? [] : [who]) + [amount],
        value: Int64(clamping: node.own.wonAmount),
        group: node.isElsewhere ? nil : node.territories.first.map(CleanText.unmarked),
        isPlaceholder: node.isElsewhere)
    }
    func drawn(_ heading: ChartHeading) -> TreeDiagram? {
      try? TreeDiagram(
        heading: heading, nodes: boxes, maximum: definition.boxes, boxWidth: 190,
        foldLines: { count, sum in
          [
            "+\(format.count(Int128(count)).text) " + (count == 1 ? "subsidiary" : "subsidiaries"),
            format.shortMoney(sum).text,
          ]
        }, otherGroups: { "\($0) more \($0 == 1 ? "territory" : "territories")" })
    }
    let spoken = drawn(ChartHeading(takeaway: takeaway.plain, title: section.title))
    // A tree of an engine has one root; without a drawing its rows still say everything.
    guard let spoken, let bare = drawn(ChartHeading(title: "")) else { return nil }
    return try drawing.picture(of: spoken, without: bare)
  }

  private func nodes(
    _ family: FamilyTree, _ section: ReportDefinition.Section
  ) -> ReportDocument.Table {
    var levels: [Int] = []
    let rows = family.nodes.map { node in
      let level = node.parent.map { levels[$0] + 1 } ?? 0
      levels.append(level)
      return ReportDocument.Row(
        [
          ReportDocument.Cell(
            format.text(nodeName(node)), link: node.isElsewhere ? nil : context.link(node.id)),
          ReportDocument.Cell(format.text(node.country)),
          ReportDocument.Cell(format.text(node.owner)),
          ReportDocument.Cell(format.text(node.territories.joined(separator: ", "))),
          ReportDocument.Cell(format.money(node.own.wonAmount)),
          ReportDocument.Cell(format.money(node.rolledUp.wonAmount)),
          ReportDocument.Cell(format.money(node.rolledUp.openAmount)),
        ], level: level)
    }
    return ReportDocument.Table(
      id: section.id + "-nodes", title: section.title,
      columns: [
        ReportDocument.Column(key: "account", title: "Account", isRowHeader: true),
        ReportDocument.Column(key: "country", title: "Country"),
        ReportDocument.Column(key: "owner", title: "Owner"),
        ReportDocument.Column(key: "territories", title: "Territories"),
        ReportDocument.Column(key: "won_amount_own", title: "Won, own", alignment: .end),
        ReportDocument.Column(key: "won_amount", title: "Won, rolled up", alignment: .end),
        ReportDocument.Column(key: "open_amount", title: "Open, rolled up", alignment: .end),
      ], rows: rows, whyEmpty: "")
  }
}
