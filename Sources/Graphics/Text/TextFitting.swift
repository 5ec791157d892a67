/// Making text fit: on one line, in a width, on a few lines.
extension TextMeasurer {
  /// The text, or as much of its beginning as fits the width, with an ellipsis.
  ///
  /// It is cut between grapheme clusters, so that no letter loses its accent and no emoji breaks.
  /// A width too small for anything gives an empty text.
  public func shortened(_ text: String, to width: Double, style: TextStyle) -> String {
    let text = text.onOneLine
    if extent(of: text, style: style).width <= width { return text }
    let characters = Array(text)
    return longest(upTo: characters.count - 1, width: width, style: style) { count in
      String(characters.prefix(count)).trimmedEnd + "…"
    }
  }

  /// The text, or its beginning and its end around an ellipsis.
  func shortenedInTheMiddle(_ text: String, to width: Double, style: TextStyle) -> String {
    let text = text.onOneLine
    if extent(of: text, style: style).width <= width { return text }
    let characters = Array(text)
    return longest(upTo: characters.count - 1, width: width, style: style) { count in
      let head = (count + 1) / 2
      return String(characters.prefix(head)).trimmedEnd + "…"
        + String(characters.suffix(count - head))
    }
  }

  /// Labels shortened to a width; two that would then read alike keep their ends instead.
  func shortenedApart(_ labels: [String], to width: Double, style: TextStyle) -> [String] {
    var short = labels.map { shortened($0, to: width, style: style) }
    let places = Dictionary(grouping: short.indices) { short[$0] }
    for indices in places.values where Set(indices.map { labels[$0] }).count > 1 {
      for index in indices {
        short[index] = shortenedInTheMiddle(labels[index], to: width, style: style)
      }
    }
    return short
  }

  /// Labels on two lines each; of those that would then read alike the second line is their end.
  func wrappedApart(_ labels: [String], to width: Double, style: TextStyle) -> [[String]] {
    var lines = labels.map { wrapped($0, to: width, lines: 2, style: style) }
    for indices in Dictionary(grouping: lines.indices, by: { lines[$0] }).values
    where Set(indices.map { labels[$0] }).count > 1 {
      for index in indices where lines[index].count > 1 {
        let characters = Array(labels[index].onOneLine)
        lines[index][1] = longest(upTo: characters.count - 1, width: width, style: style) { count in
          "…" + String(characters.suffix(count).drop(while: \.isWhitespace))
        }
      }
    }
    return lines
  }

  /// The text broken into lines no wider than the width; what is beyond the last line is shortened.
  ///
  /// Lines break at spaces, and inside a word only where the word alone is too wide, as in Japanese.
  func wrapped(_ text: String, to width: Double, lines maximum: Int, style: TextStyle) -> [String] {
    var rest = Substring(text.onOneLine)
    var lines: [String] = []
    while !rest.isEmpty && lines.count < maximum {
      if lines.count == maximum - 1 || extent(of: String(rest), style: style).width <= width {
        let line = shortened(String(rest), to: width, style: style)
        return line.isEmpty ? lines : lines + [line]
      }
      let end = lineEnd(of: rest, width: width, style: style)
      lines.append(String(rest[..<end]).trimmedEnd)
      rest = rest[end...].drop { $0 == " " }
    }
    return lines
  }

  private func lineEnd(of text: Substring, width: Double, style: TextStyle) -> String.Index {
    var end = text.startIndex
    var search = text.startIndex
    while search < text.endIndex {
      let wordEnd = text[search...].firstIndex(of: " ") ?? text.endIndex
      guard extent(of: String(text[..<wordEnd]), style: style).width <= width else { break }
      end = wordEnd
      search = wordEnd == text.endIndex ? wordEnd : text.index(after: wordEnd)
    }
    if end > text.startIndex { return end }
    let word = Array(text.prefix { $0 != " " })
    let fitting = longest(upTo: word.count, width: width, style: style) {
      String(word.prefix($0))
    }
    // At least one character a line, or a narrow column would never end.
    return text.index(text.startIndex, offsetBy: max(1, fitting.count))
  }

  /// The longest candidate that fits, found by halving; widths grow with the count nearly always,
  /// and where shaping makes them not, the step back at the end keeps the promise.
  private func longest(
    upTo count: Int, width: Double, style: TextStyle, candidate: (Int) -> String
  ) -> String {
    var (low, high) = (0, max(0, count))
    while low < high {
      let middle = (low + high + 1) / 2
      if extent(of: candidate(middle), style: style).width <= width {
        low = middle
      } else {
        high = middle - 1
      }
    }
    while low >= 0 {
      let text = candidate(low)
      if extent(of: text, style: style).width <= width { return text }
      low -= 1
    }
    return ""
  }
}

extension String {
  /// The text with line breaks, tabs and other controls turned into single spaces.
  var onOneLine: String {
    guard
      unicodeScalars.contains(where: {
        // Controls by their values: to look up what kind a letter is takes longer than all else.
        $0.value < 0x20 || (0x7F...0x9F).contains($0.value) || $0 == "\u{2028}"
          || $0 == "\u{2029}"
      })
    else { return self }
    return split { character in
      character.isWhitespace
        || character.unicodeScalars.allSatisfy { $0.properties.generalCategory == .control }
    }
    .joined(separator: " ")
  }

  var trimmedEnd: String {
    var text = self
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }
}
