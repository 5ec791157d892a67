import Records

/// Gathers what is wrong with a file, so that its owner sees all of it at once.
///
/// Readers add to it and go on with what is left; `throwIfAny` ends the reading.
public final class Findings {
  /// The findings in the order in which they were added.
  public private(set) var all: [Finding] = []

  /// No findings yet.
  public init() {}

  /// Whether nothing was found.
  public var isEmpty: Bool { all.isEmpty }

  /// Adds a finding.
  public func add(_ finding: Finding) {
    all.append(finding)
  }

  /// Adds an error of a settings file.
  ///
  /// - Parameters:
  ///   - code: the stable name of the kind of error.
  ///   - at: where it stands.
  ///   - what: what is wrong, as a sentence without full stop.
  ///   - suggestion: what the user can do, as a sentence without full stop.
  public func add(
    _ code: SettingsCode, at: SourcePosition, _ what: String, _ suggestion: String
  ) {
    add(
      Finding(
        code: code.rawValue, severity: .error, at: at, what: what, done: "nothing was read",
        suggestion: suggestion))
  }

  /// Stops where anything was found; findings come in the order of their places.
  public func throwIfAny() throws(FindingsError) {
    guard !all.isEmpty else { return }
    throw FindingsError(
      all.enumerated().sorted { left, right in
        let first = left.element.at ?? SourcePosition(file: "")
        let second = right.element.at ?? SourcePosition(file: "")
        return (first, left.offset) < (second, right.offset)
      }.map(\.element))
  }
}

/// The kinds of error in a settings file, each the stable code of a finding.
public enum SettingsCode: String, Hashable, Sendable {
  /// The file is not YAML, or uses a part of YAML that settings do without.
  case syntax = "settings-syntax"
  case unknownKey = "settings-unknown-key"
  case missingKey = "settings-missing-key"
  /// A value of the wrong kind, or outside what is allowed.
  case value = "settings-value"
}
