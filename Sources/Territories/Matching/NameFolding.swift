import Foundation

/// Folds text to what stays the same however people write it: small letters without diacritics,
/// words parted by one space.
///
/// A scalar is decomposed for compatibility (NFKD), so that wide, narrow and circled forms are their
/// plain ones; combining marks of the Latin, Greek and Cyrillic scripts (U+0300 to U+036F) are left out;
/// letters are folded by case in full (ß is ss); a few Latin letters that Unicode does not decompose
/// become their usual spelling (ø is o, æ is ae). Full stops and apostrophes are left out, so that
/// S.A. is SA; `&` is the word "and"; everything else that is neither letter, number nor mark parts
/// words. What a scalar becomes does not depend on its neighbours and is worked out once.
struct NameFolding {
  private var known: [UInt32: [UInt8]] = [:]

  private static let space = UInt8(ascii: " ")
  /// What an ASCII character becomes: itself in lower case, a space, or 0 for nothing.
  private static let ascii: [UInt8] = (UInt8(0)..<128).map { byte in
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): byte
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte + 0x20
    case UInt8(ascii: "."), UInt8(ascii: "'"), UInt8(ascii: "`"): 0
    default: space
    }
  }

  /// Letters that have no decomposition, as Latin-script languages spell them without the letter.
  private static let spelling: [UInt32: String] = [
    0xE6: "ae", 0x153: "oe", 0xF8: "o", 0x111: "d", 0xF0: "d", 0xFE: "th", 0x142: "l",
    0x127: "h", 0x131: "i", 0x167: "t",
  ]

  /// Marks that join what stands on both sides of them.
  private static let joining: Set<UInt32> = [
    0x2018, 0x2019, 0x2BC, 0xB4, 0x2B9, 0x5F3, 0x5F4,
  ]

  /// Appends the folded text of some UTF-8; bytes that are none part words.
  mutating func fold(_ bytes: [UInt8], _ range: Range<Int>, into folded: inout [UInt8]) {
    let start = folded.count
    var position = range.lowerBound
    while position < range.upperBound {
      let byte = bytes[position]
      if byte < 0x80 {
        position += 1
        if byte == UInt8(ascii: "&") {
          NameFolding.add([NameFolding.space] + Array("and ".utf8), to: &folded, from: start)
        } else {
          let plain = NameFolding.ascii[Int(byte)]
          if plain != 0 { NameFolding.add(plain, to: &folded, from: start) }
        }
        continue
      }
      let scalar = NameFolding.scalar(bytes, &position, range.upperBound)
      if let plain = known[scalar] {
        NameFolding.add(plain, to: &folded, from: start)
      } else {
        let plain = NameFolding.fold(scalar)
        known[scalar] = plain
        NameFolding.add(plain, to: &folded, from: start)
      }
    }
    if folded.count > start, folded.last == NameFolding.space { folded.removeLast() }
  }

  /// The folded text of a text.
  static func folded(_ text: String) -> [UInt8] {
    var folding = NameFolding()
    var folded: [UInt8] = []
    let bytes = Array(text.utf8)
    folding.fold(bytes, bytes.indices, into: &folded)
    return folded
  }

  /// A space is added only between words.
  private static func add(_ byte: UInt8, to folded: inout [UInt8], from start: Int) {
    if byte == space, folded.count == start || folded.last == space { return }
    folded.append(byte)
  }

  private static func add(_ bytes: [UInt8], to folded: inout [UInt8], from start: Int) {
    for byte in bytes { add(byte, to: &folded, from: start) }
  }

  /// The next scalar of UTF-8; U+FFFD, which parts words, for bytes that are none.
  private static func scalar(_ bytes: [UInt8], _ position: inout Int, _ end: Int) -> UInt32 {
    let first = bytes[position]
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1
    guard length > 1, position + length <= end else {
      position += 1
      return 0xFFFD
    }
    var scalar = UInt32(first) & (0xFF >> UInt32(length + 1))
    for offset in 1..<length { scalar = scalar << 6 | UInt32(bytes[position + offset] & 0x3F) }
    position += length
    return scalar
  }

  private static func fold(_ value: UInt32) -> [UInt8] {
    guard let scalar = Unicode.Scalar(value) else { return [space] }
    if joining.contains(value) { return [] }
    var folded: [UInt8] = []
    for part in String(scalar).decomposedStringWithCompatibilityMapping.unicodeScalars {
      // Case is folded in full by way of the upper case: ß is SS is ss.
      let small = part.properties.uppercaseMapping.unicodeScalars
        .flatMap { Array($0.properties.lowercaseMapping.unicodeScalars) }
      for letter in small where !(0x300...0x36F).contains(letter.value) {
        if letter.isASCII {
          let plain = ascii[Int(letter.value)]
          if plain != 0 { folded.append(plain) }
        } else if joining.contains(letter.value) {
          continue
        } else if let spelt = spelling[letter.value] {
          folded += spelt.utf8
        } else {
          folded += isOfWord(letter) ? Array(String(letter).utf8) : [space]
        }
      }
    }
    return folded
  }

  private static func isOfWord(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber, .letterNumber, .otherNumber, .nonspacingMark, .spacingMark:
      true
    default: false
    }
  }
}
