import GRDB
import Records

extension HistoryMigration {
  /// What became of each message of the outbox, and who did what with it.
  static let ledger = HistoryMigration(name: "ledger") { db in
    try db.execute(
      sql: """
        CREATE TABLE message (
          id INTEGER PRIMARY KEY,
          report TEXT NOT NULL,
          edition TEXT NOT NULL,
          as_of TEXT NOT NULL,
          recipient TEXT NOT NULL,
          revision INTEGER NOT NULL,
          state TEXT NOT NULL,
          attempts INTEGER NOT NULL DEFAULT 0,
          content TEXT NOT NULL,
          reply TEXT,
          UNIQUE (report, edition, as_of, recipient, revision)
        );
        CREATE TABLE message_event (
          message INTEGER NOT NULL REFERENCES message ON DELETE CASCADE,
          number INTEGER NOT NULL,
          event TEXT NOT NULL,
          who TEXT,
          at TEXT NOT NULL,
          PRIMARY KEY (message, number)
        ) WITHOUT ROWID;
        """)
  }
}

/// What became of the messages of the outbox: written before and after each is sent.
///
/// A message that is `sending` while nobody sends may or may not have arrived: that is asked, never
/// guessed.
public struct Ledger: Sendable {
  private let history: HistoryFile

  /// The ledger in a history.
  public init(_ history: HistoryFile) { self.history = history }

  /// Where a message is on its way.
  public enum State: String, Sendable, CaseIterable {
    /// It waits for somebody to approve it.
    case waiting
    /// Somebody holds it back.
    case held
    /// It may be sent.
    case ready
    /// It is being sent, or was when the program ended.
    case sending
    /// The server has taken it, or it lies in the recipient's folder.
    case delivered
    /// The server refused it for good.
    case refused
    /// The connection ended after the whole message was handed over and before the server answered.
    case inDoubt = "in doubt"
    /// Somebody decided that it is not sent again.
    case givenUp = "given up"
    /// It never left, and nobody is to get it any more; made again, it is as any other.
    case superseded

    /// Whether it was, or may have been, taken by the server.
    public var mayHaveArrived: Bool {
      [.sending, .delivered, .inDoubt, .givenUp].contains(self)
    }
  }

  /// A message and what became of it.
  ///
  /// Grain: one per message key.
  public struct Entry: Equatable, Sendable {
    public let key: MessageKey
    public var state: State
    /// How often it was handed to a server.
    public var attempts: Int
    /// A digest of what it says, by which a changed message is known.
    public var content: String
    /// What the server said last.
    public var reply: String?
    /// What happened, the oldest first.
    public var events: [Event]

    public init(
      key: MessageKey, state: State, attempts: Int = 0, content: String, reply: String? = nil,
      events: [Event] = []
    ) {
      self.key = key
      self.state = state
      self.attempts = attempts
      self.content = content
      self.reply = reply
      self.events = events
    }
  }

  /// Something that happened to a message.
  public struct Event: Equatable, Sendable {
    /// Such as `approved`.
    public let event: String
    /// The login name of who did it; nil: the program did.
    public let who: String?
    /// When, such as `2026-11-23T07:00:00Z`.
    public let at: String

    public init(event: String, who: String? = nil, at: String) {
      self.event = event
      self.who = who
      self.at = at
    }
  }

  /// All messages, by their keys.
  public func entries() throws -> [Entry] {
    try history.read { db in
      var events: [Int64: [Event]] = [:]
      let rows = try Row.fetchCursor(
        db, sql: "SELECT message, event, who, at FROM message_event ORDER BY message, number")
      while let row = try rows.next() {
        events[row["message"], default: []].append(
          Event(event: row["event"], who: row["who"], at: row["at"]))
      }
      return try Row.fetchAll(db, sql: "SELECT * FROM message").compactMap { row -> Entry? in
        let (word, day): (String, String) = (row["state"], row["as_of"])
        guard let state = State(rawValue: word), let asOf = Day(iso: day) else { return nil }
        let key = MessageKey(
          report: row["report"], edition: row["edition"], asOf: asOf, recipient: row["recipient"],
          revision: row["revision"])
        return Entry(
          key: key, state: state, attempts: row["attempts"], content: row["content"],
          reply: row["reply"], events: events[row["id"]] ?? [])
      }.sorted { $0.key < $1.key }
    }
  }

  /// Writes what became of messages, all of them or none.
  ///
  /// - Parameter entries: the messages as they are now; their events are those that are new.
  /// - Throws: `HistoryError` where it cannot be kept.
  public func record(_ entries: [Entry]) throws {
    guard !entries.isEmpty else { return }
    try history.write { db in
      for entry in entries {
        let key = entry.key
        let id = try Int64.fetchOne(
          db,
          sql: """
            INSERT INTO message (report, edition, as_of, recipient, revision, state, attempts,
              content, reply)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (report, edition, as_of, recipient, revision) DO UPDATE SET
              state = excluded.state, attempts = excluded.attempts, content = excluded.content,
              reply = excluded.reply
            RETURNING id
            """,
          arguments: [
            key.report, key.edition, key.asOf.description, key.recipient, key.revision,
            entry.state.rawValue, entry.attempts, entry.content, entry.reply,
          ])
        for event in entry.events {
          try db.execute(
            sql: """
              INSERT INTO message_event (message, number, event, who, at)
              SELECT ?, coalesce(max(number), 0) + 1, ?, ?, ? FROM message_event WHERE message = ?
              """,
            arguments: [id, event.event, event.who, event.at, id])
        }
      }
    }
  }
}
