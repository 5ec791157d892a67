import Foundation
import Records

/// The day on which an instant falls in a time zone.
///
/// Offsets change a few times a year; between changes the conversion is one addition.
struct LocalDays: Sendable {
  private let starts: [Int64]
  private let offsets: [Int64]

  /// Knows the zone's changes from 1970 to 2100; before and after, the nearest offset holds.
  init(_ zone: TimeZone) {
    var starts: [Int64] = [Int64.min]
    var instant = Date(timeIntervalSince1970: 0)
    var offsets = [Int64(zone.secondsFromGMT(for: instant))]
    let end = Date(timeIntervalSince1970: 4_102_444_800)
    while let next = zone.nextDaylightSavingTimeTransition(after: instant), next < end,
      next > instant
    {
      starts.append(Int64(next.timeIntervalSince1970))
      offsets.append(Int64(zone.secondsFromGMT(for: next)))
      instant = next
    }
    self.starts = starts
    self.offsets = offsets
  }

  /// Days since 1970-01-01 of an instant in seconds since then.
  func day(of instant: Int64) -> Int32 { Day.containing(instant + offset(at: instant)) }

  /// The days of instants, null of null ones.
  ///
  /// Neighbours in a file are near in time: the span between two changes found last is tried first.
  func days(of instants: [Int64]) -> [Int32] {
    [Int32](capacity: instants.count) { days in
      var (start, end, offset) = (Int64.max, Int64.max, Int64(0))
      for instant in instants {
        if instant == Instants.null {
          days.append(Day.null)
          continue
        }
        if instant < start || instant >= end {
          let next = change(after: instant)
          start = starts[next - 1]
          end = next < starts.count ? starts[next] : Int64.max
          offset = offsets[next - 1]
        }
        days.append(Day.containing(instant + offset))
      }
    }
  }

  /// The instant at which the zone's clocks show a time, both in seconds since 1970.
  ///
  /// Of a time that the clocks show twice one is taken; one that they skip is an hour off.
  func instant(ofLocal seconds: Int64) -> Int64 {
    let near = seconds - offset(at: seconds)
    return seconds - offset(at: near)
  }

  private func offset(at instant: Int64) -> Int64 { offsets[change(after: instant) - 1] }

  /// Number of the first change of the clocks after an instant.
  private func change(after instant: Int64) -> Int {
    var low = 0
    var high = starts.count
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] <= instant { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
