-- METRICS §3, `pipeline-movement`: what became of the open pipeline of day D0 until day D1, as of
-- the end of both. Grain: a territory of the active model, or a remainder that is not empty, and
-- each of the thirteen steps of the bridge, zero or not. No rows where the export has no
-- territories. Read so:
--   D0, D1     --from and --to, else the Sundays around the last week, Monday to Sunday, that was
--              over before D
--   window P   the table has none: every open deal counts, overdue ones too, as in open_amount. So
--              nothing is moved_in or pushed, and both steps stand there with zero
--   a day      the deal was what its last OpportunityHistory row up to then says of stage, amount
--              and close date; after its last row of all it is what the deal itself says, and
--              before its first what the first says. A deal without rows was open until its
--              CloseDate with today's amount
--   territory  today's, but for changes of Territory2Id in OpportunityFieldHistory; a deal whose
--              own territory is empty has the one that its account's make today, which the export
--              does not date
--   deleted    on the day that the row was last modified. A deal created and deleted in between is
--              not seen
--   amounts    at the deal's one rate, so that no movement comes from it; a null amount is 0. All
--              steps are positive: opening + created + moved_in + reopened + transferred_in +
--              increased = closing + decreased + won + lost + pushed + deleted + transferred_out
--   leavers    count with their opening, joiners with their closing amount; a deal created and
--              closed in between counts in both bars with what it was worth when closed
WITH span AS (
  SELECT coalesce(getvariable('from_day')::DATE, monday - 8) AS d0,
    coalesce(getvariable('to_day')::DATE, monday - 1) AS d1
  FROM (SELECT CAST(date_trunc('week', getvariable('d')) AS DATE) AS monday)
), known AS (
  SELECT r.*, NOT needs_rate(r.iso) AS plain FROM rated r
  WHERE NOT needs_rate(r.iso) OR r.rate > 0
), entry AS (
  SELECT k.id AS deal, h.StageName AS stage, coalesce(units(h.Amount), 0) AS amount,
    local_day(h.CreatedDate) AS day, h.CreatedDate AS moment, key(h.Id) AS id,
    row_number() OVER w AS nth, count(*) OVER (PARTITION BY k.id) AS n
  FROM source('OpportunityHistory') h JOIN known k ON k.id = key(h.OpportunityId)
  WHERE NOT is_true(h.IsDeleted)
  WINDOW w AS (PARTITION BY k.id ORDER BY h.CreatedDate, key(h.Id))
), closed_stage AS (
  SELECT name, won FROM stage WHERE closed
  UNION
  SELECT k.stage, bool_or(k.won) FROM known k
  WHERE k.closed AND k.stage NOT IN (SELECT name FROM stage) GROUP BY k.stage
),
-- Grain: one row per deal and end of the movement, D0 and D1: the number of its last row by then.
moment AS (
  SELECT k.*, edge.day, edge.which,
    (SELECT count(*) FROM entry e WHERE e.deal = k.id) AS rows,
    (SELECT count(*) FROM entry e WHERE e.deal = k.id AND e.day <= edge.day) AS seen
  FROM known k CROSS JOIN (
    SELECT d0 AS day, 0 AS which FROM span UNION ALL SELECT d1, 1 FROM span) edge
), own_territory AS (
  -- The territory before the first change after that day; without one, today's.
  SELECT m.id, m.which, CASE WHEN count(f.Id) > 0
      THEN arg_min_null(key(f.OldValue), (f.CreatedDate, key(f.Id))) FILTER (f.Id IS NOT NULL)
      ELSE any_value(m.territory) END AS own
  FROM moment m LEFT JOIN source('OpportunityFieldHistory') f ON key(f.OpportunityId) = m.id
    AND f.Field IN ('Territory2', 'Territory2Id') AND NOT is_true(f.IsDeleted)
    AND (f.OldValue IS NULL OR key(f.OldValue) IN (SELECT id FROM territory_row))
    AND local_day(f.CreatedDate) > m.day
  GROUP BY m.id, m.which
), state AS (
  SELECT m.id, m.which,
    coalesce(m.created <= m.day, m.created IS NULL) AS exists,
    m.deleted AND coalesce(m.modified <= m.day, true) AS gone,
    CASE WHEN m.rows = 0 THEN m.closed AND coalesce(m.close <= m.day, true)
      WHEN m.seen = m.rows THEN m.closed ELSE c.name IS NOT NULL END AS closed,
    CASE WHEN m.seen = m.rows THEN m.won ELSE coalesce(c.won, false) END AS won,
    CASE WHEN m.seen = m.rows THEN coalesce(m.amount, 0) ELSE e.amount END AS amount, m.rate,
    CASE WHEN t.id IS NOT NULL THEN t.id WHEN o.own IS NOT NULL THEN '(former territory)'
      WHEN getvariable('record_only') OR m.excluded THEN '(unassigned)'
      ELSE coalesce(d.territory, '(unassigned)') END AS territory
  FROM moment m
  JOIN own_territory o ON o.id = m.id AND o.which = m.which
  LEFT JOIN entry e ON e.deal = m.id AND e.nth = greatest(m.seen, 1)
  LEFT JOIN closed_stage c ON c.name = e.stage
  LEFT JOIN territory t ON t.id = o.own
  LEFT JOIN merged g ON g.id = m.account
  LEFT JOIN default_territory d ON d.account = coalesce(g.master, m.account)
), pair AS (
  SELECT a.id, a.exists AS was, a.exists AND NOT a.gone AND NOT a.closed AS open0,
    b.exists AND NOT b.gone AND NOT b.closed AS open1, a.gone AS gone0, b.gone AS gone1,
    b.exists AS present, b.closed AS closed1, b.won AS won1,
    a.territory AS territory0, b.territory AS territory1,
    CASE WHEN a.rate IS NULL THEN a.amount ELSE divided(a.amount * 10000000000, a.rate) END
      AS amount0,
    CASE WHEN b.rate IS NULL THEN b.amount ELSE divided(b.amount * 10000000000, b.rate) END
      AS amount1
  FROM state a JOIN state b ON b.id = a.id AND a.which = 0 AND b.which = 1
  WHERE NOT a.gone
), step AS (
  SELECT territory0 AS territory, 'opening' AS step, amount0 AS amount FROM pair WHERE open0
  UNION ALL
  SELECT territory1, 'created', amount1 FROM pair
  WHERE NOT was AND present AND NOT gone1 AND (open1 OR closed1)
  UNION ALL
  SELECT territory1, 'reopened', amount1 FROM pair WHERE was AND NOT open0 AND open1
  UNION ALL
  SELECT territory1, 'transferred_in', amount1 FROM pair
  WHERE open0 AND open1 AND territory0 <> territory1
  UNION ALL
  SELECT territory0, 'transferred_out', amount0 FROM pair
  WHERE open0 AND open1 AND territory0 <> territory1
  UNION ALL
  SELECT territory0, CASE WHEN amount1 > amount0 THEN 'increased' ELSE 'decreased' END,
    abs(amount1 - amount0) FROM pair
  WHERE open0 AND open1 AND territory0 = territory1 AND amount0 <> amount1
  UNION ALL
  SELECT territory0, CASE WHEN gone1 THEN 'deleted' WHEN won1 THEN 'won' ELSE 'lost' END, amount0
  FROM pair WHERE open0 AND NOT open1
  UNION ALL
  SELECT territory1, CASE WHEN won1 THEN 'won' ELSE 'lost' END, amount1
  FROM pair WHERE NOT was AND present AND NOT gone1 AND closed1
  UNION ALL
  SELECT territory1, 'closing', amount1 FROM pair WHERE open1
), line AS (
  SELECT id AS territory FROM territory
  UNION ALL
  SELECT DISTINCT territory FROM step WHERE territory LIKE '(%' AND EXISTS (FROM territory)
), name AS (
  SELECT unnest(names) AS step, unnest(range(len(names))) AS place FROM (SELECT ['opening',
    'created', 'moved_in', 'reopened', 'transferred_in', 'increased', 'decreased', 'won', 'lost',
    'pushed', 'deleted', 'transferred_out', 'closing'] AS names)
), total AS (
  SELECT line.territory, name.step, name.place, count(step.step) AS deals,
    coalesce(sum(step.amount), 0)::HUGEINT AS amount
  FROM line CROSS JOIN name
  LEFT JOIN step ON step.territory = line.territory AND step.step = name.step
  GROUP BY ALL
)
SELECT coalesce(printed_id(t.id), total.territory) AS territory_id, step, deals,
  money(amount) AS amount
FROM total LEFT JOIN territory t ON t.id = total.territory
ORDER BY territory_id, place
