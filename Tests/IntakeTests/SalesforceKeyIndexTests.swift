import Records
import TestKit
import Testing

@testable import Intake

/// Keys of Salesforce in the orders in which exports hold them.
enum KeyOrder: String, CaseIterable, CustomTestStringConvertible {
  case ascending, uneven, crowded, shuffled, prefixes, lastsAlone, repeated, one, none

  var testDescription: String { rawValue }

  private static let digits = Array(
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)

  /// A prefix of three characters and a number to the base 62 in the other twelve.
  static func key(_ number: Int, prefix: String = "001") -> UInt128 {
    var rest = number
    var last: [UInt8] = []
    for _ in 0..<12 {
      last.append(digits[rest % 62])
      rest /= 62
    }
    return (Array(prefix.utf8) + last.reversed()).reduce(0) { $0 << 8 | UInt128($1) }
  }

  func keys(_ draw: inout Draw) -> [UInt128] {
    let count = 1 + draw.below(3_000)
    let start = draw.below(1 << 40)
    switch self {
    case .ascending: return (0..<count).map { Self.key(start + $0) }
    case .uneven:
      // Gaps of one and of billions, as where an organisation moved its records from another.
      var number = start
      return (0..<count).map { _ in
        number += draw.below(50) == 0 ? 1 + draw.below(1 << 36) : 1 + draw.below(3)
        return Self.key(number)
      }
    case .crowded:
      // All but the last within one piece of the range.
      return (0..<count).map { Self.key($0) } + [Self.key(1 << 46)]
    case .shuffled: return shuffled((0..<count).map { Self.key(start + 7 * $0) }, &draw)
    case .prefixes:
      return (0..<count).map { Self.key(start + $0, prefix: draw.one(of: ["001", "00Q", "a0B"])) }
    case .lastsAlone:
      // Equal in the eight characters that a directory of ascending keys looks at.
      let wide = 62 * 62 * 62 * 62 * 62 * 62 * 62 * 62
      return (0..<count).map { Self.key($0 * wide + 5) }
    case .repeated:
      return (0..<count).map { _ in Self.key(start + draw.below(1 + count / 2)) }
    case .one: return [Self.key(start)]
    case .none: return []
    }
  }

  private func shuffled(_ keys: [UInt128], _ draw: inout Draw) -> [UInt128] {
    var keys = keys
    for row in keys.indices.reversed() { keys.swapAt(row, draw.below(row + 1)) }
    return keys
  }
}

@Suite("Rows by the Ids of Salesforce")
struct SalesforceKeyIndexTests {
  private static let key: @Sendable (Int) -> UInt128 = { KeyOrder.key($0) }

  /// What is asked for: keys that are there, their neighbours in number, those of other prefixes and
  /// the null key, in the order of the table, backwards and mixed.
  private func questions(_ keys: [UInt128], _ draw: inout Draw) -> [UInt128] {
    var questions = keys + keys.reversed() + [SalesforceID.zero, KeyOrder.key(0)]
    for _ in 0..<2_000 {
      if !keys.isEmpty, draw.below(2) == 0 {
        let known = draw.one(of: keys)
        // Another last character, and another first one.
        questions += [known, known &+ 1, known ^ 1, known ^ (1 << 112)]
      } else {
        questions.append(KeyOrder.key(draw.below(1 << 46), prefix: draw.one(of: ["001", "zzz"])))
      }
    }
    return questions
  }

  private func rows(_ keys: [UInt128]) -> [UInt128: Int32] {
    Dictionary(
      keys.enumerated().map { ($1, Int32($0)) }, uniquingKeysWith: { first, _ in first })
  }

