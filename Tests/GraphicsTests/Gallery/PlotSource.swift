import Foundation

/// The programs behind the plots, as they stand in the files under `Plots/`.
struct PlotSource {
  private let files: [(name: String, text: String)]

  init() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Plots")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    files = try names.filter { $0.hasSuffix(".swift") }.map {
      ($0, try String(contentsOf: folder.appending(path: $0), encoding: .utf8))
    }
  }

  /// The call that makes a plot, from its first line to its last, and the file it stands in.
  ///
  /// A plot of a family of plots, such as `tree-wide-vertical`, is found by the beginning of its
  /// name, which is what stands in the file.
  func source(of plot: String) -> (file: String, text: String)? {
    var name = Substring(plot)
    while true {
      for file in files {
        if let call = Self.call(with: "\"\(name)\"", in: file.text) { return (file.name, call) }
      }
      guard let dash = name.lastIndex(of: "-") else { return nil }
      name = name[..<dash]
    }
  }

  private static func call(with literal: String, in text: String) -> String? {
    let bytes = Array(text.utf8)
    guard let found = text.range(of: literal) else { return nil }
    var start = text.utf8.distance(from: text.startIndex, to: found.lowerBound)
    // Back to the parenthesis of the call and on to the beginning of its line.
    while start > 0, bytes[start] != UInt8(ascii: "(") { start -= 1 }
    while start > 0, bytes[start - 1] != UInt8(ascii: "\n") { start -= 1 }
    var (depth, end, isText) = (0, start, false)
    while end < bytes.count {
      switch bytes[end] {
      case UInt8(ascii: "\\") where isText: end += 1
      case UInt8(ascii: "\""): isText.toggle()
      case UInt8(ascii: "("), UInt8(ascii: "{"), UInt8(ascii: "["): depth += isText ? 0 : 1
      case UInt8(ascii: ")"), UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= isText ? 0 : 1
        if depth == 0, !isText {
          return dedented(String(decoding: bytes[start...end], as: UTF8.self))
        }
      default: break
      }
      end += 1
    }
    return nil
  }

  private static func dedented(_ text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let indents = lines.filter { !$0.isEmpty }.map { $0.prefix { $0 == " " }.count }
    return lines.map { $0.dropFirst(indents.min() ?? 0) }.joined(separator: "\n")
  }
}
