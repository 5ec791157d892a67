-- What both preludes need: exact numbers as text, and the fiscal calendar of D. Every table divides
-- and prints with these alone, in whole numbers of 128 bits.
--
-- Variables: as_of, fiscal_start (see prelude.sql); places, the decimal places of an amount, is set by
-- the prelude that follows.

-- Whether the export has a file of that object, though it may hold no rows.
CREATE MACRO exported(object) AS list_contains(getvariable('exported'), object);

-- Exact numbers ----------------------------------------------------------------------------------

-- n ÷ d as an integer, rounded half away from zero; d > 0.
CREATE MACRO divided(n, d) AS
  sign(n)::HUGEINT * ((2 * abs(n::HUGEINT) + d::HUGEINT) // (2 * d::HUGEINT));

-- q as a decimal number with `places` places, q being in units of the last place.
CREATE MACRO fixed(q, places) AS
  CASE WHEN q < 0 THEN '-' ELSE '' END || (abs(q) // (10 ** places)::HUGEINT)::VARCHAR
  || CASE WHEN places = 0 THEN '' ELSE
    '.' || lpad((abs(q) % (10 ** places)::HUGEINT)::VARCHAR, places::INTEGER, '0') END;

-- A ratio with six decimals; undefined where the denominator is zero or unknown.
CREATE MACRO ratio(n, d) AS
  CASE WHEN d <> 0 THEN fixed(divided(n::HUGEINT * 1000000 * sign(d)::HUGEINT, abs(d)), 6) END;

-- ⌊n × the product of the factors ÷ d⌋ by long division, for numerators that would overflow; n ≥ 0,
-- d > 0, and d × each factor < 2^127.
CREATE MACRO long_quotient(n, d, factors) AS list_reduce(
  list_transform(factors, lambda f: {'f': f::HUGEINT, 'q': 0::HUGEINT, 'r': 0::HUGEINT}),
  lambda s, x: {'f': x.f, 'q': s.q * x.f + (s.r * x.f) // d, 'r': (s.r * x.f) % d},
  {'f': 1::HUGEINT, 'q': n::HUGEINT // d::HUGEINT, 'r': n::HUGEINT % d::HUGEINT}).q;

-- A ratio of two squares, with six decimals; n ≥ 0, undefined where d is zero.
CREATE MACRO long_ratio(n, d) AS
  CASE WHEN d > 0 THEN fixed((long_quotient(n, d, [10, 10, 10, 10, 10, 10, 2]) + 1) // 2, 6) END;

-- ⌊√n⌋: the double is near, the comparisons settle it; n < 2^100.
CREATE MACRO whole_root(n) AS list_transform([sqrt(n::DOUBLE)::HUGEINT],
  lambda r: r - CASE WHEN r * r > n THEN 1 ELSE 0 END + CASE WHEN (r + 1) * (r + 1) <= n
    THEN 1 ELSE 0 END)[1];

-- √n ÷ d with six decimals, rounded half away from zero; n ≥ 0, undefined where d is zero. With
-- q = ⌊4 × 10^12 × n ÷ d²⌋ the number is ⌊(⌊√q⌋ + 1) ÷ 2⌋ millionths: r is it or less where
-- (2r − 1)² ≤ 4 × 10^12 × n ÷ d², and the left side is whole.
CREATE MACRO root_ratio(n, d) AS
  CASE WHEN d <> 0 THEN fixed(sign(d)::HUGEINT * ((whole_root(long_quotient(
    n, d * d, [10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 4])) + 1) // 2), 6) END;

-- x as a share of p, from 0 to 1, in millionths; 0 where nothing is above zero, null where x is unknown.
CREATE MACRO share_of(x, p) AS
  CASE WHEN x IS NULL THEN NULL WHEN p IS NULL OR x <= 0 THEN 0::HUGEINT
    ELSE divided(least(x, p)::HUGEINT * 1000000, p) END;

-- Amounts print once rounded, to the places of the corporate currency.
CREATE MACRO money_of(n, d) AS fixed(
  divided(n, d::HUGEINT * (10 ** (4 - getvariable('places')))::HUGEINT), getvariable('places'));
CREATE MACRO money(n) AS money_of(n, 1);
-- Σ amount × probability is in 1/10,000 of a unit × 1/10,000 of a percent.
CREATE MACRO weighted_money(n) AS money_of(n, 1000000);

-- The fiscal calendar ----------------------------------------------------------------------------

SET VARIABLE d = CAST(getvariable('as_of') AS DATE);
SET VARIABLE year_start = (SELECT make_date(
  year(getvariable('d'))
    - CASE WHEN month(getvariable('d')) < getvariable('fiscal_start') THEN 1 ELSE 0 END,
  getvariable('fiscal_start'), 1));
SET VARIABLE year_end = CAST(getvariable('year_start') + INTERVAL 1 YEAR AS DATE);
SET VARIABLE quarter_start = CAST(getvariable('year_start') + INTERVAL 3 MONTH
  * (date_diff('month', getvariable('year_start'), getvariable('d')) // 3) AS DATE);
SET VARIABLE quarter_end = CAST(getvariable('quarter_start') + INTERVAL 3 MONTH AS DATE);
-- Trailing four quarters: the last four that are complete before D.
SET VARIABLE window_start = CAST(getvariable('quarter_start') - INTERVAL 12 MONTH AS DATE);
SET VARIABLE window_end = getvariable('quarter_start');

CREATE MACRO in_year(day) AS
  day >= getvariable('year_start') AND day < getvariable('year_end');
CREATE MACRO in_quarter(day) AS
  day >= getvariable('quarter_start') AND day < getvariable('quarter_end');
CREATE MACRO in_window(day) AS
  day >= getvariable('window_start') AND day < getvariable('window_end');
