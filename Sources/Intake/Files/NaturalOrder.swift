/// The order in which people count: runs of digits compare as numbers, everything else by bytes.
enum NaturalOrder {
  static func isBefore(_ left: (String, String), _ right: (String, String)) -> Bool {
    let first = compare(left.0, right.0)
    return first == 0 ? compare(left.1, right.1) < 0 : first < 0
  }

  static func isBefore(_ left: String, _ right: String) -> Bool { compare(left, right) < 0 }

  /// Below, at or above 0; 0 only where both are the same bytes.
  private static func compare(_ left: String, _ right: String) -> Int {
    let left = Array(left.utf8)
    let right = Array(right.utf8)
    var (i, j) = (0, 0)
    while i < left.count, j < right.count {
      if isDigit(left[i]), isDigit(right[j]) {
        let first = number(left, &i)
        let second = number(right, &j)
        // Longer without its leading zeros is greater; else the digits decide.
        if first.count != second.count { return first.count - second.count }
        if !first.elementsEqual(second) { return first.lexicographicallyPrecedes(second) ? -1 : 1 }
      } else if left[i] != right[j] {
        return Int(left[i]) - Int(right[j])
      } else {
        i += 1
        j += 1
      }
    }
    let rest = (left.count - i) - (right.count - j)
    // Equal but for leading zeros.
    return rest != 0 ? rest : left.lexicographicallyPrecedes(right) ? -1 : left == right ? 0 : 1
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private static func number(_ bytes: [UInt8], _ position: inout Int) -> ArraySlice<UInt8> {
    let digits = bytes[position...].prefix(while: isDigit)
    position = digits.endIndex
    return digits.drop { $0 == 0x30 }
  }
}
