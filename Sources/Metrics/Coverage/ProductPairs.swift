import Records

/// Which products the accounts of each family bought: METRICS §2, penetration and whitespace.
///
/// Grain: one entry per family of two accounts or more that bought something, in row order of the
/// families' roots. A pair is an account and a product on a line of one of its won bookings.
struct ProductPairs: Sendable {
  struct Family: Sendable {
    /// Row of the account that names the family.
    let row: Int
    var accounts = 0
    var products = 0
    var pairs = 0
    var buyingAccounts = 0

    /// Pairs bought of all that could be.
    var penetration: Ratio { Ratio(Int128(pairs), over: Int128(accounts) * Int128(products)) }
    /// The pairs missing.
    var whitespace: Int128 { Int128(accounts) * Int128(products) - Int128(pairs) }
  }

  let families: [Family]
  /// The pairs missing of each account, by row; -1 where its family is no entry.
  let whitespaces: [Int32]

  /// - Parameters:
  ///   - ledger: the lines.
  ///   - scopes: which of them count.
  ///   - scope: families are made of their accounts in it.
  init(_ ledger: Ledger, _ scopes: ScopeMasks, _ scope: Scope) {
    let forest = ledger.families.value.value
    let accounts = ledger.records[.account]
    let mask = scopes.mask(.accounts, scope)
    let bought = BoughtProducts(ledger, scopes, scope) { account in
      let root = Int(forest.roots[account])
      return forest.ends[root] - forest.positions[root] > 1
    }
    var ofAccount = [Int32](repeating: -1, count: bought.productCount)
    var ofFamily = ofAccount
    var found: [Family] = []
    var whitespaces = [Int32](repeating: -1, count: forest.count)
    for root in 0..<forest.count
    where forest.parents[root] < 0 && forest.ends[root] - forest.positions[root] > 1 {
      var family = Family(row: root)
      for account in forest.subtree(of: root).lazy.map({ Int($0) })
      where mask == nil || mask?[account] == 1 {
        family.accounts += 1
        let before = family.pairs
        bought.forEachProduct(of: account) { product in
          guard ofAccount[product] != Int32(account) else { return }
          ofAccount[product] = Int32(account)
          family.pairs += 1
          guard ofFamily[product] != Int32(root) else { return }
          ofFamily[product] = Int32(root)
          family.products += 1
        }
        if family.pairs > before { family.buyingAccounts += 1 }
        whitespaces[account] = Int32(family.pairs - before)
      }
      let isEntry = family.products > 0 && family.accounts > 1
      for account in forest.subtree(of: root).lazy.map({ Int($0) })
      where mask == nil || mask?[account] == 1 {
        whitespaces[account] = isEntry ? Int32(family.products) - whitespaces[account] : -1
      }
      guard isEntry else { continue }
      if let mask, mask[root] == 0 {
        let named = forest.subtree(of: root).lazy.map { Int($0) }.filter { mask[$0] == 1 }
          .min { accounts.keys?.precedes($0, $1) ?? ($0 < $1) }
        family = Family(
          row: named ?? root, accounts: family.accounts, products: family.products,
          pairs: family.pairs, buyingAccounts: family.buyingAccounts)
      }
      found.append(family)
    }
    families = found
    self.whitespaces = whitespaces
  }
}

/// The products on lines of won bookings by account, with repeats.
private struct BoughtProducts {
  let productCount: Int
  /// Where the products of each account start in `products`; one more entry than accounts.
  private var starts: [Int32]
  private var products: [Int32]

  /// Reads the lines; `isWanted` tells the accounts of whom anything is asked.
  init(
    _ ledger: Ledger, _ scopes: ScopeMasks, _ scope: Scope,
    _ isWanted: @Sendable (Int) -> Bool
  ) {
    let (lines, deals) = (ledger.records[.lineItem], ledger.records[.opportunity])
    let dealOfLine = lines.references("OpportunityId")
    let productOfLine = lines.references("Product2Id")
    let accountOfDeal = deals.references("AccountId")
    let isWon = deals.flags("IsWon")
    let bookings = ledger.bookings.value.value
    let dealMask = scopes.mask(.opportunities, scope)
    let accountMask = scopes.mask(.accounts, scope)
    let isAsked = (0..<ledger.records[.account].count).map { account in
      accountMask?[account] ?? 1 == 1 && isWanted(account)
    }
    let parts = Parallel.chunked(lines.count, threads: ledger.threads) { chunk in
      var pairs: [Pair] = []
      // What is not filled is never touched.
      pairs.reserveCapacity(chunk.count)
      for line in chunk {
        let (deal, product) = (Int(dealOfLine[line]), productOfLine[line])
        guard deal >= 0, product >= 0, isWon[deal] == 1, bookings?[deal] ?? 1 == 1,
          dealMask?[deal] ?? 1 == 1
        else { continue }
        let account = accountOfDeal[deal]
        guard account >= 0, isAsked[Int(account)] else { continue }
        pairs.append(Pair(account: account, product: product))
      }
      return pairs
    }
    productCount = ledger.records[.product].count
    // Sorted by counting how many lines each account has.
    starts = [Int32](repeating: 0, count: isAsked.count + 1)
    for part in parts {
      for pair in part { starts[Int(pair.account) + 1] += 1 }
    }
    for account in isAsked.indices { starts[account + 1] += starts[account] }
    products = [Int32](repeating: 0, count: Int(starts[isAsked.count]))
    var next = starts
    for part in parts {
      for pair in part {
        products[Int(next[Int(pair.account)])] = pair.product
        next[Int(pair.account)] += 1
      }
    }
  }

  private struct Pair {
    let account: Int32
    let product: Int32
  }

  func forEachProduct(of account: Int, _ body: (Int) -> Void) {
    for at in starts[account]..<starts[account + 1] { body(Int(products[Int(at)])) }
  }
}
