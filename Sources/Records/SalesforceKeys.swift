/// The keys of Salesforce records, by row.
///
/// The Ids of one object mostly begin alike, so that half of each key is kept once for all.
public struct SalesforceKeys: RandomAccessCollection, Sendable {
  /// The eight bytes with which all keys begin.
  @usableFromInline
  var start: UInt64 = 0
  /// The eight bytes with which each key ends.
  @usableFromInline
  var ends: [UInt64] = []
  /// The keys where they begin in several ways, and nothing else is kept.
  @usableFromInline
  var whole: [UInt128]?

  public init() {}

  @inlinable
  public init(_ keys: some Collection<UInt128>) {
    start = keys.first.map(SalesforceKeys.start) ?? 0
    ends.reserveCapacity(keys.count)
    for key in keys {
      guard SalesforceKeys.start(key) == start else {
        ends = []
        whole = Array(keys)
        return
      }
      ends.append(SalesforceKeys.end(key))
    }
  }

  @inlinable
  public var startIndex: Int { 0 }

  @inlinable
  public var endIndex: Int { whole?.count ?? ends.count }

  @inlinable
  public subscript(row: Int) -> UInt128 {
    whole?[row] ?? UInt128(start) << 64 | UInt128(ends[row])
  }

  /// The eight bytes with which all keys begin and the eight with which each ends; nil where they
  /// begin in several ways.
  public var alike: (start: UInt64, ends: [UInt64])? { whole == nil ? (start, ends) : nil }

  /// The first eight bytes of a key.
  @inlinable
  public static func start(_ key: UInt128) -> UInt64 { UInt64(truncatingIfNeeded: key >> 64) }

  /// The last eight bytes of a key.
  @inlinable
  public static func end(_ key: UInt128) -> UInt64 { UInt64(truncatingIfNeeded: key) }

  /// Appends keys of a later part.
  public mutating func append(contentsOf other: SalesforceKeys) {
    if isEmpty { start = other.start }
    if whole == nil, other.whole == nil, start == other.start || other.isEmpty {
      ends += other.ends
      return
    }
    if whole == nil { whole = Array(self) }
    ends = []
    if let more = other.whole { whole? += more } else { whole? += other }
  }

  /// The same keys, what holds those that begin alike changed: room is made for more.
  public func changingEnds(_ change: ([UInt64]) -> [UInt64]) -> SalesforceKeys {
    var keys = self
    keys.ends = change(ends)
    return keys
  }

  /// Rows in the order of their keys.
  static func sorted<Key: Comparable>(_ rows: [Int32], by keys: [Key]) -> [Int32] {
    if zip(keys, keys.dropFirst()).allSatisfy({ $0 < $1 }) { return rows }
    return rows.sorted { keys[Int($0)] < keys[Int($1)] }
  }
}

extension SalesforceKeys: ExpressibleByArrayLiteral {
  public init(arrayLiteral keys: UInt128...) { self.init(keys) }
}
