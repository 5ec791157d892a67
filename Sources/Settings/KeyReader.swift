import Records

/// The keys of a group, asked for by name; it remembers which, so that the rest are unknown keys.
///
/// Made by `Value.read`. Each accessor gives nil where the key is absent, and also where its value
/// does not fit, which adds a finding.
public final class KeyReader {
  /// The group that is read.
  public let group: Value
  /// Where errors go.
  public let findings: Findings
  private let entries: [Value.Entry]
  private var known: [String] = []
  private var refused: Set<String> = []

  init(_ entries: [Value.Entry], of group: Value, _ findings: Findings) {
    self.entries = entries
    self.group = group
    self.findings = findings
  }

  /// Whether the key was written; the key is known from now on.
  public func has(_ key: String) -> Bool {
    entry(key) != nil
  }

  /// The key with its place, nil where it is absent.
  public func entry(_ key: String) -> Value.Entry? {
    if !known.contains(key) { known.append(key) }
    return entries.first { $0.key == key }
  }

  /// The value of a key; a key with nothing after it is a finding.
  public func value(_ key: String) -> Value? {
    guard let entry = entry(key) else { return nil }
    guard entry.value.isNull else { return entry.value }
    if refused.insert(key).inserted {
      findings.add(
        .value, at: entry.at, "key \"\(key)\" has no value", "write a value or remove the key")
    }
    return nil
  }

  /// The value of a key that must be there.
  public func required(_ key: String) -> Value? {
    if let value = value(key) { return value }
    if !has(key) {
      findings.add(
        .missingKey, at: group.at, "\(group.label) has no key \"\(key)\"", "add \(key)")
    }
    return nil
  }

  /// Text as written.
  public func string(_ key: String) -> String? { value(key)?.string(findings) }

  /// Text with the place of its first character.
  public func located(_ key: String) -> Located<String>? { value(key)?.located(findings) }

  /// A whole number.
  public func int(_ key: String, in range: ClosedRange<Int> = Int.min...Int.max) -> Int? {
    value(key)?.int(in: range, findings)
  }

  /// A number as an integer of 1/10,000.
  public func decimal(_ key: String) -> Int64? { value(key)?.decimal(findings) }

  /// Yes or no.
  public func bool(_ key: String) -> Bool? { value(key)?.bool(findings) }

  /// A calendar day.
  public func day(_ key: String) -> Day? { value(key)?.day(findings) }

  /// One of some words, without regard to case.
  public func oneOf(_ key: String, _ words: [String]) -> String? {
    value(key)?.oneOf(words, findings)
  }

  /// One of the cases of a type, by its raw value.
  public func oneOf<Choice>(_ key: String, _ type: Choice.Type) -> Choice?
  where Choice: RawRepresentable<String> & CaseIterable {
    value(key)?.oneOf(type, findings)
  }

  /// The values of a list; empty where the key is absent.
  public func list(_ key: String) -> [Value] { value(key)?.list(findings) ?? [] }

  /// The texts of a list; empty where the key is absent.
  public func strings(_ key: String) -> [String] { value(key)?.strings(findings) ?? [] }

  /// The keys of a group whose names are the user's own; empty where the key is absent.
  public func entries(_ key: String) -> [Value.Entry] { value(key)?.entries(findings) ?? [] }

  /// Reads the group of keys below a key.
  public func read<Result>(_ key: String, _ body: (KeyReader) -> Result) -> Result? {
    value(key)?.read(findings, body)
  }

  /// Reports every key that was not asked for.
  func finish() {
    for entry in entries where !known.contains(entry.key) {
      findings.add(
        .unknownKey, at: entry.at, "unknown key \"\(entry.key)\"",
        Suggestion.sentence(
          for: entry.key, in: known,
          otherwise: known.isEmpty ? "remove it" : "use \(Suggestion.list(known.sorted()))"))
    }
  }
}
