/// A language and place, and the way they write numbers, dates and amounts.
///
/// All of it is data: a further locale is a further value below, and `ValueFormatter` has no
/// case for any of them. The forms are those of Unicode's CLDR, with a true minus sign and with
/// spaces that do not break.
public struct ReportLocale: Hashable, Sendable, RawRepresentable, CaseIterable {
  /// How a day is written.
  enum DayForm: Hashable, Sendable {
    /// `Nov 20, 2026`.
    case monthDayYear
    /// `20 Nov 2026`.
    case dayMonthYear
    /// `20.11.2026`, both numbers of two digits.
    case numeric(String)
  }

  /// The name in the configuration, such as `de_DE`.
  public let rawValue: String
  let decimal: String
  let group: String
  let dayForm: DayForm
  /// Names of the months in short.
  let shortMonths: [String]
  /// Whether the sign or code of a currency stands before the digits.
  let isCurrencyFirst: Bool
  /// What follows a number of percent.
  let percent: String
  /// What follows a difference of two rates, in percent points.
  let points: String
  /// Short names of a thousand, a million, a billion and a trillion (10³, 10⁶, 10⁹, 10¹²).
  let scales: [String]
  /// Signs of currencies where they differ from the common ones.
  let signs: [String: String]

  /// What stands for "no value".
  var undefined: String { "–" }

  /// The tag of HTML and XML, such as `en-US`.
  public var languageTag: String { rawValue.replacing("_", with: "-") }

  /// The language, by which its catalogue of words is called, such as `de`.
  public var language: String { String(rawValue.prefix { $0 != "_" }) }

  /// The sign of a currency, nil where amounts carry its code.
  func symbol(_ currency: String) -> String? { signs[currency] ?? Self.commonSigns[currency] }

  private static let commonSigns = [
    "USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹", "KRW": "₩",
  ]

  public static func == (left: ReportLocale, right: ReportLocale) -> Bool {
    left.rawValue == right.rawValue
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(rawValue) }
}

extension ReportLocale {
  /// English as in the United States.
  public static let enUS = ReportLocale(
    rawValue: "en_US", decimal: ".", group: ",", dayForm: .monthDayYear,
    shortMonths: [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ],
    isCurrencyFirst: true, percent: "%", points: "pts", scales: ["k", "M", "B", "T"], signs: [:])

  /// English as in the United Kingdom.
  public static let enGB = ReportLocale(
    rawValue: "en_GB", decimal: ".", group: ",", dayForm: .dayMonthYear,
    shortMonths: [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec",
    ],
    isCurrencyFirst: true, percent: "%", points: "pts", scales: ["k", "M", "bn", "tn"],
    signs: ["USD": "US$"])

  /// German as in Germany.
  public static let deDE = ReportLocale(
    rawValue: "de_DE", decimal: ",", group: ".", dayForm: .numeric("."),
    shortMonths: [
      "Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.",
      "Dez.",
    ],
    isCurrencyFirst: false, percent: "\u{A0}%", points: "Pp.",
    scales: ["Tsd.", "Mio.", "Mrd.", "Bio."], signs: [:])

  /// French as in France.
  public static let frFR = ReportLocale(
    rawValue: "fr_FR", decimal: ",", group: "\u{202F}", dayForm: .dayMonthYear,
    shortMonths: [
      "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.",
      "déc.",
    ],
    isCurrencyFirst: false, percent: "\u{202F}%", points: "pts", scales: ["k", "M", "Md", "Bn"],
    signs: ["USD": "$US", "GBP": "£GB"])

  public static let allCases: [ReportLocale] = [.deDE, .enGB, .enUS, .frFR]

  /// The locale of a name, nil where there is none.
  public init?(rawValue: String) {
    guard let known = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
    self = known
  }
}

/// Decimal places of currencies (ISO 4217).
public enum CurrencyPlaces {
  /// How many decimal places a currency has; 2 where the code is not known.
  public static func of(_ currency: String) -> Int {
    switch currency {
    case "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND",
      "VUV", "XAF", "XOF", "XPF":
      0
    case "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND": 3
    default: 2
    }
  }
}
