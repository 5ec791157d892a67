import Foundation
import Records
import Settings

/// Passwords and tokens, read when they are needed and kept nowhere.
///
/// No error repeats one, nor what a command wrote beside it.
enum Secrets {
  /// The secret that a setting points at.
  ///
  /// - Parameters:
  ///   - secret: where it is.
  ///   - key: the setting, for errors.
  ///   - folder: the project's.
  /// - Returns: its first line.
  /// - Throws: `FindingsError` where there is none.
  static func read(
    _ secret: Located<Configuration.Secret>, of key: String, in folder: URL
  ) throws -> String {
    let text: String?
    let what: String
    switch secret.value {
    case .environment(let name):
      text = ProcessInfo.processInfo.environment[name]
      what = "the environment has no variable \(name), or an empty one"
    case .file(let path):
      let file = URL(filePath: path, relativeTo: folder)
      text = try? String(contentsOf: file, encoding: .utf8)
      what = "the file \(path) cannot be read, or is empty"
    case .command(let command):
      text = output(of: command, in: folder)
      what = "the command fails, or prints nothing"
    }
    let line = (text ?? "").split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
    guard !line.isEmpty else {
      throw FindingsError([
        Finding(
          code: "secret-missing", severity: .error, at: secret.at,
          what: "\"\(key)\" gives nothing: \(what)", done: "nothing was sent",
          suggestion: "put the secret where the setting says, or correct the setting")
      ])
    }
    return line
  }

  /// What a command prints; nil where it fails.
  private static func output(of command: String, in folder: URL) -> String? {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", command]
    process.currentDirectoryURL = folder
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardInput = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    let bytes = try? pipe.fileHandleForReading.readToEnd()
    process.waitUntilExit()
    return process.terminationStatus == 0 ? bytes.map { String(decoding: $0, as: UTF8.self) } : nil
  }
}
