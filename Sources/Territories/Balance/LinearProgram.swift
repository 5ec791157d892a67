import CSolver
import Synchronization

/// A linear program that grows, minimised by Clp; solved again it starts where it ended.
final class LinearProgram {
  /// What the solvers take for no limit.
  static let unbounded = Double.greatestFiniteMagnitude

  /// How the solver ended.
  enum Outcome: Equatable {
    case optimal
    /// It stopped before; its prices still make a bound.
    case unfinished
  }

  /// Entries of columns or rows, one after another.
  struct Entries {
    var lower: [Double] = []
    var upper: [Double] = []
    var cost: [Double] = []
    var starts: [Int32] = [0]
    var indices: [Int32] = []
    var values: [Double] = []

    var count: Int { lower.count }

    mutating func add(
      _ entries: [(index: Int, value: Double)], from low: Double = 0, to high: Double,
      cost: Double = 0
    ) {
      lower.append(low)
      upper.append(high)
      self.cost.append(cost)
      for entry in entries {
        indices.append(Int32(entry.index))
        values.append(entry.value)
      }
      starts.append(Int32(indices.count))
    }
  }

  /// The solver's model; C knows its size only.
  private let handle: OpaquePointer
  private(set) var rows: Int
  private(set) var columns = 0

  /// - Returns: nil where memory is short.
  init?(rowsFrom lower: [Double], to upper: [Double]) {
    guard let handle = csolver_lp_new(Int32(lower.count), lower, upper) else { return nil }
    self.handle = handle
    rows = lower.count
  }

  deinit { csolver_lp_free(handle) }

  func add(columns entries: Entries) {
    guard entries.count > 0 else { return }
    csolver_lp_add_columns(
      handle, Int32(entries.count), entries.lower, entries.upper, entries.cost, entries.starts,
      entries.indices, entries.values)
    columns += entries.count
  }

  func add(rows entries: Entries) {
    guard entries.count > 0 else { return }
    csolver_lp_add_rows(
      handle, Int32(entries.count), entries.lower, entries.upper, entries.starts,
      entries.indices, entries.values)
    rows += entries.count
  }

  /// Gives the first columns another cost.
  func setCost(_ cost: Double, ofFirst count: Int) {
    csolver_lp_set_costs(handle, Int32(count), cost)
  }

  /// Solves it from where it ended last.
  ///
  /// - Parameter rowsJoined: whether rows, not columns, have joined since: then the dual method is
  ///   the faster one.
  /// - Returns: how it ended.
  func solve(rowsJoined: Bool = false) -> Outcome {
    csolver_lp_solve(handle, 200_000, rowsJoined ? 1 : 0) == 0 ? .optimal : .unfinished
  }

  /// The value of what is minimised.
  var objective: Double { csolver_lp_objective(handle) }

  /// Values of the columns, and prices of the rows.
  func solution() -> (values: [Double], prices: [Double]) {
    var values = [Double](repeating: 0, count: columns)
    var prices = [Double](repeating: 0, count: rows)
    csolver_lp_solution(handle, &values, &prices)
    return (values, prices)
  }
}

/// A program of yes and no, minimised by CBC.
enum BinaryProgram {
  /// CBC keeps the options that it reads in variables of the process: one call at a time.
  private static let turn = Mutex(())

  /// The best values of the columns below a cutoff, nil where none was found; and a bound below
  /// every answer that there is, or the cutoff.
  static func solve(
    rowsFrom lower: [Double], to upper: [Double], columns: LinearProgram.Entries, binaries: Int,
    cutoff: Double, nodes: Int
  ) -> (values: [Double]?, bound: Double) {
    var values = [Double](repeating: 0, count: columns.count)
    var bound = -Double.infinity
    let found = turn.withLock { _ in
      csolver_binary(
        Int32(lower.count), lower, upper, Int32(columns.count), Int32(binaries), columns.cost,
        columns.starts, columns.indices, columns.values, cutoff, Int32(nodes), &values, &bound)
    }
    return (found == 1 ? values : nil, bound)
  }
}
