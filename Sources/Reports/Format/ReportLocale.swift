/// A language and the way it writes numbers and dates.
public enum ReportLocale: String, CaseIterable, Hashable, Sendable {
  case enUS = "en_US"

  /// The tag of HTML and XML, such as `en-US`.
  public var languageTag: String {
    switch self {
    case .enUS: "en-US"
    }
  }

  /// Names of the months, three letters each.
  var shortMonths: [String] {
    switch self {
    case .enUS:
      ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    }
  }

  /// What stands for "no value".
  var undefined: String { "–" }

  /// The sign of a currency, nil where amounts carry its code.
  func symbol(_ currency: String) -> String? {
    switch currency {
    case "USD": "$"
    case "EUR": "€"
    case "GBP": "£"
    case "JPY": "¥"
    case "INR": "₹"
    case "KRW": "₩"
    default: nil
    }
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
