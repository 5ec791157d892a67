import Metrics
import Records

/// An answer by country or by state, its members found on a map.
struct RegionGrid {
  /// A figure that has a region.
  struct Placed {
    let code: String
    /// What the answer calls it.
    var name = ""
    let value: Ratio?
    /// The whole of the region, where the figure is that of its largest member alone.
    var whole: Ratio?
    /// The member of the other dimension that holds most of it.
    var holder: String?
    var cases: Int128?
  }

  /// The map that the question is about.
  let map: BuiltInMap
  /// Figures with a region, each code once, in the order of the answer.
  private(set) var placed: [Placed] = []
  /// Figures without one, by what the answer calls them.
  private(set) var unplaced: [(name: String, value: Ratio?)] = []
  /// Spellings of countries that are not known, those without any left aside.
  private(set) var unknown = 0
  /// Members of the other dimension that hold a region, the one with most first.
  private(set) var holders: [String] = []

  /// Finds the members of an answer on the map of its dimensions; nil where the map is missing.
  ///
  /// - Parameters:
  ///   - grid: the answer, nothing cut.
  ///   - axis: the dimension of its groups.
  ///   - other: the dimension of its series, if there is one.
  ///   - adds: whether figures of several members have a sum.
  init?(_ grid: ChartGrid, axis: Dimension?, other: Dimension?, adds: Bool) {
    let dimensions = [axis, other].compactMap { $0 }
    let ofStates = dimensions.contains(.state)
    guard let map = ofStates ? BuiltInMap.states : BuiltInMap.world else { return nil }
    self.map = map
    let place: Dimension = ofStates ? .state : .country
    let grid = axis == place ? grid : grid.transposed(noun: grid.noun)
    if dimensions.count < 2 {
      placeEach(grid, adds: adds)
    } else if dimensions.contains(.country), ofStates {
      placeStates(grid, adds: adds)
    } else {
      placeHolders(grid)
    }
  }

  /// Whether no member is a region that an export names, on this map or not.
  var namesNothing: Bool {
    placed.isEmpty && unplaced.allSatisfy { MemberRows.isRemainder($0.name) }
  }

  /// One figure a member.
  private mutating func placeEach(_ grid: ChartGrid, adds: Bool) {
    guard let series = grid.series.first else { return }
    for (index, group) in grid.groups.enumerated() {
      add(
        group.name, map.regions.code(of: group.name), series.values[index], series.cases[index],
        adds: adds)
    }
  }

  /// States as groups and countries as series: a state counts where its country is the map's, or is
  /// not known and the state is one of the map's.
  private mutating func placeStates(_ grid: ChartGrid, adds: Bool) {
    for series in grid.series {
      let country = BuiltInMap.world?.regions.code(of: series.name)
      let isOfMap =
        country == BuiltInMap.countryOfStates
        || (country == nil && MemberRows.isRemainder(series.name))
      var elsewhere: [Ratio?] = []
      for (index, group) in grid.groups.enumerated() {
        guard let value = series.values[index], value.numerator != 0 || !adds else { continue }
        if isOfMap, let code = map.regions.code(of: group.name) {
          add(group.name, code, value, series.cases[index], adds: adds)
        } else if country == BuiltInMap.countryOfStates {
          unplaced.append(("\(series.name), \(group.name)", value))
        } else if adds {
          elsewhere.append(value)
        } else {
          unplaced.append(("\(series.name), \(group.name)", value))
        }
      }
      if !elsewhere.isEmpty { unplaced.append((series.name, Ratio.sum(elsewhere))) }
    }
  }

  /// Regions as groups and territories as series: who holds most of each.
  private mutating func placeHolders(_ grid: ChartGrid) {
    var figures: [String: [String: Ratio]] = [:]
    var codes: [String] = []
    for (index, group) in grid.groups.enumerated() {
      guard let code = map.regions.code(of: group.name), !MemberRows.isRemainder(group.name) else {
        add(group.name, nil, grid.sum(ofGroup: index), nil, adds: true)
        continue
      }
      if figures[code] == nil { codes.append(code) }
      for series in grid.series {
        guard let value = series.values[index], value.numerator != 0 else { continue }
        let known = figures[code]?[series.name]
        figures[code, default: [:]][series.name] = Ratio.sum([known, value])
      }
    }
    let order = grid.series.map(\.name)
    var held: [String: [Ratio?]] = [:]
    for code in codes {
      let parts = order.compactMap { name in figures[code]?[name].map { (name, $0) } }
      // The first of equals, in the order of the answer.
      guard
        let most = parts.enumerated().max(by: {
          let order = $0.element.1.compared(to: $1.element.1)
          return order == 0 ? $0.offset > $1.offset : order < 0
        })?.element
      else { continue }
      held[most.0, default: []].append(most.1)
      placed.append(
        Placed(
          code: code, value: most.1,
          whole: parts.count > 1 ? Ratio.sum(parts.map(\.1)) : nil, holder: most.0))
    }
    let found = order.filter { held[$0] != nil }
    // What is in no territory needs a colour least.
    holders = found.filter { !MemberRows.isRemainder($0) } + found.filter(MemberRows.isRemainder)
  }

  /// Adds a figure; spellings of one region are added up, or where that has no meaning the one that
  /// rests on most cases stands and the others are named.
  private mutating func add(
    _ name: String, _ code: String?, _ value: Ratio?, _ cases: Int128?, adds: Bool
  ) {
    guard let code, !MemberRows.isRemainder(name) else {
      unplaced.append((name, value))
      if map.dimension == .country, !MemberRows.isRemainder(name) { unknown += 1 }
      return
    }
    let new = Placed(code: code, name: name, value: value, cases: cases)
    guard let index = placed.firstIndex(where: { $0.code == code }) else {
      placed.append(new)
      return
    }
    if adds {
      placed[index] = Placed(code: code, value: Ratio.sum([placed[index].value, value]))
      return
    }
    let known = placed[index]
    let isMore = (cases ?? 0) > (known.cases ?? 0)
    if isMore { placed[index] = new }
    let other = isMore ? known : new
    unplaced.append(("\(other.name) (another spelling)", other.value))
  }
}
