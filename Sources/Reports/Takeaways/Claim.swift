import Records

/// What a takeaway asserts, before it is put into words.
///
/// Every case is arithmetic over the facts; `TakeawayWords` says it in a language. A case that
/// counts says of how many, one that ranks has no second equal to it.
enum Claim {
  typealias Name = ReportDocument.Name

  /// A figure that a name has.
  struct Held {
    let name: Name
    let value: Ratio
  }

  /// Members that share the highest (or lowest) figure.
  struct Top {
    let names: [Name]
    let value: Ratio
    /// Members among which they are ranked.
    let count: Int
    /// Whether some have been left out because they rest on too few cases.
    let onlyStrong: Bool
  }

  /// Who made up a change.
  enum Movers {
    /// Their part of the whole change, at most all of it.
    case share([Name], Ratio)
    /// The one who moved most in the direction of the whole.
    case most(Name, Ratio)
  }

  case noneKnown(Int)
  case single(Held)
  case singleKnown(Held, of: Int)
  case allZero(Int)
  case allEqual(Int, Ratio)
  case weak(Int)
  /// The one of so many that rests on enough cases.
  case singleStrong(Held, of: Int)
  /// The subject against its target, and how many of its parts reached theirs.
  case subject(TakeawayFacts.Subject, Ratio, reached: Int, of: Int)
  /// How many reached their targets, and the largest gap.
  case reached(Int, of: Int, gap: Held?)
  case changed(Ratio, from: Ratio, Movers?)
  case unchanged(Ratio)
  case notComparable(now: Ratio, before: Ratio)
  case all(Held)
  case half(Held, of: Ratio, share: Ratio)
  case concentrated([Name], Int, of: Int, Ratio, whole: Ratio)
  case spread(Ratio, Ratio, Int)
  case most(Top, share: Ratio?, whole: Ratio?, ofShown: Int?)
  case below(Top, Int, of: Int, Ratio)
  case extremes(high: Top, low: Top?, whole: Ratio?)
  /// The lower median, the lowest and the highest.
  case middle(Ratio, low: Ratio, high: Ratio, of: Int)
  /// What the largest fifth holds, rounded up to whole members, and the Gini coefficient.
  case uneven(Int, of: Int, Ratio, whole: Ratio, gini: Ratio)
  case inARow(Int, rises: Bool, from: Held, to: Held)
  case record(Held, highest: Bool, of: Int, yearBefore: Held?)
  case yearBefore(Held, Held)
  case span(high: Held, low: Held, of: Int)
  indirect case toDate(Claim?, Held)
}
