import CArchive

/// One entry of a zip, or the content of a compressed file, inflated as it is read.
///
/// Nothing is ever written to a disk.
final class ArchiveStream: ByteStream {
  private let archive: Archive
  private let limits: ContainerLimits
  /// Bytes that the directory of the zip states, nil for a compressed file.
  private let size: Int?
  private var total = 0

  /// Opens the content of a `.gz`, `.zst`, `.bz2` or `.xz`.
  init(compressed path: String, limits: ContainerLimits) throws {
    self.limits = limits
    size = nil
    archive = try Archive(path: path, isCompressedFile: true)
    _ = try archive.next()
  }

  /// Opens an entry of a zip by its number in `ZipDirectory`.
  init(zip path: String, entry: Int, size: Int, limits: ContainerLimits) throws {
    self.limits = limits
    self.size = size
    archive = try Archive(path: path, isCompressedFile: false)
    var found = false
    for _ in 0...entry { found = try archive.next() }
    guard found else { throw StreamError(reason: "the directory of the zip is broken") }
  }

  func read(_ count: Int, into buffer: inout [UInt8]) throws -> Int {
    let filled = try archive.read(count, into: &buffer)
    total += filled
    if let size {
      let isEnd = filled < count
      guard total <= size, !isEnd || total == size else {
        throw StreamError(reason: "it does not inflate to the \(size) bytes that the zip states")
      }
    } else {
      try limits.check(inflated: total, packed: archive.packedCount)
    }
    return filled
  }
}

/// An archive of libarchive, walked entry by entry.
private final class Archive {
  private let handle: OpaquePointer

  init(path: String, isCompressedFile: Bool) throws {
    guard let handle = archive_read_new() else { throw StreamError(reason: "out of memory") }
    self.handle = handle
    if isCompressedFile {
      // Each by its name: among "all" are some that run another program.
      archive_read_support_filter_gzip(handle)
      archive_read_support_filter_bzip2(handle)
      archive_read_support_filter_xz(handle)
      archive_read_support_filter_zstd(handle)
      archive_read_support_format_raw(handle)
    } else {
      // The reader that seeks: it goes from entry to entry without inflating what lies between.
      archive_read_support_format_zip_seekable(handle)
    }
    guard archive_read_open_filename(handle, path, 1 << 18) == ARCHIVE_OK else { throw failure }
  }

  deinit { archive_read_free(handle) }

  /// Goes to the next entry; false behind the last.
  func next() throws -> Bool {
    var entry: OpaquePointer?
    let status = archive_read_next_header(handle, &entry)
    if status == ARCHIVE_EOF { return false }
    guard status >= ARCHIVE_WARN else { throw failure }
    return true
  }

  /// Bytes of the file that were read so far.
  var packedCount: Int { Int(archive_filter_bytes(handle, -1)) }

  func read(_ count: Int, into buffer: inout [UInt8]) throws -> Int {
    let before = buffer.count
    // Into the buffer's own spare room, as in `FileStream`.
    try buffer.append(addingCapacity: count) { spare in
      // archive_read_data wants a pointer: the C boundary.
      try spare.withUnsafeMutableBufferPointer { bytes, filled in
        while filled < count {
          let got = archive_read_data(
            handle, bytes.baseAddress?.advanced(by: filled), count - filled)
          guard got >= 0 else { throw failure }
          if got == 0 { break }
          filled += got
        }
      }
    }
    return buffer.count - before
  }

  private var failure: StreamError {
    StreamError(
      reason: archive_error_string(handle).map { String(cString: $0) }
        ?? "it is no such archive")
  }
}
