// Draws the charts of the benchmark; compiled together with Sources/Graphics by
// scripts/bench-graphics.sh. Benchmarks/charts/charts.py draws the same ones with matplotlib.
//
//   charts COUNT FOLDER           COUNT charts of four kinds in turn, 480 points wide, as PNG at 2×
//   charts COUNT FOLDER parallel  the same on all cores, as reports draw them
import Dispatch
import Foundation

/// The same numbers in every run and in Python: a linear congruential generator.
struct Numbers {
  var state: UInt64

  mutating func next() -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(state >> 11) / Double(1 << 53)
  }
}

@Sendable func money(_ number: Double) -> String {
  let tenths = Int((number / 100).rounded())
  return tenths >= 10_000
    ? "$\(tenths / 10_000).\(tenths % 10_000 / 1000) M" : "$\(tenths / 10).\(tenths % 10) k"
}

let regions = [
  "West", "Central", "East", "South", "Iberia", "Nordics", "Benelux", "France", "Italy", "Austria",
  "Germany North", "Germany South",
]
let months = [
  "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan",
]

func chart(_ index: Int) -> any Chart {
  var numbers = Numbers(state: UInt64(index))
  func value(_ number: Double) -> ChartValue { ChartValue(number, money(number)) }
  func take(_ count: Int) -> [Double] { (0..<count).map { _ in numbers.next() * 2_000_000 } }
  let heading = ChartHeading(
    takeaway: "Chart \(index) says that West won more than Central and East together.",
    title: "Won deals", subtitle: "US dollars, 1 February to 20 November 2026")
  switch index % 4 {
  case 0:
    return BarChart(
      heading: heading, items: zip(regions, take(12)).map { .init($0, [value($1)]) },
      format: money)
  case 1:
    return BarChart(
      heading: heading, orientation: .columns,
      items: zip(months, take(12)).map { .init($0, [value($1)]) }, format: money)
  case 2:
    let series = regions.prefix(4).map { name in
      let walk = take(52)
      return LineChart.Series(name, numbers: walk, lastText: money(walk[51]))
    }
    return LineChart(
      heading: heading, labels: (1...52).map { "W\($0)" }, series: Array(series), format: money)
  default:
    return BarChart(
      heading: heading, orientation: .columns,
      series: [.init("FY27"), .init("FY26", .prior), .init("Plan", .plan)],
      items: regions.prefix(6).map { .init($0, take(3).map(value)) }, format: money)
  }
}

@Sendable func draw(_ index: Int) {
  do {
    let scene = chart(index).scene(width: 480, theme: .light, measurer: canvas)
    let png = try canvas.png(scene, scale: 2)
    try Data(png).write(to: URL(filePath: "\(arguments[2])/\(index).png"))
  } catch {
    print("charts: \(error)")
    exit(1)
  }
}

let arguments = CommandLine.arguments
guard arguments.count > 2, let count = Int(arguments[1]) else {
  print("usage: charts COUNT FOLDER [parallel]")
  exit(64)
}
let canvas = try CairoCanvas()
if arguments.last == "parallel" {
  DispatchQueue.concurrentPerform(iterations: count, execute: draw)
} else {
  for index in 0..<count { draw(index) }
}
