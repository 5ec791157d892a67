import CScan

/// How the bytes of one file stand for rows and cells.
public struct Dialect: Hashable, Sendable {
  /// How characters are written.
  public enum Encoding: String, Hashable, Sendable {
    case utf8 = "UTF-8"
    case windows1252 = "Windows-1252"
  }

  public let delimiter: UInt8
  public let newline: UInt8
  public let encoding: Encoding
  /// Whether a carriage return stands before the newline of the header.
  let hasReturns: Bool
  /// Bytes of a byte-order mark before the header.
  let markLength: Int

  static let quote = UInt8(ascii: "\"")

  var scan: cscan_dialect {
    cscan_dialect(delimiter: delimiter, quote: Dialect.quote, newline: newline)
  }

  /// How many characters bytes are: continuation bytes of UTF-8 are none of their own.
  func characterCount(_ bytes: ArraySlice<UInt8>) -> Int {
    encoding == .utf8 ? bytes.count { $0 & 0xC0 != 0x80 } : bytes.count
  }

  /// What `check` says was detected.
  public var description: String {
    let names: [UInt8: String] = [
      0x2C: "comma", 0x3B: "semicolon", 0x09: "tab", 0x7C: "pipe", 0x5E: "caret",
      0x60: "backquote",
    ]
    let ends = newline == 0x0D ? "CR" : hasReturns ? "CRLF" : "LF"
    return "\(names[delimiter] ?? "other")-separated, \(encoding.rawValue), \(ends)"
  }
}

extension Dialect {
  /// Why a file cannot be read at all.
  enum Refusal: Error {
    case encoding(String)
  }

  /// Detects the dialect from the first bytes of a file.
  ///
  /// The delimiter is the candidate that stands most often outside quotes in the header; the
  /// encoding is UTF-8 unless bytes of the sample cannot be.
  static func detect(_ sample: [UInt8], isWhole: Bool) throws -> Dialect {
    // The mark of UTF-32 begins with that of UTF-16.
    if sample.starts(with: [0xFF, 0xFE, 0, 0]) || sample.starts(with: [0, 0, 0xFE, 0xFF]) {
      throw Refusal.encoding("UTF-32")
    }
    if sample.starts(with: [0xFF, 0xFE]) || sample.starts(with: [0xFE, 0xFF]) {
      throw Refusal.encoding("UTF-16")
    }
    let markLength = sample.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let text = sample.dropFirst(markLength)
    let newline: UInt8 = text.contains(0x0A) || !text.contains(0x0D) ? 0x0A : 0x0D

    var counts: [UInt8: Int] = [:]
    var isQuoted = false
    var endOfHeader: Int?
    for (position, byte) in zip(text.indices, text) {
      if byte == quote { isQuoted.toggle() }
      guard !isQuoted else { continue }
      if byte == newline {
        endOfHeader = position
        break
      }
      counts[byte, default: 0] += 1
    }
    let candidates: [UInt8] = [0x2C, 0x09, 0x3B, 0x7C, 0x5E, 0x60]
    var delimiter: UInt8 = 0x2C
    for candidate in candidates where counts[candidate, default: 0] > counts[delimiter, default: 0]
    {
      delimiter = candidate
    }
    return Dialect(
      delimiter: delimiter, newline: newline,
      encoding: isUTF8(text, isWhole: isWhole) ? .utf8 : .windows1252,
      hasReturns: newline == 0x0A && endOfHeader.map { $0 > 0 && sample[$0 - 1] == 0x0D } ?? false,
      markLength: markLength)
  }

  /// Whether bytes are UTF-8; a sequence cut by the end of the sample does not count against it.
  static func isUTF8(_ bytes: ArraySlice<UInt8>, isWhole: Bool) -> Bool {
    var bytes = bytes
    if !isWhole {
      var back = 0
      while back < 3, let last = bytes.last, last & 0xC0 == 0x80 {
        bytes.removeLast()
        back += 1
      }
      if let last = bytes.last, last >= 0xC0 { bytes.removeLast() }
    }
    return String(validating: bytes, as: UTF8.self) != nil
  }
}
