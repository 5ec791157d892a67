import Dispatch
import Records
import Synchronization

extension KeyIndex {
  init(_ keys: Keys) {
    switch keys {
    case .salesforce(let keys): self = .salesforce(SalesforceKeyIndex(keys))
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
      inParallel(keys.count, threads: threads) { range in
        range.map { keys[$0] == SalesforceID.zero ? Reference.null : index.row(keys[$0]) }
      }
    case (.text(let index), .texts(let texts)):
      (0..<texts.count).map { row in
        let range = texts.range(row)
        return range.isEmpty
          ? Reference.null : index.row(texts.bytes.span.extracting(range))
      }
    default: []
    }
  }

  /// Computes rows in as many ranges as there are threads, joined in order.
  private func inParallel(
    _ count: Int, threads: Int, _ body: @Sendable (Range<Int>) -> [Int32]
  ) -> [Int32] {
    let parts = count < 10_000 ? 1 : threads
    let results = Mutex([[Int32]](repeating: [], count: parts))
    DispatchQueue.concurrentPerform(iterations: parts) { part in
      let rows = body(count * part / parts..<count * (part + 1) / parts)
      results.withLock { $0[part] = rows }
    }
    return Array(results.withLock { $0 }.joined())
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
      self = .salesforce(salesforce.sorted())
    } else if !text.isEmpty {
      var texts = Texts()
      for key in text.sorted(by: { $0.lexicographicallyPrecedes($1) }) { texts.append(key) }
      self = .text(texts)
    } else {
      return nil
    }
  }
}
