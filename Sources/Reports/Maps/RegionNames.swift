import Foundation

/// What the regions of a map are called, and which region a spelling means.
///
/// A spelling is a code ("DE", "DEU", "US-CA"), an English name, one of the other spellings that the
/// file of names lists ("USA", "Viet Nam"), or, of a country, its name in one of the languages of the
/// system's locale data ("Deutschland"). Case, accents, signs and a leading "the" do not matter.
public struct RegionNames: Sendable {
  /// The name of each region by its code.
  public let names: [String: String]
  private let codes: [String: String]
  private let areCountries: Bool

  /// Reads the lines of a file of names: code, other code, name, other spellings.
  ///
  /// - Parameters:
  ///   - text: the file; lines that begin with a number sign are notes.
  ///   - areCountries: whether the locale data of the system knows the regions by their codes.
  public init(text: String, areCountries: Bool) {
    var names: [String: String] = [:]
    var codes: [String: String] = [:]
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      let parts = line.split(separator: "|").map(String.init)
      guard parts.count >= 3 else { continue }
      let others = parts.count > 3 ? parts[3].split(separator: ";").map(String.init) : []
      names[parts[0]] = parts[2]
      for spelling in parts.prefix(3) + others {
        codes[RegionNames.folded(spelling)] = parts[0]
      }
    }
    self.names = names
    self.codes = codes
    self.areCountries = areCountries
  }

  /// The code of the region that a spelling means, nil where it means none.
  public func code(of spelling: String) -> String? {
    let folded = RegionNames.folded(spelling)
    guard !folded.isEmpty else { return nil }
    if let code = codes[folded] { return code }
    return areCountries ? RegionNames.translations[folded] : nil
  }

  /// A spelling without what does not matter: "The Côte d’Ivoire" is `cote divoire`.
  static func folded(_ text: String) -> String {
    let plain = text.folding(
      options: [.caseInsensitive, .diacriticInsensitive, .widthInsensitive], locale: nil)
    var words: [String] = []
    var word = ""
    for character in plain {
      switch character {
      case ".", "'", "’", "`": continue
      case "&":
        words += [word, "and"]
        word = ""
      case _ where character.isLetter || character.isNumber: word.append(character)
      default:
        words.append(word)
        word = ""
      }
    }
    words = (words + [word]).filter { !$0.isEmpty }
    if words.count > 1, words[0] == "the" { words.removeFirst() }
    return words.joined(separator: " ")
  }

  private static let languages = [
    "de", "fr", "es", "it", "pt", "nl", "sv", "da", "nb", "fi", "pl", "cs", "hu", "ro", "tr", "el",
    "ru", "uk", "ja", "zh", "ko", "ar", "he",
  ]

  /// Names of countries in other languages; one that means two countries means none.
  private static let translations: [String: String] = {
    let codes = Locale.Region.isoRegions.map(\.identifier).filter { $0.count == 2 }
    var found: [String: String] = [:]
    var ambiguous: Set<String> = []
    for language in languages {
      let locale = Locale(identifier: language)
      for code in codes {
        guard let name = locale.localizedString(forRegionCode: code).map(folded), name.count > 1
        else { continue }
        if let known = found.updateValue(code, forKey: name), known != code {
          ambiguous.insert(name)
        }
      }
    }
    for name in ambiguous { found[name] = nil }
    return found
  }()
}
