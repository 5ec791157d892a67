import Records
import Settings

extension ReportWords {
  /// Reads a catalogue.
  ///
  /// - Parameters:
  ///   - text: content of the file.
  ///   - file: its name, as errors print it.
  ///   - language: the language, by the file's name.
  ///   - model: the catalogue whose names it must have; nil for the model itself.
  /// - Throws: Every finding about the file: a word that nobody uses, a name in braces that stands
  ///   for nothing, a word that is missing.
  init(
    text: String, file: String, language: String, like model: ReportWords?
  ) throws(FindingsError) {
    let document = try Document(text: text, file: file)
    let findings = Findings()
    var texts: [String: Pattern] = [:]
    for entry in document.root.entries(findings) {
      guard let word = entry.value.located(findings) else { continue }
      let pattern = Pattern(word.value, at: word.at)
      texts[entry.key] = pattern
      guard let model else { continue }
      guard let known = model.texts[entry.key] else {
        findings.add(
          ReportWords.finding(
            code: "word-unknown", entry.at, "no word is called \"\(entry.key)\"",
            Suggestion.sentence(
              for: entry.key, in: model.texts.keys.sorted(), otherwise: "remove it")))
        continue
      }
      ReportWords.compare(pattern, known, of: entry, findings)
    }
    if let model {
      let missing = model.texts.keys.filter { texts[$0] == nil }.sorted()
      for name in missing {
        findings.add(
          ReportWords.finding(
            code: "word-missing", SourcePosition(file: file), "the word \"\(name)\" is missing",
            "add it; in English it is \"\(model.texts[name]?.text ?? "")\""))
      }
    }
    try findings.throwIfAny()
    self.init(language: language, texts: texts)
  }

  /// A word has in braces what its English counterpart has, or less of it.
  private static func compare(
    _ pattern: Pattern, _ known: Pattern, of entry: Value.Entry, _ findings: Findings
  ) {
    let names = Array(Set(known.names)).sorted()
    for name in Set(pattern.names).subtracting(names).sorted() {
      findings.add(
        finding(
          code: "word-braces", pattern.at,
          "nothing called \"\(name)\" can stand in braces in \"\(entry.key)\"",
          names.isEmpty
            ? "remove the braces"
            : Suggestion.sentence(
              for: name, in: names, otherwise: "use \(Suggestion.list(names))")))
    }
    if !names.isEmpty, pattern.names.isEmpty {
      findings.add(
        finding(
          code: "word-braces", pattern.at, "\"\(entry.key)\" says nothing of what it is about",
          "put \(Suggestion.list(names.map { "{\($0)}" }, conjunction: "and")) into it"))
    }
  }

  private static func finding(
    code: String, _ at: SourcePosition, _ what: String, _ suggestion: String
  ) -> Finding {
    Finding(
      code: code, severity: .error, at: at, what: what, done: "nothing was rendered",
      suggestion: suggestion)
  }
}

extension Pattern {
  /// The words as they were written.
  var text: String {
    pieces.map { piece in
      switch piece {
      case .words(let words): words
      case .name(let name): "{\(name)}"
      case .word(let name, let one, let many): "{\(name)|\(one)|\(many)}"
      }
    }.joined()
  }
}
