import Records

/// How each row of a fact finds its member of a dimension.
///
/// Nothing is made a row: a code is read along the columns that lead to it, a batch at a time.
struct RowCodes: Sendable {
  private enum Source: Sendable {
    /// The code of the row of a table to which references lead, one after another (none: the row
    /// itself); without codes the number of that row.
    case rows(path: [[Int32]], codes: [Int32]?, members: [Int32]?)
    /// The span of time in which a day falls.
    case days([Int32], via: [Int32]?, first: Int32, spans: [Int32])
  }

  private let source: Source
  /// The code of rows that lead nowhere; a code -2 of a table is the remainder after it.
  private let missing: Int32
  /// The members that a code stands for, where a row may have several.
  let expansion: Expansion?

  /// - Parameters:
  ///   - path: the reference columns to follow.
  ///   - codes: the code of each row reached; nil: its number. Below zero: -1 is `missing`, -2 the
  ///     member after it.
  ///   - members: the member of each code; nil: the code itself.
  ///   - missing: the member of rows that reach none.
  ///   - expansion: the members a code stands for.
  init(
    path: [[Int32]], codes: [Int32]?, members: [Int32]? = nil, missing: Int32,
    expansion: Expansion? = nil
  ) {
    source = .rows(path: path, codes: codes, members: members)
    self.missing = expansion.map { $0.isOfMembers ? missing : -1 } ?? missing
    self.expansion = expansion
  }

  init(via: [Int32]?, codes: [Int32]?, missing: Int32, expansion: Expansion? = nil) {
    self.init(
      path: via.map { [$0] } ?? [], codes: codes, missing: missing, expansion: expansion)
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

  /// The codes of a few rows, numbered anew.
  func along(_ few: FewRows) -> RowCodes { RowCodes(self, along: few) }

  private init(_ all: RowCodes, along few: FewRows) {
    switch all.source {
    case .rows(let path, let codes, let members):
      source = .rows(path: [few.rows] + path, codes: codes, members: members)
    case .days(let days, let via, let first, let spans):
      source = .days(days, via: few.via(via), first: first, spans: spans)
    }
    missing = all.missing
    expansion = all.expansion
  }

  /// Overwrites the first entries of `codes` with the code of each row of a batch.
  func fill(_ rows: Range<Int>, into codes: inout [Int32]) {
    let start = rows.lowerBound
    switch source {
    case .rows(let path, let table, let members):
      if let first = path.first {
        for row in rows { codes[row - start] = first[row] }
      } else {
        for row in rows { codes[row - start] = Int32(truncatingIfNeeded: row) }
      }
      finish(rows.count, path, table, members, &codes)
    case .days(let days, let via, let first, let spans):
      for row in rows { codes[row - start] = span(of: row, days, via, first, spans) }
    }
  }

  /// Overwrites the first entries of `codes` with the codes of selected rows of the batch that
  /// begins at a row.
  func fill(_ selection: RowList, from start: Int, into codes: inout [Int32]) {
    switch source {
    case .rows(let path, let table, let members):
      if let first = path.first {
        for index in 0..<selection.count {
          codes[index] = first[start + Int(selection.offsets[index])]
        }
      } else {
        for index in 0..<selection.count {
          codes[index] = Int32(truncatingIfNeeded: start) + selection.offsets[index]
        }
      }
      finish(selection.count, path, table, members, &codes)
    case .days(let days, let via, let first, let spans):
      for index in 0..<selection.count {
        codes[index] = span(of: start + Int(selection.offsets[index]), days, via, first, spans)
      }
    }
  }

  private func finish(
    _ count: Int, _ path: [[Int32]], _ table: [Int32]?, _ members: [Int32]?,
    _ codes: inout [Int32]
  ) {
    for step in path.dropFirst() { RowCodes.follow(step, count, &codes) }
    fill(count, table, members, &codes)
  }

  @inline(__always)
  private func span(
    of row: Int, _ days: [Int32], _ via: [Int32]?, _ first: Int32, _ spans: [Int32]
  ) -> Int32 {
    let at = via.map { Int($0[row]) } ?? row
    let day = at < 0 ? Day.null : days[at]
    let offset = Int(day) - Int(first)
    return offset >= 0 && offset < spans.count ? spans[offset] : missing
  }

  private static func follow(_ step: [Int32], _ count: Int, _ codes: inout [Int32]) {
    for offset in 0..<count where codes[offset] >= 0 { codes[offset] = step[Int(codes[offset])] }
  }

  private func fill(
    _ count: Int, _ table: [Int32]?, _ members: [Int32]?, _ codes: inout [Int32]
  ) {
    guard let table else {
      for offset in 0..<count where codes[offset] < 0 { codes[offset] = missing }
      return
    }
    if let members {
      for offset in 0..<count {
        let target = codes[offset]
        let code = target < 0 ? -1 : table[Int(target)]
        codes[offset] = code < 0 ? missing : members[Int(code)]
      }
      return
    }
    for offset in 0..<count {
      let target = codes[offset]
      let code = target < 0 ? -1 : table[Int(target)]
      codes[offset] = code >= 0 ? code : missing - 1 - code
    }
  }

  /// The members of one row.
  func members(_ row: Int) -> [Int] {
    var code = [Int32](repeating: 0, count: 1)
    fill(row..<row + 1, into: &code)
    guard let expansion else { return [Int(code[0])] }
    var members: [Int] = []
    expansion.forEach(code[0]) { members.append($0) }
    return members
  }
}
