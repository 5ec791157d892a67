import Records

/// What some deals were at the end of a day.
///
/// Grain: one entry per deal of `rows`, in their order.
struct DealsThen: Sendable {
  /// Deals at a time, so that what they were is never there of all of them at once.
  static let atOnce = 1 << 16

  let rows: Range<Int>

  /// What a deal was.
  struct State: OptionSet, Sendable {
    let rawValue: UInt8

    /// It had been created.
    static let exists = State(rawValue: 1)
    /// It had been deleted.
    static let gone = State(rawValue: 2)
    static let closed = State(rawValue: 4)
    static let won = State(rawValue: 8)
    /// It was at a stage that counts as a booking.
    static let staged = State(rawValue: 16)
    /// It was due in the days that the question is about.
    static let due = State(rawValue: 32)
  }

  let states: [State]
  /// Value in corporate currency at the deal's one rate; a value that is not known is 0.
  let values: [Int64]
  /// Index of the territory in the model, or a value of `Assignment.NoTerritory`.
  let territories: [Int32]
}
