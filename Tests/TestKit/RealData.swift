import Foundation

/// Real data that no one here wrote: read where it lies, never committed.
public enum RealData {
  /// The folder `name` below CADASTRE_DATA, else below `../shared/data`; nil where it is absent.
  public static func folder(_ name: String) -> URL? {
    let base =
      Repository.environment["CADASTRE_DATA"].map { URL(fileURLWithPath: $0) }
      ?? Repository.root.appending(path: "../shared/data").standardizedFileURL
    let folder = base.appending(path: name, directoryHint: .isDirectory)
    var isDirectory: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: folder.path, isDirectory: &isDirectory)
    return exists && isDirectory.boolValue ? folder : nil
  }

  /// The folder `name`.
  ///
  /// - Throws: `Missing` where it is absent.
  public static func require(_ name: String) throws -> URL {
    guard let folder = folder(name) else {
      throw Missing("The real data \(name) is neither in CADASTRE_DATA nor in ../shared/data.")
    }
    return folder
  }
}
