import Records

/// Finds the row of a record by its key.
enum KeyIndex: Sendable {
  case salesforce(SalesforceKeyIndex)
  case text(TextKeyIndex)
}

/// Rows by a key of any text.
struct TextKeyIndex: Sendable {
  private var interner = ByteInterner()
  private var rows: [Int32] = []
  /// Rows whose key an earlier row has.
  private(set) var duplicates: [Int32] = []

  init(_ texts: Texts) {
    for row in 0..<texts.count {
      let code = Int(interner.code(of: texts.bytes.span.extracting(texts.range(row))))
      if code == rows.count { rows.append(Int32(row)) } else { duplicates.append(Int32(row)) }
    }
  }

  /// The row of a key, `Reference.dangling` where there is none.
  func row(_ key: borrowing Span<UInt8>) -> Int32 {
    interner.known(key).map { rows[Int($0)] } ?? Reference.dangling
  }
}

extension [Int32] {
  /// The lowest of all, at most 0.
  func lowest(threads: Int) -> Int32 {
    Parallel.chunked(count, threads: threads) { range in
      self[range].reduce(0) { Swift.min($0, $1) }
    }.min() ?? 0
  }

  /// Rows of a reference column as the rest of the program knows them: deleted records dangle.
  var withoutDeleted: [Int32] {
    contains(SalesforceKeyIndex.deleted)
      ? map { $0 == SalesforceKeyIndex.deleted ? Reference.dangling : $0 } : self
  }
}
