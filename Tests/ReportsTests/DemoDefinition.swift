extension Demo {
  /// A report with every kind of section but the newest, whose figures tests know by heart.
  static let definitionText = #"""
    # The weekly report of a territory: read in three minutes, the first screen tells it all.
    # Metrics are those of reports/metrics.yaml; docs/reports.md explains every key.
    report: weekly-territory
    title: Weekly territory report
    editions: [territory, company]
    sections:
      - kind: headline
        figures:
          won: {metric: won_amount, period: fiscal_quarter_to_date, compare: fiscal_quarter_to_date_last_year}
          attained: {metric: attainment, period: fiscal_quarter}
          quota: {metric: quota, period: fiscal_quarter}
          open: {metric: known_open_amount}
          deals: {metric: open_count}
        parts:
          - "{edition} has won {won} in {quarter} to date"
          - ", {won.change} on the same days a year earlier"
          - "; that is {attained} of its quota of {quota}"
          - ". Open: {open} in {deals} {deals|deal|deals}."

      - kind: key_figures
        id: key-figures
        title: Where we stand
        figures:
          - {metric: won_amount, label: Won this quarter, period: fiscal_quarter_to_date, compare: fiscal_quarter_to_date_last_year, note: "{won_count} {won_count|deal|deals}"}
          - {metric: won_amount, label: Won this year, period: fiscal_year_to_date, compare: previous_fiscal_year_to_date, note: "{won_count} {won_count|deal|deals}"}
          - {metric: attainment, label: Quota attainment this year, period: fiscal_year, note: "of a quota of {quota}", unknown: this export holds no quota for it}
          - {metric: known_open_amount, label: Open pipeline, better: neither, note: "{open_count} {open_count|deal|deals}, overdue ones included", unknown: none of the open deals has a value}
          - {metric: known_weighted_pipeline, label: Weighted pipeline, better: neither, note: "by the probability of each deal", unknown: no open deal has a value and a probability}
          - {metric: win_rate_count, label: Win rate, period: trailing_four_quarters, cases: closed_count, note: "of {closed_count} {closed_count|deal|deals} closed in the last four completed quarters", unknown: no deal was closed in the last four completed quarters}
          - {metric: coverage, label: Coverage of this quarter, period: fiscal_quarter, as: multiple, note: "open due this quarter ÷ quota still to win", unknown: it needs a quota that is not yet met}

      - kind: chart
        chart: bullet
        title: Won against quota
        subtitle: "This fiscal year, by territory or owner"
        metric: won_amount
        target: quota
        owner_target: owner_quota
        by: parts
        period: fiscal_year
        limit: 10
        empty: Nothing was won in {year}.

      - kind: chart
        chart: line
        title: Won by month
        subtitle: Last 12 completed months and the 12 before
        metric: won_amount
        months: 12
        empty: Nothing was won in the last 24 completed months.

      - kind: chart
        chart: bar
        title: Open pipeline by stage
        subtitle: As of {as_of}, overdue deals included
        metric: known_open_amount
        by: stage
        order: known_open_amount descending
        limit: 8
        empty: No open deal has a value.

      - kind: table
        title: Biggest open deals due this quarter
        list: opportunities
        where: IsOpen
        until: {field: CloseDate, period: fiscal_quarter}
        columns: {Deal: Name, Account: Account.Name, Owner: owner, Stage: StageName, Close date: CloseDate, Value: Value}
        order: Value descending
        order_words: the largest first
        limit: 10
        overdue: CloseDate
        empty: No open deal is due in {quarter} or overdue.

      - kind: table
        title: Won and lost this week
        list: opportunities
        where: IsClosed and CloseDate > today - 7 days and CloseDate <= today
        columns: {Deal: Name, Account: Account.Name, Owner: owner, Outcome: StageName, Close date: CloseDate, Value: Value}
        order: Value descending
        order_words: the largest first
        limit: 15
        empty: No deal was closed in the seven days up to {as_of}.

      - kind: table
        title: Accounts in no territory
        table: unassigned-accounts
        limit: 15
        order_words: the largest open amount first
        note: In a territory’s edition these are accounts whose owner works in the territory.
        empty: No account owned in {edition} is without a territory.

      - kind: tree
        title: The largest family
        family: largest_won
        boxes: 24
        empty: "{edition} holds no family of two accounts or more with a won deal."

      - kind: table
        title: Team
        metrics: [accounts, won_amount, won_count, closed_count, win_rate_count, known_open_amount, open_count]
        by: owner
        period: fiscal_year_to_date
        order: won_amount descending
        order_words: the most won first
        limit: 40
        total: true
        note: Won and the win rate are of {year} to date; accounts and open deals are as of {as_of}. Deals are credited to their current owner.
        empty: Nobody owns an account or a deal of {edition}.
    """#
}
