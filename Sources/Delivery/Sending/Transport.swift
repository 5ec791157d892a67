/// What takes a message to its recipient.
public protocol Transport {
  /// Delivers one message.
  ///
  /// - Parameters:
  ///   - bytes: the message, lines ended by CR LF.
  ///   - from: the sender's address.
  ///   - to: the recipient's address.
  /// - Returns: what became of it.
  mutating func deliver(_ bytes: [UInt8], from: String, to: String) -> DeliveryOutcome
}

/// What became of a message that was handed to a server.
public enum DeliveryOutcome: Equatable, Sendable {
  /// The server has it.
  case delivered(reply: String)
  /// The server did not take it for now (4xx), or the connection ended before it had the whole of it.
  case later(reply: String)
  /// The server refuses it for good (5xx).
  case refused(reply: String)
  /// The connection ended after the server had the whole of it and before it answered.
  case inDoubt(reason: String)
  /// No message can be delivered: the server cannot be reached.
  case unreachable(reason: String)
  /// No message can be delivered until the configuration is put right.
  case impossible(DeliveryProblem)
}

/// Why no message can be delivered, whatever it is.
public enum DeliveryProblem: Equatable, Sendable {
  /// The server offers no encryption.
  case unencrypted
  /// The server's certificate is not the one of a server that is trusted.
  case certificate
  /// The server does not accept user and password or token.
  case signIn(reply: String)
  /// The file of certificates cannot be read.
  case authorities
  /// The library that speaks with servers cannot be set up.
  case library(String)
}
