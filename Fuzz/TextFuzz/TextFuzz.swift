// Bytes of any charset become UTF-8, whatever size the pieces have in which they are asked for, and
// the same holds for quotes and line ends that are rewritten; a dialect is found in any text.
import FuzzKit

@testable import Intake

private let charsets = [
  "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE", "windows-1252", "ISO-8859-1", "Shift_JIS",
  "EUC-JP", "GB18030", "Big5", "EUC-KR", "ISO-2022-JP", "KOI8-R", "UTF-8",
]

/// All that a stream holds, asked for in pieces of one size.
private func all(_ stream: any ByteStream, _ piece: Int) throws -> [UInt8] {
  var text: [UInt8] = []
  while true {
    let before = text.count
    let got = try stream.read(piece, into: &text)
    hold(got == text.count - before && got <= piece, "the stream counts other bytes than it gives")
    if got < piece { return text }
  }
}

@_cdecl("LLVMFuzzerTestOneInput")
public func textFuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = bytes(start, count)
  guard input.count >= 2 else { return 0 }
  let body = input[2...]
  let charset = charsets[Int(input[0]) % charsets.count]
  do {
    func decoded(_ piece: Int) throws -> (text: [UInt8], undecodable: Undecodable) {
      let stream = try CharsetStream(MemoryStream(body), charset: charset, newline: 0x0A)
      let text = try all(stream, piece)
      return (text, stream.undecodable)
    }
    let whole = try decoded(1 << 16)
    hold(String(validating: whole.text, as: UTF8.self) != nil, "\(charset) becomes no UTF-8")
    let pieces = try decoded(1 + Int(input[1]) % 70)
    hold(whole.text == pieces.text, "\(charset) depends on the pieces")
    hold(whole.undecodable == pieces.undecodable, "\(charset) is counted by pieces")
    try rewritten(whole.text, by: input[1])
  } catch {
    hold(false, "a stream over memory fails: \(error)")
  }
  return 0
}

private func rewritten(_ text: [UInt8], by choice: UInt8) throws {
  let dialect = Dialect.detect(
    text: text, isWhole: choice & 1 == 0, encoding: Dialect.Encoding("UTF-8", .bytes))
  hold(dialect.preamble.bytes <= text.count, "the preamble is longer than the text")
  var rules = dialect.rewriting
  rules.escapes = rules.escapes || choice & 2 != 0
  rules.loneReturns = rules.loneReturns || choice & 4 != 0
  let whole = try all(QuoteRewritingStream(MemoryStream(text[...]), rules), 1 << 16)
  let pieces = try all(QuoteRewritingStream(MemoryStream(text[...]), rules), 1 + Int(choice) % 70)
  hold(whole == pieces, "rewriting depends on the pieces")
}
