/// What the directory at the end of a zip says of its entries.
///
/// Read by ourselves, before libarchive inflates anything: it knows links, encryption, sizes and the
/// whole of a name, and its absence tells that the zip was cut off.
struct ZipDirectory {
  /// One file or folder of the zip.
  struct Entry: Hashable {
    /// As the zip has it, any bytes at all.
    let path: [UInt8]
    let isFolder: Bool
    let isLink: Bool
    let isEncrypted: Bool
    let packedSize: Int
    let size: Int
    /// Where it begins in the file.
    let offset: Int
  }

  /// In the order in which they stand in the file, as libarchive counts them.
  let entries: [Entry]

  /// - Throws: `StreamError` where there is no directory or it is broken or huge.
  init(path: String, limits: ContainerLimits) throws {
    let file = try SeekableFile(path: path)
    let end = try End(of: file)
    guard end.count <= limits.entries else {
      throw StreamError(
        reason: "it states \(end.count) entries, more than \(limits.entries)",
        kind: .tooManyEntries)
    }
    // The widest entry that is likely: a path of 400 bytes and some extra fields.
    guard end.size <= 1 << 16 + end.count * 1024, end.offset >= 0, end.size >= 0,
      end.offset <= file.size - end.size
    else { throw StreamError(reason: "the directory of the zip is broken") }
    let bytes = try file.bytes(end.offset..<(end.offset + end.size))
    var reader = LittleEndian(bytes)
    var entries: [Entry] = []
    for _ in 0..<end.count { entries.append(try Entry(&reader)) }
    self.entries = entries.sorted { ($0.offset, $0.size) < ($1.offset, $1.size) }
  }

  /// The record at the end of the file that says where the directory is.
  private struct End {
    var count: Int
    var size: Int
    var offset: Int

    init(of file: SeekableFile) throws {
      let length = 22
      let tail = try file.bytes((file.size - length - 0xFFFF)..<file.size)
      let found = stride(from: tail.count - length, through: 0, by: -1).first { start in
        tail[start...].starts(with: [0x50, 0x4B, 0x05, 0x06])
      }
      guard let found else {
        throw StreamError(
          reason: tail.isEmpty
            ? "it is empty" : "it is no zip, or its end is missing because it was cut off")
      }
      var reader = LittleEndian(Array(tail[found...]))
      reader.position = 4
      let disk = try reader.next(2)
      reader.position = 10
      count = try reader.next(2)
      size = try reader.next(4)
      offset = try reader.next(4)
      guard disk == 0 || disk == 0xFFFF else {
        throw StreamError(reason: "it is a part of one zip that is split over several files")
      }
      // Zip64: a locator before this record, where its numbers are full.
      let at = file.size - tail.count + found
      var locator = LittleEndian(try file.bytes(max(0, at - 20)..<at))
      guard locator.count == 20, try locator.next(4) == 0x0706_4B50 else { return }
      locator.position = 8
      let place = try locator.next(8)
      var wide = LittleEndian(try file.bytes(place..<(min(place, file.size) + 56)))
      guard try wide.next(4) == 0x0606_4B50 else {
        throw StreamError(reason: "the directory of the zip is broken")
      }
      wide.position = 32
      count = try wide.next(8)
      size = try wide.next(8)
      offset = try wide.next(8)
    }
  }
}

extension ZipDirectory.Entry {
  /// Reads one entry of the directory.
  fileprivate init(_ reader: inout LittleEndian) throws {
    let start = reader.position
    guard try reader.next(4) == 0x0201_4B50 else {
      throw StreamError(reason: "the directory of the zip is broken")
    }
    let version = try reader.next(2)
    reader.position = start + 8
    let flags = try reader.next(2)
    reader.position = start + 20
    var packed = try reader.next(4)
    var size = try reader.next(4)
    let pathLength = try reader.next(2)
    let extraLength = try reader.next(2)
    let commentLength = try reader.next(2)
    reader.position = start + 38
    let attributes = try reader.next(4)
    var offset = try reader.next(4)
    let path = try reader.take(pathLength)
    var extra = LittleEndian(try reader.take(extraLength))
    _ = try reader.take(commentLength)
    while extra.position + 4 <= extra.count {
      let kind = try extra.next(2)
      var field = LittleEndian(try extra.take(try extra.next(2)))
      // Zip64: the numbers that do not fit into 32 bits.
      guard kind == 1 else { continue }
      if size == 0xFFFF_FFFF { size = try field.next(8) }
      if packed == 0xFFFF_FFFF { packed = try field.next(8) }
      if offset == 0xFFFF_FFFF { offset = try field.next(8) }
    }
    // The upper half is the mode where a Unix wrote the entry: S_IFMT of it is the kind of file.
    let kind = version >> 8 == 3 ? (attributes >> 16) & 0o170000 : 0
    self.init(
      path: path, isFolder: path.last == UInt8(ascii: "/") || kind == 0o040000,
      isLink: kind != 0 && kind != 0o100000 && kind != 0o040000,
      isEncrypted: flags & 1 != 0, packedSize: packed, size: size, offset: offset)
  }
}

/// Numbers in the order of bytes that zips have.
struct LittleEndian {
  private let bytes: [UInt8]
  var position = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  var count: Int { bytes.count }

  /// The next number of some bytes; beyond 2^60 none is believed, so that sums cannot overflow.
  mutating func next(_ width: Int) throws -> Int {
    let part = try take(width)
    guard width < 8 || (part.last ?? 0) < 0x10 else {
      throw StreamError(reason: "the directory of the zip is broken")
    }
    return part.reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  mutating func take(_ length: Int) throws -> [UInt8] {
    guard position >= 0, length <= bytes.count - position else {
      throw StreamError(reason: "the directory of the zip is broken")
    }
    defer { position += length }
    return Array(bytes[position..<(position + length)])
  }
}
