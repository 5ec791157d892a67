import Records

/// Standard table `rep-fit`.
///
/// Grain: one row per owner, deal band and segment with a booking closed in the trailing four
/// quarters. Figures are credited to the present owner; the median is of values above zero.
struct RepFitTable: StandardTableMaker {
  private static let metrics = ["won_count", "closed_count", "win_rate_count", "median_deal"]

  func queries(_ scope: Scope) -> [Query] {
    [
      Query(
        metrics: RepFitTable.metrics, by: [.owner, .dealBand, .segment],
        period: .trailingFourQuarters, scope: scope)
    ]
  }

  func table(_ answers: [Answer], _ engine: LocalEngine, _ scope: Scope) -> MetricTable {
    let answer = answers[0]
    let members = answer.space.dimensions.map(\.members)
    let closed = answer.amounts("closed_count")
    // Texts sort by bytes, whatever the order of bands.
    let ranks = members.enumerated().map { index, members in
      index == 0 ? members.ranks() : RepFitTable.ranks(of: (0..<members.count).map(members.name))
    }
    var places: [(place: Int, group: Int)] = []
    closed.forEachNonzero { group in
      let codes = answer.space.members(of: group)
      let place = codes.indices.reduce(0) { $0 * members[$1].count + Int(ranks[$1][codes[$1]]) }
      places.append((place, group))
    }
    places.sort { $0.place < $1.place }
    let groups = places.map(\.group)
    func texts(_ index: Int) -> [String?] {
      groups.map { members[index].name(answer.space.members(of: $0)[index]) }
    }
    var table = TableColumns(engine.catalogue)
    table.id("owner_id", "Owner Id", .user, owners(groups, answer, members[0]))
    table.text("band", "Deal band", texts(1))
    table.text("segment", "Segment", texts(2))
    for name in RepFitTable.metrics { table.metric(name, name, of: answer, at: groups) }
    return MetricTable(
      name: StandardTable.repFit.rawValue, grain: StandardTable.repFit.grain,
      columns: table.columns)
  }

  private func owners(_ groups: [Int], _ answer: Answer, _ members: Members) -> TextCells {
    let codes = groups.map { answer.space.members(of: $0)[0] }
    guard codes.contains(where: members.isRemainder) else {
      return members.ids(codes.map { Int32($0) })
    }
    return TextCells(codes.map { members.id($0) })
  }

  /// The place of each text in the order of their bytes.
  private static func ranks(of texts: [String]) -> [Int32] {
    var ranks = [Int32](repeating: 0, count: texts.count)
    let order = texts.indices.sorted {
      texts[$0].utf8.lexicographicallyPrecedes(texts[$1].utf8)
    }
    for (rank, index) in order.enumerated() { ranks[index] = Int32(rank) }
    return ranks
  }
}
