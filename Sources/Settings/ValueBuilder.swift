import Records
import Yams

/// Turns the parser's tree into values; finds aliases, tags and keys that are no text.
struct ValueBuilder {
  private let file: String
  private let lines: [Substring]
  private let findings: Findings
  /// The place last visited: places only grow in a tree without aliases.
  private var last: SourcePosition
  private var lastWasGroup = true
  private var isDone = false

  /// How deep groups and lists may nest.
  static let maximumDepth = 50

  init(text: String, file: String, findings: Findings) {
    self.file = file
    lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
    self.findings = findings
    last = SourcePosition(file: file, line: 1, column: 1)
  }

  mutating func value(of node: Node, label: String, depth: Int) -> Value {
    let at = position(of: node)
    guard !isDone, visit(node, at), depthIsAllowed(depth, at) else {
      return Value(kind: .sequence([]), at: at, textStart: at, label: label)
    }
    checkTag(of: node, at)
    switch node {
    case .scalar(let scalar):
      return Value(
        kind: .scalar(scalar.string, isPlain: scalar.style == .plain || scalar.style == .any),
        at: at, textStart: textStart(of: scalar, at), label: label)
    case .sequence(let sequence):
      var values: [Value] = []
      for (index, item) in sequence.enumerated() {
        values.append(
          value(of: item, label: "item \(index + 1) of \(label)", depth: depth + 1))
      }
      return Value(kind: .sequence(values), at: at, textStart: at, label: label)
    case .mapping(let mapping):
      var entries: [Value.Entry] = []
      for (key, item) in mapping {
        let keyAt = position(of: key)
        guard !isDone, visit(key, keyAt) else { break }
        guard case .scalar(let scalar) = key else {
          findings.add(.syntax, at: keyAt, "a key must be text", "write the key as one word")
          isDone = true
          break
        }
        if scalar.string == "<<", scalar.style == .plain {
          Document.refuseAlias(at: keyAt, findings)
          isDone = true
          break
        }
        let value = value(of: item, label: "\"\(scalar.string)\"", depth: depth + 1)
        entries.append(Value.Entry(key: scalar.string, at: keyAt, value: value))
      }
      return Value(kind: .mapping(entries), at: at, textStart: at, label: label)
    case .alias:
      refuseAlias()
      return Value(kind: .sequence([]), at: at, textStart: at, label: label)
    }
  }

  private func position(of node: Node) -> SourcePosition {
    guard let mark = node.mark else { return last }
    return SourcePosition(file: file, line: mark.line, column: mark.column)
  }

  /// Whether a node stands after the last one; one that does not was reached through an alias.
  private mutating func visit(_ node: Node, _ at: SourcePosition) -> Bool {
    let isEmpty = node.scalar?.string.isEmpty ?? false
    guard last < at || (last == at && (lastWasGroup || isEmpty)) else {
      refuseAlias()
      return false
    }
    last = at
    lastWasGroup = node.scalar == nil
    return true
  }

  private mutating func refuseAlias() {
    Document.refuseAlias(at: last, findings)
    isDone = true
  }

  private mutating func depthIsAllowed(_ depth: Int, _ at: SourcePosition) -> Bool {
    guard depth > ValueBuilder.maximumDepth else { return true }
    findings.add(
      .syntax, at: at, "values nest more than \(ValueBuilder.maximumDepth) levels deep",
      "use fewer levels")
    isDone = true
    return false
  }

  private func checkTag(of node: Node, _ at: SourcePosition) {
    let tag = node.tag.description
    guard !tag.isEmpty, tag != "!", !tag.hasPrefix("tag:yaml.org,2002:") else { return }
    findings.add(.syntax, at: at, "the tag \(tag) has no meaning here", "remove it")
  }

  /// Where the first character of a scalar's text stands.
  private func textStart(of scalar: Node.Scalar, _ at: SourcePosition) -> SourcePosition {
    switch scalar.style {
    case .singleQuoted, .doubleQuoted:
      return SourcePosition(file: file, line: at.line, column: at.column + 1)
    case .literal, .folded:
      for line in at.line..<max(at.line, lines.count) {
        let indent = lines[line].prefix { $0 == " " }.count
        if indent < lines[line].count {
          return SourcePosition(file: file, line: line + 1, column: indent + 1)
        }
      }
      return at
    case .plain, .any: return at
    }
  }
}
