import Expressions
import Records

/// The aggregations of one fact bound to its columns: what is computed once a batch and shared.
///
/// A batch is worked in four layers, each shared by all that need the same: conditions, selections
/// (rows that meet some conditions), lists (selected rows with their groups), and accumulators.
struct BoundPass: Sendable {
  /// Days in which a date must fall.
  struct DateWindow: Sendable {
    let days: [Int32]
    let via: [Int32]?
    let period: Period
  }

  /// Rows that meet all conditions, lie in the window, and are in scope.
  struct Selection: Sendable {
    let predicates: [Int]
    let window: Int?
    let mask: [UInt8]?
  }

  /// What an accumulator takes from each row.
  enum Input: Sendable {
    case nothing
    case value(Int)
    case members(Int)
  }

  struct Job: Sendable {
    /// Index of the aggregation in the plan.
    let aggregation: Int
    let aggregate: Aggregate
    /// Index into `lists`.
    let list: Int
    let input: Input
  }

  struct List: Sendable {
    let selection: Int
    let space: Int
  }

  var rows = 0
  let fact: Fact
  var predicates: [Predicate] = []
  var windows: [DateWindow] = []
  var selections: [Selection] = []
  var formulas: [Formula] = []
  var distinct: [(codes: RowCodes, members: Int)] = []
  var lists: [List] = []
  var jobs: [Job] = []
  /// The spaces of the plan.
  let spaces: [GroupSpace]

  /// Denominator of the values of a job.
  func denominator(of job: Job) -> Int128 {
    if case .value(let index) = job.input { return formulas[index].denominator }
    return 1
  }

  func accumulator(for job: Job) -> Accumulator {
    let groups = spaces[lists[job.list].space].count
    switch job.aggregate {
    case .count: return CountAccumulator(groups: groups)
    case .sum: return SumAccumulator(groups: groups, isMean: false)
    case .mean: return SumAccumulator(groups: groups, isMean: true)
    case .median: return QuantileAccumulator(groups: groups, percent: 50)
    case .p90: return QuantileAccumulator(groups: groups, percent: 90)
    case .max: return ExtremeAccumulator(groups: groups, isMax: true)
    case .min: return ExtremeAccumulator(groups: groups, isMax: false)
    case .countDistinct:
      guard case .members(let index) = job.input else { return CountAccumulator(groups: groups) }
      return DistinctAccumulator(groups: groups, members: distinct[index].members)
    }
  }

  /// Runs the pass: the figures of each job, in the order of `jobs`.
  func run(threads: Int) -> [Figures] {
    let parts = Parallel.map(Parallel.chunks(of: rows, threads: threads)) { chunk in
      var worker = PassWorker(self)
      for batch in Batch.ranges(in: chunk) { worker.add(batch) }
      return Gathered(accumulators: worker.accumulators)
    }
    let merged = parts[0]
    for part in parts.dropFirst() {
      for index in jobs.indices { merged.accumulators[index].merge(part.accumulators[index]) }
    }
    return Parallel.map(jobs.indices.map { $0..<$0 + 1 }) { index in
      merged.accumulators[index.lowerBound]
        .figures(denominator: denominator(of: jobs[index.lowerBound]))
    }
  }

  /// Accumulators handed from the thread that filled them to the one that merges them.
  ///
  /// Unchecked: each is used by one thread at a time, first by its worker, then by the merger.
  private struct Gathered: @unchecked Sendable {
    let accumulators: [Accumulator]
  }
}
