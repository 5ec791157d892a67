import Foundation

/// Text of a file of UTF-8 that is none: some program put Windows-1252 into it.
enum MisencodedText {
  /// Bytes as UTF-8 where they are that, else as Windows-1252.
  static func mended(_ bytes: ArraySlice<UInt8>) -> String {
    String(validating: bytes, as: UTF8.self)
      ?? String(data: Data(bytes), encoding: .windowsCP1252)
      ?? String(decoding: bytes, as: UTF8.self)
  }
}
