import GRDB

/// Texts that many rows share, kept once each: Ids of territories and owners, names of stages.
struct Words {
  private var numbers: [String: Int64] = [:]
  private var texts: [Int64: String] = [:]

  /// All that the history knows.
  init(in db: Database) throws {
    let rows = try Row.fetchCursor(db, sql: "SELECT id, text FROM word")
    while let row = try rows.next() { add(row[1], row[0]) }
  }

  /// Keeps those that are new, in the order of their texts, so that equal runs give equal rows.
  mutating func keep(_ words: Set<String>, in db: Database) throws {
    let insert = try db.makeStatement(sql: "INSERT INTO word (text) VALUES (?)")
    for word in words.subtracting(numbers.keys).sorted() {
      try insert.execute(arguments: [word])
      add(word, db.lastInsertedRowID)
    }
  }

  func number(_ text: String?) -> Int64? { text.flatMap { numbers[$0] } }

  func text(_ number: Int64?) -> String? { number.flatMap { texts[$0] } }

  private mutating func add(_ text: String, _ number: Int64) {
    numbers[text] = number
    texts[number] = text
  }
}
