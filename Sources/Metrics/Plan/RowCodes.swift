import Records

/// How each row of a fact finds its member of a dimension.
struct RowCodes: Sendable {
  private enum Source: Sendable {
    /// The member of the row of a table that a reference leads to; nil: the row itself, and the
    /// row's number as its member.
    case mapped(via: [Int32]?, codes: [Int32]?)
    /// The span of time in which a day falls.
    case days([Int32], via: [Int32]?, first: Int32, spans: [Int32])
  }

  private let source: Source
  /// The member of rows that lead nowhere.
  private let missing: Int32
  /// For each code the members it stands for, where a row may have several.
  let expansion: Adjacency?

  init(via: [Int32]?, codes: [Int32]?, missing: Int32, expansion: Adjacency? = nil) {
    source = .mapped(via: via, codes: codes)
    self.missing = missing
    self.expansion = expansion
  }

  /// - Parameters:
  ///   - days: the days.
  ///   - via: how rows reach them.
  ///   - first: the day of the first entry of `spans`.
  ///   - spans: the member of each day from there on.
  ///   - none: the member of rows without a day, or with one outside.
  init(days: [Int32], via: [Int32]?, first: Int32, spans: [Int32], none: Int32) {
    source = .days(days, via: via, first: first, spans: spans)
    missing = none
    expansion = nil
  }

  /// Overwrites the first entries of `codes` with the code of each row of a batch.
  func fill(_ rows: Range<Int>, into codes: inout [Int32]) {
    let start = rows.lowerBound
    switch source {
    case .mapped(nil, nil):
      for row in rows { codes[row - start] = Int32(row) }
    case .mapped(nil, let table?):
      for row in rows { codes[row - start] = table[row] }
    case .mapped(let via?, nil):
      for row in rows { codes[row - start] = via[row] < 0 ? missing : via[row] }
    case .mapped(let via?, let table?):
      for row in rows {
        codes[row - start] = via[row] < 0 ? missing : table[Int(via[row])]
      }
    case .days(let days, let via, let first, let spans):
      for row in rows {
        let at = via.map { Int($0[row]) } ?? row
        let day = at < 0 ? Day.null : days[at]
        let offset = Int(day) - Int(first)
        codes[row - start] = offset >= 0 && offset < spans.count ? spans[offset] : missing
      }
    }
  }

  /// The members of one row.
  func members(_ row: Int) -> [Int] {
    var code = [Int32](repeating: 0, count: 1)
    fill(row..<row + 1, into: &code)
    guard let expansion else { return [Int(code[0])] }
    return expansion[Int(code[0])].map { Int($0) }
  }
}
