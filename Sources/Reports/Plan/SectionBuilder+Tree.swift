import Graphics
import Metrics
import Records

extension SectionBuilder {
  /// A family as a drawing and as indented rows.
  func tree(
    _ definition: ReportDefinition.Tree, _ family: FamilyTree,
    section: ReportDefinition.Section, index: Int
  ) -> ReportDocument.Tree {
    let takeaway = treeTakeaway(family)
    // The first keeps the name it has alone.
    let number = index == 0 ? "" : "-\(index + 1)"
    return ReportDocument.Tree(
      id: section.id + "-tree" + number,
      title: "Accounts with their own and, where others stand below them, rolled-up won amount; "
        + "all time, \(format.currency); colour shows the territory",
      takeaway: takeaway, picture: picture(definition, family, takeaway, section),
      nodes: nodes(family, section, number))
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

  private func picture(
    _ definition: ReportDefinition.Tree, _ family: FamilyTree,
    _ takeaway: ReportDocument.Prose, _ section: ReportDefinition.Section
  ) -> ReportDocument.Picture? {
    let document = TreeDocument(family, in: context)
    func drawn(_ heading: ChartHeading) -> TreeDiagram? {
      var diagram = try? document.diagram(maximum: definition.boxes, heading: heading)
      diagram?.boxWidth = 190
      return diagram
    }
    let spoken = drawn(ChartHeading(takeaway: takeaway.plain, title: section.title))
    // A tree of an engine has one root; without a drawing its rows still say everything.
    guard let spoken, let bare = drawn(ChartHeading(title: "")) else { return nil }
    return drawing.picture(of: spoken, without: bare)
  }

  private func nodes(
    _ family: FamilyTree, _ section: ReportDefinition.Section, _ number: String
  ) -> ReportDocument.Table {
    var levels: [Int] = []
    let rows = family.nodes.map { node in
      let level = node.parent.map { levels[$0] + 1 } ?? 0
      levels.append(level)
      return ReportDocument.Row(
        [
          ReportDocument.Cell(
            format.text(node.shownName(format)),
            link: node.isElsewhere ? nil : context.link(node.id),
            id: node.isElsewhere ? nil : node.id),
          ReportDocument.Cell(format.text(node.country)),
          ReportDocument.Cell(format.text(node.owner)),
          ReportDocument.Cell(format.text(node.territories.joined(separator: ", "))),
          ReportDocument.Cell(format.money(node.own.wonAmount)),
          ReportDocument.Cell(format.money(node.rolledUp.wonAmount)),
          ReportDocument.Cell(format.money(node.rolledUp.openAmount)),
        ], level: level)
    }
    return ReportDocument.Table(
      id: section.id + "-nodes" + number, title: section.title,
      columns: [
        ReportDocument.Column(key: "account", title: format.words[.account], isRowHeader: true),
        ReportDocument.Column(key: "country", title: format.words[.country]),
        ReportDocument.Column(key: "owner", title: format.words[.owner]),
        ReportDocument.Column(key: "territories", title: format.words[.territories]),
        ReportDocument.Column(key: "won_amount_own", title: format.words[.wonOwn], alignment: .end),
        ReportDocument.Column(
          key: "won_amount", title: format.words[.wonRolledUp], alignment: .end),
        ReportDocument.Column(
          key: "open_amount", title: format.words[.openRolledUp], alignment: .end),
      ], rows: rows, whyEmpty: "")
  }
}
