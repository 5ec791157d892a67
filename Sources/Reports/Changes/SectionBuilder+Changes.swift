import Graphics
import Metrics
import Records
import Territories

extension SectionBuilder {
  /// What a name in braces stands for among the figures of the change; nil where it is not known.
  func changeWord(_ name: String) -> ReportDocument.Prose? {
    guard let change = answers.change else { return nil }
    if name == ReportDefinition.readerName {
      return ReaderWords(part: change.part, format: format).sentence
    }
    guard let column = change.figures[name] else { return nil }
    if column.unit == .text {
      return column.text(0).map { ReportDocument.Prose(runs: [.name(ReportDocument.Name($0))]) }
    }
    let shown = format.shown(column, 0, isShort: true)
    return shown.strength == .undefined ? nil : ReportDocument.Prose(runs: [.value(shown)])
  }

  /// A figure of the change, beside what it is compared with.
  func changeFigure(_ figure: ReportDefinition.Figure) -> ReportDocument.KeyFigure {
    let figures = answers.change?.figures
    guard let column = figures?[figure.metric] else {
      return ReportDocument.KeyFigure(
        label: figure.label ?? figure.metric, value: format.undefined(.number))
    }
    var change: ReportDocument.Change?
    if let from = figure.changeFrom.flatMap({ figures?[$0] })?.value(0), let to = column.value(0),
      from.isDefined, to.isDefined, from.numerator != 0
    {
      let better = figure.moreIsBetter
      let against = "on today"
      change =
        column.unit(0) == .money
        ? format.change(from: from, to: to, against: against, moreIsBetter: better)
        : format.countChange(from: from, to: to, against: against, moreIsBetter: better)
    }
    return ReportDocument.KeyFigure(
      label: figure.label ?? column.title, value: format.shown(column, 0, isShort: true),
      change: change, note: figure.note?.filled(common),
      definition: column.definition.isEmpty ? nil : column.name)
  }

  /// Families before and after, each with a drawing and its accounts as rows.
  func families(
    _ definition: ReportDefinition.ChangedFamilies, section: ReportDefinition.Section
  ) -> [ReportDocument.Block] {
    guard let change = answers.change else { return [] }
    let names = (
      before: change.part.book.whole.from.model.plan.name,
      after: change.part.book.whole.to.model.plan.name
    )
    return change.families.prefix(definition.limit).enumerated().map { index, move in
      .tree(tree(move, index + 1, names, definition, section))
    }
  }

  private func tree(
    _ move: FamilyMove, _ number: Int, _ names: (before: String, after: String),
    _ definition: ReportDefinition.ChangedFamilies, _ section: ReportDefinition.Section
  ) -> ReportDocument.Tree {
    let root = move.after.nodes.first { !$0.isElsewhere }
    let name = ReportDocument.Name(root?.name ?? "", link: context.link(root?.id))
    let moving = format.count(Int128(move.moving))
    let all = format.count(Int128(move.after.accounts))
    let verb = move.moving == 1 ? "changes" : "change"
    let isTop = move.after.nodes.first?.isElsewhere == false
    let takeaway: ReportDocument.Prose =
      isTop
      ? "\(name): of \(all) accounts of the family, \(moving) \(words: verb) hands."
      : "A family whose top is elsewhere, with \(name): of \(all) accounts, \(moving) \(words: verb) hands."
    func drawn(_ heading: ChartHeading) -> TreePair? {
      guard
        var pair = try? TreeDocument.pair(
          before: move.before, after: move.after, models: names, measure: .open,
          direction: .horizontal, maximum: definition.boxes, in: context, heading: heading)
      else { return nil }
      pair.narrow(to: 150)
      return pair
    }
    let spoken = drawn(ChartHeading(takeaway: takeaway.plain, title: section.title))
    let bare = drawn(ChartHeading(title: ""))
    var picture: ReportDocument.Picture?
    if let spoken, let bare { picture = drawing.picture(of: spoken, without: bare) }
    return ReportDocument.Tree(
      id: "\(section.id)-\(number)",
      title: "Open pipeline of each account, \(format.currency); colour shows the territory; boxes "
        + "with a thick border change",
      takeaway: takeaway, picture: picture, nodes: nodes(move, "\(section.id)-\(number)", section))
  }

