import Delivery
import Foundation
import TestKit
import Testing

@Suite("The date of a message")
struct DatedTests {
  @Test(
    "A message that was made earlier gets the date on which it leaves, and nothing else changes")
  func dated() {
    let bytes = Letters.message(text: "Date: Mon, 1 Jan 2001 00:00:00 +0000\n", images: 1).bytes()
    let dated = MailMessage.dated(bytes, 1_795_503_599)
    let (before, after) = (
      String(decoding: bytes, as: UTF8.self), String(decoding: dated, as: UTF8.self)
    )
    #expect(after.contains("\r\nDate: Tue, 24 Nov 2026 06:59:59 +0000\r\n"))
    #expect(
      after
        == before.replacing(
          "Date: Mon, 23 Nov 2026 07:00:00 +0000", with: "Date: Tue, 24 Nov 2026 06:59:59 +0000"))
    #expect(MailMessage.dated(bytes, Letters.date) == bytes)
  }

  @Test("Bytes without a date stay as they are")
  func none() {
    let bytes = Array("Subject: x\r\n\r\nDate: y\r\n\r\nDate: z\r\n".utf8)
    #expect(MailMessage.dated(bytes, 0) == bytes)
    #expect(MailMessage.dated([], 0) == [])
  }
}
