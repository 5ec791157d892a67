import Records

/// The questions of `init`, at most seven, each with the proposal as the answer that Enter takes.
struct Dialogue {
  /// Shows a prompt and reads a line; nil at the end of the input.
  let ask: (String) -> String?
  let say: (String) -> Void

  /// A question with what may be answered.
  struct Question {
    let text: String
    /// What Enter takes, as it is shown.
    let proposed: String
    /// Takes an answer, or says what would be one.
    let take: (String, inout Proposal) -> String?
  }

  /// Asks what applies; a wrong answer is asked again, the end of the input takes the proposals.
  func run(_ proposal: inout Proposal) {
    let questions = Dialogue.questions(about: proposal)
    if !questions.isEmpty { say("Enter takes what stands in brackets.") }
    for question in questions {
      while true {
        guard let line = ask("\(question.text) [\(question.proposed)] ") else { return }
        let answer = line.trimmingSpaces
        if answer.isEmpty { break }
        guard let complaint = question.take(answer, &proposal) else { break }
        say(complaint)
      }
    }
  }

  /// A line from the terminal behind a prompt.
  static func line(_ prompt: String) -> String? {
    print(prompt, terminator: "")
    return readLine()
  }

  static func text(of classes: [(name: String, types: [String])]) -> String {
    classes.map { "\($0.name) = \($0.types.joined(separator: ", "))" }.joined(separator: "; ")
  }
}

extension Dialogue {
  /// The questions that apply to an export.
  static func questions(about proposal: Proposal) -> [Question] {
    let facts = proposal.facts
    var questions: [Question] = []
    if facts.valueFields.count > 1 {
      questions.append(
        choice(
          "Which field values a deal? (\(facts.valueFields.joined(separator: ", ")))",
          of: facts.valueFields, \.valueField, proposal))
    }
    if !facts.types.isEmpty {
      let proposed = proposal.classes.isEmpty ? "none" : text(of: proposal.classes)
      questions.append(
        Question(
          text: "Classes of deals by Type (\(facts.types.joined(separator: ", "))), "
            + "as name = type, type; …, or none",
          proposed: proposed, take: takeClasses))
    }
    if facts.openStages.count > 1 {
      questions.append(
        choice(
          "From which stage on does a deal count? (\(facts.openStages.joined(separator: ", ")), or all)",
          of: facts.openStages + ["all"], \.firstStage, proposal, none: "all"))
    }
    if case .unsure = proposal.fiscalStart.origin {
      questions.append(
        choice(
          "In which month does the fiscal year start?", of: FiscalCalendar.monthNames,
          \.fiscalStart, proposal
        ))
    }
    if facts.roles.count > 1 {
      questions.append(
        choice(
          "Which role leads a territory? (\(facts.roles.joined(separator: ", ")))", of: facts.roles,
          \.managerRole, proposal))
    }
    if !facts.hasQuotas {
      questions.append(
        Question(text: "A sheet of quotas (its path), or none", proposed: "none") {
          answer, proposal in
          if answer.lowercased() != "none" { proposal.quotas.answer(answer) }
          return nil
        })
    }
    questions.append(
      Question(
        text: "Where is recurring revenue kept? (Contract, the path of a sheet, or none)",
        proposed: proposal.subscriptions.value.isEmpty ? "none" : proposal.subscriptions.value
      ) { answer, proposal in
        proposal.subscriptions.answer(answer.lowercased() == "none" ? "" : answer)
        return nil
      })
    return questions
  }

  /// A question with a few answers, compared without regard to case.
  private static func choice(
    _ text: String, of options: [String], _ setting: WritableKeyPath<Proposal, Proposal.Setting>,
    _ proposal: Proposal, none: String? = nil
  ) -> Question {
    let value = proposal[keyPath: setting].value
    return Question(text: text, proposed: value.isEmpty ? none ?? "none" : value) {
      answer, proposal in
      guard let option = options.first(where: { $0.lowercased() == answer.lowercased() }) else {
        return Suggestion.closest(to: answer, in: options).map { "Did you mean \"\($0)\"?" }
          ?? "Answer \(Suggestion.list(options))."
      }
      proposal[keyPath: setting].answer(option == none ? "" : option)
      return nil
    }
  }

  /// `new = New Business, New Logo; renewal = Renewal`.
  private static func takeClasses(_ answer: String, _ proposal: inout Proposal) -> String? {
    if answer.lowercased() == "none" {
      proposal.classes = []
      return nil
    }
    var classes: [(name: String, types: [String])] = []
    for part in answer.split(separator: ";") {
      let sides = part.split(separator: "=", maxSplits: 1).map { String($0).trimmingSpaces }
      guard sides.count == 2, sides[0].allSatisfy({ $0.isLetter || $0 == "_" }), !sides[0].isEmpty
      else { return "Write each class as name = type, type; the name in letters." }
      var types: [String] = []
      for type in sides[1].split(separator: ",").map({ String($0).trimmingSpaces }) {
        guard
          let known = proposal.facts.types.first(where: { $0.lowercased() == type.lowercased() })
        else {
          return "No deal has the type \"\(type)\": "
            + Suggestion.sentence(
              for: type, in: proposal.facts.types,
              otherwise: "the types are \(Suggestion.list(proposal.facts.types)).")
        }
        types.append(known)
      }
      classes.append((sides[0].lowercased(), types))
    }
    proposal.classes = classes
    return nil
  }
}

extension String {
  fileprivate var trimmingSpaces: String {
    var text = self[...]
    while let first = text.first, first.isWhitespace { text.removeFirst() }
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return String(text)
  }
}
