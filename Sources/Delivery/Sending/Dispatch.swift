import History
import Records

/// Delivers messages, each once: what is about to be done stands in the ledger before it is done, and
/// what became of it right after.
public struct Dispatch {
  /// What delivery takes from the world around it: time passes outside of this room.
  public struct World {
    /// Waits some seconds.
    public var wait: (Double) -> Void
    /// The moment it is, such as `2026-11-23T07:00:00Z`.
    public var now: () -> String
    /// Says what is done.
    public var say: (String) -> Void

    public init(
      wait: @escaping (Double) -> Void, now: @escaping () -> String,
      say: @escaping (String) -> Void
    ) {
      self.wait = wait
      self.now = now
      self.say = say
    }
  }

  /// How patient it is.
  public struct Patience: Sendable {
    /// The most messages a minute; nil: as fast as they are taken.
    public var perMinute: Int?
    /// Seconds until what was not taken for now is tried again, twice as many each time.
    public var retryAfter = 30.0
    /// How often a message is tried in one command.
    public var tries = 5

    public init(perMinute: Int? = nil, retryAfter: Double = 30, tries: Int = 5) {
      self.perMinute = perMinute
      self.retryAfter = retryAfter
      self.tries = tries
    }
  }

  /// What became of all messages.
  public struct Result: Sendable {
    public var delivered: [MessageKey] = []
    /// Refused for good, with what the server said.
    public var refused: [(key: MessageKey, reply: String)] = []
    /// Not taken for now, however often they were tried; they stay in the outbox.
    public var left: [(key: MessageKey, reply: String)] = []
    /// May have arrived.
    public var inDoubt: [(key: MessageKey, reply: String)] = []
    /// Why nothing more could be sent.
    public var problem: DeliveryProblem?

    /// Whether each message arrived.
    public var isGood: Bool {
      refused.isEmpty && left.isEmpty && inDoubt.isEmpty && problem == nil
    }
  }

  private let ledger: Ledger
  private let outbox: Outbox
  private let world: World
  private let patience: Patience

  public init(ledger: Ledger, outbox: Outbox, world: World, patience: Patience) {
    self.ledger = ledger
    self.outbox = outbox
    self.world = world
    self.patience = patience
  }

  /// Delivers messages in their order.
  ///
  /// - Parameters:
  ///   - messages: those that may be sent.
  ///   - known: what the ledger says of them.
  ///   - transport: what takes them; asked for each, with the message.
  /// - Returns: what became of them.
  /// - Throws: what the ledger or the file system refuses; nothing more is sent then.
  public func send(
    _ messages: [Outbox.Message], known: [MessageKey: Ledger.Entry],
    by transport: (Outbox.Message, [UInt8]) -> DeliveryOutcome
  ) throws -> Result {
    var result = Result()
    var entries = known
    var waiting = messages
    var replies: [MessageKey: String] = [:]
    var sent = 0
    for round in 0..<max(1, patience.tries) where !waiting.isEmpty && result.problem == nil {
      if round > 0 {
        let pause = patience.retryAfter * Double(1 << (round - 1))
        world.say(
          "\(waiting.count) not taken for now; trying again in \(Int(pause.rounded())) seconds")
        world.wait(pause)
      }
      var later: [Outbox.Message] = []
      for (index, message) in waiting.enumerated() {
        let key = message.envelope.key
        let bytes = try message.bytes()
        if sent > 0, let perMinute = patience.perMinute { world.wait(60 / Double(perMinute)) }
        sent += 1
        var entry =
          entries[key]
          ?? Ledger.Entry(key: key, state: .ready, content: message.envelope.content)
        entry.state = .sending
        entry.attempts += 1
        entry.events = [Ledger.Event(event: "sending", at: world.now())]
        try ledger.record([entry])
        let outcome = transport(message, bytes)
        (entry.state, entry.reply) = Dispatch.state(after: outcome)
        entry.events = [Ledger.Event(event: entry.state.rawValue, at: world.now())]
        try ledger.record([entry])
        entries[key] = entry
        switch outcome {
        case .delivered:
          try outbox.keep(message)
          result.delivered.append(key)
          world.say("\(key.recipient): \(message.envelope.subject)")
        case .refused(let reply): result.refused.append((key, reply))
        case .inDoubt(let reason): result.inDoubt.append((key, reason))
        case .later(let reply):
          later.append(message)
          replies[key] = reply
        case .unreachable(let reason):
          // Nobody answers: the others are not tried in this round.
          later += waiting[index...]
          for left in waiting[index...] { replies[left.envelope.key] = reason }
        case .impossible(let problem):
          result.problem = problem
          later += waiting[index...]
        }
        if case .unreachable = outcome { break }
        if result.problem != nil { break }
      }
      waiting = later
    }
    result.left = waiting.map { ($0.envelope.key, replies[$0.envelope.key] ?? "not tried") }
    return result
  }

  /// The state of a message after an outcome, and what was said.
  private static func state(after outcome: DeliveryOutcome) -> (Ledger.State, String?) {
    switch outcome {
    case .delivered(let reply): (.delivered, reply)
    case .later(let reply): (.ready, reply)
    case .refused(let reply): (.refused, reply)
    case .inDoubt(let reason): (.inDoubt, reason)
    case .unreachable(let reason): (.ready, reason)
    case .impossible: (.ready, nil)
    }
  }
}
