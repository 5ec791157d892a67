import Records

// Typed accessors: each gives nil and adds a finding where the value does not fit.
extension Value {
  /// Adds the finding that the value is not what is needed, such as "a whole number".
  public func refuse(
    _ needed: String, _ findings: Findings, suggestion: String? = nil
  ) {
    findings.add(
      .value, at: at, "\(label) must be \(needed), found \(found)",
      suggestion ?? "write \(needed)")
  }

  /// Text as written; a number or date is text here too.
  public func string(_ findings: Findings) -> String? {
    if let text { return text }
    refuse("text", findings)
    return nil
  }

  /// Text with the place of its first character.
  public func located(_ findings: Findings) -> Located<String>? {
    string(findings).map { Located($0, at: textStart) }
  }

  /// A whole number.
  public func int(
    in range: ClosedRange<Int> = Int.min...Int.max, _ findings: Findings
  ) -> Int? {
    if let text, let number = Int(text), text.first != "+" {
      if range.contains(number) { return number }
      let bounds =
        range.upperBound == Int.max
        ? "a whole number of at least \(range.lowerBound)"
        : "a whole number from \(range.lowerBound) to \(range.upperBound)"
      refuse(bounds, findings)
      return nil
    }
    refuse("a whole number", findings)
    return nil
  }

  /// A number with at most four decimal places, as an integer of 1/10,000.
  public func decimal(_ findings: Findings) -> Int64? {
    if let text, let number = Value.decimal(text) { return number }
    refuse("a number with at most four decimal places", findings)
    return nil
  }

  private static func decimal(_ text: String) -> Int64? {
    let isNegative = text.hasPrefix("-")
    let parts = text.dropFirst(isNegative ? 1 : 0)
      .split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard let whole = parts.first, !whole.isEmpty else { return nil }
    let fraction = parts.count > 1 ? parts[1] : "0"
    guard !fraction.isEmpty, fraction.utf8.count <= 4,
      (whole + fraction).utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    let padding = String(repeating: "0", count: 4 - fraction.utf8.count)
    return Int64((isNegative ? "-" : "") + whole + fraction + padding)
  }

  /// Yes or no: `true`, `false`, `yes`, `no`.
  public func bool(_ findings: Findings) -> Bool? {
    switch text?.lowercased() {
    case "true", "yes": return true
    case "false", "no": return false
    default:
      refuse("true or false", findings)
      return nil
    }
  }

  /// A calendar day such as `2026-11-20`.
  public func day(_ findings: Findings) -> Day? {
    if let text, let day = Day(iso: text) { return day }
    refuse("a date such as 2026-11-20", findings)
    return nil
  }

  /// One of some words, without regard to case; the word as listed.
  public func oneOf(_ words: [String], _ findings: Findings) -> String? {
    guard let text else {
      refuse("one word", findings, suggestion: "use \(Suggestion.list(words))")
      return nil
    }
    if let word = words.first(where: { $0.lowercased() == text.lowercased() }) { return word }
    findings.add(
      .value, at: at, "\(label) cannot be \(found)",
      Suggestion.sentence(
        for: text, in: words, otherwise: "use \(Suggestion.list(words))"))
    return nil
  }

  /// One of the cases of a type, by its raw value.
  public func oneOf<Choice>(_ type: Choice.Type, _ findings: Findings) -> Choice?
  where Choice: RawRepresentable<String> & CaseIterable {
    oneOf(Choice.allCases.map(\.rawValue), findings).flatMap(Choice.init(rawValue:))
  }

  /// The values of a list; a value that is no list is a list of one.
  public func list(_ findings: Findings) -> [Value] {
    switch kind {
    case .sequence(let values): return values
    case .scalar where isNull:
      refuse("a list", findings)
      return []
    case .scalar, .mapping: return [self]
    }
  }

  /// The texts of a list; one text is a list of one.
  public func strings(_ findings: Findings) -> [String] {
    list(findings).compactMap { $0.string(findings) }
  }

  /// The keys of a group whose names are the user's own, in the order of the file.
  public func entries(_ findings: Findings) -> [Entry] {
    if case .mapping(let entries) = kind { return entries }
    refuse("a group of keys", findings)
    return []
  }

  /// Reads a group of keys; a key that the body does not ask for becomes a finding.
  ///
  /// - Parameters:
  ///   - findings: where errors go.
  ///   - body: asks the reader for the keys it knows.
  /// - Returns: what the body returns; nil where the value is no group of keys.
  public func read<Result>(
    _ findings: Findings, _ body: (KeyReader) -> Result
  ) -> Result? {
    guard case .mapping(let entries) = kind else {
      refuse("a group of keys", findings)
      return nil
    }
    let keys = KeyReader(entries, of: self, findings)
    let result = body(keys)
    keys.finish()
    return result
  }
}
