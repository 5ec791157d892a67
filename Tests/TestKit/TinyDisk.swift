import Foundation

/// A disk of few bytes, which is full when a test says so.
public enum TinyDisk {
  /// Whether this user may make one; a container may forbid it even to root.
  public static let isPossible: Bool = {
    guard getuid() == 0 else { return false }
    let folder = FileManager.default.temporaryDirectory.appending(path: "tiny-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    guard mount(folder, megabytes: 1) else { return false }
    unmount(folder)
    return true
  }()

  /// What tests that need one are skipped with where there is none.
  public static let lack: String = "mounting a small tmpfs, which this user or container may not"

  /// Gives `body` a disk of its own, gone afterwards.
  public static func with<Result>(
    megabytes: Int, isolation: isolated (any Actor)? = #isolation,
    _ body: (URL) async throws -> Result
  ) async throws -> Result {
    try await withTemporaryFolder { folder in
      let disk = folder.appending(path: "disk")
      guard mount(disk, megabytes: megabytes) else { throw Missing("The disk cannot be mounted.") }
      defer { unmount(disk) }
      return try await body(disk)
    }
  }

  /// Fills a disk but for some bytes.
  ///
  /// - Parameters:
  ///   - disk: where it is.
  ///   - free: how many bytes are left, at least.
  /// - Returns: the file that takes the place; removing it gives it back.
  /// - Throws: what the file system says.
  public static func fill(_ disk: URL, but free: Int) throws -> URL {
    let file = disk.appending(path: "filler")
    var info = statvfs()
    guard statvfs(disk.path, &info) == 0 else { throw Missing("The disk cannot be measured.") }
    let left = Int(info.f_bavail) * Int(info.f_frsize)
    // A hole takes no place, so every byte is written.
    try Data(count: max(0, left - free)).write(to: file)
    return file
  }

  private static func mount(_ folder: URL, megabytes: Int) -> Bool {
    try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return call("mount", ["-t", "tmpfs", "-o", "size=\(megabytes)m", "tmpfs", folder.path])
  }

  private static func unmount(_ folder: URL) { _ = call("umount", ["-l", folder.path]) }

  private static func call(_ name: String, _ arguments: [String]) -> Bool {
    let child = try? ChildProcess(URL(filePath: "/usr/bin/env"), [name] + arguments)
    return child?.wait() == 0
  }
}
