import Records

extension CellParser {
  /// A number as people and report exports write it.
  struct WrittenNumber: Equatable {
    /// As `decimal` and `rate` give it.
    var value: Int64
    /// The currency written beside it, nil where there is none or a sign of several, such as `$`.
    var currency: CurrencyCode?
  }

  /// A number with groups, the decimal mark of a form, parentheses or a trailing minus for less than
  /// zero, a percent sign, or a currency; nil where it is none or could be read in two ways.
  ///
  /// Without a form, groups are taken only where they are unmistakable: `1,234.50` is a number,
  /// `1,234` is not. This is the slow path, for cells that `decimal` and `rate` do not read.
  static func writtenNumber(
    _ cell: borrowing Span<UInt8>, places: Int, times: Int64, form: CellForms.NumberForm?
  ) -> WrittenNumber? {
    var frame = NumberFrame(end: cell.count)
    guard cell.count <= 64, frame.strip(cell), !frame.body.isEmpty else { return nil }
    var body = NumberBody(form: form)
    guard let exponent = body.read(cell, frame.body),
      let value = body.digits.value(
        exponent: exponent + places, times: times, isNegative: frame.isNegative)
    else { return nil }
    return WrittenNumber(value: value, currency: frame.currency)
  }
}

/// What stands around the digits of a number: signs, parentheses, a percent sign, a currency.
private struct NumberFrame {
  private(set) var body: Range<Int>
  private(set) var isNegative = false
  private(set) var currency: CurrencyCode?
  private var hasSign = false
  private var hasUnit = false

  init(end: Int) {
    body = 0..<end
  }

  /// Narrows `body` to the digits; false where a mark stands twice.
  mutating func strip(_ cell: borrowing Span<UInt8>) -> Bool {
    var isChanged = true
    while isChanged, !body.isEmpty {
      let before = body
      guard stripSign(cell), stripUnit(cell) else { return false }
      isChanged = body != before
    }
    return true
  }

  private mutating func stripSign(_ cell: borrowing Span<UInt8>) -> Bool {
    let (first, last) = (cell[body.lowerBound], cell[body.upperBound - 1])
    let minus: [UInt8] = [0xE2, 0x88, 0x92]
    var negative: Bool?
    if first == UInt8(ascii: "("), last == UInt8(ascii: ")"), body.count > 2 {
      body = body.lowerBound + 1..<body.upperBound - 1
      negative = true
    } else if first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
      body = body.dropFirst()
      negative = first == UInt8(ascii: "-")
    } else if last == UInt8(ascii: "-") {
      body = body.dropLast()
      negative = true
    } else if CellParser.holds(minus, in: cell, at: body.lowerBound) {
      body = body.dropFirst(minus.count)
      negative = true
    }
    guard let negative else { return true }
    guard !hasSign else { return false }
    (hasSign, isNegative) = (true, negative)
    return true
  }

  /// A percent sign or a currency, with the spaces between it and the number.
  private mutating func stripUnit(_ cell: borrowing Span<UInt8>) -> Bool {
    guard !body.isEmpty else { return true }
    let before = body
    if cell[body.upperBound - 1] == UInt8(ascii: "%") {
      body = body.dropLast()
    } else if let (length, code) = CurrencyCode.leading(cell, body) {
      body = body.dropFirst(length)
      currency = code
      while let length = CellParser.spaceLength(cell, at: body) { body = body.dropFirst(length) }
    } else if let (length, code) = CurrencyCode.trailing(cell, body) {
      body = body.dropLast(length)
      currency = code
    }
    guard body != before else { return true }
    guard !hasUnit else { return false }
    hasUnit = true
    if body.upperBound != before.upperBound {
      while let length = CellParser.spaceLength(cell, before: body) {
        body = body.dropLast(length)
      }
    }
    return true
  }
}

/// The digits of a number with groups and a decimal mark.
private struct NumberBody {
  let form: CellForms.NumberForm?
  private(set) var digits = CellParser.Digits()
  /// What groups the digits here, and how many groups it began.
  private var group: Mark?
  private var groups = 0

