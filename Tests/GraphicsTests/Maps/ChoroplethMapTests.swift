import Testing

@testable import Graphics

@Suite("Maps of regions") struct ChoroplethMapTests {
  private static let measurer = FixedWidthMeasurer()

  private func chart(_ name: String) throws -> ChoroplethMap {
    try #require(Plots.maps.first { $0.name == name }?.chart as? ChoroplethMap)
  }

  private func scene(_ chart: ChoroplethMap, width: Double = 800) -> Scene {
    chart.scene(width: width, theme: .light, measurer: Self.measurer)
  }

  /// The lines below the plot as one text each note.
  private func note(_ lead: String, _ scene: Scene) -> String? {
    let lines = scene.texts.map(\.text)
    guard let start = lines.firstIndex(where: { $0.hasPrefix(lead) }) else { return nil }
    let end = lines[start...].firstIndex { $0.hasSuffix(".") } ?? start
    return lines[start...end].joined(separator: " ")
  }

  /// How many things a note stands for: those that it lists, and those that it counts.
  private func count(_ note: String?, _ lead: String) -> Int {
    guard let note else { return 0 }
    return note.dropFirst(lead.count).dropLast().split(separator: ", ").reduce(0) { sum, item in
      let words = item.split(separator: " ")
      return sum + (words.first == "and" ? Int(words[1]) ?? 0 : 1)
    }
  }

  @Test(
    "Every region with a number is named on the map or below it, with its number",
    arguments: ["map-world", "map-europe", "map-60", "map-all", "map-states-all", "map-outlier"],
    [360.0, 800])
  func nothingIsLost(_ name: String, _ width: Double) throws {
    let chart = try chart(name)
    let scene = scene(chart, width: width)
    let lead = "Not written on the map: "
    let note = note(lead, scene)
    let texts = scene.texts.map(\.text)
    let onMap = Set(chart.outline.regions.map(\.code))
    let regions = chart.ranked.filter { onMap.contains($0.code) }
    let written = regions.filter { region in
      let (name, value) = (chart.name(region.code), region.value.text)
      return texts.contains("\(name) \(value)")
        || (texts.contains(value) && (texts.contains(name) || texts.contains(region.code)))
    }
    // Two regions of one number could be taken for each other, hence at least.
    #expect(written.count + count(note, lead) >= regions.count)
    #expect(count(note, lead) <= regions.count)
  }

  @Test("Numbers outside the map are named with their sum, and said to who cannot see it")
  func elsewhere() throws {
    let chart = try chart("map-world")
    #expect(
      note("Not on the map: ", scene(chart))
        == "Not on the map: (none) $210 k, Atlantis $3 k; together $213 k.")
    #expect(
      chart.textAlternative.hasSuffix(
        "Not on the map: (none) $210 k, Atlantis $3 k; together $213 k."))
    #expect(
      chart.textAlternative.contains("United States: $3.79 M; Canada: $1.33 M; China: $590 k"))
    #expect(chart.textAlternative.contains("; and 31 more"))
  }

  @Test("Where no region has a number, a sentence stands in place of the map")
  func nothing() throws {
    for name in ["map-all-nil", "map-nowhere"] {
      let scene = scene(try chart(name))
      #expect(scene.texts.contains { $0.text == "No region on the map has a number." })
      #expect(!scene.marks.contains { if case .path = $0 { true } else { false } })
    }
  }

  @Test("The map shows the part of the world where there are numbers")
  func zoom() throws {
    func width(_ code: String, _ name: String) throws -> Double {
      let chart = try chart(name)
      let fill = ColourClasses(
        chart.ranked.compactMap(\.value.number), theme: .light)(
          chart.regions.first { $0.code == code }?.value.number ?? 0)?.colour
      let paths = scene(chart).marks.compactMap { mark -> Rect? in
        guard case .path(let path) = mark, path.fill == fill else { return nil }
        return Rect(
          around: path.elements.compactMap {
            switch $0 {
            case .move(let point), .line(let point): point
            default: nil
            }
          })
      }
      return paths.map(\.width).max() ?? 0
    }
    #expect(try width("FR", "map-europe") > 100)
    #expect(try width("DE", "map-one") > 100)
  }

  @Test("Regions without a number are hatched and named; the key says what that means")
  func hatched() throws {
    let scene = scene(try chart("map-europe"))
    #expect(
      scene.marks.contains { if case .path(let path) = $0 { path.hatch != nil } else { false } })
    let texts = scene.texts.map(\.text)
    #expect(texts.contains("nothing won"))
    #expect(texts.contains("Ukraine") && texts.contains("Finland"))
    // Portugal's zero is a number.
    #expect(texts.contains("$0"))
    #expect(note("Also hatched: ", scene) != nil)
  }

  @Test("Each territory has a colour of its own; those beyond the palette are counted")
  func groups() throws {
    let chart = try chart("map-territories")
    let texts = scene(chart).texts.map(\.text)
    for area in Plots.salesAreas { #expect(texts.contains(area)) }
    var many = chart
    many.regions = chart.regions.enumerated().map {
      .init($1.code, $1.value, group: "Territory \($0 + 1)")
    }
    many.colouring = .groups(many.regions.compactMap(\.group))
    let shown = scene(many).texts.map(\.text)
    #expect(shown.contains("\(many.regions.count - 7) more"))
    #expect(many.textAlternative.contains("Austria: $4.5 M, Territory 1"))
  }
}
