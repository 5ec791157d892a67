import Expressions
import Records

extension LocalEngine {
  /// Which records of a fact meet a condition.
  ///
  /// - Parameters:
  ///   - condition: an expression over the fact's fields and those derived for it.
  ///   - fact: whose records are looked at.
  /// - Returns: for each row whether the condition holds; it does not where it is undefined.
  /// - Throws: what is wrong with the expression, at its character.
  public func holds(
    _ condition: ExpressionText, of fact: Fact
  ) throws(FindingsError) -> [Bool] {
    let predicate: Predicate
    do {
      predicate = try Predicate(
        try Expression(parsing: condition.text, at: condition.at),
        resolver: FactResolver(fact, ledger: ledger), asOf: ledger.records.asOf)
    } catch {
      throw FindingsError([error.finding])
    }
    let count = ledger.records[fact.entity].count
    return Parallel.chunked(count, threads: ledger.threads) { chunk in
      var holds: [Bool] = []
      holds.reserveCapacity(chunk.count)
      var outcomes: [UInt8] = []
      for rows in Batch.ranges(in: chunk) {
        predicate.evaluate(rows: rows, into: &outcomes)
        for offset in 0..<rows.count { holds.append(outcomes[offset] == 1) }
      }
      return holds
    }.flatMap { $0 }
  }
}
