/// Files that are compiled into the binary: page templates, report definitions, CRM presets, maps
/// and the manual of findings.
///
/// Paths are those of the repository, such as `reports/metrics.yaml`, so that an error in a built-in
/// file names a place a reader can open.
public enum BuiltIns {
  /// The text of a built-in file, or nil where there is none at that path.
  public static func text(_ path: String) -> String? {
    builtInFiles.first { $0.path == path }?.text
  }

  /// Paths of the built-in files in a folder, in byte order.
  public static func paths(in folder: String) -> [String] {
    builtInFiles.map(\.path).filter { $0.hasPrefix(folder + "/") }
  }
}
