/// What was planted, kind by kind, with the Ids of the records.
struct Planted {
  private(set) var ids: [String: [String]] = [:]

  /// Notes a record of a kind.
  mutating func add(_ kind: String, _ prefix: KeyPrefix, _ number: Int) {
    ids[kind, default: []].append(RecordID.text(prefix, number))
  }
}
