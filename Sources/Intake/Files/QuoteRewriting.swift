/// What of a file is rewritten, outside or inside quotes, so that RFC 4180 can be read.
struct QuoteRewriting: Hashable, Sendable {
  var delimiter = Dialect.Delimiter.comma.byte
  /// Inside quotes `\"` becomes `""` and `\\` becomes `\`.
  var escapes = false
  /// Outside quotes a carriage return alone becomes a newline.
  var loneReturns = false

  var isNeeded: Bool { escapes || loneReturns }
}

/// A file with its quotes and line ends rewritten.
final class QuoteRewritingStream: ByteStream {
  private enum State { case start, unquoted, quoted, escaped, closing }

  private let source: any ByteStream
  private let rules: QuoteRewriting
  private var state = State.start
  /// Whether a carriage return outside quotes waits for what follows it.
  private var holdsReturn = false
  private var input: [UInt8] = []
  private var output = PendingBytes()
  private var isAtEnd = false

  private static let blockSize = 128 << 10

  init(_ source: any ByteStream, _ rules: QuoteRewriting) {
    self.source = source
    self.rules = rules
  }

  var undecodable: Undecodable { source.undecodable }

  func read(_ count: Int, into buffer: inout [UInt8]) throws -> Int {
    try output.take(count, into: &buffer) { pending in
      guard !isAtEnd else { return false }
      input.removeAll(keepingCapacity: true)
      let got = try source.read(QuoteRewritingStream.blockSize, into: &input)
      isAtEnd = got < QuoteRewritingStream.blockSize
      for byte in input { rewrite(byte, into: &pending) }
      if isAtEnd, state == .escaped { pending.append(UInt8(ascii: "\\")) }
      if isAtEnd, holdsReturn { pending.append(0x0A) }
      return true
    }
  }

  private func rewrite(_ byte: UInt8, into text: inout [UInt8]) {
    if holdsReturn {
      holdsReturn = false
      text.append(byte == 0x0A ? 0x0D : 0x0A)
    }
    switch state {
    case .escaped:
      state = .quoted
      if byte == Dialect.quote {
        text.append(Dialect.quote)
      } else if byte != UInt8(ascii: "\\") {
        text.append(UInt8(ascii: "\\"))
      }
    case .quoted where rules.escapes && byte == UInt8(ascii: "\\"):
      state = .escaped
      return
    case .quoted:
      if byte == Dialect.quote { state = .closing }
    case .closing where byte == Dialect.quote, .start where byte == Dialect.quote:
      state = .quoted
    case .start, .closing, .unquoted:
      if byte == 0x0D, rules.loneReturns {
        holdsReturn = true
        state = .start
        return
      }
      state = byte == rules.delimiter || byte == 0x0A ? .start : .unquoted
    }
    text.append(byte)
  }
}
