import Testing

@testable import Graphics

/// Ten points high, an ordinary letter is 6 wide here and a CJK one 10.
@Suite struct TextFittingTests {
  let measurer = FixedWidthMeasurer()
  let style = TextStyle(10)

  @Test("A text that fits is left alone")
  func fits() {
    #expect(measurer.shortened("West", to: 24, style: style) == "West")
  }

  @Test("A text that does not fit ends in an ellipsis, with no space before it")
  func shortened() {
    #expect(measurer.shortened("Northern Europe", to: 60, style: style) == "Northern…")
    #expect(measurer.shortened("Northern Europe", to: 66, style: style) == "Northern E…")
  }

  @Test("A width too small for an ellipsis leaves nothing")
  func nothing() {
    #expect(measurer.shortened("West", to: 5, style: style) == "")
    #expect(measurer.shortened("West", to: -1, style: style) == "")
  }

  @Test("An emoji of several code points is kept or dropped whole")
  func clusters() {
    #expect(measurer.shortened("👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦", to: 17, style: style) == "👩‍👩‍👧‍👦…")
  }

  @Test("Two names that would read alike keep their ends")
  func apart() {
    let names = ["Acme Holdings Bavaria", "Acme Holdings Saxony", "Beta"]
    #expect(
      measurer.shortenedApart(names, to: 66, style: style)
        == ["Acme…varia", "Acme…axony", "Beta"])
  }

  @Test("Equal names stay equal")
  func equal() {
    #expect(
      measurer.shortenedApart(["Acme Holdings", "Acme Holdings"], to: 48, style: style)
        == ["Acme Ho…", "Acme Ho…"])
  }

  @Test("A sentence breaks between words and its last line is shortened")
  func wrapped() {
    #expect(
      measurer.wrapped("Won deals by territory and month", to: 66, lines: 2, style: style)
        == ["Won deals", "by territo…"])
    #expect(
      measurer.wrapped("Won deals by territory", to: 72, lines: 3, style: style)
        == ["Won deals by", "territory"])
  }

  @Test("Two names on two lines that would read alike keep their ends on the second")
  func wrappedApart() {
    let names = ["Northern Europe, Named A", "Northern Europe, Named B", "Iberia"]
    #expect(
      measurer.wrappedApart(names, to: 60, style: style)
        == [["Northern", "…, Named A"], ["Northern", "…, Named B"], ["Iberia"]])
  }

  @Test("Japanese, which has no spaces, breaks between characters")
  func japanese() {
    #expect(
      measurer.wrapped("日本電信電話", to: 40, lines: 2, style: style) == ["日本電信", "電話"])
  }

  @Test("Line breaks and tabs become spaces")
  func oneLine() {
    #expect("Two\nlines\tand a tab".onOneLine == "Two lines and a tab")
    #expect("plain  text".onOneLine == "plain  text")
  }

  @Test("Places wanted too close together are moved apart around their middle")
  func spread() {
    #expect(Apart.places([10, 10, 50], distance: 10, within: 0...100) == [5, 15, 50])
    #expect(Apart.places([0, 0], distance: 10, within: 0...100) == [5, 15])
    #expect(Apart.places([100, 100], distance: 10, within: 0...100) == [85, 95])
    #expect(Apart.places([], distance: 10, within: 0...100).isEmpty)
  }
}
