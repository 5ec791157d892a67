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
  ///   - limit: seconds that a command may take.
  /// - Returns: its first line.
  /// - Throws: `FindingsError` where there is none.
  static func read(
    _ secret: Located<Configuration.Secret>, of key: String, in folder: URL, limit: Int
  ) throws -> String {
    let text: String?
    var what: String
    var remedy = "put the secret where the setting says, or correct the setting"
    switch secret.value {
    case .environment(let name):
      text = ProcessInfo.processInfo.environment[name]
      what = "the environment has no variable \(name), or an empty one"
    case .file(let path):
      let file = URL(filePath: path, relativeTo: folder)
      text = try? String(contentsOf: file, encoding: .utf8)
      what = "the file \(path) cannot be read, or is empty"
    case .command(let command):
      what = "the command fails, or prints nothing"
      switch ShellCommand(command: command, folder: folder, limit: limit).run() {
      case .printed(let printed): text = printed
      case .failed: text = nil
      case .late:
        text = nil
        what = "the command was ended, as it took more than \(limit) s"
        remedy = "run it by itself to see what it waits for, or raise timeout"
      }
    }
    let line = (text ?? "").split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
    guard !line.isEmpty else {
      throw FindingsError([
        Finding(
          code: "secret-missing", severity: .error, at: secret.at,
          what: "\"\(key)\" gives nothing: \(what)", done: "nothing was sent",
          suggestion: remedy)
      ])
    }
    return line
  }
}
