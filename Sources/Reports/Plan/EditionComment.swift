/// A person's comment on an edition, written as a small part of Markdown.
///
/// Paragraphs are parted by empty lines; a line that begins with `-`, `*` or `•` and a space is an
/// item of a list and a paragraph of its own; a heading is a paragraph without its signs. Everything is
/// text: nothing in it becomes markup or a link.
public enum EditionComment {
  /// The paragraphs of a comment, in order; none of an empty one.
  public static func paragraphs(of text: String) -> [ReportDocument.Prose] {
    var paragraphs: [ReportDocument.Prose] = []
    var lines: [Substring] = []
    func end() {
      if !lines.isEmpty { paragraphs.append(ReportDocument.Prose(lines.joined(separator: " "))) }
      lines = []
    }
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      let content = line.drop { $0 == " " || $0 == "\t" }
      let trimmed = content.prefix(content.lastIndex { $0 != " " && $0 != "\t" })
      if trimmed.isEmpty {
        end()
      } else if let item = item(trimmed) {
        end()
        lines = ["• " + item]
      } else if trimmed.hasPrefix("#") {
        end()
        lines = [trimmed.drop { $0 == "#" }.drop { $0 == " " }]
        end()
      } else {
        lines.append(trimmed)
      }
    }
    end()
    return paragraphs
  }

  /// The words of an item of a list; nil where the line is none.
  private static func item(_ line: Substring) -> Substring? {
    for sign in ["- ", "* ", "• "] where line.hasPrefix(sign) {
      return line.dropFirst(sign.count).drop { $0 == " " }
    }
    return nil
  }
}

extension Substring {
  /// Everything up to the character at an index; nothing where there is none.
  fileprivate func prefix(_ last: Index?) -> Substring { last.map { self[...$0] } ?? "" }
}
