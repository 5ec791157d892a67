extension StandardTable {
  /// Names of the columns, in their order: the contract of METRICS §3, and what follows it.
  public var columnNames: [String] {
    switch self {
    case .territories:
      [
        "territory_id", "territory", "parent_id", "level", "users", "accounts", "won_amount",
        "won_count", "weighted_pipeline", "open_amount", "open_count", "subtree_won_amount",
        "subtree_won_count", "subtree_weighted_pipeline", "subtree_open_amount",
        "subtree_open_count", "quota", "attainment", "coverage", "territory_key",
      ]
    case .winRates:
      [
        "dimension", "member_id", "member", "won_count", "lost_count", "won_amount",
        "lost_amount", "win_rate_count", "win_rate_amount",
      ]
    case .families:
      [
        "root_id", "root", "accounts", "annual_revenue", "annual_revenue_consolidated",
        "won_amount", "open_amount", "products", "territories", "owners",
      ]
    case .unassignedAccounts:
      [
        "account_id", "account", "owner_id", "owner", "open_amount", "open_count",
      ]
    case .recurringRevenue:
      [
        "month", "opening", "new", "expansion", "contraction", "churned", "reactivation",
        "closing", "customers_opening", "customers_new", "customers_expanding",
        "customers_contracting", "customers_churned", "customers_reactivated",
        "customers_closing", "logo_churn", "grr", "nrr",
      ]
    case .salesCycles:
      [
        "territory_id", "territory", "won_count", "median_days", "p90_days", "mean_days",
      ]
    case .conflicts:
      [
        "kind", "opportunity_id", "account_id", "owner_id", "territory_id", "amount", "lead_id",
      ]
    case .splitFamilies: ["root_id", "root", "accounts", "territories", "owners", "open_amount"]
    case .neglectedAccounts:
      [
        "owner_id", "owner", "accounts", "neglected", "neglected_with_open",
        "neglected_open_amount",
      ]
    case .balance:
      [
        "measure", "territories", "total", "mean", "cv", "gini", "max_min_ratio",
        "within_15_percent",
      ]
    case .penetration:
      [
        "root_id", "root", "accounts", "products", "pairs", "buying_accounts", "penetration",
        "whitespace",
      ]
    case .owners:
      [
        "owner_id", "owner", "manager_id", "accounts", "accounts_sold_to", "won_amount",
        "won_count", "open_amount", "weighted_pipeline", "win_rate_count", "win_rate_amount",
        "median_days", "median_deal", "products_sold", "quota", "attainment",
      ]
    case .pipelineMovement: ["territory_id", "step", "deals", "amount"]
    case .concentration:
      [
        "level", "n", "top_20_percent_share", "n_to_70_percent", "n_to_80_percent", "hhi",
      ]
    case .accountValues:
      [
        "account_id", "account", "root_id", "own_value", "family_value", "score", "confidence",
      ]
    case .repFit:
      [
        "owner_id", "band", "segment", "won_count", "closed_count", "win_rate_count",
        "median_deal",
      ]
    case .leads:
      [
        "lead_id", "company", "matched_account_id", "match_reason", "territory_id", "owner_id",
        "routed_owner_id", "age_days", "confidence",
      ]
    }
  }
}
