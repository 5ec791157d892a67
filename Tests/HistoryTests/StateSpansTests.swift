import Testing

@testable import History

@Suite("States as spans of days")
struct StateSpansTests {
  private typealias Span = StateSpans<String>.Span

  @Test("A run in between says its own day and no other")
  func between() {
    var spans = StateSpans([Span(since: 1, until: nil, state: "a")])
    spans.set("b", on: 5, next: 9)
    #expect(
      spans.spans == [
        Span(since: 1, until: 5, state: "a"), Span(since: 5, until: 9, state: "b"),
        Span(since: 9, until: nil, state: "a"),
      ])
    spans.set(nil, on: 5, next: 9)
    #expect(
      spans.spans == [
        Span(since: 1, until: 5, state: "a"), Span(since: 9, until: nil, state: "a"),
      ])
    spans.set("a", on: 5, next: 9)
    #expect(spans.spans == [Span(since: 1, until: nil, state: "a")])
  }

  @Test("What ends with the last run ends there")
  func end() {
    var spans = StateSpans([Span(since: 1, until: nil, state: "a")])
    spans.set(nil, on: 5, next: nil)
    #expect(spans.spans == [Span(since: 1, until: 5, state: "a")])
    spans.set("a", on: 7, next: nil)
    #expect(
      spans.spans == [
        Span(since: 1, until: 5, state: "a"), Span(since: 7, until: nil, state: "a"),
      ])
  }
}
