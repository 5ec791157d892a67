import Records

/// The sentences about territory metadata.
///
/// Names of territories, rules and types are the organisation's own words; the values of rules are
/// not shown.
enum MetadataFindings {
  static func unreadable(_ what: String, at: SourcePosition) -> Finding {
    Finding(
      code: "territory-file-unreadable", severity: .error, at: at, what: what,
      done: "the file was not read", suggestion: "retrieve it again, or mend it")
  }

  static func noModel(at file: String) -> Finding {
    Finding(
      code: "territory-metadata-empty", severity: .error, at: SourcePosition(file: file),
      what: "there is no territory model below this folder", done: "no model was read",
      suggestion: "name the folder of the project or retrieve that holds territory2Models; "
        + "retrieving models that are not active takes the permission Manage Territories")
  }

  static func modelFileMissing(_ name: String, at: SourcePosition?) -> Finding {
    Finding(
      code: "territory-model-file-missing", severity: .warning, at: at,
      what: "model \"\(name)\" has territories or rules but no .territory2Model file",
      done: "the model was named after its folder",
      suggestion: "retrieve Territory2Model together with Territory2")
  }

  static func missing(_ child: String, in element: String, at: SourcePosition) -> Finding {
    Finding(
      code: "territory-element-missing", severity: .warning, at: at,
      what: "<\(element)> has no <\(child)>", done: "it was read without one",
      suggestion: "retrieve the file again, or add the element")
  }

  static func unknown(_ child: String, in element: String, at: SourcePosition) -> Finding {
    Finding(
      code: "territory-element-unknown", severity: .notice, at: at,
      what: "<\(child)> in <\(element)> is not known", done: "it was not interpreted",
      suggestion: "look whether it matters to who holds what")
  }

  static func value(_ what: String, done: String, at: SourcePosition) -> Finding {
    Finding(
      code: "territory-value", severity: .warning, at: at, what: what, done: done,
      suggestion: "correct the file")
  }

  static func repeated(_ kind: String, _ name: String, at: SourcePosition?) -> Finding {
    Finding(
      code: "territory-name-repeated", severity: .error, at: at,
      what: "there is a second \(kind) with the developer name \"\(name)\"",
      done: "the first was taken",
      suggestion: "remove one of the files, or rename one of the two")
  }

  /// What a territory refers to that there is not.
  enum Unknown { case parentUnknown, typeUnknown, ruleUnknown }

  static func reference(
    _ kind: Unknown, _ name: String, of territory: String, known: [String], at: SourcePosition?
  ) -> Finding {
    func sentence(_ otherwise: String) -> String {
      Suggestion.sentence(for: name, in: known, otherwise: otherwise)
    }
    switch kind {
    case .parentUnknown:
      return Finding(
        code: "territory-parent-unknown", severity: .error, at: at,
        what: "territory \"\(territory)\" stands under \"\(name)\", which its model does not have",
        done: "it was taken as a territory at the top",
        suggestion: sentence("correct <parentTerritory>, or add the territory"))
    case .typeUnknown:
      return Finding(
        code: "territory-type-unknown", severity: .warning, at: at,
        what: "territory \"\(territory)\" is of type \"\(name)\", of which there is no file",
        done: "its priority was taken as the lowest",
        suggestion: sentence("retrieve Territory2Type together with Territory2"))
    case .ruleUnknown:
      return Finding(
        code: "territory-rule-unknown", severity: .error, at: at,
        what: "territory \"\(territory)\" uses rule \"\(name)\", which its model does not have",
        done: "the territory was read without it",
        suggestion: sentence("correct <ruleName>, or add the rule"))
    }
  }

  static func cycle(_ names: [String], at: SourcePosition?) -> Finding {
    Finding(
      code: "territory-parent-cycle", severity: .error, at: at,
      what: "territories stand under each other in a circle: "
        + (names + names.prefix(1)).joined(separator: " under "),
      done: "\"\(names.first ?? "")\" was taken as a territory at the top",
      suggestion: "correct <parentTerritory> of one of them")
  }

  static func emptyRule(_ name: String, at: SourcePosition?) -> Finding {
    Finding(
      code: "territory-rule-empty", severity: .warning, at: at,
      what: "rule \"\(name)\" has no items", done: "it decides about no account",
      suggestion: "add <ruleItems>, or remove the rule")
  }

  static func operation(_ operation: String, of rule: String, at: SourcePosition?) -> Finding {
    let known = RuleOperation.allCases.map(\.rawValue)
    return Finding(
      code: "territory-rule-operation", severity: .error, at: at,
      what: "rule \"\(rule)\" compares with \"\(operation)\", which is no operation",
      done: "the rule cannot be run",
      suggestion: Suggestion.sentence(
        for: operation, in: known, otherwise: "use \(Suggestion.list(known))"))
  }

  static func distance(of rule: String, at: SourcePosition?) -> Finding {
    Finding(
      code: "territory-rule-distance", severity: .warning, at: at,
      what: "rule \"\(rule)\" compares with \"within\", a distance from a place",
      done: "the rule cannot be run, because distances are not supported",
      suggestion: "expect its accounts among the differences that a simulation lists")
  }

  static func filter(
    _ failure: RuleFilter.Failure, of rule: String, at: SourcePosition?
  ) -> Finding {
    Finding(
      code: "territory-rule-filter", severity: .error, at: at,
      what: "the boolean filter of rule \"\(rule)\" cannot be read: at its character "
        + "\(failure.column) \(failure.what)",
      done: "the rule cannot be run",
      suggestion: "write one such as (1 AND 2) OR 3, with the items numbered from 1")
  }

  static func unusedItems(_ items: [Int], of rule: String, at: SourcePosition?) -> Finding {
    let list = Suggestion.list(items.map(String.init), conjunction: "and")
    return Finding(
      code: "territory-rule-item-unused", severity: .warning, at: at,
      what:
        "the boolean filter of rule \"\(rule)\" does not use item\(items.count == 1 ? "" : "s") "
        + list,
      done: "the rule is run as its filter says",
      suggestion: "name every item in the filter, or remove those that are not meant")
  }

  static func unusedRule(_ name: String, at: SourcePosition?) -> Finding {
    Finding(
      code: "territory-rule-unused", severity: .notice, at: at,
      what: "no territory uses the active rule \"\(name)\"", done: "it decides about no account",
      suggestion: "associate it with a territory, or make it inactive")
  }
}