  private enum Mark { case comma, point, space, apostrophe }

  init(form: CellForms.NumberForm?) {
    self.form = form
  }

  private var decimalMark: Mark {
    form == .pointComma || form == .spaceComma ? .comma : .point
  }

  /// Reads the digits; gives the power of ten behind an `E`, nil where it is no number.
  mutating func read(_ cell: borrowing Span<UInt8>, _ range: Range<Int>) -> Int? {
    var position = range.lowerBound
    var sinceMark = 0
    var exponent = 0
    while position < range.upperBound {
      let byte = cell[position]
      if (0x30...0x39).contains(byte) {
        digits.append(byte)
        sinceMark += 1
        position += 1
      } else if byte | 0x20 == 0x65 {
        guard let given = CellParser.exponent(cell, position..<range.upperBound) else {
          return nil
        }
        exponent = given
        break
      } else {
        guard let (mark, length) = mark(cell, position..<range.upperBound), !digits.hasPoint,
          // A group has three digits, the first of them one to three.
          group == nil ? true : sinceMark == 3
        else { return nil }
        if mark == decimalMark {
          digits.hasPoint = true
        } else {
          guard (1...3).contains(sinceMark), group == nil || group == mark, mayGroup(mark) else {
            return nil
          }
          group = mark
          groups += 1
        }
        sinceMark = 0
        position += length
      }
    }
    guard group == nil || digits.hasPoint || sinceMark == 3 else { return nil }
    // Without a stated form a comma is a group only where it cannot be a decimal mark.
    if form == nil, group == .comma, groups == 1, !digits.hasPoint { return nil }
    return exponent
  }

  private func mayGroup(_ mark: Mark) -> Bool {
    switch form {
    case .commaPoint: mark == .comma
    case .pointComma: mark == .point
    case .spaceComma: mark == .space
    case .apostrophePoint: mark == .apostrophe
    case nil: mark != .point
    }
  }

  private func mark(
    _ cell: borrowing Span<UInt8>, _ range: Range<Int>
  ) -> (mark: Mark, length: Int)? {
    switch cell[range.lowerBound] {
    case UInt8(ascii: ","): return (.comma, 1)
    case UInt8(ascii: "."): return (.point, 1)
    case UInt8(ascii: "'"), 0x92: return (.apostrophe, 1)
    default: break
    }
    if let length = CellParser.spaceLength(cell, at: range) { return (.space, length) }
    let apostrophe: [UInt8] = [0xE2, 0x80, 0x99]
    return CellParser.holds(apostrophe, in: cell, at: range.lowerBound)
      ? (.apostrophe, apostrophe.count) : nil
  }
}

extension CellParser {
  /// Spaces that stand in numbers: plain, no-break (in UTF-8 and in Windows-1252), narrow, thin.
  private static let spaces: [[UInt8]] = [
    [0x20], [0xC2, 0xA0], [0xA0], [0xE2, 0x80, 0xAF], [0xE2, 0x80, 0x89],
  ]

  /// Bytes of the space at the start of a range, nil where there is none.
  static func spaceLength(_ cell: borrowing Span<UInt8>, at range: Range<Int>) -> Int? {
    guard let start = range.first else { return nil }
    for space in spaces where holds(space, in: cell, at: start) { return space.count }
    return nil
  }

  /// Bytes of the space at the end of a range, nil where there is none.
  static func spaceLength(_ cell: borrowing Span<UInt8>, before range: Range<Int>) -> Int? {
    for space in spaces
    where space.count <= range.count && holds(space, in: cell, at: range.upperBound - space.count) {
      return space.count
    }
    return nil
  }

  static func holds(_ bytes: [UInt8], in cell: borrowing Span<UInt8>, at start: Int) -> Bool {
    guard start >= 0, start + bytes.count <= cell.count else { return false }
    for position in bytes.indices where cell[start + position] != bytes[position] { return false }
    return true
  }
}
