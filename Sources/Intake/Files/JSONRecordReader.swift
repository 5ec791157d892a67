/// The records of a file of JSON, one after the other.
///
/// A file is an array of records; the answer of a command or of the REST API, which holds them under
/// `records` or `result`; or records one behind the other, as in JSON lines. Objects within a record
/// become paths (`Account.Name`), arrays stay the JSON they are, `attributes` says the entity.
final class JSONRecordReader {
  /// One record, flat.
  struct Record {
    /// Line on which it begins.
    var line = 1
    /// The texts of its cells, one behind the other.
    var bytes: [UInt8] = []
    /// Grain: one entry per value that is not null; keys are numbered by `keys`.
    var cells: [(key: Int, range: Range<Int>)] = []
    /// The entity that its `attributes` name.
    var type: String?

    mutating func clear() {
      bytes.removeAll(keepingCapacity: true)
      cells.removeAll(keepingCapacity: true)
      type = nil
    }
  }

  /// Where the next record stands.
  private enum Place {
    case start
    /// In an array within so many objects.
    case array(enclosing: Int, isFirst: Bool)
    case lines
    case end
  }

  private let json: JSONReader
  private var place = Place.start
  /// Every path met so far, in order of first appearance, also of nulls.
  private(set) var keys: ByteInterner
  private var path: [UInt8] = []

  /// An entity of Salesforce has at most some 900 fields; its parents have as many.
  static let mostKeys = 10_000

  init(
    _ stream: any ByteStream, keys: ByteInterner = ByteInterner(),
    blockSize: Int = JSONReader.usualBlockSize
  ) {
    json = JSONReader(stream, blockSize: blockSize)
    self.keys = keys
  }

  var undecodable: Undecodable { json.allUndecodable }

  /// Whether the records stand one behind the other, without an array round them.
  var isLines: Bool { if case .lines = place { true } else { false } }

  func fault(_ reason: String) -> JSONFault { json.fault(reason) }

  /// Reads the next record, or returns false at the end.
  ///
  /// - Throws: `JSONFault`, `StreamError`.
  func next(_ record: inout Record) throws -> Bool {
    record.clear()
    switch place {
    case .start: return try begin(&record)
    case .array(let enclosing, let isFirst):
      if try json.peek() == UInt8(ascii: "]") {
        json.take(UInt8(ascii: "]"))
        try leave(enclosing)
        place = .end
        return false
      }
      if !isFirst { try json.expect(UInt8(ascii: ","), "a comma or the end of the records") }
      place = .array(enclosing: enclosing, isFirst: false)
      try object(&record)
      return true
    case .lines:
      guard try json.peek() != nil else { return false }
      try object(&record)
      return true
    case .end: return false
    }
  }

  // MARK: Where records stand

  private func begin(_ record: inout Record) throws -> Bool {
    switch try json.peek() {
    case nil:
      place = .end
      return false
    case UInt8(ascii: "["):
      json.take(UInt8(ascii: "["))
      place = .array(enclosing: 0, isFirst: true)
      return try next(&record)
    case UInt8(ascii: "{"):
      record.line = json.line
      let before = keys
      if let depth = try envelope(&record, depth: 1) {
        // What stands beside the records is none of them.
        keys = before
        place = .array(enclosing: depth, isFirst: true)
        return try next(&record)
      }
      place = .lines
      return true
    default: throw json.fault("a file of records begins with [ or {")
    }
  }