  @Test(
    "Each key is found in the row in which a dictionary has it, and no other",
    arguments: KeyOrder.allCases, Rounds.seeds(8))
  func likeDictionary(order: KeyOrder, seed: UInt64) {
    var draw = Draw(seed: seed)
    let keys = order.keys(&draw)
    let expected = rows(keys)
    let index = SalesforceKeyIndex(SalesforceKeys(keys))
    let questions = questions(keys, &draw)
    #expect(
      index.rows(of: questions)
        == questions.map {
          $0 == SalesforceID.zero ? Reference.null : expected[$0] ?? Reference.dangling
        })
    // One at a time, without the row found before it.
    for question in questions.suffix(200) where question != SalesforceID.zero {
      #expect(
        index.rows(of: CollectionOfOne(question)) == [expected[question] ?? Reference.dangling])
    }
    #expect(
      index.duplicates == keys.indices.map(Int32.init).filter { expected[keys[Int($0)]] != $0 })
  }

  @Test(
    "Ascending and scattered keys are kept in their own ways and give the same rows",
    arguments: KeyOrder.allCases, Rounds.seeds(4))
  func bothWays(order: KeyOrder, seed: UInt64) throws {
    var draw = Draw(seed: seed)
    let keys = order.keys(&draw)
    let expected = rows(keys)
    var hashed = HashedKeys(SalesforceKeys(keys))
    _ = hashed.insertAll()
    let sorted = SortedKeys(SalesforceKeys(keys))
    let few = FewKeys(SalesforceKeys(keys))
    if [.ascending, .uneven, .shuffled, .one].contains(order) { #expect(few != nil) }
    switch order {
    case .ascending, .one: #expect(sorted != nil)
    case .none, .lastsAlone: #expect(sorted == nil || keys.count == 1)
    case .crowded: #expect((sorted == nil) == (keys.count > 1_025))
    case .uneven, .shuffled, .prefixes, .repeated: break
    }
    for question in questions(keys, &draw) {
      let row = expected[question].map(Int.init)
      #expect(hashed.row(of: question) == row)
      if let sorted { #expect(sorted.row(of: question) == row) }
      if let few { #expect(few.row(of: question).map(Int.init) == row) }
    }
  }

  @Test("Many ascending keys give the same rows whatever number of threads lists them")
  func manyThreads() {
    var draw = Draw(seed: 3)
    var number = 0
    let keys = (0..<40_000).map { _ in
      number += draw.below(20) == 0 ? 1 + draw.below(400) : 1
      return Self.key(number)
    }
    let expected = rows(keys)
    let questions = questions(keys, &draw).filter { $0 != SalesforceID.zero }
    for threads in 1...4 {
      #expect(SortedKeys(SalesforceKeys(keys), threads: threads) != nil)
      let index = SalesforceKeyIndex(SalesforceKeys(keys), threads: threads)
      #expect(index.rows(of: questions) == questions.map { expected[$0] ?? Reference.dangling })
    }
    var descending = keys
    descending.swapAt(20_000, 20_001)
    for threads in 1...4 {
      #expect(SortedKeys(SalesforceKeys(descending), threads: threads) == nil)
    }
  }

  @Test("Of a key that is there three times the first row counts and two are duplicates")
  func duplicates() {
    let (a, b) = (Self.key(1), Self.key(2))
    let index = SalesforceKeyIndex([b, a, b, b])
    #expect(index.duplicates == [2, 3])
    #expect(index.rows(of: [b, a, b]) == [0, 1, 0])
  }

  @Test("Neighbours that repeat are duplicates though no key descends")
  func ascendingDuplicates() {
    let index = SalesforceKeyIndex([Self.key(1), Self.key(2), Self.key(2), Self.key(3)])
    #expect(index.duplicates == [2])
    #expect(index.rows(of: [Self.key(3), Self.key(2)]) == [3, 1])
  }

  @Test("An empty table finds nothing, and null is null all the same")
  func empty() {
    let index = SalesforceKeyIndex([])
    #expect(index.followed == nil)
    #expect(index.rows(of: [Self.key(1), SalesforceID.zero]) == [-2, -1])
    #expect(index.duplicates.isEmpty)
  }

  // MARK: Merged records

  @Test("A merged record is found as the one that it was merged into, over several merges")
  func chain() {
    var index = SalesforceKeyIndex([Self.key(1), Self.key(2)])
    index.add(merges: [
      Self.key(10): Self.key(11), Self.key(11): Self.key(12), Self.key(12): Self.key(2),
      Self.key(20): Self.key(1),
    ])
    let asked = [10, 11, 12, 20, 1, 2, 30].map(Self.key)
    #expect(index.rows(of: asked) == [1, 1, 1, 0, 0, 1, -2])
  }

  @Test("What was deleted, or merged into what is gone, is a deleted record")
  func deleted() {
    var index = SalesforceKeyIndex([Self.key(1)])
    index.add(merges: [
      Self.key(10): SalesforceID.zero,  // deleted, merged into none
      Self.key(11): Self.key(10),  // merged into a deleted one
      Self.key(12): Self.key(99),  // merged into one that the export does not hold
    ])
    #expect(index.rows(of: [10, 11, 12, 99].map(Self.key)) == [-3, -3, -3, -2])
  }

  @Test("Records merged in a circle are deleted, those merged into the circle too")
  func circle() {
    var index = SalesforceKeyIndex([Self.key(1)])
    index.add(merges: [
      Self.key(10): Self.key(11), Self.key(11): Self.key(12), Self.key(12): Self.key(10),
      Self.key(13): Self.key(10), Self.key(14): Self.key(14),
    ])
    #expect(index.rows(of: [10, 11, 12, 13, 14].map(Self.key)) == [-3, -3, -3, -3, -3])
  }

  @Test("A chain ends at the first record that the table holds, a circle too")
  func liveLink() {
    // Keys 11 and 21 stand in the table, and again in rows that were deleted.
    var index = SalesforceKeyIndex([Self.key(1), Self.key(11), Self.key(21)])
    index.add(merges: [
      Self.key(10): Self.key(11), Self.key(11): Self.key(1),
      Self.key(20): Self.key(22), Self.key(22): Self.key(21), Self.key(21): Self.key(20),
    ])
    #expect(index.rows(of: [10, 11, 20, 22, 21].map(Self.key)) == [1, 1, 2, 2, 2])
  }

  @Test("A hundred thousand merges in one chain are followed once, not once each")
  func longChain() {
    var index = SalesforceKeyIndex([Self.key(0)])
    let count = 100_000
    index.add(
      merges: Dictionary(uniqueKeysWithValues: (1...count).map { (Self.key($0), Self.key($0 - 1)) })
    )
    #expect(index.rows(of: (0...count).map(Self.key)) == [Int32](repeating: 0, count: count + 1))
  }

  @Test("Merges of chance end where following them one by one ends", arguments: Rounds.seeds(30))
  func randomMerges(seed: UInt64) {
    var draw = Draw(seed: seed)
    let live = (0..<20).map(Self.key)
    var index = SalesforceKeyIndex(SalesforceKeys(live))
    var merges: [UInt128: UInt128] = [:]
    for number in 0..<60 where draw.below(4) > 0 {
      merges[Self.key(number)] = draw.below(8) == 0 ? SalesforceID.zero : Self.key(draw.below(80))
    }
    index.add(merges: merges)
    for number in 0..<80 {
      var key = Self.key(number)
      var steps = 0
      while !live.contains(key), let next = merges[key], steps <= 60 {
        key = next
        steps += 1
      }
      let expected =
        live.firstIndex(of: key).map(Int32.init)
        ?? (merges[Self.key(number)] == nil ? Reference.dangling : SalesforceKeyIndex.deleted)
      #expect(index.rows(of: [Self.key(number)]) == [expected], "key \(number)")
    }
  }
}
