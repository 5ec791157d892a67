import Metrics
import Records

/// How a spreadsheet writes the numbers of a document: as the page does, by number formats.
///
/// Each format is taken from a sample that the formatter of values writes, so that signs, places and
/// the currency's symbol are decided in one place; the separators are those of the reader's own
/// spreadsheet.
struct NumberFormats {
  private let locale: ReportLocale
  private var codes: [Key: String] = [:]

  private struct Key: Hashable {
    let unit: Shown.Unit
    let hasDecimals: Bool
    let isChange: Bool
  }

  /// Dates, unambiguous everywhere and without words.
  static let date = "yyyy\\-mm\\-dd"

  init(locale: ReportLocale) {
    self.locale = locale
  }

  /// The format of a number.
  ///
  /// - Parameters:
  ///   - value: the number; its unit decides, and for days whether it has decimals.
  ///   - isChange: whether what is above zero has a plus sign.
  /// - Returns: a number format in the language of files, whatever the reader's.
  mutating func code(of value: Shown, isChange: Bool = false) -> String {
    let key = Key(unit: value.unit, hasDecimals: value.data.contains("."), isChange: isChange)
    if let code = codes[key] { return code }
    let code = isChange ? changeCode(key) : plainCode(key)
    codes[key] = code
    return code
  }

  /// The number that a cell holds, as text; percent points are hundredths, which no format says.
  static func data(of value: Shown) -> String {
    value.unit == .points ? value.data + "e2" : value.data
  }

  private func plainCode(_ key: Key) -> String {
    func sample(_ number: Int128) -> String { self.sample(number, key).text }
    return [sample(1), sample(-1), sample(0)].map(NumberFormats.section).joined(separator: ";")
  }

  private func changeCode(_ key: Key) -> String {
    let format = ValueFormatter(locale: locale, currency: key.unit.currency ?? "XXX")
    func sample(_ number: Int128) -> String {
      let (from, to) = (Ratio(0, over: 1), Ratio(number, over: 1))
      let change =
        switch key.unit {
        case .money: format.change(from: from, to: to, against: "")
        case .points, .rate: format.rateChange(from: from, to: to, against: "")
        case .number, .multiple: format.numberChange(from: from, to: to, against: "")
        default:
          key.hasDecimals
            ? format.numberChange(from: from, to: to, against: "")
            : format.countChange(from: from, to: to, against: "")
        }
      return change?.value.text ?? self.sample(number, key).text
    }
    return [sample(1), sample(-1), sample(0)].map(NumberFormats.section).joined(separator: ";")
  }

  private func sample(_ number: Int128, _ key: Key) -> Shown {
    let format = ValueFormatter(locale: locale, currency: key.unit.currency ?? "XXX")
    let ratio = Ratio(number, over: 1)
    return switch key.unit {
    case .money: format.money(ratio)
    case .rate: format.rate(ratio)
    case .multiple: format.multiple(ratio)
    case .days: key.hasDecimals ? format.meanDays(ratio) : format.days(number)
    case .count: format.count(number)
    default: format.number(ratio)
    }
  }

  /// A section of a format that looks like a sample: its digits as places, all else as it stands.
  static func section(_ sample: String) -> String {
    let characters = Array(sample)
    guard let first = characters.firstIndex(where: \.isWholeNumber),
      let last = characters.lastIndex(where: \.isWholeNumber)
    else { return "General" }
    // What stands between the digits of a sample below a thousand is the decimal sign.
    let sign = characters[first...last].lastIndex { !$0.isWholeNumber }
    let places = sign.map { last - $0 } ?? 0
    return literal(characters[..<first]) + "#,##0"
      + (places == 0 ? "" : "." + String(repeating: "0", count: places))
      + literal(characters[(last + 1)...])
  }

  /// Text in quotes, but for the percent sign, which multiplies by a hundred.
  private static func literal(_ characters: ArraySlice<Character>) -> String {
    characters.split(separator: "%", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : "\"" + String($0).replacing("\"", with: "") + "\"" }
      .joined(separator: "%")
  }
}
