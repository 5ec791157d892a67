import Records
import Yams

/// A YAML file read into values that know their places.
///
/// One document a file. Aliases and merge keys are refused, so a value stands where it is used and
/// a small file cannot unfold into a big one; tags beside YAML's own are refused; keys are text.
public struct Document: Sendable {
  /// Name of the file, as errors print it.
  public let file: String
  /// All that the file holds.
  public let root: Value

  /// The most bytes a settings file may have.
  public static let maximumSize = 4_000_000

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - text: its content; an empty one is an empty group of keys.
  ///   - file: its name, as errors print it.
  /// - Throws: what makes the file unreadable as a whole.
  public init(text: String, file: String) throws(FindingsError) {
    self.file = file
    let findings = Findings()
    var content = text
    if content.unicodeScalars.first == "\u{FEFF}" { content.unicodeScalars.removeFirst() }
    content.makeContiguousUTF8()
    guard content.utf8.count <= Document.maximumSize else {
      findings.add(
        .syntax, at: SourcePosition(file: file), "the file has more than 4 MB",
        "split it, and keep data in CSV files")
      throw FindingsError(findings.all)
    }
    if let place = Document.manyAliases(in: content, file: file) {
      Document.refuseAlias(at: place, findings)
      throw FindingsError(findings.all)
    }
    guard let node = try Document.compose(content, file: file) else {
      root = Value(
        kind: .mapping([]), at: SourcePosition(file: file, line: 1, column: 1),
        textStart: SourcePosition(file: file, line: 1, column: 1), label: "the file")
      return
    }
    var builder = ValueBuilder(text: content, file: file, findings: findings)
    let value = builder.value(of: node, label: "the file", depth: 0)
    try findings.throwIfAny()
    root = value
  }

  /// Parses without resolving types: no scalar becomes a number, date or truth value by its looks.
  private static func compose(_ text: String, file: String) throws(FindingsError) -> Node? {
    do {
      return try Parser(yaml: text, resolver: .basic, encoding: .utf8).singleRoot()
    } catch let error as YamlError {
      throw FindingsError([finding(for: error, file: file)])
    } catch {
      throw FindingsError([
        finding(
          "this is not YAML", SourcePosition(file: file), "correct the file")
      ])
    }
  }

  private static func finding(
    _ what: String, _ at: SourcePosition, _ suggestion: String
  ) -> Finding {
    Finding(
      code: SettingsCode.syntax.rawValue, severity: .error, at: at, what: what,
      done: "nothing was read", suggestion: suggestion)
  }

  private static func finding(for error: YamlError, file: String) -> Finding {
    func at(_ mark: Mark) -> SourcePosition {
      SourcePosition(file: file, line: mark.line, column: mark.column)
    }
    switch error {
    case .scanner(_, let problem, let mark, let text), .parser(_, let problem, let mark, let text):
      let line =
        text.split(separator: "\n", omittingEmptySubsequences: false)
        .dropFirst(mark.line - 1).first ?? ""
      let isTab = line.unicodeScalars.prefix(mark.column).contains("\t")
      return finding(
        "this is not YAML: \(problem)", at(mark),
        isTab ? "indent with spaces instead of tabs" : "check quotes, colons and indentation here")
    case .composer(_, let problem, let mark, _):
      return problem.contains("alias")
        ? finding(aliasRefused, at(mark), aliasAdvice)
        : finding(
          "a second document begins here", at(mark), "keep one document in the file")
    case .duplicatedKeysInMapping(let keys, let context):
      return finding(
        "key \"\(keys.first ?? "")\" is written twice in one group", at(context.mark),
        "keep one of them")
    case .reader(let problem, _, _, _):
      return finding(
        "this is not YAML: \(problem)", SourcePosition(file: file), "save the file as UTF-8 text")
    default:
      return finding("this is not YAML", SourcePosition(file: file), "correct the file")
    }
  }

  /// The place of the first of more aliases than a file could hold by mistake.
  ///
  /// Nested aliases unfold while keys are compared, before there is a tree to look at. A few of
  /// them cannot unfold far; they are found, and refused, in the tree.
  private static func manyAliases(in text: String, file: String) -> SourcePosition? {
    var first: SourcePosition?
    var (aliases, anchors, line, column) = (0, 0, 1, 0)
    var previous: Unicode.Scalar = "\n"
    var mark: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      column += 1
      if let sign = mark, scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
        if sign == "&" {
          anchors += 1
        } else {
          aliases += 1
          if first == nil { first = SourcePosition(file: file, line: line, column: column - 1) }
        }
      }
      let isStart = " \t\n[{,".unicodeScalars.contains(previous)
      mark = isStart && (scalar == "*" || scalar == "&") ? scalar : nil
      if scalar == "\n" { (line, column) = (line + 1, 0) }
      previous = scalar
    }
    return anchors > 0 && aliases > 20 ? first : nil
  }

  static func refuseAlias(at place: SourcePosition, _ findings: Findings) {
    findings.add(.syntax, at: place, aliasRefused, aliasAdvice)
  }

  private static let aliasRefused = "an alias (*) or merge key (<<) is not supported"
  private static let aliasAdvice = "write the value out where it is needed"
}
