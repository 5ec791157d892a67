import CMemory
import Records

/// A column that grows by the parts that threads read, in the order of the files.
struct ColumnBuilder: Sendable {
  /// What the parts so far hold; of codes, those of `texts`.
  private(set) var values: ColumnPart
  /// Of a column that keeps no cells: whether any was a text.
  private(set) var holdsText = false
  /// The distinct texts of codes, in order of first appearance in the files.
  private var texts = ByteInterner()
  /// For each thread that reads the present file, what its codes stand for.
  private var spellings: [Spellings] = []

  private struct Spellings {
    var texts: [[UInt8]] = []
    /// The codes in the column, -1 where not met in it yet.
    var codes: [Int32] = []
  }

  /// Where a column stood before a file was read.
  struct Mark {
    fileprivate let count: Int
    fileprivate let texts: ByteInterner
  }

  /// References are resolved where they are read as rows, because the table was read before.
  init(_ kind: FieldKind, keyForm: Mapping.KeyForm, isResolved: Bool = false) {
    values =
      switch kind {
      case .decimal, .rate: .decimals([])
      case .date, .datetime: .days([])
      case .instant: .instants(Instants(seconds: [], days: []))
      case .flag: .flags([])
      case .category: .codes(Codes())
      case .text: .texts(Texts())
      case .id, .reference:
        keyForm != .salesforce ? .texts(Texts()) : isResolved ? .references([]) : .keys([])
      }
  }

  /// A column of which only the rows are counted.
  static let counting = ColumnBuilder(values: .absent(0))

  private init(values: ColumnPart) { self.values = values }

  var mark: Mark { Mark(count: values.count, texts: texts) }

  /// Takes out what was appended after a mark.
  mutating func rollBack(to mark: Mark) {
    let count = mark.count
    texts = mark.texts
    change { values in
      switch values {
      case .decimals(let all): .decimals(Array(all[..<count]))
      case .days(let all): .days(Array(all[..<count]))
      case .instants(let all):
        .instants(Instants(seconds: Array(all.seconds[..<count]), days: Array(all.days[..<count])))
      case .flags(let all): .flags(Array(all[..<count]))
      case .keys(let all): .keys(SalesforceKeys(all[..<count]))
      case .references(let all): .references(Array(all[..<count]))
      case .codes(let all): .codes(Codes(values: Array(all.values[..<count])))
      case .texts(let all): .texts(all.keeping { $0 < count })
      case .absent: .absent(count)
      }
    }
  }

  /// Begins a file, whose threads know no texts yet.
  mutating func beginFile(threads: Int) {
    spellings = [Spellings](repeating: Spellings(), count: threads)
  }

  /// Makes room for rows that are expected, so that a column is rarely moved while it grows.
  mutating func reserve(_ rows: Int) {
    change { values in
      switch values {
      case .decimals(let all): .decimals(all.reserving(rows))
      case .days(let all): .days(all.reserving(rows))
      case .instants(let all):
        .instants(Instants(seconds: all.seconds.reserving(rows), days: all.days.reserving(rows)))
      case .flags(let all): .flags(all.reserving(rows))
      case .keys(let all): .keys(all.changingEnds { $0.reserving(rows) })
      case .references(let all): .references(all.reserving(rows))
      case .codes(let all): .codes(Codes(values: all.values.reserving(rows)))
      case .texts(let all): .texts(Texts(bytes: all.bytes, ends: all.ends.reserving(rows)))
      case .absent: values
      }
    }
  }

  private mutating func change(_ body: (ColumnPart) -> ColumnPart) { values = body(values) }

  /// Appends the part of the next chunk.
  mutating func append(_ part: ColumnPart) {
    func append<Value>(_ more: [Value]?, to all: inout [Value], null: Value) {
      if let more { all += more } else { all += repeatElement(null, count: part.count) }
    }
    // What grows is taken out of `values` meanwhile, so that it is not copied.
    switch values {
    case .decimals(var all):
      values = .absent(0)
      append(part.decimals, to: &all, null: Exact.null)
      values = .decimals(all)
    case .days(var all):
      values = .absent(0)
      append(part.days, to: &all, null: Day.null)
      values = .days(all)
    case .instants(var all):
      values = .absent(0)
      append(part.instants?.seconds, to: &all.seconds, null: Instants.null)
      append(part.instants?.days, to: &all.days, null: Day.null)
      values = .instants(all)
    case .flags(var all):
      values = .absent(0)
      append(part.flags, to: &all, null: 2)
      values = .flags(all)
    case .keys(var all):
      values = .absent(0)
      all.append(
        contentsOf: part.keys
          ?? SalesforceKeys(repeatElement(SalesforceID.zero, count: part.count)))
      values = .keys(all)
    case .references(var all):
      values = .absent(0)
      append(part.references, to: &all, null: Reference.null)
      values = .references(all)
    case .codes(var all):
      values = .absent(0)
      if let codes = part.codes {
        self.append(codes, to: &all.values)
      } else {
        append(nil, to: &all.values, null: Categories.null)
      }
      values = .codes(all)
    case .texts(var all):
      values = .absent(0)
      let start = all.bytes.count
      if let texts = part.texts {
        all.bytes += texts.bytes
        all.ends += texts.ends.lazy.map { $0 + start }
      } else {
        all.ends += repeatElement(start, count: part.count)
      }
      values = .texts(all)
    case .absent(let count):
      values = .absent(count + part.count)
      holdsText = holdsText || part.texts?.bytes.isEmpty == false
    }
  }

  /// Translates the codes of a thread to those of the column.
  private mutating func append(_ codes: Codes, to all: inout [Int32]) {
    var known = Spellings()
    swap(&known, &spellings[codes.worker])
    defer { swap(&known, &spellings[codes.worker]) }
    known.texts += codes.met
    known.codes += repeatElement(-1, count: codes.met.count)
    all.append(addingCapacity: codes.values.count) { all in
      for code in codes.values {
        guard code >= 0 else {
          all.append(Categories.null)
          continue
        }
        if known.codes[Int(code)] < 0 {
          let text = known.texts[Int(code)]
          known.codes[Int(code)] = texts.code(of: text.span)
        }
        all.append(known.codes[Int(code)])
      }
    }
  }

  /// Whether references are rows already.
  var isResolved: Bool { values.references != nil }

  /// The whole column; nil of keys, whose rows are not known yet.
  var column: Column? {
    switch values {
    case .decimals(let all): .decimals(all)
    case .days(let all): .days(all)
    case .instants(let all): .instants(all)
    case .flags(let all): .flags(all)
    case .references(let all): .references(all)
    case .codes(let all):
      .categories(
        Categories(
          codes: all.values,
          values: (0..<texts.count).map { String(decoding: texts.bytes($0), as: UTF8.self) }))
    case .texts(let all): .texts(all)
    case .keys, .absent: nil
    }
  }
}

extension Array {
  /// The same elements with room for more; what is moved for it is moved seldom.
  fileprivate consuming func reserving(_ more: Int) -> [Element] {
    guard capacity < count + more else { return self }
    reserveCapacity(Swift.max(count + more, count / 2 * 3))
    // The C boundary: the address is passed on, nothing is read.
    withUnsafeMutableBufferPointer { elements in
      cmemory_fill_soon(elements.baseAddress, (count + more) * MemoryLayout<Element>.stride)
    }
    return self
  }
}
