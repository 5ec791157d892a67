import Delivery
import Testing

@Suite("Addresses")
struct MailAddressTests {}
