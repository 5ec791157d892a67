/// Whole numbers of a column by row, nil where undefined; eight bytes each where all fit.
public struct NumberCells: RandomAccessCollection, Hashable, Sendable {
  private enum Storage: Sendable {
    /// `null` stands for nil.
    case narrow([Int64])
    case wide([Int128?])
  }

  /// What stands for nil among numbers of 64 bits.
  static let null = Int64.min

  private let storage: Storage
  public let endIndex: Int

  public init(_ values: some Collection<Int128?>) {
    var narrow: [Int64] = []
    narrow.reserveCapacity(values.count)
    for value in values {
      guard let value else {
        narrow.append(NumberCells.null)
        continue
      }
      guard let fitting = Int64(exactly: value), fitting != NumberCells.null else { break }
      narrow.append(fitting)
    }
    endIndex = values.count
    storage = narrow.count == values.count ? .narrow(narrow) : .wide(Array(values))
  }

  /// - Parameter values: the numbers, `null` for nil.
  init(narrow values: [Int64]) {
    storage = .narrow(values)
    endIndex = values.count
  }

  public var startIndex: Int { 0 }

  public subscript(position: Int) -> Int128? {
    switch storage {
    case .narrow(let values):
      values[position] == NumberCells.null ? nil : Int128(values[position])
    case .wide(let values): values[position]
    }
  }

  /// The numbers where all of them fit 64 bits, `null` for nil.
  var narrow: [Int64]? {
    if case .narrow(let values) = storage { return values }
    return nil
  }

  public static func == (left: NumberCells, right: NumberCells) -> Bool {
    left.elementsEqual(right)
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(count)
    for value in self { hasher.combine(value) }
  }
}

extension NumberCells: ExpressibleByArrayLiteral {
  public init(arrayLiteral values: Int128?...) {
    self.init(values)
  }
}
