import CMIME
import Settings

/// A message that was written before, read again to be changed or taken apart.
public struct KeptMessage {
  private let message: UnsafeMutablePointer<GMimeMessage>

  /// Reads a message, does something with it, and lets go of it.
  ///
  /// - Parameters:
  ///   - bytes: the message.
  ///   - body: what is done with it.
  /// - Returns: what `body` returns; nil where the bytes are no message.
  public static func reading<Result>(
    _ bytes: [UInt8], _ body: (KeptMessage) -> Result
  ) -> Result? {
    _ = MIME.isReady
    // Pointers: GMime copies the bytes; the message lives until the body has returned.
    let message = bytes.withUnsafeBufferPointer { buffer in
      buffer.withMemoryRebound(to: CChar.self) { cmime_read($0.baseAddress, $0.count) }
    }
    guard let message else { return nil }
    defer { cmime_free(message) }
    return body(KeptMessage(message: message))
  }

  /// The message with some words of its text parts replaced.
  ///
  /// - Parameters:
  ///   - words: what stands in the text and, escaped, in the HTML.
  ///   - others: what takes its place.
  /// - Returns: the bytes of the message as it is then.
  public func replacing(_ words: String, by others: String) -> [UInt8] {
    for part in parts where cmime_is_text(part) != 0 {
      let isHTML =
        String(
          cString: g_mime_content_type_get_media_subtype(
            g_mime_object_get_content_type(cast(part)))) == "html"
      let text = String(decoding: MIME.taken(cmime_decoded(part)), as: UTF8.self)
      // Lines are ended by CR LF in the message, by line feeds in a part.
      let lines = text.replacing("\r\n", with: "\n")
      var changed = lines.replacing(
        isHTML ? KeptMessage.escaped(words) : words,
        with: isHTML ? KeptMessage.escaped(others) : others)
      // Pointers: GMime copies the bytes before the call returns.
      changed.withUTF8 { utf8 in
        utf8.withMemoryRebound(to: CChar.self) {
          _ = cmime_filled(part, $0.baseAddress, $0.count)
        }
      }
    }
    return MIME.bytes(of: message)
  }

  /// The message as a trial to somebody else.
  ///
  /// - Parameters:
  ///   - address: who gets it.
  ///   - subject: its subject.
  /// - Returns: the bytes of the message as it is then.
  public func redirected(to address: MailAddress, subject: String) -> [UInt8] {
    cmime_mailbox(
      message, GMIME_ADDRESS_TYPE_TO, address.name.map { HeaderText.line($0) }, address.address)
    g_mime_message_set_subject(message, HeaderText.line(subject), "utf-8")
    return MIME.bytes(of: message)
  }

  /// The files that are attached, by their names.
  public var attachments: [MailMessage.Attachment] {
    parts.filter { g_mime_part_is_attachment($0) != 0 }.map { part in
      let type = g_mime_object_get_content_type(cast(part))
      return MailMessage.Attachment(
        name: g_mime_part_get_filename(part).map { String(cString: $0) } ?? "attachment",
        type: g_mime_content_type_get_mime_type(type).map { text in
          defer { g_free(text) }
          return String(cString: text)
        } ?? "application/octet-stream",
        bytes: MIME.taken(cmime_decoded(part)))
    }
  }

  private var parts: [UnsafeMutablePointer<GMimePart>] {
    var parts: [UnsafeMutablePointer<GMimePart>] = []
    while let part = cmime_part(message, Int32(parts.count)) { parts.append(part) }
    return parts
  }

  private func cast(_ part: UnsafeMutablePointer<GMimePart>) -> UnsafeMutablePointer<GMimeObject> {
    // Pointers: a part begins with what it has of an object.
    UnsafeMutableRawPointer(part).assumingMemoryBound(to: GMimeObject.self)
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }
}
