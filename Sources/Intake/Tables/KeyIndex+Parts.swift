import Records

extension KeyIndex {
  init(_ keys: Keys, threads: Int) {
    switch keys {
    case .salesforce(let keys): self = .salesforce(SalesforceKeyIndex(keys, threads: threads))
    case .text(let texts): self = .text(TextKeyIndex(texts))
    }
  }

  var duplicates: [Int32] {
    switch self {
    case .salesforce(let index): index.duplicates
    case .text(let index): index.duplicates
    }
  }

  /// The rows that keys name.
  func rows(of keys: ColumnPart, threads: Int) -> [Int32] {
    switch (self, keys) {
    case (.salesforce(let index), .keys(let keys)):
      return Parallel.chunked(keys.count, threads: threads) { index.rows(of: keys[$0]) }
        .flatMap { $0 }
    case (.text(let index), .texts(let texts)):
      return (0..<texts.count).map { row in
        let range = texts.range(row)
        return range.isEmpty
          ? Reference.null : index.row(texts.bytes.span.extracting(range))
      }
    default: return []
    }
  }
}

extension ColumnPart {
  /// Of a column of keys that name nothing, what stands for the rows.
  var dangling: [Int32] {
    switch self {
    case .keys(let keys):
      keys.map { $0 == SalesforceID.zero ? Reference.null : Reference.dangling }
    case .texts(let texts):
      (0..<texts.count).map {
        texts.range($0).isEmpty ? Reference.null : Reference.dangling
      }
    default: []
    }
  }
}

extension Keys {
  /// The distinct keys of several reference columns in their order, nil where there are none.
  init?(distinctIn parts: [ColumnPart]) {
    var salesforce: Set<UInt128> = []
    var text: Set<[UInt8]> = []
    for part in parts {
      switch part {
      case .keys(let keys): salesforce.formUnion(keys)
      case .texts(let texts):
        for row in 0..<texts.count { text.insert(Array(texts.bytes[texts.range(row)])) }
      default: continue
      }
    }
    salesforce.remove(SalesforceID.zero)
    text.remove([])
    if !salesforce.isEmpty {
      self = .salesforce(SalesforceKeys(salesforce.sorted()))
    } else if !text.isEmpty {
      var texts = Texts()
      for key in text.sorted(by: { $0.lexicographicallyPrecedes($1) }) { texts.append(key) }
      self = .text(texts)
    } else {
      return nil
    }
  }
}
