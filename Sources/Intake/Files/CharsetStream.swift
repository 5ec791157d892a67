import CCharsets

/// A file of another charset as UTF-8.
///
/// What cannot be decoded becomes U+FFFD and is counted.
final class CharsetStream: ByteStream {
  private let source: any ByteStream
  private let decoder: CharsetDecoder
  private let newline: UInt8
  private var input: [UInt8] = []
  private var output = PendingBytes()
  private var isAtEnd = false
  private var line = 1
  private(set) var undecodable = Undecodable()

  private static let blockSize = 128 << 10

  /// Decodes a stream that stands behind its byte-order mark; lines are counted by a newline.
  init(_ source: any ByteStream, charset: String, newline: UInt8) throws {
    self.source = source
    self.newline = newline
    decoder = try CharsetDecoder(charset)
  }

  func read(_ count: Int, into buffer: inout [UInt8]) throws -> Int {
    try output.take(count, into: &buffer) { pending in
      guard !isAtEnd else { return false }
      input.removeAll(keepingCapacity: true)
      let got = try source.read(CharsetStream.blockSize, into: &input)
      isAtEnd = got < CharsetStream.blockSize
      decoder.decode(input[...], isEnd: isAtEnd, into: &pending)
      notice(pending)
      return true
    }
  }

  /// Counts lines until the first sequence that could not be decoded.
  private func notice(_ text: [UInt8]) {
    undecodable.count = decoder.undecodable
    guard undecodable.line == nil else { return }
    guard undecodable.count > 0 else {
      line += text.count { $0 == newline }
      return
    }
    let replaced = text.indices.first { text[$0...].starts(with: [0xEF, 0xBF, 0xBD]) }
    undecodable.line = line + text[..<(replaced ?? 0)].count { $0 == newline }
  }
}

/// Bytes of a file that stand for no character of its charset.
struct Undecodable: Hashable, Sendable {
  var count = 0
  /// Line of the first.
  var line: Int?
}

/// Turns bytes of a charset into UTF-8, piece by piece.
final class CharsetDecoder {
  private let converter: OpaquePointer
  /// Reused from call to call.
  private var block = [UInt8](repeating: 0, count: 64 << 10)

  /// - Throws: `StreamError` where ICU does not know the charset.
  init(_ charset: String) throws {
    guard let converter = charsets_open(charset) else {
      throw StreamError(reason: "the encoding \(charset) is not known")
    }
    self.converter = converter
  }

  deinit { charsets_close(converter) }

  /// How many sequences became U+FFFD because they stand for nothing.
  var undecodable: Int { charsets_undecodable(converter) }

  /// Appends the text of some bytes; a character that they cut waits for the next.
  func decode(_ bytes: ArraySlice<UInt8>, isEnd: Bool, into text: inout [UInt8]) {
    var rest = bytes
    while true {
      // ICU takes pointers: the C boundary.
      let progress = rest.withUnsafeBufferPointer { source in
        block.withUnsafeMutableBufferPointer { target in
          charsets_convert(
            converter, source.baseAddress, source.count, target.baseAddress, target.count,
            isEnd ? 1 : 0)
        }
      }
      text.append(contentsOf: block[..<progress.written])
      rest = rest.dropFirst(progress.read)
      if progress.is_full == 0 { return }
    }
  }
}
