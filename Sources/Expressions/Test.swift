import Records

/// A condition over the rows of a fact: 0 for no, 1 for yes, 2 for neither (null), as in SQL.
indirect enum Test: Sendable {
  case constant(UInt8)
  case flags(Cells<UInt8>)
  /// The outcome by code; the outcome of null is at 0, that of code c at c + 1.
  case codes(Cells<Int32>, outcomes: [UInt8])
  case texts(Texts, via: [Int32]?, TextTest)
  case decimals(Cells<Int64>, Node.Comparison, Int64)
  /// Each side times its factor, which brings both to one denominator.
  case numbers(NumberProgram, Int128, Node.Comparison, NumberProgram, Int128)
  case days(DayProgram, Node.Comparison, DayProgram)
  /// Ranks of two text fields in one order, -1 for null.
  case ranks(Cells<Int32>, Node.Comparison, Cells<Int32>)
  /// Whether two conditions have the same outcome.
  case same(Test, Test)
  case isNull(NullTest)
  case not(Test)
  case all([Test])
  case any([Test])

  /// What may be empty.
  indirect enum NullTest: Sendable {
    case numbers(NumberProgram)
    case days(DayProgram)
    case codes(Cells<Int32>)
    case texts(Texts, via: [Int32]?)
    case references(Cells<Int32>)
    case outcomes(Test)
  }
}

extension Node.Comparison {
  @inline(__always)
  func holds<Value: Comparable>(_ left: Value, _ right: Value) -> Bool {
    switch self {
    case .equal: left == right
    case .notEqual: left != right
    case .less: left < right
    case .lessOrEqual: left <= right
    case .greater: left > right
    case .greaterOrEqual: left >= right
    }
  }

  /// The comparison with its sides exchanged.
  var mirrored: Node.Comparison {
    switch self {
    case .equal, .notEqual: self
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    }
  }
}

extension Test {
  /// Overwrites `outcomes`, which is as long as the batch.
  func evaluate(rows: Range<Int>, into outcomes: inout [UInt8]) {
    switch self {
    case .constant(let outcome):
      for index in outcomes.indices { outcomes[index] = outcome }
    case .flags(let cells):
      cells.forEach(in: rows) { index, cell in outcomes[index] = cell ?? 2 }
    case .codes(let cells, let byCode):
      cells.forEach(in: rows) { index, code in outcomes[index] = byCode[Int(code ?? -1) + 1] }
    case .texts(let texts, let via, let test):
      Test.evaluate(texts, via, test, rows, &outcomes)
    case .decimals(let cells, let comparison, let value):
      cells.forEach(in: rows) { index, cell in
        outcomes[index] =
          if let cell, cell != Exact.null { comparison.holds(cell, value) ? 1 : 0 } else { 2 }
      }
    case .numbers(let left, let leftFactor, let comparison, let right, let rightFactor):
      let program = NumberProgram(
        operation: .sum(left, leftFactor, right, -rightFactor), denominator: 1)
      var values: [Int128] = []
      var nulls: [UInt8] = []
      program.evaluate(rows: rows, into: &values, nulls: &nulls)
      for index in outcomes.indices {
        outcomes[index] = nulls[index] == 1 ? 2 : comparison.holds(values[index], 0) ? 1 : 0
      }
    case .days(let left, let comparison, let right):
      let (left, right) = (left.evaluate(rows: rows), right.evaluate(rows: rows))
      for index in outcomes.indices {
        let isNull = left[index] == Day.null || right[index] == Day.null
        outcomes[index] = isNull ? 2 : comparison.holds(left[index], right[index]) ? 1 : 0
      }
    case .ranks(let left, let comparison, let right):
      left.forEach(in: rows) { index, rank in outcomes[index] = rank ?? -1 < 0 ? 2 : 0 }
      right.forEach(in: rows) { index, rank in
        guard let rank, rank >= 0 else { return outcomes[index] = 2 }
        guard outcomes[index] == 0 else { return }
        let row = rows.lowerBound + index
        let other = left.values[left.via.map { Int($0[row]) } ?? row]
        outcomes[index] = comparison.holds(other, rank) ? 1 : 0
      }
    case .same(let left, let right):
      left.evaluate(rows: rows, into: &outcomes)
      var others = [UInt8](repeating: 0, count: rows.count)
      right.evaluate(rows: rows, into: &others)
      for index in outcomes.indices {
        let isNull = outcomes[index] == 2 || others[index] == 2
        outcomes[index] = isNull ? 2 : outcomes[index] == others[index] ? 1 : 0
      }
    case .isNull(let test): test.evaluate(rows: rows, into: &outcomes)
    case .not(let test):
      test.evaluate(rows: rows, into: &outcomes)
      for index in outcomes.indices where outcomes[index] != 2 { outcomes[index] ^= 1 }
    case .all(let tests): Test.join(tests, rows, &outcomes, deciding: 0)
    case .any(let tests): Test.join(tests, rows, &outcomes, deciding: 1)
    }
  }

  /// Joins outcomes: one that decides wins, else null, else the other.
  private static func join(
    _ tests: [Test], _ rows: Range<Int>, _ outcomes: inout [UInt8], deciding: UInt8
  ) {
    for index in outcomes.indices { outcomes[index] = 1 - deciding }
    var others = [UInt8](repeating: 0, count: rows.count)
    for test in tests {
      test.evaluate(rows: rows, into: &others)
      for index in outcomes.indices where outcomes[index] != deciding {
        if others[index] == deciding || others[index] == 2 { outcomes[index] = others[index] }
      }
    }
  }

  private static func evaluate(
    _ texts: Texts, _ via: [Int32]?, _ test: TextTest, _ rows: Range<Int>,
    _ outcomes: inout [UInt8]
  ) {
    var folded: [UInt8] = []
    for row in rows {
      let target = via.map { Int($0[row]) } ?? row
      let range = target < 0 ? 0..<0 : texts.range(target)
      guard !range.isEmpty else {
        outcomes[row - rows.lowerBound] = 2
        continue
      }
      let count = TextTest.lowercase(texts.bytes, range, into: &folded)
      outcomes[row - rows.lowerBound] = test.passes(folded.span.extracting(0..<count)) ? 1 : 0
    }
  }
}

extension Test.NullTest {
  func evaluate(rows: Range<Int>, into outcomes: inout [UInt8]) {
    switch self {
    case .numbers(let program):
      var values: [Int128] = []
      program.evaluate(rows: rows, into: &values, nulls: &outcomes)
    case .days(let program):
      let days = program.evaluate(rows: rows)
      for index in outcomes.indices { outcomes[index] = days[index] == Day.null ? 1 : 0 }
    case .codes(let cells):
      cells.forEach(in: rows) { index, code in outcomes[index] = code ?? -1 < 0 ? 1 : 0 }
    case .texts(let texts, let via):
      for row in rows {
        let target = via.map { Int($0[row]) } ?? row
        let isNull = target < 0 || texts.range(target).isEmpty
        outcomes[row - rows.lowerBound] = isNull ? 1 : 0
      }
    case .references(let cells):
      // A reference to a record that was not exported is dangling, which is not empty.
      cells.forEach(in: rows) { index, target in
        outcomes[index] = target ?? Reference.null == Reference.null ? 1 : 0
      }
    case .outcomes(let test):
      test.evaluate(rows: rows, into: &outcomes)
      for index in outcomes.indices { outcomes[index] = outcomes[index] == 2 ? 1 : 0 }
    }
  }
}
