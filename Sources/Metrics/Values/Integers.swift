/// Exact integers, kept as narrow as all of them fit: figures of a million groups stay small.
public struct Integers: RandomAccessCollection, Sendable {
  private enum Storage: Sendable {
    case short([Int32])
    case narrow([Int64])
    case wide([Int128])
  }

  private let storage: Storage
  public let endIndex: Int

  public init(_ values: [Int32]) {
    storage = .short(values)
    endIndex = values.count
  }

  public init(_ values: [Int64]) {
    storage = .narrow(values)
    endIndex = values.count
  }

  public init(_ values: [Int128]) {
    storage = .wide(values)
    endIndex = values.count
  }

  /// As many zeros.
  public init(zeros count: Int) {
    self.init([Int32](repeating: 0, count: count))
  }

  public var startIndex: Int { 0 }

  public subscript(position: Int) -> Int128 {
    switch storage {
    case .short(let values): Int128(values[position])
    case .narrow(let values): Int128(values[position])
    case .wide(let values): values[position]
    }
  }

  /// The integers where they are kept in 32 bits.
  var short: [Int32]? {
    if case .short(let values) = storage { return values }
    return nil
  }

  /// The integers where all of them fit 64 bits.
  var narrow: [Int64]? {
    switch storage {
    case .short(let values): values.map { Int64($0) }
    case .narrow(let values): values
    case .wide: nil
    }
  }

  /// Calls a body with the positions of all integers other than zero, ascending.
  func forEachNonzero(_ body: (Int) -> Void) {
    switch storage {
    case .short(let values): for index in values.indices where values[index] != 0 { body(index) }
    case .narrow(let values): for index in values.indices where values[index] != 0 { body(index) }
    case .wide(let values): for index in values.indices where values[index] != 0 { body(index) }
    }
  }

  /// The integers at some positions as cells, `nil` where `defined` holds 0.
  func cells(at positions: [Int], defined: [UInt8]?) -> NumberCells {
    switch storage {
    case .short(let values):
      return NumberCells(
        narrow: positions.map { position in
          defined?[position] == 0 ? NumberCells.null : Int64(values[position])
        })
    case .narrow(let values):
      // The one 64-bit number that stands for nothing needs the wide form.
      guard !positions.contains(where: { values[$0] == NumberCells.null }) else { break }
      return NumberCells(
        narrow: positions.map { position in
          defined?[position] == 0 ? NumberCells.null : values[position]
        })
    case .wide: break
    }
    return NumberCells(positions.map { defined?[$0] == 0 ? nil : self[$0] })
  }
}
