-- P4 (warning, active): 上一年项目数量 + 本年增/减 不为负
-- items last year + change is not negative
-- 2019: 条例第二十条第(五)、(六)、(八)项
-- A row for every failing instance. Generated from the forms by `govinfo suites`.
SELECT
  report_id,
  instance,
  residual
FROM (
  SELECT
    report_id,
    'P4@administrative_licensing' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(administrative_licensing__prev_year_items, 0) + COALESCE(administrative_licensing__items_change, 0) AS residual,
    CASE
      WHEN administrative_licensing__prev_year_items IS NULL
      OR administrative_licensing__items_change IS NULL
      THEN 1
      ELSE 0
    END AS up,
    CASE WHEN administrative_licensing__items_change IS NULL THEN 1 ELSE 0 END AS down,
    0 AS equation
  FROM govinfo.proactive_disclosure
  WHERE
    form = '2019'
    AND COALESCE(
      REPLACE(REPLACE(REPLACE(SUBSTRING(cell_state, 13, 6), 'a', ''), 'b', ''), 'd', ''),
      ''
    ) <> ''
  UNION ALL
  SELECT
    report_id,
    'P4@other_external_services' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(other_external_services__prev_year_items, 0) + COALESCE(other_external_services__items_change, 0) AS residual,
    CASE
      WHEN other_external_services__prev_year_items IS NULL
      OR other_external_services__items_change IS NULL
      THEN 1
      ELSE 0
    END AS up,
    CASE WHEN other_external_services__items_change IS NULL THEN 1 ELSE 0 END AS down,
    0 AS equation
  FROM govinfo.proactive_disclosure
  WHERE
    form = '2019'
    AND COALESCE(
      REPLACE(REPLACE(REPLACE(SUBSTRING(cell_state, 13, 6), 'a', ''), 'b', ''), 'd', ''),
      ''
    ) <> ''
  UNION ALL
  SELECT
    report_id,
    'P4@administrative_penalty' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(administrative_penalty__prev_year_items, 0) + COALESCE(administrative_penalty__items_change, 0) AS residual,
    CASE
      WHEN administrative_penalty__prev_year_items IS NULL
      OR administrative_penalty__items_change IS NULL
      THEN 1
      ELSE 0
    END AS up,
    CASE WHEN administrative_penalty__items_change IS NULL THEN 1 ELSE 0 END AS down,
    0 AS equation
  FROM govinfo.proactive_disclosure
  WHERE
    form = '2019'
    AND COALESCE(
      REPLACE(REPLACE(REPLACE(SUBSTRING(cell_state, 19, 6), 'a', ''), 'b', ''), 'd', ''),
      ''
    ) <> ''
  UNION ALL
  SELECT
    report_id,
    'P4@administrative_compulsion' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(administrative_compulsion__prev_year_items, 0) + COALESCE(administrative_compulsion__items_change, 0) AS residual,
    CASE
      WHEN administrative_compulsion__prev_year_items IS NULL
      OR administrative_compulsion__items_change IS NULL
      THEN 1
      ELSE 0
    END AS up,
    CASE WHEN administrative_compulsion__items_change IS NULL THEN 1 ELSE 0 END AS down,
    0 AS equation
  FROM govinfo.proactive_disclosure
  WHERE
    form = '2019'
    AND COALESCE(
      REPLACE(REPLACE(REPLACE(SUBSTRING(cell_state, 19, 6), 'a', ''), 'b', ''), 'd', ''),
      ''
    ) <> ''
  UNION ALL
  SELECT
    report_id,
    'P4@administrative_fees' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(administrative_fees__prev_year_items, 0) + COALESCE(administrative_fees__items_change, 0) AS residual,
    CASE
      WHEN administrative_fees__prev_year_items IS NULL
      OR administrative_fees__items_change IS NULL
      THEN 1
      ELSE 0
    END AS up,
    CASE WHEN administrative_fees__items_change IS NULL THEN 1 ELSE 0 END AS down,
    0 AS equation
  FROM govinfo.proactive_disclosure
  WHERE
    form = '2019'
    AND COALESCE(
      REPLACE(REPLACE(REPLACE(SUBSTRING(cell_state, 26, 2), 'a', ''), 'b', ''), 'd', ''),
      ''
    ) <> ''
) AS judged
WHERE
  (
    residual < 0 AND up = 0
  ) OR (
    residual > 0 AND down = 0 AND equation = 1
  )
