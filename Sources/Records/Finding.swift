/// A place in a file that a person can open: line and column count from 1.
///
/// In a sheet of a workbook the line is the row, and the place is named as the sheet names it.
public struct SourcePosition: Hashable, Comparable, Sendable, CustomStringConvertible {
  public let file: String
  /// Name of the sheet of a workbook; nil in a text file.
  public let sheet: String?
  /// Line in the file, from 1; 0 where the whole file is meant.
  public let line: Int
  /// Column in the line, from 1; 0 where the whole line is meant.
  public let column: Int

  public init(file: String, sheet: String? = nil, line: Int = 0, column: Int = 0) {
    self.file = file
    self.sheet = sheet
    self.line = line
    self.column = column
  }

  /// `file`, `file:line` or `file:line:column`, whichever is known; in a workbook `file:sheet!C7`.
  public var description: String {
    if let sheet {
      if line == 0 { return "\(file):\(sheet)" }
      return column == 0
        ? "\(file):\(sheet)!\(line)" : "\(file):\(sheet)!\(SourcePosition.letters(column))\(line)"
    }
    if line == 0 { return file }
    return column == 0 ? "\(file):\(line)" : "\(file):\(line):\(column)"
  }

  /// The letters by which a sheet names a column: A for 1, AA for 27.
  private static func letters(_ column: Int) -> String {
    var rest = column
    var letters: [UInt8] = []
    while rest > 0 {
      letters.insert(UInt8(ascii: "A") + UInt8((rest - 1) % 26), at: 0)
      rest = (rest - 1) / 26
    }
    return String(decoding: letters, as: UTF8.self)
  }

  public static func < (left: SourcePosition, right: SourcePosition) -> Bool {
    (left.file, left.sheet ?? "", left.line, left.column)
      < (right.file, right.sheet ?? "", right.line, right.column)
  }
}

/// Something in the input or the configuration that its owner should know.
///
/// A finding never carries a customer's value: it names the place where the value stands.
public struct Finding: Hashable, Sendable {
  /// How far a finding puts figures in doubt.
  public enum Severity: String, Hashable, Comparable, Sendable, CaseIterable {
    /// Every figure is in doubt; nothing is rendered.
    case error
    /// A row was set aside or repaired; the rest stands.
    case warning
    /// Worth knowing; nothing was changed.
    case notice

    public static func < (left: Severity, right: Severity) -> Bool {
      left.rank < right.rank
    }

    private var rank: Int {
      switch self {
      case .error: 0
      case .warning: 1
      case .notice: 2
      }
    }
  }

  /// A stable name such as `account-parent-absent`, listed in the manual.
  public let code: String
  public let severity: Severity
  public let at: SourcePosition?
  /// What is wrong, as a sentence without full stop.
  public let what: String
  /// What was done with it, as a sentence without full stop.
  public let done: String
  /// What the user can do, as a sentence without full stop.
  public let suggestion: String

  public init(
    code: String, severity: Severity, at: SourcePosition? = nil, what: String, done: String,
    suggestion: String
  ) {
    self.code = code
    self.severity = severity
    self.at = at
    self.what = what
    self.done = done
    self.suggestion = suggestion
  }

  /// The same finding at a place.
  public func located(_ at: SourcePosition?) -> Finding {
    Finding(
      code: code, severity: severity, at: at, what: what, done: done, suggestion: suggestion)
  }
}

extension Finding: CustomStringConvertible {
  /// Such as `cadastre.yaml:3:1: error: unknown key "curency"; nothing was read; did you mean "currency"?`.
  public var description: String {
    let place = at.map { "\($0): " } ?? ""
    let end = suggestion.hasSuffix("?") ? "" : "."
    return "\(place)\(severity.rawValue): \(what); \(done); \(suggestion)\(end)"
  }
}

/// Findings that stop the work, thrown by what cannot go on without the input they are about.
public struct FindingsError: Error, Sendable {
  public let findings: [Finding]

  public init(_ findings: [Finding]) {
    self.findings = findings
  }
}
