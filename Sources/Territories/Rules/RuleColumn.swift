import Records

/// A column as rules compare it: the classes of its rows, such that some items hold of a whole class
/// or of none of it.
struct RuleColumn: Sendable {
  /// The class of each row; empty where no item is decided by classes.
  let classes: [Int32]
  let classCount: Int
  /// For each item, of those that were given, whether it holds of each class; nil where every row
  /// has to be looked at.
  let holdsOfClass: [[Bool]?]
  /// The texts by row in lower case, for items that look at each; nil where none does.
  let texts: RowTexts?

  /// Evaluations of items on distinct values above which they are made for candidates only.
  static let mostEvaluations = 1 << 23

  /// - Parameters:
  ///   - source: the column.
  ///   - tests: what items ask of it, each once; those that it cannot answer are not among them.
  ///   - threads: how many threads to use.
  init(_ source: RuleSource, tests: [ItemTest], threads: Int) {
    switch source {
    case .numbers(let cells, let null, let parse):
      self.init(cells, null: null, parse: parse, tests: tests, threads: threads)
    case .codes(let codes, let values):
      self.init(codes, values, tests: tests, threads: threads)
    case .texts(let texts):
      self.init(RowTexts.lowered(texts, threads: threads), tests: tests, threads: threads)
    }
  }

  /// Numbers and days: the values of all items cut the line into classes.
  private init(
    _ cells: [Int64], null: Int64, parse: @Sendable ([UInt8]) -> Int64?, tests: [ItemTest],
    threads: Int
  ) {
    let numbers = tests.map { $0.values.compactMap(parse) }
    let cuts = Set(numbers.joined()).sorted()
    // Class 0 is empty; then what is below the first cut, the cut itself, what is between …
    @Sendable func number(of cell: Int64) -> Int32 {
      if cell == null { return 0 }
      var low = 0
      var high = cuts.count
      while low < high {
        let middle = (low + high) / 2
        if cuts[middle] <= cell { low = middle + 1 } else { high = middle }
      }
      return Int32(low > 0 && cuts[low - 1] == cell ? low * 2 : low * 2 + 1)
    }
    classes = Parallel.rows(cells.count, threads: threads) { number(of: cells[$0]) }
    classCount = cuts.count * 2 + 2
    let count = classCount
    holdsOfClass = zip(tests, numbers).map { test, numbers in
      (0..<count).map { number in
        guard number > 0 else { return test.holdsOfEmpty }
        // A number of the class: the cut, or the one behind it, which stands for all between.
        let cut = number / 2 - (number % 2 == 0 ? 1 : 0)
        if number % 2 == 0 { return test.holds(of: cuts[cut], numbers) }
        return test.holdsBetween(cuts, before: number / 2, numbers)
      }
    }
    texts = nil
  }

  /// Texts that repeat: an item is asked once of each value, or of what values begin with.
  private init(_ codes: [Int32], _ values: [[UInt8]], tests: [ItemTest], threads: Int) {
    if tests.count * (values.count + 1) <= RuleColumn.mostEvaluations {
      let (classOf, holds) = RuleColumn.merged(
        tests.map { test in
          [test.holdsOfEmpty]
            + values.map { $0.isEmpty ? test.holdsOfEmpty : test.holds(of: $0.span) }
        }, of: values.count + 1)
      classes = Parallel.rows(codes.count, threads: threads) {
        classOf[max(Int(codes[$0]), -1) + 1]
      }
      classCount = holds.first?.count ?? 1
      holdsOfClass = holds
      texts = nil
      return
    }
    let literals = LiteralIndex(tests.filter(\.isLiteral).flatMap(\.values))
    // Behind the classes of texts one for empty cells.
    let empty = Int32(literals.classCount)
    let ofValue = Parallel.rows(values.count, threads: threads) {
      literals.classOf(values[$0], empty: empty)
    }
    classes = Parallel.rows(codes.count, threads: threads) {
      codes[$0] < 0 ? empty : ofValue[Int(codes[$0])]
    }
    classCount = literals.classCount + 1
    holdsOfClass = RuleColumn.holds(tests, literals)
    texts = holdsOfClass.contains(nil) ? RowTexts(codes: codes, values: values) : nil
  }

  /// Texts that differ from row to row: what they begin with makes classes, the rest is looked at.
  private init(_ texts: RowTexts, tests: [ItemTest], threads: Int) {
    let literals = LiteralIndex(tests.filter(\.isLiteral).flatMap(\.values))
    let empty = Int32(literals.classCount)
    classes = Parallel.rows(texts.count, threads: threads) { row in
      let range = texts.range(row)
      return range.isEmpty ? empty : literals.classOf(texts.bytes.span.extracting(range))
    }
    classCount = literals.classCount + 1
    holdsOfClass = RuleColumn.holds(tests, literals)
    self.texts = holdsOfClass.contains(nil) ? texts : nil
  }

  /// Values of which the same items hold as one class.
  ///
  /// - Parameters:
  ///   - holds: for each item whether it holds of each value.
  ///   - count: how many values there are.
  /// - Returns: the class of each value, and whether each item holds of each class.
  private static func merged(
    _ holds: [[Bool]], of count: Int
  ) -> (classOf: [Int32], holds: [[Bool]]) {
    var classOfSignature: [[UInt64]: Int32] = [:]
    var merged = [[Bool]](repeating: [], count: holds.count)
    let classOf = (0..<count).map { value in
      var signature = [UInt64](repeating: 0, count: (holds.count + 63) / 64)
      for test in holds.indices where holds[test][value] {
        signature[test / 64] |= 1 << UInt64(test % 64)
      }
      if let known = classOfSignature[signature] { return known }
      let number = Int32(classOfSignature.count)
      classOfSignature[signature] = number
      for test in holds.indices { merged[test].append(holds[test][value]) }
      return number
    }
    return (classOf, merged)
  }

  private static func holds(_ tests: [ItemTest], _ literals: LiteralIndex) -> [[Bool]?] {
    tests.map { test in
      guard test.isLiteral else { return nil }
      return (0..<literals.classCount).map { literals.holds(test, of: $0) } + [test.holdsOfEmpty]
    }
  }

  /// Whether an item that looks at each row holds of one.
  func holds(_ test: ItemTest, ofRow row: Int) -> Bool {
    guard let texts else { return false }
    let range = texts.range(row)
    return range.isEmpty
      ? test.holdsOfEmpty : test.holds(of: texts.bytes.span.extracting(range))
  }
}

extension ItemTest {
  /// Whether it holds of numbers that lie before a cut and behind the one before it.
  fileprivate func holdsBetween(_ cuts: [Int64], before cut: Int, _ numbers: [Int64]) -> Bool {
    switch operation {
    case .equals: false
    case .notEqual: true
    case .lessThan, .lessOrEqual:
      cut < cuts.count && numbers.contains { $0 >= cuts[cut] }
    case .greaterThan, .greaterOrEqual: cut > 0 && numbers.contains { $0 <= cuts[cut - 1] }
    default: false
    }
  }
}
