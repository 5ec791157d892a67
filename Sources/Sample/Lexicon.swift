/// The words of one language from which company names are made, and how they are put together.
struct Lexicon: Sendable {
  /// In which order the parts stand.
  enum Pattern: Sendable { case headTradeForm, formHeadTrade, tradeHeadForm }

  let heads: [[UInt8]]
  let trades: [[UInt8]]
  let forms: [[UInt8]]
  let pattern: Pattern
  /// Whether parts are joined without spaces, as in Japanese and Chinese.
  let isTight: Bool

  init(
    _ heads: String, _ trades: String, _ forms: String, _ pattern: Pattern = .headTradeForm,
    tight: Bool = false
  ) {
    func words(_ text: String) -> [[UInt8]] { text.split(separator: "|").map { Array($0.utf8) } }
    self.heads = words(heads)
    self.trades = words(trades)
    self.forms = words(forms)
    self.pattern = pattern
    isTight = tight
  }

  /// The name without legal form: what a deal's name begins with.
  func stem(_ draw: inout Draw) -> [UInt8] {
    let head = heads[draw.below(heads.count)]
    let trade = trades[draw.below(trades.count)]
    return pattern == .tradeHeadForm ? joined([trade, head]) : joined([head, trade])
  }

  /// A stem with its legal form.
  func name(_ stem: [UInt8], _ draw: inout Draw) -> [UInt8] {
    let form = forms[draw.below(forms.count)]
    return pattern == .formHeadTrade ? joined([form, stem]) : joined([stem, form])
  }

  private func joined(_ parts: [[UInt8]]) -> [UInt8] {
    var result: [UInt8] = []
    for part in parts {
      if !result.isEmpty && !isTight { result.append(32) }
      result.append(contentsOf: part)
    }
    return result
  }

  /// The words of a language.
  static func of(_ tongue: Tongue) -> Lexicon { byTongue[tongue] ?? english }

  private static let byTongue: [Tongue: Lexicon] = [
    .english: english, .german: german, .french: french, .spanish: spanish,
    .portuguese: portuguese, .italian: italian, .dutch: dutch, .nordic: nordic, .polish: polish,
    .czech: czech, .turkish: turkish, .ukrainian: ukrainian, .bulgarian: bulgarian,
    .greek: greek, .japanese: japanese, .chinese: chinese, .korean: korean, .arabic: arabic,
    .hebrew: hebrew, .hindi: hindi,
  ]
}

/// Web domains of families: made of syllables, so that every script has one in ASCII.
enum Domain {
  private static let syllables = Array(
    "ka|lo|mi|ra|ven|tor|sel|nor|bri|dan|pol|hes|mar|ti|gu|zen|wel|fo|cal|ber".split(separator: "|")
      .map { Array($0.utf8) })
  private static let trades = Array(
    "marine|water|energy|foods|process|pharma|works|systems|chemie|power|tech|group".split(
      separator: "|"
    ).map { Array($0.utf8) })

  /// The domain of a family, without `www.`.
  static func of(_ family: Int) -> [UInt8] {
    let hash = scramble(family, 77)
    var result: [UInt8] = []
    for shift in 0..<3 { result += syllables[(hash >> (shift * 5)) % syllables.count] }
    result += trades[(hash >> 17) % trades.count]
    result += Array(String(family % 977, radix: 36).utf8)
    result += Array(".example".utf8)
    return result
  }
}
