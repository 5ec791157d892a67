import Records

/// Which of several accounts that match a lead equally well is meant: one with an open deal, then a
/// customer, then the larger, then the older; then by Id.
///
/// A customer is an account that won a deal at any time; size is its number of employees; unknown
/// sizes and days of creation stand last.
struct AccountStanding: Sendable {
  /// 2 with an open deal, 1 for a customer, or their sum.
  private var grades: [UInt8]
  private let sizes: [Int64]
  private let created: [Int32]
  private let keys: Keys?

  init(_ records: RecordSet) {
    let accounts = records[.account]
    var grades = [UInt8](repeating: 0, count: accounts.count)
    let deals = records[.opportunity]
    let (isClosed, isWon) = (deals.flags("IsClosed"), deals.flags("IsWon"))
    for (deal, account) in deals.references("AccountId").enumerated() where account >= 0 {
      if isClosed[deal] != 1 {
        grades[Int(account)] |= 2
      } else if isWon[deal] == 1 {
        grades[Int(account)] |= 1
      }
    }
    self.grades = grades
    sizes = accounts.decimals("NumberOfEmployees")
    created = accounts.days("CreatedDate")
    keys = accounts.keys
  }

  /// Whether one account is meant rather than another.
  func precedes(_ left: Int, _ right: Int) -> Bool {
    if grades[left] != grades[right] { return grades[left] > grades[right] }
    if sizes[left] != sizes[right] { return sizes[left] > sizes[right] }
    if created[left] != created[right] {
      return (created[left] == Day.null ? Int32.max : created[left])
        < (created[right] == Day.null ? Int32.max : created[right])
    }
    return keys?.precedes(left, right) ?? (left < right)
  }
}
