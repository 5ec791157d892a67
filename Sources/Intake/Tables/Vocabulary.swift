import Foundation
import Records

/// Words that are known to be right in some fields, against which odd spellings are held.
enum Vocabulary {
  /// The known word that a value is most likely a misspelling of, nil where it is right or unlike any.
  static func correction(of value: String, in field: String) -> String? {
    let words = field == "Industry" ? industries : field == "BillingCountry" ? countries : []
    let lowered = value.lowercased()
    guard lowered.count >= 6 else { return nil }
    // A slip of the finger seldom hits the first letter; "Holland" is not a misspelt "Poland".
    let candidates = words.filter { $0.lowercased().first == lowered.first }
    let known = Suggestion.closest(to: value, in: candidates)
    return known?.lowercased() == lowered ? nil : known
  }

  /// Salesforce's standard industries and a few that other CRMs use.
  private static let industries: [String] = [
    "agriculture", "apparel", "banking", "biotechnology", "chemicals", "communications",
    "construction", "consulting", "education", "electronics", "employment", "energy",
    "engineering", "entertainment", "environmental", "finance", "food & beverage", "government",
    "healthcare", "hospitality", "insurance", "machinery", "manufacturing", "marketing", "media",
    "medical", "mining", "not for profit", "pharmaceuticals", "real estate", "recreation",
    "retail", "services", "shipping", "software", "technology", "telecommunications",
    "transportation", "utilities", "water",
  ]

  /// English names of countries, as the system's locale data has them.
  private static let countries: [String] = {
    let english = Locale(identifier: "en_US")
    return Locale.Region.isoRegions.compactMap {
      english.localizedString(forRegionCode: $0.identifier)
    }.sorted()
  }()
}
