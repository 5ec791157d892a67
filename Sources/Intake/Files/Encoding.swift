import CCharsets

extension Dialect {
  /// How the characters of a file are written, and how that is known.
  public struct Encoding: Hashable, Sendable {
    /// Why an encoding was taken.
    public enum Reason: String, Hashable, Sendable {
      case stated
      case mark = "by its byte-order mark"
      case bytes = "by its bytes"
      case assumed
    }

    /// Such as `UTF-8`, `UTF-16LE`, `Windows-1252`, `Shift_JIS`.
    public let name: String
    public let reason: Reason
    /// Bytes of a byte-order mark before the text.
    let markLength: Int

    init(_ name: String, _ reason: Reason, markLength: Int = 0) {
      self.name = name
      self.reason = reason
      self.markLength = markLength
    }

    var isUTF8: Bool { name == "UTF-8" }

    /// Such as `UTF-16LE by its byte-order mark`, `Windows-1252 (assumed)`.
    var description: String {
      switch reason {
      case .mark, .bytes: "\(name) \(reason.rawValue)"
      case .stated, .assumed: "\(name) (\(reason.rawValue))"
      }
    }

    /// The name by which an encoding is commonly called, nil where ICU does not know it.
    static func commonName(_ name: String) -> String? {
      guard let common = charsets_common_name(name) else { return nil }
      let text = String(cString: common)
      return text.hasPrefix("windows-") ? "W" + text.dropFirst() : text
    }

    /// Every encoding that can be read, by its common name.
    static var known: [String] {
      var names: [String] = []
      while let name = charsets_name(Int32(names.count)) { names.append(String(cString: name)) }
      return names
    }

    /// The encoding that a person states, with the bytes of a mark that a file has.
    ///
    /// UTF-16 and UTF-32 without a word on the order of bytes take it from the file.
    static func stated(_ name: String, for sample: [UInt8]) throws -> Encoding {
      let common = commonName(name) ?? name
      let mark = marked(sample)
      if let mark, common != mark.name, !mark.name.hasPrefix(common) {
        throw Dialect.MarkDiffers(stated: common, mark: mark.name)
      }
      var wanted = common
      if common == "UTF-16" || common == "UTF-32" {
        wanted = mark?.name ?? wide(sample[...])?.name ?? common + "BE"
      }
      return Encoding(wanted, .stated, markLength: mark?.markLength ?? 0)
    }
  }

  /// A file begins with the mark of another encoding than the one that is stated.
  struct MarkDiffers: Error {
    let stated: String
    let mark: String
  }
}

// MARK: Detection

extension Dialect.Encoding {
  /// Detects the encoding of a file by its first bytes.
  ///
  /// In this order: a byte-order mark; the pattern of NULs in UTF-16 and UTF-32; escapes of
  /// ISO-2022; UTF-8 where the bytes are that; ICU's guess where it is sure; else Windows-1252,
  /// which is Western Europe's and has a character for nearly every byte.
  static func detect(_ sample: [UInt8], isWhole: Bool) -> Dialect.Encoding {
    if let marked = marked(sample) { return marked }
    if let wide = wide(sample[...]) { return Dialect.Encoding(wide.name, .bytes) }
    if let escaped = escaped(sample) { return escaped }
    if isMostlyUTF8(sample, isWhole: isWhole) { return Dialect.Encoding("UTF-8", .bytes) }
    return guessed(sample)
  }

  private static let marks: [(bytes: [UInt8], name: String)] = [
    ([0xEF, 0xBB, 0xBF], "UTF-8"),
    // The mark of UTF-32LE begins with that of UTF-16LE: it is looked for first.
    ([0xFF, 0xFE, 0, 0], "UTF-32LE"), ([0, 0, 0xFE, 0xFF], "UTF-32BE"),
    ([0xFF, 0xFE], "UTF-16LE"), ([0xFE, 0xFF], "UTF-16BE"),
    ([0x84, 0x31, 0x95, 0x33], "GB18030"),
  ]

  /// The encoding that a byte-order mark states.
  ///
  /// Programs put the mark of UTF-16 before UTF-32 too; then the NULs behind it are believed.
  private static func marked(_ sample: [UInt8]) -> Dialect.Encoding? {
    guard let mark = marks.first(where: { sample.starts(with: $0.bytes) }) else { return nil }
    let length = mark.bytes.count
    if length == 2, let wide = wide(sample[2...]), wide.width == 4 {
      return Dialect.Encoding(wide.name, .bytes, markLength: 2)
    }
    return Dialect.Encoding(mark.name, .mark, markLength: length)
  }

