import Foundation

/// Delivers messages into a folder per recipient, where no mail may leave.
///
/// Each becomes a folder with the message, which any mail program opens, and its attachments.
public struct FolderTransport: Transport {
  private let folder: URL
  /// The name of the message's own folder.
  public var name = "message"

  /// - Parameter folder: the folder that holds one a recipient.
  public init(_ folder: URL) { self.folder = folder }

  /// Delivers one message; see `Transport`.
  public mutating func deliver(_ bytes: [UInt8], from: String, to: String) -> DeliveryOutcome {
    let files = FileManager.default
    // An address may hold a slash, and must not lead out of the folder.
    let owner = folder.appending(path: to.replacing("/", with: "-"))
    let place = owner.appending(path: name)
    let partial = owner.appending(path: ".\(name).partial")
    do {
      if files.fileExists(atPath: partial.path) { try files.removeItem(at: partial) }
      try files.createDirectory(at: partial, withIntermediateDirectories: true)
      try Data(bytes).write(to: partial.appending(path: "message.eml"))
      for attachment in KeptMessage.reading(bytes, { $0.attachments }) ?? [] {
        let name = attachment.name.replacing("/", with: "-")
        try Data(attachment.bytes).write(to: partial.appending(path: name))
      }
      if files.fileExists(atPath: place.path) { try files.removeItem(at: place) }
      try files.moveItem(at: partial, to: place)
      return .delivered(reply: "delivered to a folder")
    } catch {
      try? files.removeItem(at: partial)
      return .unreachable(reason: "the folder of deliveries cannot be written")
    }
  }
}
