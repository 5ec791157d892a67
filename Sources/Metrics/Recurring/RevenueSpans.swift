import Records

/// Subscriptions in the order of their customers, so that each customer's stand together.
///
/// A customer is an account, or a family by the row of its ultimate parent.
struct RevenueSpans: Sendable {
  /// What a subscription adds, and when.
  struct Span: Sendable {
    let first: Int32
    let expiry: Int32
    let end: Int32
    let value: Int64
  }

  /// Where the spans of each customer start; one more entry than rows of accounts.
  let starts: [Int32]
  let spans: [Span]
  /// The first month of any span.
  let base: Int
  /// The month of D, which is not completed.
  let horizon: Int

  /// Puts subscriptions in order by counting, in the order given within a customer.
  ///
  /// - Parameters:
  ///   - subscriptions: of all accounts.
  ///   - customers: the customer of each account; nil: the account itself.
  ///   - accounts: the number of accounts.
  ///   - horizon: the first month that is not completed.
  init(_ subscriptions: Subscriptions, customers: [Int32]?, accounts: Int, horizon: Int) {
    func customer(_ index: Int) -> Int {
      let account = Int(subscriptions.accounts[index])
      return customers.map { Int($0[account]) } ?? account
    }
    var starts = [Int32](repeating: 0, count: accounts + 2)
    // Two entries later than its customer, so that filling leaves each start where it belongs.
    for index in 0..<subscriptions.count { starts[customer(index) + 2] += 1 }
    for row in 0..<accounts { starts[row + 2] += starts[row + 1] }
    var spans = [Span](
      repeating: Span(first: 0, expiry: 0, end: 0, value: 0), count: subscriptions.count)
    for index in 0..<subscriptions.count {
      let place = customer(index) + 1
      spans[Int(starts[place])] = Span(
        first: subscriptions.firsts[index], expiry: subscriptions.expiries[index],
        end: subscriptions.ends[index], value: subscriptions.values[index])
      starts[place] += 1
    }
    starts.removeLast()
    self.starts = starts
    self.spans = spans
    base = subscriptions.firsts.min().map { Int($0) } ?? horizon
    self.horizon = horizon
  }

  /// The customers who may have a subscription.
  var customers: Range<Int> { 0..<starts.count - 1 }

  func spans(of customer: Int) -> ArraySlice<Span> {
    spans[Int(starts[customer])..<Int(starts[customer + 1])]
  }
}
