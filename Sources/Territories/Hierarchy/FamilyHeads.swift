import Records

/// The head of those who share a number, a domain or a name: of the family that most of them are in
/// the account that stands highest.
struct FamilyHeads: Sendable {
  /// Blocks by what is shared, and the head of the block at each position of its items.
  struct Kind: Sendable {
    let blocks: KeyBlocks
    let heads: [Int32]
    /// Whether accounts of the block at each position have domains that differ, so that what they
    /// share may be chance.
    let isAmbiguous: [Bool]

    func isAmbiguous(_ key: UInt64) -> Bool {
      blocks.first(of: key).map { isAmbiguous[$0] } ?? false
    }

    /// The head of a key's block; nil where there is no block of it.
    func head(_ key: UInt64) -> Int32? { blocks.first(of: key).map { heads[$0] } }
  }

  let byDUNS: Kind
  let byDomain: Kind
  let byStem: Kind

  init(_ accounts: Table, _ traits: AccountTraits, _ families: Forest, ranks: [Int32]) {
    let sizes = accounts.decimals("NumberOfEmployees")
    let created = accounts.days("CreatedDate").map { $0 == Day.null ? Int32.max : $0 }
    func leads(_ left: Int, _ right: Int) -> Bool {
      if traits.words[left] != traits.words[right] {
        return traits.words[left] < traits.words[right]
      }
      if traits.saysGroup[left] != traits.saysGroup[right] { return traits.saysGroup[left] }
      if sizes[left] != sizes[right] { return sizes[left] > sizes[right] }
      if created[left] != created[right] { return created[left] < created[right] }
      return ranks[left] < ranks[right]
    }
    func kind(_ keys: [UInt64]) -> Kind {
      let blocks = KeyBlocks(keys.enumerated().map { ($1, Int32($0)) })
      var heads: [Int32] = []
      var isAmbiguous: [Bool] = []
      heads.reserveCapacity(blocks.items.count)
      isAmbiguous.reserveCapacity(blocks.items.count)
      // How many accounts of the block are of each family that is in it.
      var members = [Int32](repeating: 0, count: accounts.count)
      blocks.forEachBlock { items in
        for item in items { members[Int(families.roots[Int(item)])] += 1 }
        var head = Int(items[items.startIndex])
        for item in items.dropFirst().map({ Int($0) }) {
          let (root, other) = (Int(families.roots[item]), Int(families.roots[head]))
          let isAhead =
            root == other
            ? families.depths[item] != families.depths[head]
              ? families.depths[item] < families.depths[head] : leads(item, head)
            : members[root] != members[other]
              ? members[root] > members[other]
              : leads(root, other)
          if isAhead { head = item }
        }
        for item in items { members[Int(families.roots[Int(item)])] = 0 }
        heads += [Int32](repeating: Int32(head), count: items.count)
        let known = items.lazy.map { traits.domains[Int($0)] }.filter { $0 != 0 }
        let first = known.first
        let differ = known.contains { $0 != first }
        isAmbiguous += [Bool](repeating: differ, count: items.count)
      }
      return Kind(blocks: blocks, heads: heads, isAmbiguous: isAmbiguous)
    }
    byDUNS = kind(traits.duns)
    byDomain = kind(traits.domains)
    byStem = kind(traits.stems)
  }
}
