import Records

/// The findings about files, containers and charsets.
extension IntakeFindings {
  static func unreadable(_ file: String, _ error: StreamError) -> Finding {
    let at = SourcePosition(file: file)
    let what = "the file cannot be read: \(error.reason)"
    let refused = "the file is no honest export: \(error.reason)"
    let done = "nothing was computed"
    let suggestion = "make the export again; if the file is what it should be, unpack it yourself"
    switch error.kind {
    case .unreadable:
      return Finding(
        code: "file-unreadable", severity: .error, at: at, what: what, done: done,
        suggestion: "make the export again or mend the file")
    case .tooManyEntries:
      return Finding(
        code: "archive-entries", severity: .error, at: at, what: refused, done: done,
        suggestion: suggestion)
    case .tooLarge:
      return Finding(
        code: "archive-size", severity: .error, at: at, what: refused, done: done,
        suggestion: suggestion)
    case .tooDense:
      return Finding(
        code: "archive-ratio", severity: .error, at: at, what: refused, done: done,
        suggestion: suggestion)
    }
  }

  /// One for each kind of refusal; what is found once in a zip is reason enough.
  static func refused(
    _ refusal: EntryRefusal, _ entry: ZipDirectory.Entry, in zip: String
  ) -> Finding {
    func finding(code: String, _ what: String, _ suggestion: String) -> Finding {
      Finding(
        code: code, severity: .error, at: SourcePosition(file: "\(zip)/\(printable(entry.path))"),
        what: what, done: "nothing of the zip was read", suggestion: suggestion)
    }
    let again = "make the export again, or pack the files anew"
    return switch refusal {
    case .absolute:
      finding(code: "archive-path-absolute", "the entry's path begins at the root of a disk", again)
    case .parent:
      finding(
        code: "archive-path-parent", "the entry's path leads out of its folder by \"..\"", again)
    case .backslash:
      finding(
        code: "archive-path-backslash", "the entry's path has a backslash, which no zip may hold",
        again)
    case .drive: finding(code: "archive-path-drive", "the entry's path names a drive", again)
    case .nul: finding(code: "archive-path-nul", "the entry's path holds a NUL", again)
    case .link: finding(code: "archive-link", "the entry is a link and no file", again)
    case .encrypted:
      finding(
        code: "archive-encrypted", "the entry is encrypted", "unpack the zip with its password")
    case .duplicate:
      finding(code: "archive-entry-duplicate", "another entry of the zip has the same path", again)
    case .overlap:
      finding(code: "archive-overlap", "the entry shares its bytes with another", again)
    }
  }

  /// A path as it may be shown: control characters are none of a terminal's business.
  private static func printable(_ path: [UInt8]) -> String {
    String(
      String(decoding: path, as: UTF8.self).unicodeScalars.map {
        $0.value < 0x20 || (0x7F..<0xA0).contains($0.value) ? "\u{FFFD}" : Character($0)
      })
  }

  // MARK: Sets

  static func missingParts(_ missing: [Int], of folder: String, last: Int) -> Finding {
    let numbers = missing.prefix(10).map(String.init)
    let listed = missing.count > 10 ? numbers + ["…"] : numbers
    let isOne = missing.count == 1
    return Finding(
      code: "export-part-missing", severity: .error, at: SourcePosition(file: shown(folder)),
      what: "the export is a set of zips numbered up to \(last), of which "
        + "\(Suggestion.list(listed, conjunction: "and")) \(isOne ? "is" : "are") missing",
      done: "nothing was read",
      suggestion: "download the missing \(isOne ? "zip" : "zips") too")
  }

  static func mixedOrganisations(_ count: Int) -> Finding {
    Finding(
      code: "export-organisations-mixed", severity: .error,
      what: "the zips are of \(count) organisations", done: "nothing was read",
      suggestion: "give the zips of one organisation")
  }

  static func mixedSets(_ folders: [String]) -> Finding {
    Finding(
      code: "export-sets-mixed", severity: .error, at: SourcePosition(file: shown(folders[0])),
      what: "the export holds \(folders.count) sets of zips, each in a folder of its own",
      done: "nothing was read",
      suggestion: "name the folder of one, the newest as it seems: "
        + shown(folders[folders.count - 1]))
  }

  /// The last part of a folder's path: the rest is the reader's machine.
  private static func shown(_ folder: String) -> String {
    folder.split(separator: "/").last.map(String.init) ?? "."
  }

  // MARK: Charsets

  static func unknownEncoding(_ name: String, at: SourcePosition?) -> Finding {
    Finding(
      code: "encoding-unknown", severity: .error, at: at,
      what: "no encoding is called \"\(name)\"", done: "nothing was read",
      suggestion: Suggestion.sentence(
        for: name, in: Dialect.Encoding.known,
        otherwise: "name one such as UTF-8, Windows-1252 or Shift_JIS, or leave it to the files"))
  }

  static func markDiffers(_ file: String, stated: String, mark: String) -> Finding {
    Finding(
      code: "encoding-mark-differs", severity: .error, at: SourcePosition(file: file, line: 1),
      what: "the file begins with the byte-order mark of \(mark), but \(stated) is stated",
      done: "nothing was computed", suggestion: "state \(mark), or leave it to the files")
  }

  static func undecodable(_ file: String, _ dialect: Dialect, line: Int?) -> Finding {
    Finding(
      code: "bytes-undecodable", severity: .warning,
      at: SourcePosition(file: file, line: line ?? 0),
      what: "bytes stand here that \(dialect.encoding.name) has no character for",
      done: "each was read as U+FFFD",
      suggestion: "state the file's encoding, or export it again as UTF-8")
  }

  // MARK: JSON

  static func malformedJSON(_ file: String, _ fault: JSONFault) -> Finding {
    Finding(
      code: "json-malformed", severity: .error,
      at: SourcePosition(file: file, line: fault.line, column: fault.column),
      what: "the file is no JSON of records: \(fault.reason)", done: "nothing was computed",
      suggestion: "make the export again")
  }

  static func emptyJSON(_ file: String) -> Finding {
    Finding(
      code: "json-empty", severity: .error, at: SourcePosition(file: file),
      what: "the file holds no field in any of its records",
      done: "nothing was computed", suggestion: "remove the file, or export it as CSV")
  }

  // MARK: Report exports

  static func reportFooter(at: SourcePosition) -> Finding {
    Finding(
      code: "report-footer", severity: .notice, at: at,
      what: "below the rows stands what a report says of itself",
      done: "the line was not read as a row",
      suggestion: "nothing need be done; an export without it is read alike")
  }
}
