import Records

/// Finds records by the Ids that stand in texts, such as what a field held before a change.
struct RecordsByText {
  private var bySalesforceKey: [UInt128: Int32] = [:]
  private var byText: [String: Int32] = [:]

  init(_ table: Table) {
    switch table.keys {
    case nil: break
    case .salesforce(let keys):
      for (row, key) in keys.enumerated() { bySalesforceKey[key] = Int32(row) }
    case .text(let texts):
      for row in 0..<texts.count {
        if let text = texts[row] { byText[text] = Int32(row) }
      }
    }
  }

  /// The record of an Id; nil where there is none.
  func row(of id: String) -> Int32? {
    if !byText.isEmpty { return byText[id] }
    let bytes = Array(id.utf8)
    return SalesforceID.key(bytes.span).flatMap { bySalesforceKey[$0] }
  }

  /// The record whose Id a cell holds; nil where it holds something else.
  func row(_ texts: Texts, _ cell: Int) -> Int32? {
    let range = texts.range(cell)
    guard !range.isEmpty else { return nil }
    if !byText.isEmpty { return texts[cell].flatMap { byText[$0] } }
    return SalesforceID.key(texts.bytes.span.extracting(range)).flatMap { bySalesforceKey[$0] }
  }
}
