import Graphics

extension ReportDocument {
  /// A number that a reader should see first.
  public struct KeyFigure: Hashable, Sendable {
    public let label: String
    public let value: Shown
    public var change: Change?
    /// What stands beside it, such as a quota or the number of cases.
    public var note: Prose?
    /// The definition, by its id.
    public let definition: String?

    public init(
      label: String, value: Shown, change: Change? = nil, note: Prose? = nil,
      definition: String? = nil
    ) {
      self.label = CleanText.of(label)
      self.value = value
      self.change = change
      self.note = note
      self.definition = definition.map(CleanText.of)
    }
  }

  /// How a figure moved.
  public struct Change: Hashable, Sendable {
    /// Which way.
    public enum Direction: String, Hashable, Sendable {
      case up
      case down
      case flat
    }

    /// The difference with its sign.
    public let value: Shown
    public let direction: Direction
    /// Whether a higher figure is good; nil where it is neither.
    public let moreIsBetter: Bool?
    /// What the figure is compared with.
    public let against: String

    public init(value: Shown, direction: Direction, moreIsBetter: Bool?, against: String) {
      self.value = value
      self.direction = direction
      self.moreIsBetter = moreIsBetter
      self.against = CleanText.of(against)
    }

    /// `good`, `bad` or `neutral`.
    public var tone: String {
      guard let moreIsBetter, direction != .flat else { return "neutral" }
      return (direction == .up) == moreIsBetter ? "good" : "bad"
    }
  }

  /// A picture laid out in two colourings; each writer draws the one it can show.
  public struct Picture: Equatable, Sendable {
    /// Dark on white.
    public let light: Scene
    /// Light on near black, of the same size.
    public let dark: Scene
    /// What a reader who cannot see it is told.
    public let alternative: String

    /// Width in CSS pixels.
    public var width: Int { Int(light.width.rounded(.up)) }
    /// Height in CSS pixels.
    public var height: Int { Int(light.height.rounded(.up)) }

    public init(light: Scene, dark: Scene, alternative: String) {
      self.light = light
      self.dark = dark
      self.alternative = CleanText.of(alternative)
    }
  }

  /// A chart with its message and its data.
  public struct Chart: Equatable, Sendable {
    public let id: String
    /// What is shown, with unit and period.
    public let title: String
    public let takeaway: Prose
    public let picture: Picture
    public let data: Table

    public init(id: String, title: String, takeaway: Prose, picture: Picture, data: Table) {
      self.id = CleanText.of(id)
      self.title = CleanText.of(title)
      self.takeaway = takeaway
      self.picture = picture
      self.data = data
    }
  }

  /// A tree of records, drawn and as indented rows.
  public struct Tree: Equatable, Sendable {
    public let id: String
    public let title: String
    public let takeaway: Prose
    /// The drawing, nil where the rows say it all.
    public let picture: Picture?
    /// The nodes in preorder, each at its level.
    public let nodes: Table

    public init(id: String, title: String, takeaway: Prose, picture: Picture?, nodes: Table) {
      self.id = CleanText.of(id)
      self.title = CleanText.of(title)
      self.takeaway = takeaway
      self.picture = picture
      self.nodes = nodes
    }
  }
}
