import Foundation

/// Writes a Swift source file that holds the text of the given files and of all in the given folders.
///
/// Arguments: output file, root that paths are relative to, files and folders. Every literal is delimited by
/// more number signs than any run in its text, so that no content can end it early.
@main
struct EmbedFiles {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count > 3 else {
      throw Failure(message: "usage: EmbedFiles OUTPUT ROOT PATH…")
    }
    let root = URL(filePath: arguments[2]).standardizedFileURL.path + "/"
    var entries: [(path: String, text: String)] = []
    for folder in arguments[3...] {
      for file in files(under: URL(filePath: folder)) {
        let path = file.standardizedFileURL.path
        guard path.hasPrefix(root) else { throw Failure(message: "\(path) is not under \(root)") }
        let text = try String(contentsOf: file, encoding: .utf8)
        entries.append((String(path.dropFirst(root.count)), text))
      }
    }
    var source = "let builtInFiles: [(path: String, text: String)] = [\n"
    for entry in entries.sorted(by: { $0.path < $1.path }) {
      source += "  (\(literal(entry.path)), \(literal(entry.text))),\n"
    }
    source += "]\n"
    try source.write(toFile: arguments[1], atomically: true, encoding: .utf8)
  }

  private static func files(under folder: URL) -> [URL] {
    guard folder.pathExtension.isEmpty else { return [folder] }
    let entries = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    let urls = entries?.compactMap { $0 as? URL } ?? []
    return urls.filter { !$0.hasDirectoryPath && !$0.lastPathComponent.hasPrefix(".") }
  }

  private static func literal(_ text: String) -> String {
    var longest = 0
    var run = 0
    for character in text.unicodeScalars {
      run = character == "#" ? run + 1 : 0
      longest = max(longest, run)
    }
    let hashes = String(repeating: "#", count: longest + 1)
    return "\(hashes)\"\"\"\n\(text)\n\"\"\"\(hashes)"
  }

  struct Failure: Error, CustomStringConvertible {
    let message: String
    var description: String { message }
  }
}
