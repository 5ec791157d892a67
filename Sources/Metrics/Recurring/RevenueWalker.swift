import Records

/// What happened to a customer's recurring revenue in a month.
enum RevenueKind: Int32, CaseIterable {
  case new, expansion, contraction, churned, reactivation

  /// METRICS §2: new is the first ever, churned is to zero, reactivation is from zero after churn,
  /// the rest goes by the sign of the change; nil where nothing changed.
  init?(opening: Int128, closing: Int128, wasCustomer: Bool) {
    if opening == closing { return nil }
    if opening == 0 {
      self = wasCustomer ? .reactivation : .new
    } else if closing == 0 {
      self = .churned
    } else {
      self = closing > opening ? .expansion : .contraction
    }
  }

  /// As filters name it.
  var name: String { "\(self)" }

  /// Heading for people.
  var title: String { name.prefix(1).uppercased() + name.dropFirst() }

  /// Whether it makes recurring revenue more or less.
  var sign: Int128 { self == .contraction || self == .churned ? -1 : 1 }

  /// Whether there is a customer more or less after it.
  var changesCustomers: Bool { self != .expansion && self != .contraction }
}

/// A month in which something about a customer's subscriptions changed.
struct RevenueStep {
  let month: Int
  let opening: Int128
  let closing: Int128
  /// How much of the closing stays only because a renewal is open.
  let renewing: Int128
  /// Value of the subscriptions that came to their end.
  let due: Int128
  /// How much of that was taken over by subscriptions that began.
  let renewed: Int128
  let kind: RevenueKind?
}

/// Walks over the months of one customer after another, each month in which something changed once.
///
/// Sums of a month are kept in arrays over all months, of which the touched ones are marked in a
/// bit set and cleared on the way: nothing is sorted or allocated a customer.
struct RevenueWalker {
  private let revenue: RevenueSpans
  private var beginning: [Int128]
  private var stopping: [Int128]
  private var lapsing: [Int128]
  private var touched: [UInt64]
  /// The steps of the customer that was walked last, ascending by month.
  private(set) var steps: [RevenueStep] = []

  init(_ revenue: RevenueSpans) {
    self.revenue = revenue
    let months = revenue.horizon - revenue.base
    beginning = [Int128](repeating: 0, count: months)
    stopping = beginning
    lapsing = beginning
    touched = [UInt64](repeating: 0, count: (months + 63) / 64)
  }

  mutating func walk(_ customer: Int) {
    steps.removeAll(keepingCapacity: true)
    let spans = revenue.spans(of: customer)
    guard !spans.isEmpty else { return }
    var low = Int.max
    for span in spans {
      let value = Int128(span.value)
      let first = Int(span.first) - revenue.base
      let expiry = Int(span.expiry) - revenue.base
      let end = Int(span.end) - revenue.base
      low = min(low, first)
      beginning[first] += value
      touch(first)
      if expiry < end {
        lapsing[expiry] += value
        touch(expiry)
      }
      // What lasts up to the horizon has no end that is known.
      guard end < stopping.count else { continue }
      stopping[end] += value
      if expiry < end { lapsing[end] -= value }
      touch(end)
    }
    step(from: low / 64)
  }

  @inline(__always)
  private mutating func touch(_ month: Int) {
    touched[month >> 6] |= 1 << UInt64(month & 63)
  }

  private mutating func step(from word: Int) {
    var opening: Int128 = 0
    var renewing: Int128 = 0
    var wasCustomer = false
    for word in word..<touched.count where touched[word] != 0 {
      var bits = touched[word]
      touched[word] = 0
      while bits != 0 {
        let month = word * 64 + bits.trailingZeroBitCount
        bits &= bits - 1
        let (begins, stops) = (beginning[month], stopping[month])
        let closing = opening + begins - stops
        renewing += lapsing[month]
        steps.append(
          RevenueStep(
            month: revenue.base + month, opening: opening, closing: closing, renewing: renewing,
            due: stops, renewed: stops > 0 ? max(min(stops, begins), 0) : 0,
            kind: RevenueKind(opening: opening, closing: closing, wasCustomer: wasCustomer)))
        if closing != 0 { wasCustomer = true }
        opening = closing
        beginning[month] = 0
        stopping[month] = 0
        lapsing[month] = 0
      }
    }
  }
}