  /// UTF-16 or UTF-32 by where NULs stand: commas and digits have one or three, always on one side.
  private static func wide(_ bytes: ArraySlice<UInt8>) -> (name: String, width: Int)? {
    let bytes = bytes.prefix(4096)
    guard bytes.count >= 4 else { return nil }
    var zeros = [0, 0, 0, 0]
    for (position, byte) in bytes.enumerated() where byte == 0 { zeros[position % 4] += 1 }
    let characters = bytes.count / 4
    func isFull(_ position: Int) -> Bool { zeros[position] >= characters }
    // Of UTF-32 the byte of the plane is nearly always 0 and the one above it always.
    let most = max(1, characters * 9 / 10)
    if isFull(3), zeros[2] >= most, zeros[0] * 10 <= characters { return ("UTF-32LE", 4) }
    if isFull(0), zeros[1] >= most, zeros[3] * 10 <= characters { return ("UTF-32BE", 4) }
    let (even, odd) = (zeros[0] + zeros[2], zeros[1] + zeros[3])
    // A fifth of ASCII is enough: an export of Japanese has its Ids, dates and separators.
    if odd * 10 >= characters * 4, even * 20 <= odd { return ("UTF-16LE", 2) }
    if even * 10 >= characters * 4, odd * 20 <= even { return ("UTF-16BE", 2) }
    return nil
  }

  /// ISO-2022-JP and its kin: all bytes are ASCII, and ESC switches the character set.
  private static func escaped(_ sample: [UInt8]) -> Dialect.Encoding? {
    let escape: UInt8 = 0x1B
    guard sample.contains(escape) else { return nil }
    let lines = sample.split(separator: 0x0A).filter { $0.contains(escape) }
    let best = guesses(Array(lines.joined(separator: [0x0A]))).first
    guard let best, best.name.hasPrefix("ISO-2022"), best.confidence >= 50 else { return nil }
    return Dialect.Encoding(best.name, .bytes)
  }

  /// Whether bytes are UTF-8, but for a few: those are cells that another program ruined, and they
  /// are mended one by one.
  private static func isMostlyUTF8(_ sample: [UInt8], isWhole: Bool) -> Bool {
    if Dialect.isUTF8(sample[...], isWhole: isWhole) { return true }
    var valid = 0
    var invalid = 0
    var position = 0
    while position < sample.count {
      let lead = sample[position]
      guard lead >= 0x80 else {
        position += 1
        continue
      }
      let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
      let end = min(position + length, sample.count)
      if Dialect.isUTF8(sample[position..<end], isWhole: true) {
        valid += 1
        position = end
      } else {
        invalid += 1
        position += 1
      }
    }
    return valid > 10 * invalid
  }

  /// ICU's guess where it is sure enough, else Windows-1252.
  private static func guessed(_ sample: [UInt8]) -> Dialect.Encoding {
    let (text, foreign) = cellsBeyondASCII(sample)
    // ICU knows EBCDIC too, in which no CSV of a CRM is written.
    let guesses = guesses(text).filter { !$0.name.hasPrefix("IBM") && !$0.name.hasPrefix("UTF") }
    let western = guesses.first { isWestern($0.name) }?.confidence ?? 0
    let windows = Dialect.Encoding("Windows-1252", western >= 30 ? .bytes : .assumed)
    guard let best = guesses.first, !isWestern(best.name), let name = commonName(best.name) else {
      return windows
    }
    if multibyte.contains(best.name) {
      return best.confidence >= 40 ? Dialect.Encoding(name, .bytes) : windows
    }
    // One byte a character: only the frequency of letters tells alphabets apart.
    let isSure = foreign >= 12 && best.confidence >= 24 && best.confidence >= western + 8
    return isSure ? Dialect.Encoding(name, .bytes) : windows
  }

  private static let multibyte: Set<String> = ["Shift_JIS", "EUC-JP", "EUC-KR", "Big5", "GB18030"]

  /// ISO-8859-1 is Windows-1252 without what the latter puts where C1 controls would stand.
  private static func isWestern(_ name: String) -> Bool {
    name == "ISO-8859-1" || name == "windows-1252"
  }

  /// The cells that are not all ASCII, and how many of their bytes are not: ICU looks at 8,000
  /// bytes, which a header and Ids would fill.
  ///
  /// Cut at bytes that are part of no character in any charset that is guessed.
  private static func cellsBeyondASCII(_ sample: [UInt8]) -> (text: [UInt8], foreign: Int) {
    var text: [UInt8] = []
    var foreign = 0
    for cell in sample.split(whereSeparator: { [0x09, 0x0A, 0x0D, 0x22, 0x2C].contains($0) }) {
      let count = cell.count { $0 >= 0x80 }
      guard count > 0 else { continue }
      foreign += count
      text.append(contentsOf: cell)
      text.append(0x0A)
      if text.count > 8000 { break }
    }
    return (text, foreign)
  }

  private static func guesses(_ bytes: [UInt8]) -> [(name: String, confidence: Int)] {
    var found = [charsets_guess](repeating: charsets_guess(), count: 16)
    // ICU takes pointers: the C boundary.
    let count = bytes.withUnsafeBufferPointer { bytes in
      found.withUnsafeMutableBufferPointer { found in
        charsets_guesses(
          bytes.baseAddress, bytes.count, found.baseAddress, Int32(found.count))
      }
    }
    return found.prefix(Int(count)).map { guess in
      let name = withUnsafeBytes(of: guess.name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      return (name, Int(guess.confidence))
    }
  }
}
