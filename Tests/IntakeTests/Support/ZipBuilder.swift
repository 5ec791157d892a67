import Foundation

/// A zip made by hand, byte by byte, so that it can be wrong in every way.
struct ZipBuilder {
  struct Entry {
    var path: [UInt8]
    var text: [UInt8]
    /// What the directory states instead of the truth.
    var statedSize: Int?
    var statedPackedSize: Int?
    var flags = 0
    /// Mode of Unix with the kind of file, nil where no Unix wrote it.
    var mode: Int?
    /// Stands at the place of the first entry instead of its own.
    var sharesFirst = false

    init(_ path: String, _ text: String) {
      self.path = Array(path.utf8)
      self.text = Array(text.utf8)
    }
  }

  var entries: [Entry]
  var statedCount: Int?
  var disk = 0

  init(_ entries: [Entry]) {
    self.entries = entries
  }

  /// One entry, changed.
  init(_ path: String, _ text: String, _ change: (inout Entry) -> Void = { _ in }) {
    var entry = Entry(path, text)
    change(&entry)
    entries = [entry]
  }

  /// The zip; its entries are stored as they are.
  var bytes: [UInt8] {
    var file: [UInt8] = []
    var directory: [UInt8] = []
    for entry in entries {
      let size = entry.statedSize ?? entry.text.count
      let packed = entry.statedPackedSize ?? entry.text.count
      let offset = entry.sharesFirst ? 0 : file.count
      let head =
        number(20, 2) + number(entry.flags, 2) + number(0, 2) + number(0, 4)
        + number(Int(Self.crc32(entry.text)), 4) + number(packed, 4) + number(size, 4)
        + number(entry.path.count, 2) + number(0, 2)
      if !entry.sharesFirst {
        file += [0x50, 0x4B, 3, 4] + head + entry.path + entry.text
      }
      let attributes = (entry.mode ?? 0) << 16
      directory +=
        [0x50, 0x4B, 1, 2] + [20, entry.mode == nil ? 0 : 3] + head + number(0, 2) + number(0, 2)
        + number(0, 2) + number(attributes, 4) + number(offset, 4) + entry.path
    }
    let count = number(statedCount ?? entries.count, 2)
    return file + directory + [0x50, 0x4B, 5, 6] + number(disk, 2) + number(disk, 2) + count + count
      + number(directory.count, 4) + number(file.count, 4) + number(0, 2)
  }

  private func number(_ value: Int, _ width: Int) -> [UInt8] {
    (0..<width).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  /// The checksum of zips, bit by bit.
  static func crc32(_ bytes: [UInt8]) -> UInt32 {
    var crc: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
    return ~crc
  }
}
