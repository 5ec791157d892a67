import Expressions
import Records

/// A fact of which only some rows are looked at: row n of it is row `rows[n]` of the fact.
struct FewRows: Sendable {
  let rows: [Int32]

  /// How these rows reach what all rows of the fact reach along a column.
  func via(_ column: [Int32]?) -> [Int32] {
    guard let column else { return rows }
    return rows.map { column[Int($0)] }
  }

  /// The entries of these rows among those of all.
  func picked<Element>(_ all: [Element]) -> [Element] { rows.map { all[Int($0)] } }
}

/// Finds fields for a few rows of a fact as they are found for all.
struct FewRowsResolver: FieldResolver {
  let resolver: FactResolver
  let few: FewRows

  func resolve(_ path: [String]) -> ResolvedField? {
    resolver.resolve(path).map {
      ResolvedField(source: $0.source, via: few.via($0.via), unit: $0.unit, scale: $0.scale)
    }
  }

  var knownNames: [String] { resolver.knownNames }
}

extension QueryPlan {
  /// A pass over all rows of a fact, or over those of a scope that holds few.
  struct ScopedPass: Sendable {
    let pass: Pass
    /// nil: all rows.
    let few: FewRows?
  }

  /// The passes, those over few rows apart.
  func passes(in scopes: ScopeMasks) -> [ScopedPass] {
    passes.flatMap { pass in
      var all: [Int] = []
      var few: [(scope: Scope, rows: [Int32], aggregations: [Int])] = []
      for index in pass.aggregations {
        let scope = aggregations[index].scope
        if let known = few.firstIndex(where: { $0.scope == scope }) {
          few[known].aggregations.append(index)
        } else if let rows = scopes.fewRows(pass.fact, scope) {
          few.append((scope, rows, [index]))
        } else {
          all.append(index)
        }
      }
      return
        (all.isEmpty
        ? [] : [ScopedPass(pass: Pass(fact: pass.fact, aggregations: all), few: nil)])
        + few.map {
          ScopedPass(
            pass: Pass(fact: pass.fact, aggregations: $0.aggregations),
            few: FewRows(rows: $0.rows))
        }
    }
  }
}
