import Records

/// Holds templates against what they are given.
///
/// Mustache prints a name that nobody gives as nothing, so a misspelt one would leave a hole in a
/// report; here it is a finding with its place, before anything is rendered.
struct TemplateCheck {
  /// Templates by name: their text and the file it came from.
  let templates: [String: (text: String, file: String)]
  private var findings: [Finding] = []

  init(templates: [String: (text: String, file: String)]) {
    self.templates = templates
  }

  /// What is wrong with a template and the partials it uses, each mistake once.
  static func findings(
    of name: String, given shape: TemplateShape,
    templates: [String: (text: String, file: String)]
  ) -> [Finding] {
    var check = TemplateCheck(templates: templates)
    check.walk(name, stack: [shape], within: [])
    var seen: Set<Finding> = []
    return check.findings.filter { seen.insert($0).inserted }
  }

  /// Follows the tags of a template with the parts that are in reach at each of them.
  private mutating func walk(_ name: String, stack: [TemplateShape], within: [String]) {
    guard let template = templates[name] else { return }
    var open: [(name: String, at: SourcePosition, pushed: Bool)] = []
    var stack = stack
    for tag in TemplateTag.all(in: template.text, file: template.file) {
      switch tag.kind {
      case .comment: break
      case .other:
        report(
          tag, code: "template-tag", "the tag \"\(tag.name)\" is of a kind that is not used here",
          "write values, sections, inverted sections, partials and comments only")
      case .partial: walkPartial(tag, stack: stack, within: within + [name])
      case .close:
        guard let last = open.popLast(), last.name == tag.name else {
          report(
            tag, code: "template-section", "the end of a section \"\(tag.name)\" that is not open",
            "close sections in the order in which they were opened")
          return
        }
        if last.pushed { stack.removeLast() }
      case .value:
        if let shape = find(tag, in: stack), !shape.isPrintable {
          report(
            tag, code: "template-value", "\"\(tag.name)\" is no text that could be printed",
            "open it as a section: {{#\(tag.name)}}…{{/\(tag.name)}}")
        }
      case .section, .inverted:
        let shape = find(tag, in: stack)
        let inner = tag.kind == .section ? shape?.inside : nil
        if let inner { stack.append(inner) }
        open.append((tag.name, tag.at, inner != nil))
      }
    }
    for section in open {
      findings.append(
        Finding(
          code: "template-section", severity: .error, at: section.at,
          what: "the section \"\(section.name)\" is never closed", done: "nothing was rendered",
          suggestion: "add {{/\(section.name)}}"))
    }
  }

  private mutating func walkPartial(
    _ tag: TemplateTag, stack: [TemplateShape], within: [String]
  ) {
    if templates[tag.name] == nil {
      report(
        tag, code: "template-partial", "there is no template \"\(tag.name)\"",
        Suggestion.sentence(
          for: tag.name, in: templates.keys.sorted(),
          otherwise: "the templates are \(Suggestion.list(templates.keys.sorted(), conjunction: "and"))"))
    } else if within.contains(tag.name) {
      report(
        tag, code: "template-partial", "the template \"\(tag.name)\" uses itself",
        "break the circle")
    } else {
      walk(tag.name, stack: stack, within: within)
    }
  }

  /// The part a name stands for, innermost first, as mustache looks it up.
  private mutating func find(_ tag: TemplateTag, in stack: [TemplateShape]) -> TemplateShape? {
    if tag.name == "." { return stack.last }
    let names = tag.name.split(separator: ".").map(String.init)
    for shape in stack.reversed() {
      guard let first = names.first, case .object(let fields) = shape, let field = fields[first]
      else { continue }
      var found = field
      for name in names.dropFirst() {
        guard case .object(let fields) = found, let field = fields[name] else {
          reportUnknown(tag, name, known: found.names)
          return nil
        }
        found = field
      }
      return found
    }
    reportUnknown(tag, tag.name, known: stack.flatMap(\.names))
    return nil
  }

  private mutating func reportUnknown(_ tag: TemplateTag, _ name: String, known: [String]) {
    let names = Array(Set(known)).sorted()
    report(
      tag, code: "template-name", "nothing called \"\(name)\" is given here",
      Suggestion.sentence(
        for: name, in: names,
        otherwise: "given are \(Suggestion.list(names, conjunction: "and"))"))
  }

  private mutating func report(
    _ tag: TemplateTag, code: String, _ what: String, _ suggestion: String
  ) {
    findings.append(
      Finding(
        code: code, severity: .error, at: tag.at, what: what, done: "nothing was rendered",
        suggestion: suggestion))
  }
}

extension TemplateShape {
  fileprivate var isPrintable: Bool {
    if case .markup = self { return true }
    return false
  }

  /// What a section of it pushes onto the names in reach; nil where it only switches.
  fileprivate var inside: TemplateShape? {
    switch self {
    case .flag: nil
    case .list(let element): element
    case .markup, .object: self
    }
  }

  fileprivate var names: [String] {
    if case .object(let fields) = self { return Array(fields.keys) }
    return []
  }
}
