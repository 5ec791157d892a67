/// Findings gathered over a run: all of them counted, the first few of each code kept with their place.
///
/// Grain: one entry per code. Logs of parts of a file are merged in file order, so the kept places
/// are the same for any number of threads.
public struct FindingLog: Sendable {
  /// What is known of one code.
  public struct Entry: Sendable {
    /// The first finding of the code.
    public let first: Finding
    /// How often the code was found.
    public var count: Int
    /// The first places, in file order.
    public var places: [SourcePosition]
  }

  /// How many places are kept for a code.
  public static let placesKept = 10

  private var byCode: [String: Entry] = [:]

  public init() {}

  /// The entries, errors first, then by code.
  public var entries: [Entry] {
    byCode.values.sorted {
      ($0.first.severity, $0.first.code) < ($1.first.severity, $1.first.code)
    }
  }

  public var isEmpty: Bool { byCode.isEmpty }

  /// Whether a finding puts every figure in doubt.
  public var hasErrors: Bool { byCode.values.contains { $0.first.severity == .error } }

  /// How often a code was found.
  public func count(of code: String) -> Int { byCode[code]?.count ?? 0 }

  public mutating func add(_ finding: Finding) {
    add(finding, count: 1, places: finding.at.map { [$0] } ?? [])
  }

  public mutating func add(_ findings: [Finding]) {
    for finding in findings { add(finding) }
  }

  /// Adds the findings of a later part.
  public mutating func merge(_ other: FindingLog) {
    for entry in other.entries {
      add(entry.first, count: entry.count, places: entry.places)
    }
  }

  /// Adds a finding that was made a number of times, with its first places.
  public mutating func add(_ first: Finding, count: Int, places: [SourcePosition]) {
    var entry = byCode[first.code] ?? Entry(first: first, count: 0, places: [])
    entry.count += count
    entry.places += places.prefix(FindingLog.placesKept - entry.places.count)
    byCode[first.code] = entry
  }
}
