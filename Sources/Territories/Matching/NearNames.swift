/// Tells whether two names may be one written twice.
///
/// Names are near where one begins with all words of the other (of four letters or more), or where
/// few slips of the pen part them: one where both have five letters or more, two from ten on. A slip is
/// a letter too many, too few or another one, or two neighbours exchanged: the distance of Damerau
/// ("A technique for computer detection and correction of spelling errors", 1964), by the algorithm of
/// Lowrance and Wagner (1975), over the bytes of folded names, spaces included, which are letters in the
/// Latin script. Damerau found four fifths of all misspelt words to have one slip.
struct NearNames {
  private var distances: [Int32] = []
  /// Where each byte was last seen in the left name, counted from 1.
  private var lastRows = [Int32](repeating: 0, count: 256)

  private static let oneFrom = 5
  private static let twoFrom = 10
  private static let wordsFrom = 4

  /// Which letters occur in a name, a bit each: names few slips apart differ in few bits.
  static func signature(_ name: ArraySlice<UInt8>) -> UInt64 {
    name.reduce(0) { $0 | 1 << UInt64($1 & 63) }
  }

  /// How many slips may part names of which the shorter has so many bytes.
  static func slips(_ length: Int) -> Int { length >= twoFrom ? 2 : length >= oneFrom ? 1 : 0 }

  /// Whether two names are near; equal ones are.
  mutating func areNear(
    _ left: ArraySlice<UInt8>, _ leftSignature: UInt64, _ right: ArraySlice<UInt8>,
    _ rightSignature: UInt64, withWords: Bool
  ) -> Bool {
    let (short, long) = left.count <= right.count ? (left, right) : (right, left)
    if withWords, short.count >= NearNames.wordsFrom, long.starts(with: short),
      long.count == short.count || long[long.startIndex + short.count] == UInt8(ascii: " ")
    {
      return true
    }
    let slips = NearNames.slips(short.count)
    guard slips > 0, long.count - short.count <= slips,
      (leftSignature ^ rightSignature).nonzeroBitCount <= 2 * slips
    else { return false }
    return distance(short, long) <= slips
  }

  /// The least number of slips that turn one name into the other.
  mutating func distance(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Int {
    let (rows, width) = (left.count, right.count + 2)
    let all = Int32(left.count + right.count)
    if distances.count < (rows + 2) * width {
      distances = [Int32](repeating: 0, count: (rows + 2) * width)
    }
    distances[0] = all
    for row in 0...rows {
      distances[(row + 1) * width] = all
      distances[(row + 1) * width + 1] = Int32(row)
    }
    for column in 0...right.count {
      distances[column + 1] = all
      distances[width + column + 1] = Int32(column)
    }
    for letter in left { lastRows[Int(letter)] = 0 }
    for letter in right { lastRows[Int(letter)] = 0 }
    for row in 1..<(rows + 1) {
      let letter = left[left.startIndex + row - 1]
      var lastColumn = 0
      for column in 1..<(right.count + 1) {
        let other = right[right.startIndex + column - 1]
        let (swapRow, swapColumn) = (Int(lastRows[Int(other)]), lastColumn)
        let isSame = letter == other
        if isSame { lastColumn = column }
        let replaced = distances[row * width + column] + (isSame ? 0 : 1)
        let added = distances[(row + 1) * width + column] + 1
        let removed = distances[row * width + column + 1] + 1
        let swapped =
          distances[swapRow * width + swapColumn] + Int32(row - swapRow - 1) + 1
          + Int32(column - swapColumn - 1)
        distances[(row + 1) * width + column + 1] = min(min(replaced, added), min(removed, swapped))
      }
      lastRows[Int(letter)] = Int32(row)
    }
    return Int(distances[(rows + 1) * width + right.count + 1])
  }
}
