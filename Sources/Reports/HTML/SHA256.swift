/// The SHA-256 digest: by it a page’s policy allows its own script and style and no other, a history
/// knows what a run read, and what is sent is known again.
///
/// Source: FIPS 180-4, sections 4.1.2, 4.2.2, 5 and 6.2.
public enum SHA256 {
  /// The 32 bytes of the digest.
  public static func digest(_ message: some Collection<UInt8>) -> [UInt8] {
    var state: [UInt32] = primes(8).map { fraction(ofRoot: 2, of: $0) }
    let constants: [UInt32] = primes(64).map { fraction(ofRoot: 3, of: $0) }
    let bytes = padded(message)
    var schedule = [UInt32](repeating: 0, count: 64)
    for start in stride(from: 0, to: bytes.count, by: 64) {
      for word in 0..<16 {
        let at = start + word * 4
        schedule[word] = bytes[at..<at + 4].reduce(0) { $0 << 8 | UInt32($1) }
      }
      for word in 16..<64 {
        let before15 = schedule[word - 15]
        let before2 = schedule[word - 2]
        let sigma0 = rotated(before15, 7) ^ rotated(before15, 18) ^ (before15 >> 3)
        let sigma1 = rotated(before2, 17) ^ rotated(before2, 19) ^ (before2 >> 10)
        schedule[word] = schedule[word - 16] &+ sigma0 &+ schedule[word - 7] &+ sigma1
      }
      compress(schedule, constants, into: &state)
    }
    return state.flatMap { word in
      [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> UInt32($0)) }
    }
  }

  private static func compress(
    _ schedule: [UInt32], _ constants: [UInt32], into state: inout [UInt32]
  ) {
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    for round in 0..<64 {
      let sum1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)
      let choice = (e & f) ^ (~e & g)
      let first = h &+ sum1 &+ choice &+ constants[round] &+ schedule[round]
      let sum0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)
      let majority = (a & b) ^ (a & c) ^ (b & c)
      (h, g, f, e) = (g, f, e, d &+ first)
      (d, c, b, a) = (c, b, a, first &+ sum0 &+ majority)
    }
    for (index, word) in [a, b, c, d, e, f, g, h].enumerated() { state[index] &+= word }
  }

  private static func padded(_ message: some Collection<UInt8>) -> [UInt8] {
    var bytes = Array(message)
    let bits = UInt64(bytes.count) * 8
    bytes.append(0x80)
    while bytes.count % 64 != 56 { bytes.append(0) }
    for shift in stride(from: UInt64(56), through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: bits >> shift))
    }
    return bytes
  }

  private static func rotated(_ word: UInt32, _ bits: UInt32) -> UInt32 {
    word >> bits | word << (32 - bits)
  }

  private static func primes(_ count: Int) -> [UInt64] {
    var primes: [UInt64] = []
    var candidate: UInt64 = 2
    while primes.count < count {
      if primes.allSatisfy({ candidate % $0 != 0 }) { primes.append(candidate) }
      candidate += 1
    }
    return primes
  }

  /// The first 32 bits after the point of a square or cube root: floor(root(n · 2^(32·degree))).
  private static func fraction(ofRoot degree: Int, of number: UInt64) -> UInt32 {
    let target = UInt128(number) << UInt128(32 * degree)
    var root: UInt128 = 0
    for bit in stride(from: UInt128(36), through: 0, by: -1) {
      let candidate = root | 1 << bit
      let power = degree == 2 ? candidate * candidate : candidate * candidate * candidate
      if power <= target { root = candidate }
    }
    return UInt32(truncatingIfNeeded: root)
  }
}
