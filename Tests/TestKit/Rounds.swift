/// How often tests of chance are repeated: more where CADASTRE_ROUNDS says so, as in `make soak`.
public enum Rounds {
  /// What the usual numbers are multiplied by.
  public static let factor = max(1, Int(Repository.environment["CADASTRE_ROUNDS"] ?? "") ?? 1)

  /// Seeds from 1, `usual` of them in an ordinary run.
  public static func seeds(_ usual: Int) -> ClosedRange<UInt64> {
    1...UInt64(usual * factor)
  }
}
