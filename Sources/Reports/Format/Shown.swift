/// A value with the one text in which every reader sees it.
///
/// Writers print `text` and hand `data` on; none of them formats anything, so they cannot disagree.
public struct Shown: Hashable, Sendable {
  /// What the value is.
  public enum Unit: Hashable, Sendable {
    case text
    case id
    /// An amount in a currency, by its code.
    case money(String)
    case count
    /// A quotient of like by like; 0.25 is a quarter.
    case rate
    /// Percent points: the difference of two rates.
    case points
    /// How many times one amount goes into another.
    case multiple
    case days
    case number
    case date

    /// The name of the unit in data formats.
    public var name: String {
      switch self {
      case .text: "text"
      case .id: "id"
      case .money: "money"
      case .count: "count"
      case .rate: "rate"
      case .points: "points"
      case .multiple: "multiple"
      case .days: "days"
      case .number: "number"
      case .date: "date"
      }
    }

    /// The code of the currency of an amount.
    public var currency: String? {
      if case .money(let code) = self { return code }
      return nil
    }

    /// Whether values are numbers, which are aligned at their right end.
    public var isNumeric: Bool {
      switch self {
      case .text, .id, .date: false
      default: true
      }
    }
  }

  /// How far a value can be relied on.
  public enum Strength: String, Hashable, Sendable {
    case normal
    /// A rate over fewer than five cases.
    case weak
    /// There is no value; the text says so.
    case undefined
  }

  /// What a reader sees.
  public let text: String
  /// The value as machines read it (METRICS §3), empty where undefined.
  public let data: String
  public let unit: Unit
  public let strength: Strength
  /// The value in full, where `text` is a short form of it.
  public let full: String?

  /// A value; control characters in its texts are replaced.
  public init(
    _ text: String, data: String, unit: Unit, strength: Strength = .normal, full: String? = nil
  ) {
    self.text = CleanText.of(text)
    self.data = CleanText.of(data)
    self.unit = unit
    self.strength = strength
    self.full = full.map(CleanText.of)
  }
}
