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
    let noun = found.map.dimension.noun
    return ["\(found.unknown) \(noun(found.unknown)) not on the map"]
  }
}
