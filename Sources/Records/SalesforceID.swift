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

  /// The key of 15 or 18 characters, or nil where they cannot be an Id.
  public static func key(_ characters: some Collection<UInt8>) -> UInt128? {
    guard characters.count == 15 || characters.count == 18 else { return nil }
    var key: UInt128 = 0
    for byte in characters.prefix(15) {
      guard isAlphanumeric(byte) else { return nil }
      key = key << 8 | UInt128(byte)
    }
    return key
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

  @inlinable
  static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }
}
