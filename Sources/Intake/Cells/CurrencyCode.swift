/// The three letters of a currency, as one number.
struct CurrencyCode: Hashable, Sendable {
  let packed: UInt32

  private init(packed: UInt32) {
    self.packed = packed
  }

  /// Nil where the bytes are not three capital letters.
  init?(_ bytes: some Collection<UInt8>) {
    guard bytes.count == 3, bytes.allSatisfy({ (0x41...0x5A).contains($0) }) else { return nil }
    packed = bytes.reduce(0) { $0 << 8 | UInt32($1) }
  }

  /// Such as `USD`.
  var text: String {
    let bytes = [16, 8, 0].map { UInt8(truncatingIfNeeded: packed >> $0) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The code or sign at the start of a range and its length; the code is nil where the sign is one
  /// of several currencies.
  static func leading(
    _ cell: borrowing Span<UInt8>, _ range: Range<Int>
  ) -> (length: Int, code: CurrencyCode?)? {
    for sign in signs where sign.bytes.count < range.count {
      if CellParser.holds(sign.bytes, in: cell, at: range.lowerBound) {
        return (sign.bytes.count, sign.code)
      }
    }
    // A code needs a space: "ABC5" is an article, no amount.
    guard range.count > 3,
      CellParser.spaceLength(cell, at: range.dropFirst(3)) != nil
    else { return nil }
    return code(cell, at: range.lowerBound).map { (3, $0) }
  }

  /// The code or sign at the end of a range and its length.
  static func trailing(
    _ cell: borrowing Span<UInt8>, _ range: Range<Int>
  ) -> (length: Int, code: CurrencyCode?)? {
    for sign in signs where sign.bytes.count < range.count {
      if CellParser.holds(sign.bytes, in: cell, at: range.upperBound - sign.bytes.count) {
        return (sign.bytes.count, sign.code)
      }
    }
    guard range.count > 3,
      CellParser.spaceLength(cell, before: range.dropLast(3)) != nil
    else { return nil }
    return code(cell, at: range.upperBound - 3).map { (3, $0) }
  }

  private static func code(_ cell: borrowing Span<UInt8>, at start: Int) -> CurrencyCode? {
    var packed: UInt32 = 0
    for position in start..<start + 3 {
      guard (0x41...0x5A).contains(cell[position]) else { return nil }
      packed = packed << 8 | UInt32(cell[position])
    }
    return CurrencyCode(packed: packed)
  }

  /// Signs that stand beside amounts, longer ones first; the last three are Windows-1252's.
  private static let signs: [(bytes: [UInt8], code: CurrencyCode?)] =
    [
      ("US$", "USD"), ("CA$", "CAD"), ("NZ$", "NZD"), ("HK$", "HKD"), ("A$", "AUD"), ("R$", "BRL"),
      ("zł", "PLN"), ("€", "EUR"), ("£", "GBP"), ("₹", "INR"), ("₩", "KRW"), ("₪", "ILS"),
      ("₺", "TRY"), ("₽", "RUB"), ("₫", "VND"), ("₱", "PHP"), ("₴", "UAH"), ("¥", ""), ("kr", ""),
      ("$", ""),
    ].map { (Array($0.utf8), CurrencyCode($1.utf8)) } + [
      ([0x80], CurrencyCode("EUR".utf8)), ([0xA3], CurrencyCode("GBP".utf8)), ([0xA5], nil),
    ]
}
