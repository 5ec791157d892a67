/// "Did you mean": the known word nearest to one that is not known.
public enum Suggestion {
  /// The candidate nearest to a word, or nil where none is near enough.
  ///
  /// Nearness is the number of inserted, removed, replaced or swapped letters (optimal string
  /// alignment), without regard to case; at most a third of the word's letters, and at least one,
  /// may differ. Of candidates equally near, the first by bytes is taken.
  public static func closest(to word: String, in candidates: some Sequence<String>) -> String? {
    let letters = Array(word.lowercased().unicodeScalars)
    let limit = max(1, letters.count / 3)
    var best: (distance: Int, candidate: String)?
    for candidate in candidates {
      let other = Array(candidate.lowercased().unicodeScalars)
      guard abs(other.count - letters.count) <= limit else { continue }
      let distance = distance(letters, other)
      guard distance <= limit else { continue }
      if let known = best,
        (known.distance, known.candidate) <= (distance, candidate)
      {
        continue
      }
      best = (distance, candidate)
    }
    return best?.candidate
  }

  /// `did you mean "x"?`, or another sentence where no candidate is near enough.
  public static func sentence(
    for word: String, in candidates: some Sequence<String>, otherwise: String
  ) -> String {
    closest(to: word, in: candidates).map { "did you mean \"\($0)\"?" } ?? otherwise
  }

  /// Words as people list them: `a, b or c`.
  public static func list(_ words: [String], conjunction: String = "or") -> String {
    guard let last = words.last else { return "" }
    guard words.count > 1 else { return last }
    return words.dropLast().joined(separator: ", ") + " \(conjunction) \(last)"
  }

  private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    var beforeLast = [Int](repeating: 0, count: right.count + 1)
    var last = Array(0...right.count)
    var row = last
    for i in left.indices {
      row[0] = i + 1
      for j in right.indices {
        let replaced = last[j] + (left[i] == right[j] ? 0 : 1)
        row[j + 1] = min(replaced, last[j + 1] + 1, row[j] + 1)
        if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
          row[j + 1] = min(row[j + 1], beforeLast[j - 1] + 1)
        }
      }
      (beforeLast, last, row) = (last, row, beforeLast)
    }
    return last[right.count]
  }
}
