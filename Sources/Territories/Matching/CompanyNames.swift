import Records

/// The names of companies as they are compared: folded, without legal forms.
///
/// Grain: one entry per name given. Two names are equal where their letters are: the spaces between
/// words do not count, so that "Data Base Ltd" is "Database GmbH". A name of legal forms alone keeps
/// its first word.
struct CompanyNames: Sendable {
  /// The words of each name, parted by a space; empty where there is no name.
  private(set) var words = Texts()
  /// A number that is equal where names are, 0 where there is no name.
  private(set) var keys: [UInt64] = []

  var count: Int { keys.count }

  /// Adds a name.
  mutating func append(_ bytes: [UInt8], _ range: Range<Int>, _ reader: inout CompanyNameReader) {
    reader.read(bytes, range)
    words.append(reader.name)
    keys.append(reader.key)
  }

  /// Whether two names have the same letters.
  func areEqual(_ index: Int, _ name: ArraySlice<UInt8>) -> Bool {
    var (left, right) = (words.range(index), name.indices)
    let space = UInt8(ascii: " ")
    while true {
      while let first = left.first, words.bytes[first] == space { left.removeFirst() }
      while let first = right.first, name[first] == space { right.removeFirst() }
      guard let one = left.first, let other = right.first else {
        return left.isEmpty && right.isEmpty
      }
      guard words.bytes[one] == name[other] else { return false }
      left.removeFirst()
      right.removeFirst()
    }
  }
}

/// Reads names one after another without asking for memory each time.
struct CompanyNameReader {
  private var folding = NameFolding()
  private var folded: [UInt8] = []
  /// Where each word of `folded` lies.
  private var parts: [Range<Int>] = []
  /// The name read last.
  private(set) var name: ArraySlice<UInt8> = []
  /// Its key.
  private(set) var key: UInt64 = 0

  /// Reads the name in some UTF-8.
  mutating func read(_ bytes: [UInt8], _ range: Range<Int>) {
    folded.removeAll(keepingCapacity: true)
    parts.removeAll(keepingCapacity: true)
    folding.fold(bytes, range, into: &folded)
    guard !folded.isEmpty else {
      (name, key) = ([], 0)
      return
    }
    var start = 0
    for position in folded.indices where folded[position] == UInt8(ascii: " ") {
      parts.append(start..<position)
      start = position + 1
    }
    parts.append(start..<folded.count)
    dropForms()
    let first = parts.first?.lowerBound ?? 0
    let last = parts.last?.upperBound ?? 0
    name = folded[first..<last]
    key = CompanyNameReader.key(of: name)
  }

  /// The words of the name read last.
  var wordCount: Int { parts.count }

  /// The bytes of a word of the name read last.
  func word(_ index: Int) -> ArraySlice<UInt8> { folded[parts[index]] }

  private mutating func dropForms() {
    while parts.count > 1, let first = parts.first,
      LegalForms.beginnings.contains(folded[first])
    {
      parts.removeFirst()
    }
    while parts.count > 1, let length = trailingForm() {
      parts.removeLast(length)
      if parts.count > 1, let last = parts.last,
        LegalForms.connectives.contains(folded[last])
      {
        parts.removeLast()
      }
    }
    // Japanese, Chinese and Korean forms stand beside the name without a space.
    guard let first = parts.first, let last = parts.last,
      folded[first.lowerBound] >= 0x80 || folded[last.upperBound - 1] >= 0x80
    else { return }
    for form in LegalForms.joined {
      if let first = parts.first, first.count > form.count, folded[first].starts(with: form) {
        parts[0] = first.lowerBound + form.count..<first.upperBound
      } else if parts.count > 1, let first = parts.first, folded[first].elementsEqual(form) {
        parts.removeFirst()
      }
      if let last = parts.last, last.count > form.count,
        folded[last].suffix(form.count).elementsEqual(form)
      {
        parts[parts.count - 1] = last.lowerBound..<last.upperBound - form.count
      } else if parts.count > 1, let last = parts.last, folded[last].elementsEqual(form) {
        parts.removeLast()
      }
    }
  }

  /// How many words the longest legal form at the end has, leaving one; nil where there is none.
  private func trailingForm() -> Int? {
    guard let last = parts.last else { return nil }
    let most = min(LegalForms.mostWords, parts.count - 1)
    for length in stride(from: most, through: 1, by: -1) {
      let words = folded[parts[parts.count - length].lowerBound..<last.upperBound]
      if LegalForms.endings.contains(words) { return length }
    }
    return nil
  }

  /// A number of the letters of a name without its spaces; never 0.
  static func key(of name: some Collection<UInt8>) -> UInt64 {
    var hash = FNV()
    for byte in name where byte != UInt8(ascii: " ") { hash.add(byte) }
    return max(hash.value, 1)
  }
}
