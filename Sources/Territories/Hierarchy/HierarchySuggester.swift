import Records

/// Proposes parents for accounts that have none.
///
/// What speaks for a parent, the strongest first: DUNS numbers, one domain of the web, names. Of the
/// accounts that share a number, a domain or a name one is the head: it stands highest in the family
/// that most of them are in; of several such the one whose name has the fewest words, then one that says
/// Holding or Group, then the larger, the older, the first by Id. The
/// others are to get it as their parent, so that families come out whole; whoever has a parent is left
/// alone. No suggestion closes a cycle with parents that are there or with another suggestion: they
/// are taken by confidence, then by Id, and one that would is dropped.
public struct HierarchySuggester: Sendable {
  let accounts: Table
  let traits: AccountTraits
  let families: Forest
  let heads: FamilyHeads
  private let settings: HierarchySettings
  private let ranks: [Int32]
  private let threads: Int

  /// - Parameters:
  ///   - records: the export.
  ///   - settings: the fields with DUNS numbers, and how sure a suggestion has to be.
  ///   - threads: how many threads to use; the suggestions do not depend on it.
  public init(_ records: RecordSet, settings: HierarchySettings, threads: Int) {
    accounts = records[.account]
    self.settings = settings
    self.threads = threads
    ranks = accounts.keys?.ranks() ?? (0..<Int32(accounts.count)).map { $0 }
    traits = AccountTraits(accounts, settings, threads: threads)
    families = Forest(parents: accounts.references("ParentId"), ranks: ranks)
    heads = FamilyHeads(accounts, traits, families, ranks: ranks)
  }

  /// The suggestions, by confidence descending, then by the account's Id.
  public func suggestions() -> [ParentSuggestion] {
    let parents = accounts.references("ParentId")
    let found = Parallel.chunked(accounts.count, threads: threads) { rows in
      var finder = ParentFinder(self)
      // A parent that is absent or on a cycle is a parent that somebody wrote.
      return rows.compactMap { parents[$0] == Reference.null ? finder.parent(of: $0) : nil }
    }.flatMap { $0 }.filter { $0.confidence >= settings.leastConfidence }
    return withoutCycles(sorted(found))
  }

  /// Accounts whose parent is in another family than what speaks for a parent by DUNS numbers, or by
  /// domain and name together; by confidence descending, then by the account's Id.
  public func contradictions() -> [ParentSuggestion] {
    let found = Parallel.chunked(accounts.count, threads: threads) { rows in
      var finder = ParentFinder(self)
      return rows.compactMap { row -> ParentSuggestion? in
        guard families.parents[row] >= 0, let other = finder.parent(of: row),
          other.confidence >= 85, families.roots[Int(other.parent)] != families.roots[row]
        else { return nil }
        return other
      }
    }.flatMap { $0 }
    return sorted(found)
  }

  private func sorted(_ found: [ParentSuggestion]) -> [ParentSuggestion] {
    found.sorted { left, right in
      left.confidence != right.confidence
        ? left.confidence > right.confidence
        : ranks[Int(left.account)] < ranks[Int(right.account)]
    }
  }

  /// The suggestions without those that would close a cycle: whose account and parent are of one
  /// family already.
  private func withoutCycles(_ found: [ParentSuggestion]) -> [ParentSuggestion] {
    var trees = JoinedSets(tops: families.roots)
    return found.filter { trees.join($0.parent, with: $0.account) }
  }
}

/// Finds what speaks most for a parent of one account after another.
private struct ParentFinder {
  private let suggester: HierarchySuggester
  private var own = CompanyNameReader()
  private var other = CompanyNameReader()

  init(_ suggester: HierarchySuggester) {
    self.suggester = suggester
  }

  mutating func parent(of account: Int) -> ParentSuggestion? {
    let (traits, heads) = (suggester.traits, suggester.heads)
    guard traits.stems[account] != 0 else { return nil }
    var best: ParentSuggestion?
    func take(_ parent: Int32?, _ reason: ParentSuggestion.Reason, _ confidence: Int) {
      guard let parent, Int(parent) != account, traits.stems[Int(parent)] != 0,
        confidence > best?.confidence ?? 0
      else { return }
      best = ParentSuggestion(
        account: Int32(account), parent: parent, reason: reason, confidence: confidence)
    }
    take(heads.byDUNS.head(traits.parentDUNS[account]), .parentDUNS, 98)
    take(heads.byDUNS.head(traits.globalDUNS[account]), .globalDUNS, 95)
    take(heads.byDUNS.head(traits.duns[account]), .sameDUNS, 90)
    if best != nil { return best }
    readOwn(account)
    if let head = heads.byDomain.head(traits.domains[account]) {
      let shared = sharedWords(with: Int(head))
      let isName = shared > 0 || traits.stems[account] == traits.stems[Int(head)]
      take(head, isName ? .domainAndName : .domain, isName ? (shared > 1 ? 95 : 90) : 80)
    }
    // Names alone say less where domains differ, of both accounts or among those of the name.
    func less(_ parent: Int32, _ name: UInt64) -> Int {
      let (left, right) = (traits.domains[account], traits.domains[Int(parent)])
      let differ = left != 0 && right != 0 && left != right
      return differ || heads.byStem.isAmbiguous(name) ? 20 : 0
    }
    if let head = heads.byStem.head(traits.stems[account]) {
      let grade = own.name.count >= 4 ? 75 : 55
      take(head, .sameName, grade - less(head, traits.stems[account]))
    }
    for words in stride(from: own.wordCount - 1, to: 0, by: -1) {
      let name = AccountTraits.key(own, words: words)
      guard let head = heads.byStem.head(name) else { continue }
      take(head, .nameBegins, (words > 1 ? 70 : 55) - less(head, name))
      break
    }
    return best
  }

  private mutating func readOwn(_ account: Int) {
    let names = suggester.accounts.texts("Name")
    own.read(names.bytes, names.range(account))
  }

  /// With how many words both names begin.
  private mutating func sharedWords(with account: Int) -> Int {
    let names = suggester.accounts.texts("Name")
    other.read(names.bytes, names.range(account))
    var shared = 0
    while shared < min(own.wordCount, other.wordCount),
      own.word(shared).elementsEqual(other.word(shared))
    {
      shared += 1
    }
    return shared
  }
}
