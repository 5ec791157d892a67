import Records

/// Reads numbers as a CRM's history of changes writes them: digits with a point.
enum DecimalText {
  /// The number of a cell in 1/10,000, rounded half away from zero; nil where it is none or too large.
  static func value(_ texts: Texts, _ cell: Int) -> Int64? {
    var number: Int128 = 0
    var places = -1
    var digits = 0
    var bytes = texts.bytes[texts.range(cell)]
    let isNegative = bytes.first == UInt8(ascii: "-")
    if isNegative { bytes = bytes.dropFirst() }
    for byte in bytes {
      if byte == UInt8(ascii: "."), places < 0 {
        places = 0
        continue
      }
      guard (0x30...0x39).contains(byte), digits < 30 else { return nil }
      number = number * 10 + Int128(byte - 0x30)
      digits += 1
      if places >= 0 { places += 1 }
    }
    guard digits > 0 else { return nil }
    var divisor: Int128 = 1
    for _ in 0..<max(places, 0) { divisor *= 10 }
    let value = Exact.divide(number * Int128(Exact.scale), by: divisor)
    return Int64(exactly: isNegative ? -value : value)
  }
}
