import Expressions
import Records

/// The aggregations of one fact bound to its columns: what is computed once a batch and shared.
///
/// A batch is worked in four layers, each shared by all that need the same: conditions, selections
/// (rows that meet some conditions), lists (selected rows with their groups), and accumulators.
///
/// Few groups are gathered by all threads at once, each from rows of its own (`PassWorker`), which
/// keep the selections as bits. What would be large a thread - many groups, distinct members,
/// quantiles - is gathered after that, each by one thread alone (`FarTask`).
struct BoundPass: Sendable {
  /// Groups up to which every thread has figures of its own.
  static let mostNearGroups = 1 << 15

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
  enum Input: Hashable, Sendable {
    case nothing
    case value(Int)
    case members(Int)
  }

  /// A figure of every group of a list.
  struct Job: Hashable, Sendable {
    let aggregate: Aggregate
    /// Index into `lists`.
    let list: Int
    let input: Input
  }

  /// Rows of a selection with their groups.
  struct List: Hashable, Sendable {
    let selection: Int
    /// Index into `coders`.
    let coder: Int
    /// A space in which the coder's groups are numbered.
    let space: Int
  }

  /// An aggregation of the plan, and what its figures are made from.
  struct Output: Sendable {
    let aggregation: Int
    let job: Int
    let rollUp: RollUp?
  }

  var rows = 0
  let fact: Fact
  var predicates: [Predicate] = []
  var windows: [DateWindow] = []
  var selections: [Selection] = []
  var formulas: [Formula] = []
  var distinct: [(codes: RowCodes, members: Int)] = []
  var coders: [GroupCoder] = []
  var lists: [List] = []
  var jobs: [Job] = []
  var outputs: [Output] = []
  /// The spaces of the plan.
  let spaces: [GroupSpace]

  init(fact: Fact, spaces: [GroupSpace]) {
    self.fact = fact
    self.spaces = spaces
  }

  /// Denominator of the values of a job.
  func denominator(of job: Job) -> Int128 {
    if case .value(let index) = job.input { return formulas[index].denominator }
    return 1
  }

  func accumulator(for job: Job) -> Accumulator {
    let groups = groups(of: job)
    switch job.aggregate {
    case .count: return CountAccumulator(groups: groups)
    case .sum: return SumAccumulator(groups: groups)
    case .mean: return MeanAccumulator(groups: groups)
    case .median: return QuantileAccumulator(groups: groups, percent: 50)
    case .p90: return QuantileAccumulator(groups: groups, percent: 90)
    case .max: return ExtremeAccumulator(groups: groups, isMax: true)
    case .min: return ExtremeAccumulator(groups: groups, isMax: false)
    case .countDistinct:
      guard case .members(let index) = job.input else { return CountAccumulator(groups: groups) }
      return DistinctAccumulator(groups: groups, members: distinct[index].members)
    }
  }

  func groups(of job: Job) -> Int { spaces[lists[job.list].space].count }

  /// Whether every thread gathers figures of its own, which are then added up.
  func isNear(_ job: Job) -> Bool {
    job.aggregate.addsUp && groups(of: job) <= BoundPass.mostNearGroups
  }

  /// Runs the pass: the figures of each output, in the order of `outputs`.
  func run(threads: Int) -> [Figures] {
    let blocks = Batch.blocks(of: rows)
    let workers = Parallel.workers(
      items: blocks, threads: rows < Parallel.worthwhile ? 1 : threads
    ) {
      PassWorker(self)
    } body: { worker, block in
      worker.add(block: block)
    }
    let gathered = workers[0].accumulators
    for worker in workers.dropFirst() {
      for index in gathered.indices {
        if let other = worker.accumulators[index] { gathered[index]?.merge(other) }
      }
    }
    let kept = KeptRows(workers.map(\.kept), selections: selections.count, blocks: blocks)
    let tasks = FarTask.tasks(of: self)
    let results = Parallel.each(tasks, threads: threads) { task in
      task.run(self, kept).map { accumulator, job in
        figures(of: job, accumulator)
      }
    }
    var all = [Figures](repeating: Figures.none(0), count: outputs.count)
    for (index, output) in outputs.enumerated() {
      guard let accumulator = gathered[output.job] else { continue }
      all[index] =
        (output.rollUp.map { accumulator.rolledUp($0) } ?? accumulator)
        .figures(denominator: denominator(of: jobs[output.job]))
    }
    for (index, made) in results.joined().joined() { all[index] = made }
    return all
  }

  /// The figures of the outputs that a job serves, with their indices.
  private func figures(of job: Int, _ accumulator: Accumulator) -> [(Int, Figures)] {
    let denominator = denominator(of: jobs[job])
    let own = outputs.indices.filter { outputs[$0].job == job }
    let above = own.compactMap { index in
      outputs[index].rollUp.map {
        (index, accumulator.rolledUp($0).figures(denominator: denominator))
      }
    }
    let plain = own.filter { outputs[$0].rollUp == nil }
    guard !plain.isEmpty else { return above }
    let figures = accumulator.figures(denominator: denominator)
    return above + plain.map { ($0, figures) }
  }
}

extension Aggregate {
  /// Whether the figure of several parts is made from the figures of the parts.
  var addsUp: Bool {
    switch self {
    case .sum, .count, .mean, .max, .min: true
    case .countDistinct, .median, .p90: false
    }
  }
}
