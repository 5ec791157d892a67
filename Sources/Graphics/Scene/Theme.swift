/// How pictures look: colours, fonts and sizes.
///
/// Colours of text reach a contrast of 4.5 to 1 on `background` and `surface`, colours of marks
/// 3 to 1 on `background`; `grid` and `bands` are shading that carries no information alone.
/// Series colours are those of Okabe and Ito that reach it; good and bad differ in sign or shape
/// as well, since colour alone is lost to some readers.
public struct Theme: Sendable, Equatable {
  /// What the theme is called.
  public var name: String

  /// What everything is painted on.
  public var background: Colour
  /// The fill of boxes with text in them.
  public var surface: Colour
  /// Titles, labels and values.
  public var ink: Colour
  /// Subtitles, notes and axis labels.
  public var mutedInk: Colour
  /// Axes, leaders, the edges of trees.
  public var axis: Colour
  /// Lines at ticks.
  public var grid: Colour
  /// One colour a series, told apart under every common colour vision.
  public var series: [Colour]
  /// Further colours for groups, too pale or too near the others to stand without an outline.
  public var outlinedSeries: [Colour]
  /// Whatever belongs to no series: the remainder, lines beyond the palette.
  public var neutral: Colour
  /// The prior year, after IBCS lighter than the actual.
  public var prior: Colour
  /// A number that is good; the text beside it says so too.
  public var good: Colour
  /// A number that is bad; the text beside it says so too.
  public var bad: Colour
  /// Shading of the ranges of a bullet chart, worst first.
  public var bands: [Colour]
  /// Ordered magnitudes from none to most, as cells of a heat map and regions of a map.
  public var sequential: ColourRamp
  /// Magnitudes on both sides of zero: most negative, zero, most positive.
  public var diverging: ColourRamp

  /// Font families in the order in which they are tried.
  public var fontFamilies: [String]
  /// The sentence on top.
  public var takeaway: TextStyle
  /// The title below it.
  public var title: TextStyle
  /// Labels and values.
  public var label: TextStyle
  /// Subtitles, axis labels and notes.
  public var small: TextStyle
  /// The empty border of every picture, in points.
  public var margin: Double

  /// Dark on white, for pages, mail and print.
  public static let light = Theme(
    name: "light",
    background: Colour(0xFFFFFF), surface: Colour(0xF7F8FA), ink: Colour(0x1B1E23),
    mutedInk: Colour(0x565C66), axis: Colour(0x868C96), grid: Colour(0xE3E6EA),
    series: [Colour(0x0072B2), Colour(0xD55E00), Colour(0x009E73), Colour(0xCC79A7)],
    outlinedSeries: [Colour(0xE69F00), Colour(0x56B4E9), Colour(0xF0E442)],
    neutral: Colour(0x6F757F), prior: Colour(0x8F959F),
    good: Colour(0x0072B2), bad: Colour(0xD55E00),
    bands: [Colour(0xE0E4E8), Colour(0xEAEDF0), Colour(0xF3F5F7)],
    sequential: ColourRamp(from: Colour(0xE6F0F8), to: Colour(0x04395E)),
    diverging: ColourRamp(
      from: Colour(0x8A3A00), through: Colour(0xF0F1F3), to: Colour(0x004B78)))

  /// Light on near black, for screens set to a dark appearance.
  public static let dark = Theme(
    name: "dark",
    background: Colour(0x14171C), surface: Colour(0x1F232A), ink: Colour(0xECEEF1),
    mutedInk: Colour(0xAAB0BA), axis: Colour(0x7C838E), grid: Colour(0x2C313A),
    series: [Colour(0x56B4E9), Colour(0xF08A4B), Colour(0x20C7A3), Colour(0xF2BFDD)],
    outlinedSeries: [Colour(0x9A6A00), Colour(0x0072B2), Colour(0xF0E442)],
    neutral: Colour(0x8E95A0), prior: Colour(0x7E8590),
    good: Colour(0x56B4E9), bad: Colour(0xF08A4B),
    bands: [Colour(0x3A414C), Colour(0x2E343D), Colour(0x23282F)],
    sequential: ColourRamp(from: Colour(0x1B2B3A), to: Colour(0xA9DBFB)),
    diverging: ColourRamp(
      from: Colour(0xF7A878), through: Colour(0x2A2F37), to: Colour(0x8CCBF2)))

  /// Every font that DESIGN asks for: DejaVu Sans, then Noto Sans for the scripts it lacks.
  public static let defaultFontFamilies = ["DejaVu Sans", "Noto Sans"]

  /// A theme from its values.
  public init(
    name: String, background: Colour, surface: Colour, ink: Colour, mutedInk: Colour,
    axis: Colour, grid: Colour, series: [Colour], outlinedSeries: [Colour], neutral: Colour,
    prior: Colour, good: Colour,
    bad: Colour, bands: [Colour], sequential: ColourRamp, diverging: ColourRamp,
    fontFamilies: [String] = Theme.defaultFontFamilies,
    takeaway: TextStyle = TextStyle(15, .bold), title: TextStyle = TextStyle(12, .bold),
    label: TextStyle = TextStyle(12), small: TextStyle = TextStyle(11), margin: Double = 16
  ) {
    self.name = name
    self.background = background
    self.surface = surface
    self.ink = ink
    self.mutedInk = mutedInk
    self.axis = axis
    self.grid = grid
    self.series = series
    self.outlinedSeries = outlinedSeries
    self.neutral = neutral
    self.prior = prior
    self.good = good
    self.bad = bad
    self.bands = bands
    self.sequential = sequential
    self.diverging = diverging
    self.fontFamilies = fontFamilies
    self.takeaway = takeaway
    self.title = title
    self.label = label
    self.small = small
    self.margin = margin
  }

  /// The colour in which text reads best on a colour, with a contrast of 4.5 to 1 on any.
  public func ink(on ground: Colour) -> Colour {
    // Ink and paper where they do; of black and white one always does, and so ends the search.
    let candidates = [ink, background, Colour(0x000000), Colour(0xFFFFFF)]
    let contrasts = candidates.map { $0.contrast(with: ground) }
    return zip(candidates, contrasts).first { $1 >= 4.5 }?.0 ?? ink
  }

  /// The colour of a series by its place; beyond the palette everything is neutral.
  ///
  /// A palette that repeats would give two things one colour, so it does not.
  public func seriesColour(_ index: Int) -> Colour {
    series.indices.contains(index) ? series[index] : neutral
  }
}

/// The size and weight of a piece of text.
public struct TextStyle: Sendable, Hashable {
  /// How thick letters are.
  public enum Weight: String, Sendable, Hashable {
    case regular
    case bold
  }

  /// The em in points.
  public var size: Double
  /// How thick the letters are.
  public var weight: Weight

  /// A style by its size in points.
  public init(_ size: Double, _ weight: Weight = .regular) {
    self.size = size
    self.weight = weight
  }
}
