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

  /// The key of 15 or 18 characters; nil where they cannot be an Id, or the three last do not fit the
  /// case of the others.
  ///
  /// This is the hot path of reading, hence eight characters at a time: bytes 0 to 7 and 7 to 14.
  @inlinable
  public static func key(_ cell: borrowing Span<UInt8>) -> UInt128? {
    guard cell.count == 18 || cell.count == 15 else { return nil }
    // Bounds are checked; any eight bytes are an integer.
    let first = UInt64(littleEndian: cell.bytes.unsafeLoadUnaligned(as: UInt64.self))
    let second = UInt64(
      littleEndian: cell.bytes.unsafeLoadUnaligned(fromByteOffset: 7, as: UInt64.self))
    guard let firstCase = uppercase(first), let secondCase = uppercase(second) else { return nil }
    if cell.count == 18 {
      guard suffixBits(cell[15], cell[16], cell[17]) == firstCase | secondCase << 7 else {
        return nil
      }
    }
    return UInt128(first.byteSwapped) << 56
      | UInt128(second.byteSwapped & 0x00FF_FFFF_FFFF_FFFF)
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

  /// Which of eight letters or digits are capitals, the first by the lowest bit; nil where another
  /// byte is among them.
  @inlinable
  static func uppercase(_ bytes: UInt64) -> UInt64? {
    let high: UInt64 = 0x8080_8080_8080_8080
    let ones: UInt64 = 0x0101_0101_0101_0101
    guard bytes & high == 0 else { return nil }
    // The high bit of each byte says whether it lies in a range; no sum leaves its byte.
    func isAmong(_ first: UInt64, _ last: UInt64) -> UInt64 {
      (bytes + ones * (0x80 - first)) & ~(bytes + ones * (0x7F - last)) & high
    }
    let capitals = isAmong(0x41, 0x5A)
    guard capitals | isAmong(0x61, 0x7A) | isAmong(0x30, 0x39) == high else { return nil }
    return ((capitals >> 7) &* 0x0102_0408_1020_4080) >> 56
  }

  /// The fifteen bits of case that three checksum characters stand for; nil where they are none.
  @inlinable
  static func suffixBits(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> UInt64? {
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

  /// The key of the all-zero Id, by which Data Export writes an empty lookup.
  public static let zero: UInt128 = (0..<15).reduce(0) { key, _ in key << 8 | 0x30 }
}
