/// Regions coloured by their number, or by the group that holds them.
///
/// Area says nothing about a number, so that numbers stand as text in the regions that have room,
/// the largest number first, and the others in a line below. The map shows the part of its outline
/// where there are numbers. Regions without a number are hatched; numbers without a region are
/// named below with their sum, so that all of them add up to the total.
public struct ChoroplethMap: Chart {
  /// A region with its number.
  public struct Region: Sendable, Equatable {
    /// The code by which the outline knows it.
    public var code: String
    /// The number that colours it, or the number of the group that holds it.
    public var value: ChartValue
    /// Which group holds it, in a map of groups.
    public var group: String?

    /// A region by its code, its number and, in a map of groups, its group.
    public init(_ code: String, _ value: ChartValue, group: String? = nil) {
      self.code = code
      self.value = value
      self.group = group
    }
  }

  /// Numbers that lie in no region of the outline.
  public struct Elsewhere: Sendable, Equatable {
    /// What each is called, with its number.
    public var items: [BarChart.Item]
    /// Their sum as text; empty where they have none.
    public var sum: String

    /// Numbers outside the outline and their sum.
    public init(_ items: [BarChart.Item], sum: String) {
      self.items = items
      self.sum = sum
    }
  }

  /// What colours mean.
  public enum Colouring: Sendable, Equatable {
    /// Classes of the numbers.
    case numbers
    /// The groups in the order given, each with a colour.
    case groups([String])
  }

  /// The sentences of a map.
  public struct Words: Sendable, Equatable {
    /// What colours show, before the key, such as "Won amount, US dollars"; empty for none.
    public var measure: String
    /// What a hatched region is, such as "no accounts".
    public var noData: String
    /// The sentence shown where no region has a number.
    public var empty: String

    /// Words for a measure.
    public init(
      measure: String = "", noData: String = "no data",
      empty: String = "No region on the map has a number."
    ) {
      self.measure = measure
      self.noData = noData
      self.empty = empty
    }
  }

  /// Takeaway, title and subtitle.
  public var heading: ChartHeading
  /// Where regions lie.
  public var outline: MapOutline
  /// What regions are called, by code.
  public var names: [String: String]
  /// Regions with their numbers, each code once.
  public var regions: [Region]
  /// Numbers without a region of the outline.
  public var elsewhere: Elsewhere
  /// What colours mean.
  public var colouring: Colouring
  /// The sentences of the map.
  public var words: Words
  /// Turns a limit between classes into text.
  public var format: @Sendable (Double) -> String

  /// A map of an outline.
  ///
  /// Codes that the outline does not have are treated as `elsewhere` without a sum; whoever knows
  /// them gives them there.
  public init(
    heading: ChartHeading, outline: MapOutline, names: [String: String], regions: [Region],
    elsewhere: Elsewhere = Elsewhere([], sum: ""), colouring: Colouring = .numbers,
    words: Words = Words(), format: @escaping @Sendable (Double) -> String
  ) {
    self.heading = heading
    self.outline = outline
    self.names = names
    self.regions = regions
    self.elsewhere = elsewhere
    self.colouring = colouring
    self.words = words
    self.format = format
  }

  /// The heading, the twelve largest regions, and what is not on the map.
  public var textAlternative: String {
    let ranked = ranked
    guard !ranked.isEmpty || !elsewhere.items.isEmpty else {
      return heading.spoken + " " + ChartHeading.sentence(words.empty)
    }
    let parts = ranked.prefix(12).map { region in
      let text = "\(name(region.code)): \(region.value.text)"
      return region.group.map { "\(text), \($0)" } ?? text
    }
    let more = ranked.count > 12 ? "; and \(ranked.count - 12) more" : ""
    let sentences = [
      parts.isEmpty ? words.empty : parts.joined(separator: "; ") + more,
      elsewhereNote?.text(6) ?? "",
    ]
    return ([heading.spoken] + sentences.filter { !$0.isEmpty }.map(ChartHeading.sentence))
      .joined(separator: " ")
  }

  /// What a region is called.
  func name(_ code: String) -> String { names[code] ?? code }

  /// The regions that have a number or a group, the largest first.
  var ranked: [Region] {
    regions.filter { $0.value.number != nil || $0.group != nil }.sorted {
      let (a, b) = (abs($0.value.number ?? 0), abs($1.value.number ?? 0))
      return (b, $0.code) < (a, $1.code)
    }
  }

  /// Which numbers are in no region, and their sum.
  var elsewhereNote: MapNote? {
    let placed = Set(outline.regions.map(\.code))
    let unplaced = ranked.filter { !placed.contains($0.code) }.map {
      BarChart.Item(name($0.code), [$0.value])
    }
    let items = elsewhere.items + unplaced
    guard !items.isEmpty else { return nil }
    return MapNote(
      "Not on the map: ", items.map { "\($0.label) \($0.values.first?.text ?? "–")" },
      end: items.count > 1 && !elsewhere.sum.isEmpty ? "; together \(elsewhere.sum)" : "")
  }
}
