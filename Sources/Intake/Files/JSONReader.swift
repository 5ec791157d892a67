/// Where a file of JSON is none, or none of records.
struct JSONFault: Error, Hashable {
  let reason: String
  let line: Int
  let column: Int
}

/// The bytes of JSON with their place, and the rules of RFC 8259 for one value.
///
/// Numbers stay the text that they are: no library hands them over so.
final class JSONReader {
  private let stream: any ByteStream
  private var block: [UInt8] = []
  private var position = 0
  private var isAtEnd = false
  private(set) var line = 1
  private var column = 1
  /// Escapes that stand for half a character, and bytes that no UTF-8 has.
  private(set) var undecodable = Undecodable()

  /// Bytes read at a time; tests make it small, to cut everywhere.
  private let blockSize: Int
  static let usualBlockSize = 128 << 10
  /// As deep as any export nests, and far from the end of the stack.
  static let deepest = 64

  init(_ stream: any ByteStream, blockSize: Int = JSONReader.usualBlockSize) {
    self.stream = stream
    self.blockSize = blockSize
  }

  /// What the stream below and this reader could not decode.
  var allUndecodable: Undecodable {
    let below = stream.undecodable
    return Undecodable(
      count: below.count + undecodable.count, line: below.line ?? undecodable.line)
  }

  func fault(_ reason: String) -> JSONFault {
    JSONFault(reason: reason, line: line, column: column)
  }

  // MARK: Bytes

  /// The next byte without taking it, nil at the end.
  @inline(__always)
  func peekByte() throws -> UInt8? {
    if position == block.count { try fill() }
    return position < block.count ? block[position] : nil
  }

  private func fill() throws {
    guard !isAtEnd else { return }
    block.removeAll(keepingCapacity: true)
    position = 0
    isAtEnd = try stream.read(blockSize, into: &block) < blockSize
  }

  @inline(__always)
  func take(_ byte: UInt8) {
    position += 1
    if byte == 0x0A {
      line += 1
      column = 1
    } else if byte & 0xC0 != 0x80 {
      column += 1
    }
  }

