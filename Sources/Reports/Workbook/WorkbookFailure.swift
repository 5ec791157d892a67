/// Why a workbook was not written.
public enum WorkbookFailure: Error, Equatable, CustomStringConvertible {
  /// The system gave no memory or no file to write to.
  case noRoom
  /// libxlsxwriter refused something; its number and its words.
  case refused(Int, String)

  /// What happened, what was done, and what to do.
  public var description: String {
    switch self {
    case .noRoom:
      "there is no memory or no temporary file for a workbook; it was not written; free memory and "
        + "space in the temporary folder, and run again."
    case .refused(let number, let reason):
      "libxlsxwriter refused a workbook (\(number): \(reason)); it was not written; report this as "
        + "a defect."
    }
  }
}
