import Delivery
import History
import Records
import Reports
import Settings

/// A message that is to be made: one report for one reader, of one edition or several.
struct Letter: Sendable {
  let report: String
  let reader: Addressee
  /// The editions by their places among the jobs, the first leads.
  let jobs: [Int]
  let distribution: Configuration.Distribution
  let needsApproval: Bool

  /// The edition that leads, by its place among the jobs.
  var lead: Int { jobs[0] }

  /// Letters of a report.
  ///
  /// - Parameters:
  ///   - report: its name.
  ///   - readers: who gets each edition, by its place among the jobs, in their order.
  ///   - isOneMessage: whether one reader gets all editions together.
  ///   - distribution: how they reach their readers.
  ///   - needsApproval: whether they wait for somebody.
  /// - Returns: each edition in at least one letter.
  static func letters(
    of report: String, _ readers: [(job: Int, addressees: [Addressee])], isOneMessage: Bool,
    distribution: Configuration.Distribution, needsApproval: Bool
  ) -> [Letter] {
    func letter(_ reader: Addressee, _ jobs: [Int]) -> Letter {
      Letter(
        report: report, reader: reader, jobs: jobs, distribution: distribution,
        needsApproval: needsApproval)
    }
    var order: [String] = []
    var jobs: [String: (reader: Addressee, jobs: [Int])] = [:]
    for (job, addressees) in readers {
      for reader in addressees {
        let key =
          isOneMessage ? reader.address.lowercased() : "\(reader.address.lowercased()) \(job)"
        if jobs[key] == nil {
          order.append(key)
          jobs[key] = (reader, [])
        }
        jobs[key]?.jobs.append(job)
      }
    }
    return order.compactMap { jobs[$0] }.map { letter($0.reader, $0.jobs) }
  }

  /// The letter's editions, one letter each.
  var single: [Letter] {
    jobs.map {
      Letter(
        report: report, reader: reader, jobs: [$0], distribution: distribution,
        needsApproval: needsApproval)
    }
  }
}