  /// The next byte that is no white space, not taken; nil at the end.
  func peek() throws -> UInt8? {
    while let byte = try peekByte() {
      guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return byte }
      take(byte)
    }
    return nil
  }

  /// Takes a byte that must come next, behind white space.
  func expect(_ byte: UInt8, _ what: String) throws {
    guard let next = try peek() else { throw fault("the file ends where \(what) belongs") }
    guard next == byte else { throw fault("here \(what) belongs") }
    take(next)
  }

  // MARK: Values

  /// Reads a string into bytes, its escapes resolved.
  func string(into text: inout [UInt8]) throws {
    try expect(UInt8(ascii: "\""), "a string")
    while true {
      takePlain(into: &text)
      guard let byte = try peekByte() else { throw fault("the file ends in a string") }
      guard byte >= 0x20 else { throw fault("a control character stands in a string") }
      take(byte)
      switch byte {
      case UInt8(ascii: "\""): return
      case UInt8(ascii: "\\"): try escape(into: &text)
      case 0xF8...: replace(into: &text)
      default: text.append(byte)
      }
    }
  }

  /// Takes what of a string is ASCII without escapes, as nearly all is.
  private func takePlain(into text: inout [UInt8]) {
    var end = position
    while end < block.count {
      let byte = block[end]
      guard byte >= 0x20, byte < 0x80, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\")
      else { break }
      end += 1
    }
    text.append(contentsOf: block[position..<end])
    column += end - position
    position = end
  }

  private func replace(into text: inout [UInt8]) {
    undecodable.count += 1
    undecodable.line = undecodable.line ?? line
    text.append(contentsOf: [0xEF, 0xBF, 0xBD])
  }

  private func escape(into text: inout [UInt8]) throws {
    guard let byte = try peekByte() else { throw fault("the file ends in a string") }
    let plain: [UInt8: UInt8] = [
      0x22: 0x22, 0x5C: 0x5C, 0x2F: 0x2F, 0x62: 0x08, 0x66: 0x0C, 0x6E: 0x0A, 0x72: 0x0D,
      0x74: 0x09,
    ]
    if let other = plain[byte] {
      take(byte)
      text.append(other)
      return
    }
    guard byte == UInt8(ascii: "u") else { throw fault("no escape is written so") }
    take(byte)
    let unit = try hexadecimal()
    if let scalar = Unicode.Scalar(unit) {
      text.append(contentsOf: Array(String(scalar).utf8))
      return
    }
    // The first half of a pair is followed by the second; a half alone stands for nothing.
    guard unit < 0xDC00, try peekByte() == UInt8(ascii: "\\") else {
      replace(into: &text)
      return
    }
    take(UInt8(ascii: "\\"))
    guard try peekByte() == UInt8(ascii: "u") else {
      replace(into: &text)
      try escape(into: &text)
      return
    }
    take(UInt8(ascii: "u"))
    let second = try hexadecimal()
    if (0xDC00...0xDFFF).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (second - 0xDC00))
    {
      text.append(contentsOf: Array(String(scalar).utf8))
      return
    }
    replace(into: &text)
    if let scalar = Unicode.Scalar(second) {
      text.append(contentsOf: Array(String(scalar).utf8))
    } else {
      replace(into: &text)
    }
  }

  private func hexadecimal() throws -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = try peekByte(), byte < 0x80,
        let digit = Character(Unicode.Scalar(byte)).hexDigitValue
      else { throw fault("four hexadecimal digits belong behind \\u") }
      take(byte)
      value = value << 4 | UInt32(digit)
    }
    return value
  }

  /// Reads a number verbatim.
  func number(into text: inout [UInt8]) throws {
    func digits() throws {
      guard let first = try peekByte(), (0x30...0x39).contains(first) else {
        throw fault("a digit belongs here")
      }
      while let byte = try peekByte(), (0x30...0x39).contains(byte) {
        take(byte)
        text.append(byte)
      }
    }
    func accept(_ bytes: UInt8...) throws -> UInt8? {
      guard let byte = try peekByte(), bytes.contains(byte) else { return nil }
      take(byte)
      text.append(byte)
      return byte
    }
    _ = try accept(UInt8(ascii: "-"))
    if try accept(UInt8(ascii: "0")) == nil { try digits() }
    if try accept(UInt8(ascii: ".")) != nil { try digits() }
    if try accept(UInt8(ascii: "e"), UInt8(ascii: "E")) != nil {
      _ = try accept(UInt8(ascii: "+"), UInt8(ascii: "-"))
      try digits()
    }
  }

  /// Reads one of the words of JSON.
  func word(_ word: StaticString, into text: inout [UInt8]) throws {
    for byte in Array(word.description.utf8) {
      guard try peekByte() == byte else { throw fault("no value is written so") }
      take(byte)
      text.append(byte)
    }
  }

  /// Reads any value verbatim, without the white space between its parts.
  func verbatim(into text: inout [UInt8], depth: Int) throws {
    guard depth <= JSONReader.deepest else {
      throw fault("values are nested more than \(JSONReader.deepest) deep")
    }
    switch try peek() {
    case UInt8(ascii: "{"):
      text.append(UInt8(ascii: "{"))
      try members { key in
        if text.last != UInt8(ascii: "{") { text.append(UInt8(ascii: ",")) }
        JSONReader.quote(key, into: &text)
        text.append(UInt8(ascii: ":"))
        try verbatim(into: &text, depth: depth + 1)
      }
      text.append(UInt8(ascii: "}"))
    case UInt8(ascii: "["):
      text.append(UInt8(ascii: "["))
      try elements {
        if text.last != UInt8(ascii: "[") { text.append(UInt8(ascii: ",")) }
        try verbatim(into: &text, depth: depth + 1)
      }
      text.append(UInt8(ascii: "]"))
    case UInt8(ascii: "\""):
      var string: [UInt8] = []
      try self.string(into: &string)
      JSONReader.quote(string, into: &text)
    default: try scalar(into: &text)
    }
  }

  /// Reads a number or a word.
  func scalar(into text: inout [UInt8]) throws {
    guard let byte = try peek() else { throw fault("the file ends where a value belongs") }
    switch byte {
    case UInt8(ascii: "t"): try word("true", into: &text)
    case UInt8(ascii: "f"): try word("false", into: &text)
    case UInt8(ascii: "n"): try word("null", into: &text)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try number(into: &text)
    default: throw fault("no value is written so")
    }
  }

  /// Reads an object; `body` is given each key and reads its value.
  func members(_ body: ([UInt8]) throws -> Void) throws {
    try expect(UInt8(ascii: "{"), "an object")
    if try peek() == UInt8(ascii: "}") {
      take(UInt8(ascii: "}"))
      return
    }
    var key: [UInt8] = []
    while true {
      key.removeAll(keepingCapacity: true)
      try string(into: &key)
      try expect(UInt8(ascii: ":"), "a colon")
      try body(key)
      if try peek() == UInt8(ascii: "}") {
        take(UInt8(ascii: "}"))
        return
      }
      try expect(UInt8(ascii: ","), "a comma or the end of the object")
    }
  }

  /// Reads an array; `body` reads each value.
  func elements(_ body: () throws -> Void) throws {
    try expect(UInt8(ascii: "["), "an array")
    if try peek() == UInt8(ascii: "]") {
      take(UInt8(ascii: "]"))
      return
    }
    while true {
      try body()
      if try peek() == UInt8(ascii: "]") {
        take(UInt8(ascii: "]"))
        return
      }
      try expect(UInt8(ascii: ","), "a comma or the end of the array")
    }
  }

  /// Writes a string as JSON has it.
  private static func quote(_ string: [UInt8], into text: inout [UInt8]) {
    text.append(UInt8(ascii: "\""))
    for byte in string {
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
        text.append(UInt8(ascii: "\\"))
        text.append(byte)
      } else if byte < 0x20 {
        let digits = Array("0123456789abcdef".utf8)
        text.append(contentsOf: Array("\\u00".utf8))
        text.append(digits[Int(byte >> 4)])
        text.append(digits[Int(byte & 15)])
      } else {
        text.append(byte)
      }
    }
    text.append(UInt8(ascii: "\""))
  }
}
