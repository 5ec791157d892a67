import Foundation
import Records
import TestKit

@testable import Intake

extension Exports {
  /// Reads an export of files, name to bytes, with the one account and one deal where none are given.
  static func load(
    bytes files: [String: [UInt8]], fields: [Entity: Set<String>] = [:],
    stated: Dialect.Stated = Dialect.Stated(), limits: ContainerLimits = ContainerLimits(),
    threads: Int = 2, blockSize: Int? = nil
  ) throws -> Export {
    try withTemporaryFolder { folder in
      try folder.write(bytes: files)
      return try load(
        paths: [folder.path], fields: fields, stated: stated, limits: limits, threads: threads,
        blockSize: blockSize)
    }
  }

  /// Reads the export at some paths.
  static func load(
    paths: [String], fields: [Entity: Set<String>] = [:],
    stated: Dialect.Stated = Dialect.Stated(), limits: ContainerLimits = ContainerLimits(),
    threads: Int = 2, blockSize: Int? = nil
  ) throws -> Export {
    var request = LoadRequest(
      paths: paths, mapping: try salesforce(), fields: fields, dialect: stated, threads: threads)
    request.limits = limits
    if let blockSize { request.blockSize = blockSize }
    return try ExportLoader.load(request)
  }
}

extension URL {
  /// Writes files, name to bytes, into this folder; a name may hold folders.
  func write(bytes files: [String: [UInt8]]) throws {
    var all = files
    for (name, text) in ["Account.csv": Exports.accounts, "Opportunity.csv": Exports.deals] {
      let entity = name.prefix { $0 != "." }.lowercased()
      let isGiven = files.keys.contains {
        $0.split(separator: "/").last?.lowercased().hasPrefix(entity) ?? false
      }
      if !isGiven { all[name] = Array(text.utf8) }
    }
    for (name, bytes) in all {
      let file = appending(path: name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(bytes).write(to: file)
    }
  }
}
