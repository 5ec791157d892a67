@testable import Intake

/// Bytes in memory, handed out as a file hands them out.
package final class MemoryStream: ByteStream {
  private var rest: ArraySlice<UInt8>

  package init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  package func read(_ count: Int, into buffer: inout [UInt8]) -> Int {
    let part = rest.prefix(count)
    rest = rest.dropFirst(part.count)
    buffer.append(contentsOf: part)
    return part.count
  }
}
