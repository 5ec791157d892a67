import Metrics
import Records

/// What a takeaway is made from: the exact figures of one chart, and what may be said of them.
///
/// Grain: one member per bar or point. Whether figures add up, and to what, decides which
/// sentences can be true, so it is stated here and never guessed from the numbers.
public struct TakeawayFacts: Sendable {
  /// One bar or point.
  public struct Member: Sendable {
    /// What a member is.
    public enum Kind: Hashable, Sendable {
      case named
      /// What a limit cut, standing for so many members; it is in every total and is never named.
      case rest(Int)
    }

    public var name: ReportDocument.Name
    /// The figure; nil where it is not known, which is not zero.
    public var value: Ratio?
    /// The same figure of the period compared with.
    public var earlier: Ratio?
    public var target: Ratio?
    /// Over how many cases a rate or mean is taken; nil where that is not known.
    public var cases: Int128?
    public var kind: Kind

    public init(
      _ name: ReportDocument.Name, _ value: Ratio?, earlier: Ratio? = nil, target: Ratio? = nil,
      cases: Int128? = nil, kind: Kind = .named
    ) {
      self.name = name
      self.value = value
      self.earlier = earlier
      self.target = target
      self.cases = cases
      self.kind = kind
    }
  }

  /// The member that all others are parts of, where a chart shows it among them.
  public struct Subject: Sendable {
    public var name: ReportDocument.Name
    public var value: Ratio
    public var target: Ratio

    public init(_ name: ReportDocument.Name, _ value: Ratio, target: Ratio) {
      self.name = name
      self.value = value
      self.target = target
    }
  }

  /// What the members are to each other.
  public enum Axis: Hashable, Sendable {
    /// Things of one kind, in any order.
    case members
    /// Spans of time in their order, so many to a year; the last may be in progress.
    case spans(inYear: Int?, lastIsToDate: Bool)
  }

  /// What the chart is about, where several true sentences can be said.
  public enum Emphasis: Hashable, Sendable {
    /// Who has most.
    case largest
    /// How figures are distributed: where the middle lies.
    case distribution
    /// How unevenly a whole is held.
    case inequality
    /// How much of the first is left in the last.
    case passage
  }

  public var members: [Member]
  public var axis: Axis
  public var noun: Noun
  public var unit: Unit
  /// Whether each record stands in exactly one member, so that the members sum to the whole.
  public var adds: Bool
  /// Whether a figure is a level, as rates, means and medians are, and no quantity.
  public var isLevel: Bool
  /// The figure of the whole; nil: the sum of the members where they add up.
  public var whole: Ratio?
  public var wholeEarlier: Ratio?
  /// What the earlier figures are of, such as "the first 293 days of FY2026".
  public var against: String?
  /// What the figures are of, such as "FY2027 to date".
  public var present: String?
  /// Whether the two periods may be held against each other: neither has days still to come, or
  /// both end after as many days.
  public var isComparable = true
  /// What the target is called in a sentence, such as "quota".
  public var targetWord = "target"
  public var subject: Subject?
  /// Of what all figures are, where they are not of everything asked, such as "In Q3 FY2027".
  public var lead: String?
  public var emphasis = Emphasis.largest
  /// Whether no member within a `rest` is larger than any named one.
  public var restIsSmallest = true

  public init(
    _ members: [Member], axis: Axis = .members, noun: Noun, unit: Unit, adds: Bool,
    isLevel: Bool = false, whole: Ratio? = nil
  ) {
    self.members = members
    self.axis = axis
    self.noun = noun
    self.unit = unit
    self.adds = adds
    self.isLevel = isLevel
    self.whole = whole
  }
}

/// What one and several members of a chart are called.
public struct Noun: Hashable, Sendable {
  public let one: String
  public let many: String

  public init(_ one: String, _ many: String) {
    self.one = one
    self.many = many
  }

  /// The word for a number of them.
  public func callAsFunction(_ count: Int) -> String { count == 1 ? one : many }
}

extension Dimension {
  /// What its members are called in a sentence.
  var noun: Noun {
    switch self {
    case .territory, .territorySubtree, .territoryAtClose: Noun("territory", "territories")
    case .owner, .ownerAtClose: Noun("owner", "owners")
    case .ownerSubtree: Noun("manager", "managers")
    case .family: Noun("family", "families")
    case .account: Noun("account", "accounts")
    case .segment: Noun("segment", "segments")
    case .country: Noun("country", "countries")
    case .state: Noun("state", "states")
    case .industry: Noun("industry", "industries")
    case .type: Noun("type", "types")
    case .leadSource: Noun("lead source", "lead sources")
    case .lossReason: Noun("loss reason", "loss reasons")
    case .stage: Noun("stage", "stages")
    case .forecastCategory: Noun("forecast category", "forecast categories")
    case .dealClass: Noun("class", "classes")
    case .dealBand: Noun("deal band", "deal bands")
    case .product: Noun("product", "products")
    case .productFamily: Noun("product family", "product families")
    case .day: Noun("day", "days")
    case .week: Noun("week", "weeks")
    case .month: Noun("month", "months")
    case .fiscalQuarter: Noun("fiscal quarter", "fiscal quarters")
    case .fiscalYear: Noun("fiscal year", "fiscal years")
    }
  }

  /// How many of its spans make a year, where a whole number does.
  var spansInYear: Int? {
    switch self {
    case .month: 12
    case .fiscalQuarter: 4
    case .fiscalYear: 1
    default: nil
    }
  }
}
