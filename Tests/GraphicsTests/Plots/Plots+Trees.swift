import Graphics

extension Plots {
  @Sendable static func foldLines(_ count: Int, _ cents: Int128) -> [String] {
    ["+\(count) \(count == 1 ? "subsidiary" : "subsidiaries")", money(Double(cents) / 100)]
  }

  static func tree(
    _ name: String, _ nodes: [TreeDiagram.Node], _ direction: TreeLayout.Direction,
    maximum: Int = 40
  ) -> [Plot] {
    let chart = try? TreeDiagram(
      heading: ChartHeading(
        takeaway: "Three territories share this family.", title: "Acme and its subsidiaries",
        subtitle: "Won in FY27, US dollars; own value, and with everything below"),
      nodes: nodes, direction: direction, maximum: maximum, foldLines: foldLines,
      otherGroups: { "\($0) other territories" })
    return chart.map { [Plot("\(name)-\(direction.rawValue)", $0)] } ?? []
  }

  static func node(
    _ parent: Int?, _ name: String, _ country: String, _ dollars: Int64, _ group: String?
  ) -> TreeDiagram.Node {
    .init(
      parent: parent, lines: [name, country, money(Double(dollars))], value: dollars * 100,
      group: group)
  }

  static let family: [TreeDiagram.Node] = [
    node(nil, "Acme Holdings Inc.", "United States · J. Smith", 120_000, "West"),
    node(0, "Acme Deutschland GmbH", "Germany · A. Müller", 410_000, "DACH"),
    node(0, "Acme Japan 株式会社", "Japan · 田中", 96_000, "APAC"),
    node(
      1, "Acme Bayern Vertriebsgesellschaft für Maschinenbau mbH & Co. KG", "Germany", 12_500,
      "DACH"),
    node(1, "Acme Österreich", "Austria", 0, "DACH"),
    node(3, "Acme München", "Germany", 3_000, nil),
    node(2, "Acme Osaka", "Japan", 41_000, "APAC"),
    node(0, "شركة أكمي العربية", "Saudi Arabia", 77_000, "West"),
    .init(
      parent: 0, lines: ["+3 accounts elsewhere", "$55 k"], value: 5_500_000, isPlaceholder: true),
  ]

  static func randomTree(_ count: Int, seed: UInt64, groups: Int) -> [TreeDiagram.Node] {
    var numbers = Numbers(seed: seed)
    return (0..<count).map { index in
      let value = Int64(numbers.next() * numbers.next() * numbers.next() * 1e6)
      return node(
        index == 0 ? nil : numbers.next(below: max(1, min(index, 1 + index / 3))),
        names[index % names.count] + " \(index)", "Country \(index % 30)", value,
        index % 9 == 8 ? nil : "Territory \(numbers.next(below: groups) + 1)")
    }
  }

  static let chain: [TreeDiagram.Node] = (0..<8).map { index in
    node(index == 0 ? nil : index - 1, "Level \(index)", "", 10, "A")
  }

  static let wide: [TreeDiagram.Node] = (0..<13).map { index in
    node(index == 0 ? nil : 0, "Child \(index)", "France", 10, "Territory \(index)")
  }

  static let trees: [Plot] = [TreeLayout.Direction.horizontal, .vertical].flatMap { direction in
    var plots = tree("tree-family", family, direction)
    plots += tree("tree-one", Array(family.prefix(1)), direction)
    plots += tree("tree-folded", randomTree(400, seed: 4, groups: 12), direction)
    plots += tree("tree-chain", chain, direction)
    plots += tree("tree-wide", wide, direction)
    return plots
  }
}
