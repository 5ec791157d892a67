import Foundation
import Records

/// What the file system refuses to write, in a user's words.
enum FileRefusal {
  /// A finding about an error; nil where it is about something else.
  static func finding(of error: any Error) -> Finding? {
    if let error = error as? CocoaError {
      let path =
        error.filePath ?? error.url?.path ?? error.userInfo[NSFilePathErrorKey] as? String
      switch error.code {
      case .fileWriteOutOfSpace: return full(path)
      case .fileWriteNoPermission, .fileWriteVolumeReadOnly: return forbidden(path)
      default:
        return (error.underlying).flatMap { finding(of: $0, at: path) }
      }
    }
    return finding(of: error, at: nil)
  }

  private static func finding(of error: any Error, at path: String?) -> Finding? {
    guard let error = error as? POSIXError else { return nil }
    switch error.code {
    case .ENOSPC, .EDQUOT: return full(path)
    case .EACCES, .EPERM, .EROFS: return forbidden(path)
    default: return nil
    }
  }

  private static func full(_ path: String?) -> Finding {
    Finding(
      code: "disk-full", severity: .error, at: place(path),
      what: "the disk has no place left", done: "what stood there before stands",
      suggestion: "make place, then run the command again")
  }

  private static func forbidden(_ path: String?) -> Finding {
    Finding(
      code: "folder-read-only", severity: .error, at: place(path),
      what: "the folder may not be written", done: "what stood there before stands",
      suggestion: "allow writing it, or name another one")
  }

  /// The folder that people know: what is not finished has a hidden name, which tells them nothing.
  private static func place(_ path: String?) -> SourcePosition? {
    guard let path else { return nil }
    var folder = URL(filePath: path).deletingLastPathComponent()
    let parts = folder.pathComponents
    if let hidden = parts.firstIndex(where: { $0.hasPrefix(".") && $0.contains(".cadastre-") }) {
      for _ in hidden..<parts.count { folder.deleteLastPathComponent() }
    }
    return SourcePosition(file: Project.shown(folder))
  }
}
