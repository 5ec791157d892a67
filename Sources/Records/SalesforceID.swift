/// The Ids of Salesforce: 15 case-sensitive characters, or 18 with a checksum of their case.
///
/// A key is the 15-character form as a big-endian number, so that numbers order as bytes do.
public enum SalesforceID {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ012345".utf8)

  /// The three checksum characters of 15 characters.
  ///
  /// Bit i of a chunk of five (the first character is the lowest bit) is set where that character is
  /// an uppercase letter; the five bits index the alphabet.
  public static func checksum(_ characters: some Collection<UInt8>) -> [UInt8] {
    var suffix: [UInt8] = []
    var bits = 0
    for (index, byte) in characters.enumerated() {
      if (0x41...0x5A).contains(byte) { bits |= 1 << (index % 5) }
      if index % 5 == 4 {
        suffix.append(alphabet[bits])
        bits = 0
      }
    }
    return suffix
  }

  /// The key of 15 letters and digits, or of 18 whose checksum is right; nil of anything else.
  ///
  /// This is the hot path of reading, hence eight characters at a time.
  @inlinable
  public static func key(_ cell: borrowing Span<UInt8>) -> UInt128? {
    guard cell.count == 18 || cell.count == 15 else { return nil }
    // The eighth character is in both words.
    let (start, end) = (word(cell, 0), word(cell, 7))
    guard areAlphanumeric(start), areAlphanumeric(end) else { return nil }
    if cell.count == 18 {
      let capitals = capitals(start) | capitals(end) << 7
      for position in 0..<3 {
        let five = UInt8(truncatingIfNeeded: capitals >> (5 * position) & 31)
        // The 32 characters A to Z and 0 to 5.
        guard cell[15 + position] == (five < 26 ? 0x41 + five : 0x30 + five - 26) else {
          return nil
        }
      }
    }
    return UInt128(start.bigEndian) << 56 | UInt128(end.bigEndian & 0x00FF_FFFF_FFFF_FFFF)
  }

  /// Whether all eight bytes are letters of ASCII or digits.
  @inlinable
  static func areAlphanumeric(_ word: UInt64) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highs = ones << 7
    guard word & highs == 0 else { return false }
    // Bit 7 of each byte says whether it is at least a bound; none can carry into the next.
    let lower = word | ones &* 0x20
    let isDigit = (word &+ ones &* (0x80 - 0x30)) & ~(word &+ ones &* (0x80 - 0x3A))
    let isLetter = (lower &+ ones &* (0x80 - 0x61)) & ~(lower &+ ones &* (0x80 - 0x7B))
    return (isDigit | isLetter) & highs == highs
  }

  /// One bit for each of eight letters and digits, the first one lowest: whether it is a capital.
  @inlinable
  static func capitals(_ word: UInt64) -> UInt64 {
    ((word >> 6 & ~(word >> 5) & 0x0101_0101_0101_0101) &* 0x0102_0408_1020_4080) >> 56
  }

  /// Eight bytes, the first one lowest.
  @inlinable
  static func word(_ cell: borrowing Span<UInt8>, _ position: Int) -> UInt64 {
    // Checked against the bounds; what is not checked is the alignment, which x86 and ARM need not.
    UInt64(
      littleEndian: cell.bytes.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self))
  }

  /// The key of 18 characters that a spreadsheet wrote in one case, which the last three tell; nil
  /// where they cannot be an Id, or are written in two cases that do not fit.
  public static func repairedKey(_ cell: borrowing Span<UInt8>) -> UInt128? {
    guard cell.count == 18,
      let bits = suffixBits(upper(cell[15]), upper(cell[16]), upper(cell[17]))
    else { return nil }
    var (hasUpper, hasLower) = (false, false)
    var key: UInt128 = 0
    for position in 0..<15 {
      let byte = cell[position]
      let isUpper = (0x41...0x5A).contains(byte)
      let isLower = (0x61...0x7A).contains(byte)
      (hasUpper, hasLower) = (hasUpper || isUpper, hasLower || isLower)
      let isCapital = bits >> UInt64(position) & 1 == 1
      guard isUpper || isLower || (0x30...0x39).contains(byte) && !isCapital else { return nil }
      key = key << 8 | UInt128(isUpper || isLower ? (isCapital ? byte & 0xDF : byte | 0x20) : byte)
    }
    return hasUpper && hasLower ? nil : key
  }

  /// The fifteen bits of case that three checksum characters stand for; nil where they are none.
  private static func suffixBits(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> UInt64? {
    func bits(_ byte: UInt8) -> UInt64 {
      switch byte {
      case 0x41...0x5A: UInt64(byte - 0x41)
      case 0x30...0x35: UInt64(byte - 0x30) + 26
      default: UInt64.max
      }
    }
    let all = (bits(first), bits(second), bits(third))
    guard all.0 | all.1 | all.2 < 32 else { return nil }
    return all.0 | all.1 << 5 | all.2 << 10
  }

  private static func upper(_ byte: UInt8) -> UInt8 {
    (0x61...0x7A).contains(byte) ? byte & 0xDF : byte
  }

  /// Whether all characters may stand in an Id.
  public static func isAlphanumeric(_ cell: borrowing Span<UInt8>) -> Bool {
    for position in 0..<cell.count {
      let byte = cell[position]
      guard
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
          || (0x61...0x7A).contains(byte)
      else { return false }
    }
    return true
  }

  /// The 15 characters of a key.
  public static func characters(_ key: UInt128) -> [UInt8] {
    (0..<15).map { UInt8(truncatingIfNeeded: key >> UInt128(8 * (14 - $0))) }
  }

  /// The 18-character form of a key.
  public static func text(_ key: UInt128) -> String {
    let characters = characters(key)
    return String(decoding: characters + checksum(characters), as: UTF8.self)
  }

  /// Characters of the form in which Ids are printed.
  public static let length = 18

  /// Writes the 18-character form of a key from a position on: what `text` gives, without a text.
  public static func write(_ key: UInt128, to bytes: inout MutableSpan<UInt8>, at start: Int) {
    // The eighth character is in both words, as it is in reading.
    let first = UInt64(truncatingIfNeeded: key >> 56).bigEndian
    let last = UInt64(truncatingIfNeeded: key).bigEndian
    var raw = bytes.mutableBytes
    raw.storeBytes(of: first.littleEndian, toByteOffset: start, as: UInt64.self)
    raw.storeBytes(of: last.littleEndian, toByteOffset: start + 7, as: UInt64.self)
    let capitals = capitals(first) | capitals(last) << 7
    for position in 0..<3 {
      let five = UInt8(truncatingIfNeeded: capitals >> UInt64(5 * position) & 31)
      bytes[start + 15 + position] = five < 26 ? 0x41 + five : 0x30 + five - 26
    }
  }

  /// The key of the all-zero Id, by which Data Export writes an empty lookup.
  public static let zero: UInt128 = (0..<15).reduce(0) { key, _ in key << 8 | 0x30 }
}
