/// How much dirt a full sample holds: so many of each kind, far less than a percent of the rows.
struct DirtPlan: Sendable {
  /// Numbers from here on belong to planted accounts.
  static let firstNumber = 200_000_000
  /// How many of each kind are planted.
  let dose: Int

  init(accounts: Int, isFull: Bool) {
    dose = !isFull || accounts < 100 ? 0 : 1 + accounts / 5_000
  }

  /// Planted accounts that count: for each dose an orphan, one that is exported twice and one
  /// into which another was merged; and a cycle of two and one that is its own parent.
  var validAccounts: Int { dose == 0 ? 0 : dose * 3 + 3 }
}
