import Foundation
import Intake
import Records
import Territories

/// The files that an earlier run of `territories changes` wrote.
struct PredictionFiles {
  let prediction: Prediction

  /// - Parameter path: a folder of them, or one file; of a folder the formats csv and json are read.
  /// - Throws: `FindingsError` where there is nothing that can be read.
  init(path: String) throws {
    let url = URL(filePath: path).standardizedFileURL
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else {
      throw PredictionFiles.refusal(path, "there is no such file or folder", "correct the path")
    }
    let folder = isFolder.boolValue ? url : url.deletingLastPathComponent()
    var files = isFolder.boolValue ? [] : [url]
    let names = isFolder.boolValue ? ["accounts", "opportunities", "before"] : ["before"]
    for name in names {
      let found = ["csv", "json"].map { folder.appending(path: "\(name).\($0)") }
        .first { FileManager.default.fileExists(atPath: $0.path) }
      if let found, !files.contains(found) { files.append(found) }
    }
    guard !files.isEmpty else {
      throw PredictionFiles.refusal(
        path, "the folder holds no accounts.csv or accounts.json of a change set",
        "name the folder that territories changes --out wrote")
    }
    var prediction = Prediction()
    for file in files {
      guard try prediction.add(PredictionFiles.rows(of: file)) else {
        throw PredictionFiles.refusal(
          Project.shown(file), "the file is none that a change set wrote",
          "name the folder that territories changes --out wrote, or its accounts.csv")
      }
    }
    self.prediction = prediction
  }

  private static func rows(of file: URL) throws -> [[String: String]] {
    guard file.pathExtension.lowercased() == "json" else {
      return try WrittenRows.read(file.path, named: Project.shown(file))
    }
    let object = try? JSONSerialization.jsonObject(with: Data(contentsOf: file))
    guard let rows = (object as? [String: Any])?["rows"] as? [[String: Any]] else {
      throw refusal(
        Project.shown(file), "the file is no table as JSON", "name a file of territories changes")
    }
    return rows.map { $0.mapValues { $0 as? String ?? "" } }
  }

  private static func refusal(_ file: String, _ what: String, _ suggestion: String) -> FindingsError
  {
    FindingsError([
      Finding(
        code: "prediction-unreadable", severity: .error, at: SourcePosition(file: file),
        what: what, done: "nothing was compared", suggestion: suggestion)
    ])
  }
}
