import Foundation

/// The files of a Salesforce DX project or of a Metadata API retrieve, wherever they lie.
///
/// Names are relative and parted by `/`. A caller with files elsewhere, such as in an archive, gives
/// its own names and its own way to read one.
public struct MetadataFiles: Sendable {
  /// How findings name the root; empty where names stand alone.
  public let root: String
  /// Names of all files, in any order.
  public let names: [String]
  /// The bytes of a file.
  public let read: @Sendable (String) throws -> [UInt8]

  public init(
    root: String, names: [String], read: @escaping @Sendable (String) throws -> [UInt8]
  ) {
    self.root = root
    self.names = names
    self.read = read
  }

  /// The files of a folder: a project, a retrieve, `territory2Models` or one model's folder in it.
  ///
  /// For a folder inside `territory2Models` the types beside it belong to it. Links, hidden folders
  /// and packages of Node are passed over.
  ///
  /// - Parameters:
  ///   - folder: where the files lie.
  ///   - shownAs: how findings name the folder.
  /// - Throws: an error of the file system where the folder cannot be listed.
  public init(folder: URL, shownAs: String) throws {
    let root = folder.standardizedFileURL.resolvingSymlinksInPath()
    // A folder that cannot be listed is an error, not an empty folder.
    _ = try FileManager.default.contentsOfDirectory(atPath: root.path)
    var files = MetadataFiles.paths(below: root).map { (name: $0, path: "\(root.path)/\($0)") }
    var shown = shownAs.hasSuffix("/") ? String(shownAs.dropLast()) : shownAs
    let above = root.pathComponents
    if let models = above.lastIndex(of: "territory2Models") {
      // The folder's own name becomes part of the names, which say what belongs to what.
      let inside = above[models...]
      files = files.map { ("\(inside.joined(separator: "/"))/\($0.name)", $0.path) }
      let types = URL(filePath: NSString.path(withComponents: Array(above[..<models])))
        .appending(path: "territory2Types")
      files += MetadataFiles.paths(below: types).map {
        ("territory2Types/\($0)", "\(types.path)/\($0)")
      }
      for part in inside.reversed() {
        shown = shown.hasSuffix("/\(part)") ? String(shown.dropLast(part.count + 1)) : ""
      }
    }
    let pathOfName = Dictionary(files.map { ($0.name, $0.path) }, uniquingKeysWith: { $1 })
    self.init(root: shown, names: pathOfName.keys.sorted()) { name in
      guard let path = pathOfName[name] else { throw CocoaError(.fileReadNoSuchFile) }
      let handle = try FileHandle(forReadingFrom: URL(filePath: path))
      defer { try? handle.close() }
      // One byte more than is allowed tells that there is more.
      return Array(try handle.read(upToCount: MetadataMarkup.mostBytes + 1) ?? Data())
    }
  }

  private static func paths(below folder: URL) -> [String] {
    let keys: Set<URLResourceKey> = [.isRegularFileKey]
    guard
      let walk = FileManager.default.enumerator(
        at: folder, includingPropertiesForKeys: Array(keys), options: [.skipsHiddenFiles])
    else { return [] }
    let prefix = folder.path + "/"
    var names: [String] = []
    while let file = walk.nextObject() as? URL {
      if file.lastPathComponent == "node_modules" { walk.skipDescendants() }
      let isFile = (try? file.resourceValues(forKeys: keys))?.isRegularFile == true
      guard isFile, file.path.hasPrefix(prefix) else { continue }
      names.append(String(file.path.dropFirst(prefix.count)))
    }
    return names
  }

  /// How findings name a file.
  func shown(_ name: String) -> String {
    if name.isEmpty { return root.isEmpty ? "." : root }
    return root.isEmpty ? name : "\(root)/\(name)"
  }
}
