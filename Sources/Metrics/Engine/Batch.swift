/// Rows are worked on a few thousand at a time, so that what a batch needs stays in cache.
enum Batch {
  static let length = 4096

  /// The batches of a range of rows.
  static func ranges(in rows: Range<Int>) -> [Range<Int>] {
    stride(from: rows.lowerBound, to: rows.upperBound, by: length).map {
      $0..<min($0 + length, rows.upperBound)
    }
  }
}
