/// For how long something was in which state, as spans of days that follow each other.
///
/// A deal that no week changes is one span, however many runs saw it; this is what keeps a history
/// small. Days are the history's whole numbers. The spans of one thing never overlap; a day that
/// none covers saw no such thing.
struct StateSpans<State: Equatable>: Equatable {
  /// A state from a day on, up to another that it does not reach.
  struct Span: Equatable {
    var since: Int64
    /// nil: it holds still.
    var until: Int64?
    var state: State

    func covers(_ day: Int64) -> Bool { since <= day && until.map { day < $0 } ?? true }
  }

  /// In the order of days.
  private(set) var spans: [Span]

  init(_ spans: [Span] = []) {
    self.spans = spans.sorted { $0.since < $1.since }
  }

  /// Says what held on the day of a run, and changes no other day of a run.
  ///
  /// - Parameters:
  ///   - state: what held; nil: there was no such thing.
  ///   - day: the day of the run.
  ///   - next: the day of the run after it; nil: it is the last.
  mutating func set(_ state: State?, on day: Int64, next: Int64?) {
    var result: [Span] = []
    for span in spans {
      guard span.covers(day) else {
        result.append(span)
        continue
      }
      if span.since < day {
        result.append(Span(since: span.since, until: day, state: span.state))
      }
      if let next, span.until.map({ $0 > next }) ?? true {
        result.append(Span(since: next, until: span.until, state: span.state))
      }
    }
    if let state { result.append(Span(since: day, until: next, state: state)) }
    result.sort { $0.since < $1.since }
    // Spans that touch and say the same are one.
    spans = result.reduce(into: []) { joined, span in
      if let last = joined.last, last.until == span.since, last.state == span.state {
        joined[joined.count - 1].until = span.until
      } else {
        joined.append(span)
      }
    }
  }
}
