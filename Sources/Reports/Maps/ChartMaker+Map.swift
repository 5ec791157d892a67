import Graphics
import Metrics
import Records

extension ChartMaker {
  /// The map of an answer by country or state; nil where the program has no map of it.
  func map(_ grid: ChartGrid) -> ChoroplethMap? {
    guard let found = RegionGrid(grid, axis: axis, other: other, adds: adds) else { return nil }
    let isOfHolders = !found.holders.isEmpty
    return ChoroplethMap(
      heading: heading(grid.remarks + weakRemark(grid) + remarks(found)),
      outline: found.map.outline, names: found.map.regions.names,
      regions: found.placed.map { region in
        .init(region.code, value(region), group: region.holder)
      },
      elsewhere: ChoroplethMap.Elsewhere(
        found.unplaced.map { name, value in
          BarChart.Item(CleanText.unmarked(name), number(value), shown(value))
        }, sum: adds ? shown(Ratio.sum(found.unplaced.map(\.value))) : ""),
      colouring: isOfHolders ? .groups(found.holders) : .numbers,
      words: ChoroplethMap.Words(
        measure: isOfHolders ? "Colour: the territory that holds the most" : "",
        noData: adds ? "none" : "not known", empty: empty),
      format: tick)
  }

  private func value(_ region: RegionGrid.Placed) -> ChartValue {
    guard let value = region.value else { return ChartValue(nil, "") }
    let isWeak =
      unit == .rate && (region.cases ?? ValueFormatter.weakBelow) < ValueFormatter.weakBelow
    let whole = region.whole.map { " of " + shown($0) } ?? ""
    return ChartValue(number(value), shown(value) + (isWeak ? "*" : "") + whole)
  }

  private func shown(_ value: Ratio?) -> String {
    value.map { format.shown($0, unit, isShort: true).text } ?? format.locale.undefined
  }

  private func remarks(_ found: RegionGrid) -> [String] {
    guard found.unknown > 0 else { return [] }
    return [
      "\(found.unknown) \(found.unknown == 1 ? "spelling means" : "spellings mean") no known country"
    ]
  }
}

extension ChartGrid {
  /// The grid with the spellings of one region as one member, where their figures add up.
  ///
  /// A takeaway is then of regions, as the map beside it is.
  func joiningRegions(axis: Dimension?, other: Dimension?, adds: Bool) -> ChartGrid {
    guard adds else { return self }
    var grid = self
    for (dimension, isAxis) in [(axis, true), (other, false)] {
      let map =
        dimension == .country ? BuiltInMap.world : dimension == .state ? BuiltInMap.states : nil
      // States of other countries keep their names: Georgia is one of two.
      guard let map else { continue }
      if isAxis {
        grid = grid.joiningGroups(map.regions)
      } else {
        let noun = grid.noun
        grid = grid.transposed(noun: noun).joiningGroups(map.regions).transposed(noun: noun)
      }
    }
    return grid
  }

  private func joiningGroups(_ regions: RegionNames) -> ChartGrid {
    var indicesOf: [String: [Int]] = [:]
    var order: [String] = []
    for (index, group) in groups.enumerated() {
      let code = MemberRows.isRemainder(group.name) ? nil : regions.code(of: group.name)
      // A key that is no code keeps a member to itself.
      let key = code ?? "\(index)"
      if indicesOf[key] == nil { order.append(key) }
      indicesOf[key, default: []].append(index)
    }
    guard order.count < groups.count else { return self }
    var grid = picking(order.compactMap { indicesOf[$0]?.first })
    for (place, key) in order.enumerated() {
      guard let indices = indicesOf[key], indices.count > 1 else { continue }
      grid.groups[place].name = regions.names[key] ?? grid.groups[place].name
      for index in series.indices {
        grid.series[index].values[place] = Ratio.sum(indices.map { series[index].values[$0] })
        grid.series[index].cases[place] = nil
      }
    }
    return grid
  }
}