  /// Reads an object that holds the records or is one; stops in the array of records and returns the
  /// number of objects round it, or nil where it holds none.
  private func envelope(_ record: inout Record, depth: Int) throws -> Int? {
    try json.expect(UInt8(ascii: "{"), "an object")
    if try json.peek() == UInt8(ascii: "}") {
      json.take(UInt8(ascii: "}"))
      return nil
    }
    var key: [UInt8] = []
    while true {
      key.removeAll(keepingCapacity: true)
      try json.string(into: &key)
      try json.expect(UInt8(ascii: ":"), "a colon")
      let isResult = depth == 1 && key.elementsEqual("result".utf8)
      let value = try json.peek()
      if value == UInt8(ascii: "["), isResult || key.elementsEqual("records".utf8) {
        json.take(UInt8(ascii: "["))
        return depth
      }
      if value == UInt8(ascii: "{"), isResult {
        path = Array("result".utf8)
        if let found = try envelope(&record, depth: 2) { return found }
        path = []
      } else {
        try member(key, of: &record, depth: depth)
      }
      if try json.peek() == UInt8(ascii: "}") {
        json.take(UInt8(ascii: "}"))
        return nil
      }
      try json.expect(UInt8(ascii: ","), "a comma or the end of the object")
    }
  }

  /// Reads what stands behind the array of records, up to the end of the file.
  private func leave(_ enclosing: Int) throws {
    var skipped: [UInt8] = []
    for _ in 0..<enclosing {
      while try json.peek() != UInt8(ascii: "}") {
        try json.expect(UInt8(ascii: ","), "a comma or the end of the object")
        skipped.removeAll(keepingCapacity: true)
        try json.string(into: &skipped)
        try json.expect(UInt8(ascii: ":"), "a colon")
        try json.verbatim(into: &skipped, depth: 1)
      }
      json.take(UInt8(ascii: "}"))
    }
    guard try json.peek() == nil else { throw json.fault("something follows the records") }
  }

  // MARK: One record

  private func object(_ record: inout Record) throws {
    guard try json.peek() == UInt8(ascii: "{") else {
      throw json.fault("a record in braces belongs here")
    }
    record.line = json.line
    path.removeAll(keepingCapacity: true)
    try json.members { try member($0, of: &record, depth: 1) }
  }

  /// Reads the value of a key below the path.
  private func member(_ key: [UInt8], of record: inout Record, depth: Int) throws {
    guard depth <= JSONReader.deepest else {
      throw json.fault("values are nested more than \(JSONReader.deepest) deep")
    }
    let length = path.count
    defer { path.removeLast(path.count - length) }
    if !path.isEmpty { path.append(UInt8(ascii: ".")) }
    path.append(contentsOf: key)
    let start = record.bytes.count
    switch try json.peek() {
    case UInt8(ascii: "{"):
      if key.elementsEqual("attributes".utf8) {
        try attributes(of: &record, depth: depth)
      } else {
        try json.members { try member($0, of: &record, depth: depth + 1) }
      }
      return
    case UInt8(ascii: "n"):
      try json.word("null", into: &record.bytes)
      record.bytes.removeLast(record.bytes.count - start)
      _ = try number(ofKey: path)
      return
    case UInt8(ascii: "["): try json.verbatim(into: &record.bytes, depth: depth + 1)
    case UInt8(ascii: "\""): try json.string(into: &record.bytes)
    default: try json.scalar(into: &record.bytes)
    }
    guard record.bytes.count <= ChunkReader.longestRecord else {
      throw json.fault("a record has more than \(ChunkReader.longestRecord >> 20) MiB")
    }
    record.cells.append((key: try number(ofKey: path), range: start..<record.bytes.count))
  }

  /// Reads what Salesforce says about a record beside its fields.
  private func attributes(of record: inout Record, depth: Int) throws {
    try json.members { key in
      let isType = key.elementsEqual("type".utf8)
      guard isType || key.elementsEqual("url".utf8), try json.peek() == UInt8(ascii: "\"") else {
        try member(key, of: &record, depth: depth + 1)
        return
      }
      var text: [UInt8] = []
      try json.string(into: &text)
      if isType, depth == 1 { record.type = String(decoding: text, as: UTF8.self) }
    }
  }

  private func number(ofKey path: [UInt8]) throws -> Int {
    let number = Int(keys.code(of: path.span))
    guard keys.count <= JSONRecordReader.mostKeys else {
      throw json.fault("the records have more than \(JSONRecordReader.mostKeys) different keys")
    }
    return number
  }
}
