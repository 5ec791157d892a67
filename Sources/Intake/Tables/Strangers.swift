import Records
import Synchronization

/// Users whom records name and the export does not hold.
///
/// Whose deal it is must not be lost because User was exported with a filter: each such key gets a
/// number below the special values of a reference until all files are read, and a row of the table
/// of users then. Threads meet the keys in any order, so that the numbers say nothing; the rows are in
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
      return (.salesforce(sorted.map(\.key)), sorted.map(\.value))
    }
    guard !found.texts.isEmpty else { return nil }
    let sorted = found.texts.sorted { $0.key.lexicographicallyPrecedes($1.key) }
    var texts = Texts()
    for (key, _) in sorted { texts.append(key) }
    return (.text(texts), sorted.map(\.value))
  }

  /// Whether a field of an entity keeps the Id of a user whom the export does not hold: those on
  /// which figures hang. The owner of a lead may be a queue, and who did a task is in no table.
  static func areKept(_ field: Field, of entity: Entity) -> Bool {
    guard case .reference(.user) = field.kind else { return false }
    switch entity {
    case .user, .account, .opportunity, .userTerritory, .quota, .split: return true
    default: return false
    }
  }
}

extension ExportLoader {
  /// Gives each user whom records name and the export does not hold a row behind all others.
  mutating func keepStrangers() {
    guard let users = tables[.user], let (keys, numbers) = strangers.all else { return }
    var rows: [Int32: Int32] = [:]
    for (rank, number) in numbers.enumerated() { rows[number] = Int32(users.count + rank) }
    let all = users.appending(strangers: keys, named: "(unknown)")
    tables[.user] = all
    if let keys = all.keys { indexes[.user] = KeyIndex(keys, threads: request.threads) }
    for entity in tables.keys.sorted(by: { $0.rawValue < $1.rawValue }) {
      for field in entity.fields where Strangers.areKept(field, of: entity) {
        guard case .references(let found) = tables[entity]?.columns[field.name],
          found.lowest(threads: request.threads) < SalesforceKeyIndex.deleted
        else { continue }
        tables[entity]?.columns[field.name] = .references(found.map { rows[$0] ?? $0 })
      }
    }
  }
}
