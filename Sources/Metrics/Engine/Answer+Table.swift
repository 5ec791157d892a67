import Records

extension Answer {
  /// The answer as a table: rows chosen, sorted, limited and named.
  ///
  /// - Throws: A column to sort by that the table does not have.
  func table(_ catalogue: MetricCatalogue) throws(FindingsError) -> MetricTable {
    let query = plan.query
    var groups = listedGroups
    try sort(&groups, catalogue)
    let total = groups.count
    let kept = query.limit.map { Array(groups.prefix($0)) } ?? groups
    let cut = Array(groups.dropFirst(kept.count))
    let showsRest = query.keepsRest && !cut.isEmpty && !query.by.isEmpty
    var columns: [MetricColumn] = []
    for (index, bound) in space.dimensions.enumerated() {
      columns += memberColumns(bound, index, kept, rest: showsRest)
    }
    for name in query.metrics {
      guard let metric = catalogue[name] else { continue }
      let all = values(name)
      var cells = kept.map { all($0) }
      if showsRest { cells.append(rest(name, of: cut)) }
      let behind = rowsBehind(name).map { rows in
        kept.map { rows[$0] } + (showsRest ? [cut.reduce(0) { $0 + rows[$1] }] : [])
      }
      columns.append(
        MetricColumn(
          name: name, title: metric.title, unit: metric.unit,
          cells: Cells(cells, unit: metric.unit), definition: metric.definition, n: behind))
    }
    let grain =
      query.by.isEmpty
      ? "the whole" : query.by.map { $0.title.lowercased() }.joined(separator: " × ")
    return MetricTable(name: query.name, grain: grain, columns: columns, totalRowCount: total)
  }

  private func memberColumns(
    _ bound: DimensionBinder.Bound, _ index: Int, _ groups: [Int], rest: Bool
  ) -> [MetricColumn] {
    let codes = groups.map { space.members(of: $0)[index] }
    let other: [String?] = rest ? [Remainder.other] : []
    let name = bound.dimension.rawValue
    var names = MetricColumn(
      name: name, title: bound.dimension.title, unit: .text,
      cells: .text(codes.map { bound.members.name($0) } + other))
    names.labels = bound.members.labels
    guard let entity = bound.dimension.entity else { return [names] }
    let ids = MetricColumn(
      name: name + "_id", title: bound.dimension.title + " Id", unit: .id(entity),
      cells: .text(codes.map { bound.members.id($0) } + other))
    return [ids, names]
  }

  /// Groups with a row; by one time dimension alone also the empty spans between or in the period.
  private var listedGroups: [Int] {
    if plan.query.by.isEmpty { return [0] }
    let present = presentGroups
    guard let bound = space.dimensions.first, space.dimensions.count == 1,
      bound.dimension.isTime
    else { return present }
    let none = Int(bound.members.unknown)
    let spans = present.filter { $0 != none }
    let range =
      plan.period == .always
      ? (spans.first ?? 0)..<(spans.last.map { $0 + 1 } ?? 0) : 0..<none
    return Array(range) + present.filter { $0 == none }
  }

  private func sort(_ groups: inout [Int], _ catalogue: MetricCatalogue) throws(FindingsError) {
    let ranks = space.dimensions.map { $0.members.ranking() }
    var keys: [(values: (Int) -> Ratio?, texts: [Int: String]?, descending: Bool)] = []
    for order in plan.query.order {
      if plan.query.metrics.contains(order.column) {
        keys.append((values(order.column), nil, order.descending))
      } else if let index = space.dimensions.firstIndex(where: {
        $0.dimension.rawValue == order.column || $0.dimension.rawValue + "_id" == order.column
      }) {
        let members = space.dimensions[index].members
        let byID = order.column.hasSuffix("_id")
        var texts: [Int: String] = [:]
        for group in groups {
          let code = space.members(of: group)[index]
          texts[group] = byID ? members.id(code) : members.name(code)
        }
        keys.append(({ _ in nil }, texts, order.descending))
      } else {
        throw FindingsError([
          Finding(
            code: "order-unknown", severity: .error,
            what: "the rows cannot be sorted by \"\(order.column)\", which is no column",
            done: "the query was not run",
            suggestion: Suggestion.sentence(
              for: order.column, in: plan.query.metrics + plan.query.by.map(\.rawValue),
              otherwise: "sort by a metric or dimension of the query"))
        ])
      }
    }
    groups.sort { left, right in
      for key in keys {
        let order =
          key.texts.map { compare($0[left] ?? "", $0[right] ?? "") }
          ?? (key.values(left) ?? .zero).compared(to: key.values(right) ?? .zero)
        if order != 0 { return key.descending ? order > 0 : order < 0 }
      }
      let (above, below) = (space.members(of: left), space.members(of: right))
      for index in ranks.indices where above[index] != below[index] {
        return ranks[index](above[index]) < ranks[index](below[index])
      }
      return left < right
    }
  }

  private func compare(_ left: String, _ right: String) -> Int {
    if left == right { return 0 }
    return left.utf8.lexicographicallyPrecedes(right.utf8) ? -1 : 1
  }
}

extension Ratio {
  /// How an undefined figure sorts.
  static let zero = Ratio(0, over: 1)
}
