import Records

/// An expression bound to the columns of a fact as a condition, evaluated a batch at a time.
public struct Predicate: Sendable {
  private let test: Test

  /// Binds an expression; types and units are checked here, and each distinct value of a field of
  /// repeating text is tested once.
  ///
  /// - Parameters:
  ///   - expression: the condition.
  ///   - resolver: finds the fields it names.
  ///   - asOf: what `today` means.
  /// - Throws: the first name that is not known or value that does not fit, at its character.
  public init(
    _ expression: Expression, resolver: any FieldResolver, asOf: Day
  ) throws(ExpressionError) {
    test = try Binder(expression: expression, resolver: resolver, asOf: asOf).test()
  }

  private init(_ test: Test) {
    self.test = test
  }

  /// The conditions of which an expression is the conjunction, each with its text: expressions that
  /// share conditions can share what these give.
  ///
  /// - Throws: what `init` throws.
  public static func parts(
    of expression: Expression, resolver: any FieldResolver, asOf: Day
  ) throws(ExpressionError) -> [(text: String, predicate: Predicate)] {
    let binder = Binder(expression: expression, resolver: resolver, asOf: asOf)
    let scalars = Array(expression.text.unicodeScalars)
    var parts: [(text: String, predicate: Predicate)] = []
    var rest = [expression.root]
    while let node = rest.popLast() {
      if case .all(let nodes) = node.kind {
        rest += nodes.reversed()
        continue
      }
      var text = String.UnicodeScalarView()
      text.append(contentsOf: scalars[node.range])
      parts.append((String(text), Predicate(try binder.test(node))))
    }
    return parts
  }

  /// Overwrites `outcomes` with one entry a row: 0 for no, 1 for yes, 2 for neither (null).
  ///
  /// A few thousand rows at a time keep what a batch needs in the processor's cache.
  public func evaluate(rows: Range<Int>, into outcomes: inout [UInt8]) {
    if outcomes.count != rows.count { outcomes = [UInt8](repeating: 0, count: rows.count) }
    test.evaluate(rows: rows, into: &outcomes)
  }
}
