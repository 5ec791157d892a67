import CScan
import Records
import Settings

/// How the bytes of one file stand for rows and cells.
public struct Dialect: Hashable, Sendable {
  /// What stands between cells.
  public typealias Delimiter = Configuration.Delimiter

  /// What a person states about the files of an export, before what the files show.
  public struct Stated: Hashable, Sendable {
    /// The name of a charset that ICU knows.
    public var encoding: String?
    /// Where that is stated, for what is wrong with it.
    public var encodingAt: SourcePosition?
    public var delimiter: Delimiter?

    public init(
      encoding: String? = nil, encodingAt: SourcePosition? = nil, delimiter: Delimiter? = nil
    ) {
      self.encoding = encoding
      self.encodingAt = encodingAt
      self.delimiter = delimiter
    }
  }

  public let delimiter: UInt8
  public let newline: UInt8
  /// How the file is written; what reads it is given UTF-8.
  public let encoding: Encoding
  /// What `check` says was detected, and why.
  public let description: String
  /// What must be rewritten before RFC 4180 can be read.
  let rewriting: QuoteRewriting
  /// Bytes and lines of the text before the header.
  let preamble: Preamble
  /// Whether a column of a finding is one of the file: not where its text was made from JSON.
  let hasColumns: Bool

  /// Bytes and lines.
  struct Preamble: Hashable, Sendable {
    var bytes = 0
    var lines = 0
  }

  init(
    delimiter: UInt8, newline: UInt8, encoding: Encoding = Encoding("UTF-8", .bytes),
    description: String = "", rewriting: QuoteRewriting = QuoteRewriting(),
    preamble: Preamble = Preamble(), hasColumns: Bool = true
  ) {
    self.delimiter = delimiter
    self.newline = newline
    self.encoding = encoding
    self.description = description
    self.rewriting = rewriting
    self.preamble = preamble
    self.hasColumns = hasColumns
  }

  static let quote = UInt8(ascii: "\"")

  var scan: cscan_dialect {
    cscan_dialect(delimiter: delimiter, quote: Dialect.quote, newline: newline)
  }

  /// How many characters bytes are: continuation bytes of UTF-8 are none of their own.
  func characterCount(_ bytes: ArraySlice<UInt8>) -> Int {
    bytes.count { $0 & 0xC0 != 0x80 }
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
