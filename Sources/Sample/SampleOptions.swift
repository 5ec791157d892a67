import Foundation

/// How much of an organisation a sample shows.
public enum SampleProfile: String, Sendable, CaseIterable {
  /// The objects of the standard tables only, in one currency, without dirt: for benchmarks.
  case core
  /// Everything: history, activities, leads, two territory models, two currencies and dirt.
  case full
}

/// What is asked of the generator: the same options always give the same bytes.
public struct SampleOptions: Sendable {
  /// How many accounts the organisation has on `defaultAsOf`.
  public var accounts: Int
  /// Which organisation: another seed is another company.
  public var seed: UInt64
  /// The day on which the export is taken, in days since 1970-01-01.
  public var asOf: Int
  /// How much of the organisation is written.
  public var profile: SampleProfile

  /// The default as-of date, Friday 2026-11-20.
  public static let defaultAsOf = Civil.day(2026, 11, 20)
  /// The first day on which an export can be taken, 2014-01-01.
  public static let firstAsOf = Civil.day(2014, 1, 1)
  /// The last day on which an export can be taken, 2035-12-31.
  public static let lastAsOf = Civil.day(2035, 12, 31)

  /// Options with the defaults of the command line.
  public init(
    accounts: Int = 10_000, seed: UInt64 = 1, asOf: Int = SampleOptions.defaultAsOf,
    profile: SampleProfile = .full
  ) {
    self.accounts = accounts
    self.seed = seed
    self.asOf = asOf
    self.profile = profile
  }
}

/// What was written.
public struct SampleSummary: Sendable, Equatable {
  /// The folder with the `Object.csv` files.
  public var directory: URL
  /// The file with what was planted and what the figures must be.
  public var truthFile: URL
  /// Data rows a file, by file name, header rows not counted.
  public var rows: [String: Int]
  /// Size of all CSV files together.
  public var bytes: Int
  /// Rows of `Account.csv`.
  public var accounts: Int
}

/// Why a sample was not written.
public enum SampleError: Error, Equatable, CustomStringConvertible {
  case accountsOutOfRange(Int)
  case asOfOutOfRange
  case notEmpty(String)
  case notAFolder(String)
  case cannotWrite(String, reason: String)

  /// One sentence for people: what, where, and what to do.
  public var description: String {
    switch self {
    case .accountsOutOfRange(let n):
      "cannot write a sample of \(n) accounts: choose between 1 and 20000000"
    case .asOfOutOfRange:
      "cannot write a sample as of that day: choose one between 2014-01-01 and 2035-12-31"
    case .notEmpty(let path):
      "\(path) is not empty: nothing was written; choose a new folder or empty this one"
    case .notAFolder(let path):
      "\(path) is a file, not a folder: nothing was written; choose another place"
    case .cannotWrite(let path, let reason):
      "cannot write \(path): \(reason); nothing was left behind"
    }
  }
}
