import Foundation
import History
import Records
import Reports

/// The folder of messages that are made and not yet delivered: one folder a message, in one a day.
///
/// `outbox/2026-11-20/weekly-territory-<name>/` holds `message.eml` and `envelope.json`. A day's folder
/// appears whole; a delivered message moves below `outbox/delivered/`, so that what was sent is known
/// even where the history is lost.
public struct Outbox: Sendable {
  /// Its folder.
  public let folder: URL

  /// - Parameter folder: where messages lie.
  public init(_ folder: URL) { self.folder = folder }

  /// A message of the outbox.
  public struct Message: Sendable {
    public let envelope: Envelope
    /// The folder that holds it.
    public let folder: URL

    /// The message itself.
    ///
    /// - Throws: what the file system says.
    public func bytes() throws -> [UInt8] {
      Array(try Data(contentsOf: file))
    }

    /// The file of the message.
    public var file: URL { folder.appending(path: Outbox.messageName) }

    /// Bytes of the message; 0 where it cannot be told.
    public var size: Int {
      let attributes = try? FileManager.default.attributesOfItem(atPath: file.path)
      return (attributes?[.size] as? NSNumber)?.intValue ?? 0
    }
  }

  static let messageName = "message.eml"
  static let envelopeName = "envelope.json"
  private static let deliveredName = "delivered"

  /// A short digest of a key: what tells the folders of messages apart.
  static func digest(of key: MessageKey) -> String {
    let parts = [
      key.report, key.edition, key.asOf.description, key.recipient, String(key.revision),
    ]
    return MailMessage.hex(SHA256.digest(Array(parts.joined(separator: "\n").utf8)).prefix(6))
  }

  /// The folder of a message, relative to the outbox.
  public static func place(of key: MessageKey) -> String {
    "\(key.asOf)/\(HeaderText.word(key.report))-\(digest(of: key))"
  }

  /// Puts a message into a folder that is being made.
  ///
  /// - Parameters:
  ///   - bytes: the message.
  ///   - envelope: what stands beside it.
  ///   - day: the folder of its day.
  /// - Throws: what the file system says.
  public static func write(_ bytes: [UInt8], _ envelope: Envelope, into day: URL) throws {
    let name = place(of: envelope.key).split(separator: "/").last.map(String.init) ?? "message"
    let place = day.appending(path: name)
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    try Data(bytes).write(to: place.appending(path: messageName))
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try (encoder.encode(envelope) + Data("\n".utf8))
      .write(to: place.appending(path: envelopeName))
  }

  /// The messages that are not delivered, by their keys.
  ///
  /// - Throws: `FindingsError` where one of them cannot be read.
  public func messages() throws -> [Message] {
    try messages(below: folder) { $0 != Outbox.deliveredName }
  }

  /// The messages that were delivered, by their keys.
  ///
  /// - Throws: `FindingsError` where one of them cannot be read.
  public func delivered() throws -> [Message] {
    try messages(below: folder.appending(path: Outbox.deliveredName)) { _ in true }
  }

  private func messages(below folder: URL, where isDay: (String) -> Bool) throws -> [Message] {
    var messages: [Message] = []
    for day in Outbox.names(in: folder) where isDay(day) {
      let place = folder.appending(path: day)
      for name in Outbox.names(in: place) {
        let place = place.appending(path: name)
        let file = place.appending(path: Outbox.envelopeName)
        do {
          let envelope = try JSONDecoder().decode(Envelope.self, from: Data(contentsOf: file))
          messages.append(Message(envelope: envelope, folder: place))
        } catch {
          throw FindingsError([
            Finding(
              code: "outbox-damaged", severity: .error,
              at: SourcePosition(file: "outbox/\(day)/\(name)"),
              what: "this is no message of the outbox", done: "nothing was sent",
              suggestion: "remove the folder, then run cadastre run to make the message again")
          ])
        }
      }
    }
    return messages.sorted { $0.envelope.key < $1.envelope.key }
  }

  /// Names of folders in one, sorted; what is hidden is not finished.
  static func names(in folder: URL) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { !$0.hasPrefix(".") }.sorted()
  }

  /// Moves a delivered message to the others that were.
  ///
  /// - Parameter message: it may have been moved before.
  /// - Throws: what the file system says.
  public func keep(_ message: Message) throws {
    let files = FileManager.default
    let place = folder.appending(path: Outbox.deliveredName)
      .appending(path: Outbox.place(of: message.envelope.key))
    guard files.fileExists(atPath: message.folder.path) else { return }
    if files.fileExists(atPath: place.path) { try files.removeItem(at: place) }
    try files.createDirectory(
      at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
    try files.moveItem(at: message.folder, to: place)
    // A day without messages needs no folder; one with others refuses to go.
    let day = message.folder.deletingLastPathComponent()
    if Outbox.names(in: day).isEmpty { try? files.removeItem(at: day) }
  }

  /// Puts a delivered message back, to be sent again.
  ///
  /// - Parameter message: one of those that were delivered.
  /// - Throws: what the file system says.
  public func putBack(_ message: Message) throws {
    let files = FileManager.default
    let place = folder.appending(path: Outbox.place(of: message.envelope.key))
    guard !files.fileExists(atPath: place.path) else { return }
    try files.createDirectory(
      at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
    try files.moveItem(at: message.folder, to: place)
  }

  /// Removes a message that is not to be sent.
  ///
  /// - Parameter message: it may be gone.
  /// - Throws: what the file system says.
  public func remove(_ message: Message) throws {
    guard FileManager.default.fileExists(atPath: message.folder.path) else { return }
    try FileManager.default.removeItem(at: message.folder)
  }
}
