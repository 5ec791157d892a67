/// The rows that selections keep, a bit each, put together from what threads kept of their blocks.
struct KeptRows: Sendable {
  /// What a thread kept of a block: words by selection, empty where nothing will ask for them.
  struct Block: Sendable {
    let index: Int
    let words: [[UInt64]]
  }

  /// By selection, then by block.
  private var words: [[[UInt64]]]

  init(_ parts: [[Block]], selections: Int, blocks: Int) {
    words = [[[UInt64]]](
      repeating: [[UInt64]](repeating: [], count: blocks), count: selections)
    for block in parts.joined() {
      for selection in 0..<selections { words[selection][block.index] = block.words[selection] }
    }
  }

  /// The words of a block of a selection, those of its batches one after another.
  func words(_ selection: Int, _ block: Int) -> [UInt64] { words[selection][block] }
}
