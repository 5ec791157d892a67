// What the fuzzers share.
import Foundation

/// The bytes that libFuzzer hands over; it lends a pointer, so they are copied at this border to C.
public func bytes(_ start: UnsafePointer<UInt8>?, _ count: Int) -> [UInt8] {
  Array(UnsafeBufferPointer(start: start, count: count))
}

/// Stops the fuzzer where something does not hold; unlike `precondition` it says what in every build.
public func hold(_ condition: Bool, _ problem: @autoclosure () -> String) {
  guard !condition else { return }
  fatalError("It does not hold: \(problem())")
}

/// Writes bytes to a file that only this process knows, and takes it away after the body.
public func withFile<Result>(
  _ name: String, _ content: [UInt8], _ body: (String) throws -> Result
) rethrows -> Result {
  try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  let file = folder.appending(path: name)
  guard FileManager.default.createFile(atPath: file.path, contents: Data(content)) else {
    fatalError("The fuzzer cannot write \(file.path).")
  }
  defer { try? FileManager.default.removeItem(at: file) }
  return try body(file.path)
}

private let folder = URL(filePath: NSTemporaryDirectory(), directoryHint: .isDirectory)
  .appending(path: "cadastre-fuzz-\(ProcessInfo.processInfo.processIdentifier)")
