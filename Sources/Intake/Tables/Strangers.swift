import Records
import Synchronization

/// Users and products that records name and the export does not hold.
///
/// Whose deal it is must not be lost because User was exported with a filter, nor what was bought
/// because Product2 was: each such key gets a number below the special values of a reference until all files are read, and a row of the
/// table of users or products then. Threads meet the keys in any order, so that the numbers say nothing; the rows are in
/// the order of the keys.
final class Strangers: Sendable {
  private struct Found: Sendable {
    var salesforce: [UInt128: Int32] = [:]
    var texts: [[UInt8]: Int32] = [:]
  }

  private let found = Mutex(Found())
  /// The number of the first.
  private static let first: Int32 = -16

  /// What stands for the row of a key until all files are read.
  func number(of key: UInt128) -> Int32 {
    found.withLock { Strangers.number(of: key, in: &$0.salesforce) }
  }

  /// What stands for the row of a key until all files are read.
  func number(of key: [UInt8]) -> Int32 {
    found.withLock { Strangers.number(of: key, in: &$0.texts) }
  }

  private static func number<Key>(of key: Key, in numbers: inout [Key: Int32]) -> Int32 {
    if let number = numbers[key] { return number }
    let number = first - Int32(numbers.count)
    numbers[key] = number
    return number
  }

  /// The keys in their order with their numbers; nil where nobody is a stranger.
  var all: (keys: Keys, numbers: [Int32])? {
    let found = found.withLock { $0 }
    if !found.salesforce.isEmpty {
      let sorted = found.salesforce.sorted { $0.key < $1.key }
      return (.salesforce(SalesforceKeys(sorted.map(\.key))), sorted.map(\.value))
    }
    guard !found.texts.isEmpty else { return nil }
    let sorted = found.texts.sorted { $0.key.lexicographicallyPrecedes($1.key) }
    var texts = Texts()
    for (key, _) in sorted { texts.append(key) }
    return (.text(texts), sorted.map(\.value))
  }

  /// The entities whose strangers are kept.
  static let entities: [Entity] = [.user, .product]
}

extension ExportLoader {
  /// Gives each user and product that records name and the export does not hold a row behind all
  /// others.
  mutating func keepStrangers() {
    for target in Strangers.entities { keepStrangers(target) }
  }

  private mutating func keepStrangers(_ target: Entity) {
    guard let table = tables[target], let (keys, numbers) = strangers[target]?.all else { return }
    var rows: [Int32: Int32] = [:]
    for (rank, number) in numbers.enumerated() { rows[number] = Int32(table.count + rank) }
    tables[target] = table.appending(strangers: keys, named: "(unknown)")
    if let keys = tables[target]?.keys {
      indexes[target] = KeyIndex(keys, threads: request.threads)
    }
    for entity in tables.keys.sorted() {
      for field in entity.fields
      where field.kind == .reference(target) && entity.keepsStrangers(field) {
        guard case .references(let found) = tables[entity]?.columns[field.name],
          found.lowest(threads: request.threads) < SalesforceKeyIndex.deleted
        else { continue }
        tables[entity]?.columns[field.name] = .references(found.map { rows[$0] ?? $0 })
      }
    }
  }
}
