import CMIME
import Settings

/// GMime, begun once.
enum MIME {
  static let isReady: Bool = {
    g_mime_init()
    return true
  }()

  /// The bytes of a message, its lines ended as mail ends them.
  ///
  /// Pointers: GMime owns the message; the array of its bytes is copied, then freed.
  static func bytes(of message: UnsafeMutablePointer<GMimeMessage>) -> [UInt8] {
    let lines = taken(cmime_bytes(message))
    var bytes: [UInt8] = []
    bytes.reserveCapacity(lines.count + lines.count / 64)
    var last: UInt8 = 0
    for byte in lines {
      // Every part is encoded, so a line feed is the end of a line and nothing else.
      if byte == 0x0A, last != 0x0D { bytes.append(0x0D) }
      bytes.append(byte)
      last = byte
    }
    return bytes
  }

  /// Copies an array of GLib and gives it back.
  static func taken(_ array: UnsafeMutablePointer<GByteArray>?) -> [UInt8] {
    guard let array else { return [] }
    defer { g_byte_array_unref(array) }
    return Array(UnsafeBufferPointer(start: array.pointee.data, count: Int(array.pointee.len)))
  }
}

extension MailMessage {
  /// The whole message as it is sent and kept: headers, text, pictures and attachments.
  ///
  /// `mixed(related(alternative(text, html), images), attachments)`; a level that would hold one
  /// part alone is left out.
  ///
  /// - Returns: the bytes, in US-ASCII, lines ended by CR LF.
  public func bytes() -> [UInt8] {
    _ = MIME.isReady
    let message = cmime_message()
    guard let message else { return [] }
    // Pointers: GMime counts references; each part belongs to what it is added to.
    defer { cmime_free(message) }
    cmime_mailbox(
      message, GMIME_ADDRESS_TYPE_FROM, MailMessage.name(from), from.address)
    cmime_mailbox(message, GMIME_ADDRESS_TYPE_TO, MailMessage.name(to), to.address)
    g_mime_message_set_subject(message, HeaderText.line(subject), "utf-8")
    cmime_date(message, Int(date))
    g_mime_message_set_message_id(message, messageID)
    for header in headers { cmime_header(message, header.name, header.value) }
    cmime_content(message, content())
    return MIME.bytes(of: message)
  }

  private func content() -> UnsafeMutablePointer<GMimeObject>? {
    let alternative = cmime_multipart("alternative", boundary("alternative"), nil)
    cmime_add(alternative, MailMessage.text("plain", parts.text))
    cmime_add(alternative, MailMessage.text("html", parts.html))
    var content = alternative
    if !parts.images.isEmpty {
      let related = cmime_multipart("related", boundary("related"), "multipart/alternative")
      cmime_add(related, content)
      for image in parts.images {
        cmime_add(
          related,
          MailMessage.file(
            "image/png", "inline", image.fileName, image.contentID, image.png))
      }
      content = related
    }
    guard !attachments.isEmpty else { return content }
    let mixed = cmime_multipart("mixed", boundary("mixed"), nil)
    cmime_add(mixed, content)
    for attachment in attachments {
      cmime_add(
        mixed,
        MailMessage.file(
          attachment.type, "attachment", MailMessage.name(attachment), nil, attachment.bytes))
    }
    return mixed
  }

  /// What is left of a name as a header holds it; nil where that is nothing.
  private static func name(_ mailbox: MailAddress) -> String? {
    let name = HeaderText.line(mailbox.name ?? "")
    return name.isEmpty ? nil : name
  }

  private static func name(_ attachment: Attachment) -> String {
    let name = HeaderText.line(attachment.name)
    return name.isEmpty ? "attachment" : name
  }

  /// `=_` never stands in quoted-printable text or base64, so no content holds a boundary.
  private func boundary(_ level: String) -> String { "=_cadastre_\(level)_\(digest)" }

  private static func text(_ subtype: String, _ text: String) -> UnsafeMutablePointer<GMimeObject>?
  {
    // Pointers: GMime copies the bytes before the call returns.
    var text = text
    return text.withUTF8 { utf8 in
      utf8.withMemoryRebound(to: CChar.self) { cmime_text(subtype, $0.baseAddress, $0.count) }
    }
  }

  private static func file(
    _ type: String, _ disposition: String, _ name: String, _ contentID: String?, _ bytes: [UInt8]
  ) -> UnsafeMutablePointer<GMimeObject>? {
    let kinds = type.split(separator: "/").map(String.init)
    // Pointers: GMime copies the bytes before the call returns.
    return bytes.withUnsafeBufferPointer { bytes in
      bytes.withMemoryRebound(to: CChar.self) {
        cmime_file(
          kinds.first ?? "application", kinds.last ?? "octet-stream", disposition, name, contentID,
          $0.baseAddress, $0.count)
      }
    }
  }
}
