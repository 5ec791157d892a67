// Any bytes as a zip and as a compressed file: listed and read to the end or refused in words.
import FuzzKit
import Records

@testable import Intake

/// More than this is read of no file: what inflates without end is stopped by the program's own
/// bounds, which are wider than a fuzzer has time for.
private let mostBytes = 1 << 20

private let names = [
  "export.zip", "Account.csv.gz", "Account.csv.zst", "Account.csv", "Account.json",
]

@_cdecl("LLVMFuzzerTestOneInput")
public func zipFuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = bytes(start, count)
  guard let kind = input.first else { return 0 }
  withFile(names[Int(kind) % names.count], Array(input.dropFirst())) { path in
    do {
      let files = try ExportFiles(at: [path])
      hold(!files.files.isEmpty, "an export without a file is no export")
      for file in files.files.prefix(8) { try read(file) }
    } catch is FindingsError {
      // Refused in words.
    } catch {
      hold(false, "an error that is no finding: \(error)")
    }
  }
  return 0
}

private func read(_ file: ExportFile) throws {
  // The header is read as every load reads it, then the bytes.
  _ = try OpenFile(file)
  do {
    let stream = try file.open()
    var buffer: [UInt8] = []
    var total = 0
    while total < mostBytes {
      buffer.removeAll(keepingCapacity: true)
      let got = try stream.read(1 << 16, into: &buffer)
      hold(got == buffer.count, "the stream counts other bytes than it gives")
      if got == 0 { break }
      total += got
    }
  } catch is StreamError {
    // The reason becomes a finding where the file is loaded.
  }
}
