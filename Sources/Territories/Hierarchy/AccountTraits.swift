import Records

/// What accounts of one family have in common, by account row.
///
/// Numbers of names and domains are 64 bits of a hash: equal ones are taken for the same.
struct AccountTraits: Sendable {
  /// The name without legal forms and group words; 0 for none, and for person accounts.
  let stems: [UInt64]
  /// The domain of the web address, 0 for none.
  let domains: [UInt64]
  /// How many words the stem has: a parent's name has fewer than its subsidiaries'.
  let words: [Int32]
  /// Whether the name says that the account stands for a whole group.
  let saysGroup: [Bool]
  let duns: [UInt64]
  let parentDUNS: [UInt64]
  let globalDUNS: [UInt64]

  private struct Trait: Sendable {
    var stem: UInt64 = 0
    var domain: UInt64 = 0
    var words: Int32 = 0
    var saysGroup = false
  }

  /// Words of a company that stands for others.
  static let groupWords = ByteTexts(
    words: """
      holding holdings group gruppe groupe grupo gruppo groep gruppen koncern grup headquarters hq \
      corporate worldwide global international internacional internationale beteiligungs \
      beteiligungsgesellschaft 集团 集團 ホールディングス グループ
      """)

  init(_ accounts: Table, _ fields: HierarchySettings, threads: Int) {
    let (names, sites) = (accounts.texts("Name"), accounts.texts("Website"))
    let isPerson = accounts.flags("IsPersonAccount")
    let parts = Parallel.chunked(accounts.count, threads: threads) { rows in
      var reader = CompanyNameReader()
      var domains = WebDomains()
      return rows.map { row -> Trait in
        guard isPerson[row] != 1 else { return Trait() }
        reader.read(names.bytes, names.range(row))
        domains.read(sites.bytes, sites.range(row))
        let count = AccountTraits.stemWords(reader)
        return Trait(
          stem: AccountTraits.key(reader, words: count), domain: domains.key,
          words: Int32(count), saysGroup: count < reader.wordCount)
      }
    }
    let all = parts.joined()
    stems = all.map(\.stem)
    domains = all.map(\.domain)
    words = all.map(\.words)
    saysGroup = all.map(\.saysGroup)
    duns = AccountTraits.duns(accounts, "DunsNumber")
    parentDUNS = AccountTraits.duns(accounts, fields.parentDUNS)
    globalDUNS = AccountTraits.duns(accounts, fields.globalDUNS)
  }

  /// How many words a name has without those of a group at its end; at least one.
  static func stemWords(_ reader: CompanyNameReader) -> Int {
    var count = reader.wordCount
    while count > 1, groupWords.contains(reader.word(count - 1)) { count -= 1 }
    return count
  }

  /// A number of the first words of a name, 0 for none.
  static func key(_ reader: CompanyNameReader, words count: Int) -> UInt64 {
    guard count > 0 else { return 0 }
    var hash = FNV()
    for index in 0..<count { for byte in reader.word(index) { hash.add(byte) } }
    return max(hash.value, 1)
  }

  /// The DUNS numbers of a field: nine digits, 0 for none.
  private static func duns(_ accounts: Table, _ field: String) -> [UInt64] {
    guard let column = accounts.columns[field] else {
      return [UInt64](repeating: 0, count: accounts.count)
    }
    return (0..<accounts.count).map { duns(column, $0) }
  }

  private static func duns(_ column: Column, _ row: Int) -> UInt64 {
    switch column {
    case .decimals(let cells):
      // A spreadsheet drops zeros in front.
      guard cells[row] > 0, cells[row] % Exact.scale == 0 else { return 0 }
      let number = UInt64(cells[row] / Exact.scale)
      return number < 1_000_000_000 ? number : 0
    case .texts(let texts): return duns(texts.bytes[texts.range(row)])
    case .categories(let cells): return duns(Array((cells[row] ?? "").utf8)[...])
    default: return 0
    }
  }

  private static func duns(_ text: ArraySlice<UInt8>) -> UInt64 {
    var (number, count) = (UInt64(0), 0)
    for byte in text {
      if (0x30...0x39).contains(byte) {
        number = number &* 10 &+ UInt64(byte - 0x30)
        count += 1
      } else if byte != UInt8(ascii: "-"), byte != UInt8(ascii: " ") {
        return 0
      }
    }
    return count == 9 ? number : 0
  }
}

/// What suggestions of parents are made from.
public struct HierarchySettings: Sendable {
  /// The field with the DUNS number of the parent.
  public var parentDUNS = "ParentOrHqDunsNumber"
  /// The field with the DUNS number of the ultimate parent.
  public var globalDUNS = "GlobalUltimateDunsNumber"
  /// The least confidence of what is suggested.
  public var leastConfidence = 60

  /// The usual fields.
  public init() {}

  /// The fields that suggestions read.
  public var fields: [Entity: Set<String>] {
    [
      .account: Set(
        [
          "Id", "Name", "ParentId", "OwnerId", "Website", "DunsNumber", "NumberOfEmployees",
          "CreatedDate", "IsPersonAccount", parentDUNS, globalDUNS,
        ])
    ]
  }
}
