import Records

/// The values of rules as what the cells of a column are.
enum RuleValues {
  /// A number such as `1234.5`, in the scale of a column; nil of anything else.
  ///
  /// A comma parts values, so that none groups digits.
  static func number(_ text: [UInt8], scale: Int64) -> Int64? {
    var digits = text[...]
    let isNegative = digits.first == UInt8(ascii: "-")
    if isNegative || digits.first == UInt8(ascii: "+") { digits.removeFirst() }
    let parts = digits.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), digits.count >= parts.count else {
      return nil
    }
    var value: Int64 = 0
    var scale = scale
    for (index, part) in parts.enumerated() {
      for digit in part {
        guard (0x30...0x39).contains(digit) else { return nil }
        if index > 0 {
          guard scale > 1 else {
            // Finer than any cell of the column.
            guard digit == 0x30 else { return nil }
            continue
          }
          scale /= 10
        }
        let (shifted, isTooMuch) = value.multipliedReportingOverflow(by: 10)
        let (sum, overflows) = shifted.addingReportingOverflow(Int64(digit - 0x30))
        guard !isTooMuch, !overflows else { return nil }
        value = sum
      }
    }
    let (scaled, overflows) = value.multipliedReportingOverflow(by: scale)
    return overflows ? nil : isNegative ? -scaled : scaled
  }

  /// A day such as `2026-11-20`, with or without a time of day behind it.
  static func day(_ text: [UInt8]) -> Int64? {
    guard text.count == 10 || (text.count > 10 && [0x20, 0x74].contains(text[10])) else {
      return nil
    }
    return Day(iso: String(decoding: text.prefix(10), as: UTF8.self)).map { Int64($0.number) }
  }

  /// Yes or no in any of the words of a Data Loader.
  static func flag(_ text: [UInt8]) -> Int64? {
    switch String(decoding: text, as: UTF8.self) {
    case "true", "1", "yes", "y", "on": 1
    case "false", "0", "no", "n", "off": 0
    default: nil
    }
  }

  /// A number as people type it: `12`, `12.5`.
  static func text(_ number: Int64, scale: Int64) -> String {
    var places = 0
    var part = number.magnitude % scale.magnitude
    var power = scale.magnitude
    while part > 0 {
      power /= 10
      part %= power
      places += 1
    }
    return Exact.decimalText(ratio: Int128(number), over: Int128(scale), places: places)
  }
}
