import Metrics
import Records

// Which questions and answers have a map, and why the others do not.
extension RegionGrid {
  /// Why a question makes no map, nil where it does.
  static func misfit(_ shape: ChartShape) -> String? {
    let places = shape.by.filter { $0 == .country || $0 == .state }
    let others = shape.by.filter { !places.contains($0) }
    if places.isEmpty { return "it colours regions: slice by country, or by state" }
    guard shape.by.count < 3,
      others.isEmpty || others == [.territory] || others == [.territoryAtClose]
    else { return "beside country or state it tells territories apart, and nothing else" }
    if !others.isEmpty, !shape.adds {
      return "who holds the most is told by figures that add up, and "
        + "\(shape.metrics[0].name) does not: slice by \(places[0].rawValue) alone"
    }
    return nil
  }

  /// Why an answer has no place on a map, nil where it has one or holds nothing at all.
  static func misfit(_ grid: ChartGrid, _ shape: ChartShape) -> String? {
    guard !grid.groups.isEmpty else { return nil }
    guard let found = RegionGrid(grid, axis: shape.axis, other: shape.other, adds: shape.adds)
    else { return "this program was built without its maps" }
    if !found.placed.isEmpty { return nil }
    if found.namesNothing {
      let noun = found.map.dimension.noun
      return "no \(noun.one) is recorded, and without geography there is no map"
    }
    return found.map.dimension == .state
      ? "none of its states is one of the USA, whose states the map has: slice by country"
      : "none of its countries has a name that the map knows"
  }
}
