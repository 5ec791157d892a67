import Graphics
import Metrics
import Records

extension SectionBuilder {
  /// A chart, or why there is none.
  func chart(
    _ step: ChartStep, _ section: ReportDefinition.Section, _ state: SectionState,
    isPart: Bool = false
  ) -> (chart: ReportDocument.Chart?, why: ReportDocument.Prose?) {
    let chart = step.chart
    switch step.content {
    case .refused(let why):
      return (nil, "This chart is not drawn: \(words: why).")
    case .question(var question, let first):
      let all = Array(answers.queries[first..<first + question.queries.count])
      question.wording.subtitle = chart.subtitle?.filled(common)?.plain
      question.wording.withoutTarget = withoutTarget(chart, question, state)
      return drawn(question, all, section, chart, isPart: isPart)
    case .detail(let index):
      return bridge(.pipelineMovement, answers.details[index], chart, section, isPart: isPart)
    case .table(let table, let index):
      let answer = answers.tables[index]
      guard case .rows(_, let values, let by) = chart.source else {
        return bridge(table, answer, chart, section, isPart: isPart)
      }
      do {
        let rows = try TableRows(answer, of: table, values: values, by: by)
        var wording = ChartWording(
          title: section.title, subtitle: chart.subtitle?.filled(common)?.plain)
        if chart.among == .leaves { wording.rows = .only(context.balanced) }
        let question = try ChartQuestion(
          chart.kind, rows: rows.shape, limit: chart.limit, context: context, wording: wording,
          at: section.at)
        return drawn(question, [rows.answer], section, chart, isPart: isPart)
      } catch {
        return (nil, refusal(error))
      }
    }
  }

  private func drawn(
    _ question: ChartQuestion, _ answers: [MetricTable], _ section: ReportDefinition.Section,
    _ chart: ReportDefinition.Chart, isPart: Bool
  ) -> (chart: ReportDocument.Chart?, why: ReportDocument.Prose?) {
    let arranged = question.arranged(answers)
    guard !arranged.isEmpty else { return (nil, why(chart.empty, answers.first)) }
    if question.earlier != nil, arranged.earlier == nil,
      [.slope, .waterfall].contains(chart.kind)
    {
      let words = question.earlier.map { PeriodWords(context).against($0) } ?? ""
      return (nil, "Nothing is known of \(words: words) to compare with.")
    }
    do {
      let drawn = try question.drawn(arranged)
      let heading = drawn.headed.heading
      return (
        ReportDocument.Chart(
          id: section.id + "-chart", title: words(heading, isPart: isPart),
          takeaway: drawn.takeaway ?? "",
          picture: drawing.picture(
            of: drawn.headed, without: drawn.bare, width: Drawing.width(of: drawn.kind)),
          data: ChartData(drawn, context: context, limit: chart.limit).table(
            id: section.id + "-data", title: section.title)), nil
      )
    } catch {
      return (nil, refusal(error))
    }
  }

  private func refusal(_ error: FindingsError) -> ReportDocument.Prose {
    let reasons = error.findings.map(\.what).joined(separator: " ")
    return "This chart is not drawn: \(words: reasons)."
  }

  /// What is said where no target is known, with the reason where that is what the export lacks.
  private func withoutTarget(
    _ chart: ReportDefinition.Chart, _ question: ChartQuestion, _ state: SectionState
  ) -> String? {
    guard let target = question.query.metrics.last, question.query.metrics.count == 2,
      target == chart.target || target == chart.ownerTarget
    else { return nil }
    let missing = state.missing(target)
    return missing.isEmpty
      ? "no target is known"
      : "no target, because \(context.readiness?.words.because(missing) ?? "it is not known")"
  }

  /// What stands below the title of a section, which is not repeated; a part has its title here.
  private func words(_ heading: ChartHeading, isPart: Bool) -> String {
    let subtitle = heading.subtitle ?? ""
    guard isPart, !heading.title.isEmpty else {
      return subtitle.isEmpty ? heading.title : subtitle
    }
    return subtitle.isEmpty ? heading.title : "\(heading.title): \(subtitle)"
  }

  /// From an opening to a closing.
  private func bridge(
    _ table: StandardTable, _ answer: MetricTable, _ chart: ReportDefinition.Chart,
    _ section: ReportDefinition.Section, isPart: Bool
  ) -> (chart: ReportDocument.Chart?, why: ReportDocument.Prose?) {
    let bridge = TableBridge(
      answer, table, months: chart.months ?? 12, annualised: chart.annualised, in: context)
    guard let bridge, !bridge.isEmpty else { return (nil, why(chart.empty, answer)) }
    let facts = TakeawayFacts(
      [], noun: Noun("step", "steps"), unit: .money, adds: false, isLevel: false)
    let what = table == .pipelineMovement ? "The open pipeline" : chart.annualised ? "ARR" : "MRR"
    let takeaway = TakeawayWords(facts, format).sentence(bridge, of: what)
    let subtitle =
      [chart.subtitle?.filled(common)?.plain, bridge.days, format.currency]
      .compactMap { $0 }.joined(separator: "; ")
    let heading = ChartHeading(
      takeaway: takeaway.plain, title: section.title, subtitle: subtitle)
    guard let headed = bridge.chart(heading, format),
      let bare = bridge.chart(ChartHeading(title: ""), format)
    else { return (nil, "This chart is not drawn: its steps do not come to its closing.") }
    return (
      ReportDocument.Chart(
        id: section.id + "-chart", title: words(heading, isPart: isPart), takeaway: takeaway,
        picture: drawing.picture(
          of: headed, without: bare, width: isPart ? Drawing.wide : Drawing.width),
        data: data(bridge, section, answer.notes)), nil
    )
  }

  private func data(
    _ bridge: TableBridge, _ section: ReportDefinition.Section, _ notes: [String]
  ) -> ReportDocument.Table {
    func row(_ label: String, _ count: Int128?, _ value: Ratio) -> ReportDocument.Row {
      ReportDocument.Row([
        ReportDocument.Cell(format.text(label)), ReportDocument.Cell(format.count(count)),
        ReportDocument.Cell(format.money(value)),
      ])
    }
    return ReportDocument.Table(
      id: section.id + "-data", title: section.title,
      columns: [
        ReportDocument.Column(key: "step", title: "Step", isRowHeader: true),
        ReportDocument.Column(
          key: bridge.counted.lowercased(), title: bridge.counted, alignment: .end),
        ReportDocument.Column(key: "amount", title: "Amount", alignment: .end),
      ],
      rows: [row(bridge.opening.label, bridge.opening.count, bridge.opening.value)]
        + bridge.moves.map { row($0.label, $0.count, $0.value) }
        + [row(bridge.closing.label, bridge.closing.count, bridge.closing.value)], whyEmpty: "",
      note: notes.isEmpty ? nil : ReportDocument.Prose(notes.joined(separator: " ")))
  }
}