  private func nodes(
    _ move: FamilyMove, _ id: String, _ section: ReportDefinition.Section
  ) -> ReportDocument.Table {
    var levels: [Int] = []
    let rows = zip(move.before.nodes, move.after.nodes).map { before, after in
      levels.append(after.parent.map { levels[$0] + 1 } ?? 0)
      func listed(_ names: [String]) -> Shown {
        format.text(after.isElsewhere ? nil : names.joined(separator: ", "))
      }
      let changes = before.territories != after.territories || before.owner != after.owner
      return ReportDocument.Row(
        [
          ReportDocument.Cell(
            format.text(after.shownName(format)),
            link: after.isElsewhere ? nil : context.link(after.id),
            id: after.isElsewhere ? nil : after.id),
          ReportDocument.Cell(
            listed(before.territories)),
          ReportDocument.Cell(
            listed(after.territories), mark: changes && !after.isElsewhere ? "changes" : nil),
          ReportDocument.Cell(format.text(before.owner)),
          ReportDocument.Cell(format.text(after.owner)),
          ReportDocument.Cell(format.money(after.own.openAmount)),
        ], level: levels.last ?? 0)
    }
    return ReportDocument.Table(
      id: id + "-nodes", title: section.title,
      columns: [
        ReportDocument.Column(key: "account", title: "Account", isRowHeader: true),
        ReportDocument.Column(key: "territories_before", title: "Territories before"),
        ReportDocument.Column(key: "territories_after", title: "Territories after"),
        ReportDocument.Column(key: "owner_before", title: "Owner before"),
        ReportDocument.Column(key: "owner_after", title: "Owner after"),
        ReportDocument.Column(key: "open_amount", title: "Open, own", alignment: .end),
      ], rows: rows, whyEmpty: "")
  }

  /// Both models, each as a drawing with its territories as rows.
  func models(_ section: ReportDefinition.Section) -> [ReportDocument.Block] {
    guard let models = answers.change?.models else { return [] }
    return [("before", models.before), ("after", models.after)].map { key, document in
      .tree(model(document, "\(section.id)-\(key)", section))
    }
  }

  private func model(
    _ document: TreeDocument, _ id: String, _ section: ReportDefinition.Section
  ) -> ReportDocument.Tree {
    func drawn(_ heading: ChartHeading) -> TreeDiagram? {
      var diagram = try? document.diagram(maximum: 60, heading: heading)
      diagram?.boxWidth = 190
      return diagram
    }
    let spoken = drawn(ChartHeading(takeaway: document.takeaway, title: document.title))
    let bare = drawn(ChartHeading(title: ""))
    var picture: ReportDocument.Picture?
    if let spoken, let bare { picture = drawing.picture(of: spoken, without: bare) }
    var levels: [Int] = []
    let rows = document.nodes.map { node in
      levels.append(node.parent.map { levels[$0] + 1 } ?? 0)
      return ReportDocument.Row(
        [
          ReportDocument.Cell(format.text(node.name), link: node.link, mark: node.mark),
          ReportDocument.Cell(format.text(node.details.first ?? nil)),
          ReportDocument.Cell(format.text(node.groups.first)),
          ReportDocument.Cell(format.count(node.own[1])),
          ReportDocument.Cell(format.money(node.own[0])),
          ReportDocument.Cell(format.money(node.rolledUp[0])),
        ], level: levels.last ?? 0)
    }
    return ReportDocument.Tree(
      id: id, title: "\(document.title): \(document.legend)",
      takeaway: ReportDocument.Prose(
        runs: [.name(ReportDocument.Name(document.title)), .words(": " + document.takeaway)]),
      picture: picture,
      nodes: ReportDocument.Table(
        id: id + "-nodes", title: section.title,
        columns: [
          ReportDocument.Column(key: "territory", title: "Territory", isRowHeader: true),
          ReportDocument.Column(key: "users", title: "Users"),
          ReportDocument.Column(key: "type", title: "Type"),
          ReportDocument.Column(key: "accounts", title: "Accounts", alignment: .end),
          ReportDocument.Column(key: "open_amount", title: "Open, own", alignment: .end),
          ReportDocument.Column(
            key: "open_rolled_up", title: "Open, with all below", alignment: .end),
        ], rows: rows, whyEmpty: ""))
  }
}

extension TreePair {
  /// Draws boxes of another width.
  mutating func narrow(to width: Double) {
    var (old, new) = (before, after)
    old.boxWidth = width
    new.boxWidth = width
    self = TreePair(before: old, after: new, titles: titles) ?? self
  }
}
