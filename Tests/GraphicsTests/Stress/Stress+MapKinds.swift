import Graphics

/// Kinds of charts on a map.
extension Stress {
  // A map lists what it cannot write and counts the rest: `ChoroplethMapTests` holds the counts. The
  // map of the world differs in its outline alone, which takes far longer to lay out.
  static let mapKinds: [Kind] = [kind("map of states", Plots.states)].compactMap { $0 }

  private static func kind(_ name: String, _ atlas: Plots.Atlas?) -> Kind? {
    guard let atlas else { return nil }
    let codes = atlas.outline.regions.sorted { ($1.area, $0.code) < ($0.area, $1.code) }.map(\.code)
    return Kind(name, saysWhatIsCut: false) { items in
      ChoroplethMap(
        heading: ChartHeading(title: "Won deals by region", subtitle: "US dollars"),
        outline: atlas.outline,
        names: atlas.names.merging(
          zip(codes, items.map(\.label)), uniquingKeysWith: { $1 }),
        regions: zip(codes, items).map { .init($0, $1.value) },
        elsewhere: .init(
          items.dropFirst(codes.count).map { .init($0.label, [$0.value]) }, sum: ""),
        words: .init(measure: "Won", noData: "nothing won"), format: Plots.money)
    }
  }
}
