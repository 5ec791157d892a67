import CArchive
import Foundation

/// Bytes of one file of an export, read once from front to back.
protocol ByteStream: AnyObject {
  /// Appends at most `count` bytes to a buffer and returns how many; 0 at the end.
  func read(_ count: Int, into buffer: inout [UInt8]) throws -> Int
}

/// A file that could not be read, with the system's or the library's reason.
struct StreamError: Error {
  let reason: String
}

/// A plain file.
///
/// Read with read(2) into a small reused buffer: measured faster than mapping, and far smaller.
final class FileStream: ByteStream {
  private let descriptor: Int32

  init(path: String) throws {
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw StreamError(reason: String(cString: strerror(errno))) }
  }

  deinit { close(descriptor) }

  func read(_ count: Int, into buffer: inout [UInt8]) throws -> Int {
    let before = buffer.count
    // Into the buffer's own spare room: nothing is copied twice, nor filled with zeros first.
    try buffer.append(addingCapacity: count) { spare in
      // read(2) wants a pointer: the C boundary.
      try spare.withUnsafeMutableBufferPointer { bytes, filled in
        while filled < count {
          let got = Foundation.read(
            descriptor, bytes.baseAddress?.advanced(by: filled), count - filled)
          if got < 0 && errno == EINTR { continue }
          guard got >= 0 else { throw StreamError(reason: String(cString: strerror(errno))) }
          if got == 0 { break }
          filled += got
        }
      }
    }
    return buffer.count - before
  }
}

/// A stream of which some bytes were read before: they come first.
final class ResumedStream: ByteStream {
  private var start: ArraySlice<UInt8>
  private let rest: any ByteStream

  init(start: [UInt8], rest: any ByteStream) {
    self.start = start[...]
    self.rest = rest
  }

  func read(_ count: Int, into buffer: inout [UInt8]) throws -> Int {
    let first = start.prefix(count)
    start = start.dropFirst(first.count)
    buffer.append(contentsOf: first)
    return first.count < count
      ? first.count + (try rest.read(count - first.count, into: &buffer)) : count
  }
}

/// One entry of a zip, or the content of a `.gz` or `.zst`, inflated as it is read.
final class ArchiveStream: ByteStream {
  private let archive: Archive
  private let limit: Int
  private var total = 0

  /// Opens an entry by its path in the archive; nil is the only content of a compressed file.
  init(path: String, entry: String?, limit: Int = 64 << 30) throws {
    self.limit = limit
    archive = try Archive(path: path, compressedFile: entry == nil)
    while let found = try archive.next() {
      if entry == nil || found.path == entry { return }
    }
    throw StreamError(reason: "the archive holds no such entry")
  }

  func read(_ count: Int, into buffer: inout [UInt8]) throws -> Int {
    let filled = try archive.read(count, into: &buffer)
    total += filled
    guard total <= limit else {
      throw StreamError(reason: "it inflates to more than \(limit >> 30) GiB")
    }
    return filled
  }
}

/// An archive of libarchive, walked entry by entry.
final class Archive {
  /// A regular file in an archive.
  struct Entry {
    let path: String
    let size: Int
  }

  private let handle: OpaquePointer
  /// Reused, as in `FileStream`.
  private var block: [UInt8] = []

  init(path: String, compressedFile: Bool) throws {
    guard let handle = archive_read_new() else { throw StreamError(reason: "out of memory") }
    self.handle = handle
    if compressedFile {
      archive_read_support_filter_all(handle)
      archive_read_support_format_raw(handle)
    } else {
      archive_read_support_format_zip(handle)
    }
    guard archive_read_open_filename(handle, path, 1 << 18) == ARCHIVE_OK else { throw failure }
  }

  deinit { archive_read_free(handle) }

  /// The next regular file; links and folders are passed over.
  func next() throws -> Entry? {
    while true {
      var entry: OpaquePointer?
      let status = archive_read_next_header(handle, &entry)
      if status == ARCHIVE_EOF { return nil }
      guard status >= ARCHIVE_WARN, let entry else { throw failure }
      // S_IFREG as libarchive states it: a regular file, never a link.
      guard archive_entry_filetype(entry) == 0o100000 || archive_entry_filetype(entry) == 0,
        archive_entry_symlink(entry) == nil, archive_entry_hardlink(entry) == nil
      else { continue }
      let path = archive_entry_pathname(entry).map { String(cString: $0) } ?? ""
      return Entry(path: path, size: Int(archive_entry_size(entry)))
    }
  }

  func read(_ count: Int, into buffer: inout [UInt8]) throws -> Int {
    if block.count < count { block = [UInt8](repeating: 0, count: count) }
    var filled = 0
    while filled < count {
      // archive_read_data wants a pointer: the C boundary.
      let got = block.withUnsafeMutableBytes { bytes in
        archive_read_data(handle, bytes.baseAddress?.advanced(by: filled), count - filled)
      }
      guard got >= 0 else { throw failure }
      if got == 0 { break }
      filled += got
    }
    buffer.append(contentsOf: block[..<filled])
    return filled
  }

  private var failure: StreamError {
    StreamError(
      reason: archive_error_string(handle).map { String(cString: $0) } ?? "it is not a zip")
  }
}
