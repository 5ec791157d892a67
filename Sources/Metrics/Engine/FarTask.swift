import Expressions
import Records

/// Figures that one thread gathers alone, from the rows that a selection kept: of many groups,
/// which every thread would need memory for, or of a kind that parts do not add up to.
struct FarTask: Sendable {
  private let list: BoundPass.List
  /// Jobs of the same list, by index.
  private let jobs: [Int]

  /// The tasks of a pass: one a list for what adds up, one a job for the rest.
  static func tasks(of pass: BoundPass) -> [FarTask] {
    let far = pass.jobs.indices.filter { !pass.isNear(pass.jobs[$0]) }
    var together: [Int: [Int]] = [:]
    for job in far where pass.jobs[job].aggregate.addsUp {
      together[pass.jobs[job].list, default: []].append(job)
    }
    let single = far.filter { !pass.jobs[$0].aggregate.addsUp }.map { [$0] }
    return (single + together.sorted { $0.key < $1.key }.map(\.value)).map { jobs in
      FarTask(list: pass.lists[pass.jobs[jobs[0]].list], jobs: jobs)
    }
  }

  /// Gathers, and calls a body with each job's accumulator.
  func run(_ pass: BoundPass, _ kept: KeptRows) -> [(Accumulator, Int)] {
    let accumulators = jobs.map { pass.accumulator(for: pass.jobs[$0]) }
    var coder = pass.coders[list.coder]
    var rows = RowList()
    var grouped = GroupList()
    var values = jobs.map { _ in ValueList() }
    var members = MemberList()
    for block in 0..<Batch.blocks(of: pass.rows) {
      let words = kept.words(list.selection, block)
      let batches = Batch.ranges(in: Batch.rows(ofBlock: block, of: pass.rows))
      for (index, batch) in batches.enumerated() {
        rows.fill(words, from: index * Batch.words, count: Batch.words)
        guard rows.count > 0 else { continue }
        coder.list(rows, of: batch, into: &grouped, space: pass.spaces[list.space])
        for (position, job) in jobs.enumerated() {
          switch pass.jobs[job].input {
          case .members(let source):
            members.fill(pass.distinct[source].codes, rows, from: batch.lowerBound)
            accumulators[position].add(grouped, members: members)
          case .value(let formula):
            values[position].fill(pass.formulas[formula], batch, of: rows)
            accumulators[position].add(grouped, values[position])
          case .nothing: accumulators[position].add(grouped, values[position])
          }
        }
      }
    }
    return Array(zip(accumulators, jobs))
  }
}
