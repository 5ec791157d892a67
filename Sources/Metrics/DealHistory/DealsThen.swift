import Records

/// What deals were at the end of a day.
///
/// Grain: one entry per deal.
struct DealsThen: Sendable {
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

  var states: [State] = []
  /// Value in corporate currency at the deal's one rate; a value that is not known is 0.
  var values: [Int64] = []
  /// Index of the territory in the model, or a value of `Assignment.NoTerritory`.
  var territories: [Int32] = []
}
