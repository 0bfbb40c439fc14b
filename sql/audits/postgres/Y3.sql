-- Y3 (warning, active): 上一年项目数量 = 上年报告的上一年项目数量 + 本年增/减
-- items last year = last year's items + last year's change
-- 2019: 条例第二十条第(五)、(六)、(八)项
-- A row for every failing instance. Generated from the forms by `govinfo suites`.
SELECT
  report_id,
  instance,
  residual
FROM (
  SELECT
    now.report_id,
    'Y3@administrative_licensing' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(now.administrative_licensing__prev_year_items, 0) - COALESCE(last.administrative_licensing__prev_year_items, 0) - COALESCE(last.administrative_licensing__items_change, 0) AS residual,
    CASE
      WHEN now.administrative_licensing__prev_year_items IS NULL
      OR last.administrative_licensing__items_change IS NULL
      THEN 1
      ELSE 0
    END AS up,
    CASE
      WHEN last.administrative_licensing__prev_year_items IS NULL
      OR last.administrative_licensing__items_change IS NULL
      THEN 1
      ELSE 0
    END AS down,
    1 AS equation
  FROM govinfo.proactive_disclosure AS now
  LEFT JOIN govinfo.proactive_disclosure AS last
    ON last.report_id = SUBSTRING(now.report_id FROM 1 FOR LENGTH(now.report_id) - 4) || CAST(now.year - 1 AS VARCHAR(11))
  WHERE
    now.form = '2019'
    AND COALESCE(
      REPLACE(REPLACE(REPLACE(SUBSTRING(now.cell_state FROM 13 FOR 6), 'a', ''), 'b', ''), 'd', ''),
      ''
    ) <> ''
    AND COALESCE(
      REPLACE(
        REPLACE(REPLACE(SUBSTRING(last.cell_state FROM 13 FOR 6), 'a', ''), 'b', ''),
        'd',
        ''
      ),
      ''
    ) <> ''
  UNION ALL
  SELECT
    now.report_id,
    'Y3@other_external_services' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(now.other_external_services__prev_year_items, 0) - COALESCE(last.other_external_services__prev_year_items, 0) - COALESCE(last.other_external_services__items_change, 0) AS residual,
    CASE
      WHEN now.other_external_services__prev_year_items IS NULL
      OR last.other_external_services__items_change IS NULL
      THEN 1
      ELSE 0
    END AS up,
    CASE
      WHEN last.other_external_services__prev_year_items IS NULL
      OR last.other_external_services__items_change IS NULL
      THEN 1
      ELSE 0
    END AS down,
    1 AS equation
  FROM govinfo.proactive_disclosure AS now
  LEFT JOIN govinfo.proactive_disclosure AS last
    ON last.report_id = SUBSTRING(now.report_id FROM 1 FOR LENGTH(now.report_id) - 4) || CAST(now.year - 1 AS VARCHAR(11))
  WHERE
    now.form = '2019'
    AND COALESCE(
      REPLACE(REPLACE(REPLACE(SUBSTRING(now.cell_state FROM 13 FOR 6), 'a', ''), 'b', ''), 'd', ''),
      ''
    ) <> ''
    AND COALESCE(
      REPLACE(
        REPLACE(REPLACE(SUBSTRING(last.cell_state FROM 13 FOR 6), 'a', ''), 'b', ''),
        'd',
        ''
      ),
      ''
    ) <> ''
  UNION ALL
  SELECT
    now.report_id,
    'Y3@administrative_penalty' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(now.administrative_penalty__prev_year_items, 0) - COALESCE(last.administrative_penalty__prev_year_items, 0) - COALESCE(last.administrative_penalty__items_change, 0) AS residual,
    CASE
      WHEN now.administrative_penalty__prev_year_items IS NULL
      OR last.administrative_penalty__items_change IS NULL
      THEN 1
      ELSE 0
    END AS up,
    CASE
      WHEN last.administrative_penalty__prev_year_items IS NULL
      OR last.administrative_penalty__items_change IS NULL
      THEN 1
      ELSE 0
    END AS down,
    1 AS equation
  FROM govinfo.proactive_disclosure AS now
  LEFT JOIN govinfo.proactive_disclosure AS last
    ON last.report_id = SUBSTRING(now.report_id FROM 1 FOR LENGTH(now.report_id) - 4) || CAST(now.year - 1 AS VARCHAR(11))
  WHERE
    now.form = '2019'
    AND COALESCE(
      REPLACE(REPLACE(REPLACE(SUBSTRING(now.cell_state FROM 19 FOR 6), 'a', ''), 'b', ''), 'd', ''),
      ''
    ) <> ''
    AND COALESCE(
      REPLACE(
        REPLACE(REPLACE(SUBSTRING(last.cell_state FROM 19 FOR 6), 'a', ''), 'b', ''),
        'd',
        ''
      ),
      ''
    ) <> ''
  UNION ALL
  SELECT
    now.report_id,
    'Y3@administrative_compulsion' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(now.administrative_compulsion__prev_year_items, 0) - COALESCE(last.administrative_compulsion__prev_year_items, 0) - COALESCE(last.administrative_compulsion__items_change, 0) AS residual,
    CASE
      WHEN now.administrative_compulsion__prev_year_items IS NULL
      OR last.administrative_compulsion__items_change IS NULL
      THEN 1
      ELSE 0
    END AS up,
    CASE
      WHEN last.administrative_compulsion__prev_year_items IS NULL
      OR last.administrative_compulsion__items_change IS NULL
      THEN 1
      ELSE 0
    END AS down,
    1 AS equation
  FROM govinfo.proactive_disclosure AS now
  LEFT JOIN govinfo.proactive_disclosure AS last
    ON last.report_id = SUBSTRING(now.report_id FROM 1 FOR LENGTH(now.report_id) - 4) || CAST(now.year - 1 AS VARCHAR(11))
  WHERE
    now.form = '2019'
    AND COALESCE(
      REPLACE(REPLACE(REPLACE(SUBSTRING(now.cell_state FROM 19 FOR 6), 'a', ''), 'b', ''), 'd', ''),
      ''
    ) <> ''
    AND COALESCE(
      REPLACE(
        REPLACE(REPLACE(SUBSTRING(last.cell_state FROM 19 FOR 6), 'a', ''), 'b', ''),
        'd',
        ''
      ),
      ''
    ) <> ''
  UNION ALL
  SELECT
    now.report_id,
    'Y3@administrative_fees' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(now.administrative_fees__prev_year_items, 0) - COALESCE(last.administrative_fees__prev_year_items, 0) - COALESCE(last.administrative_fees__items_change, 0) AS residual,
    CASE
      WHEN now.administrative_fees__prev_year_items IS NULL
      OR last.administrative_fees__items_change IS NULL
      THEN 1
      ELSE 0
    END AS up,
    CASE
      WHEN last.administrative_fees__prev_year_items IS NULL
      OR last.administrative_fees__items_change IS NULL
      THEN 1
      ELSE 0
    END AS down,
    1 AS equation
  FROM govinfo.proactive_disclosure AS now
  LEFT JOIN govinfo.proactive_disclosure AS last
    ON last.report_id = SUBSTRING(now.report_id FROM 1 FOR LENGTH(now.report_id) - 4) || CAST(now.year - 1 AS VARCHAR(11))
  WHERE
    now.form = '2019'
    AND COALESCE(
      REPLACE(REPLACE(REPLACE(SUBSTRING(now.cell_state FROM 26 FOR 2), 'a', ''), 'b', ''), 'd', ''),
      ''
    ) <> ''
    AND COALESCE(
      REPLACE(
        REPLACE(REPLACE(SUBSTRING(last.cell_state FROM 26 FOR 2), 'a', ''), 'b', ''),
        'd',
        ''
      ),
      ''
    ) <> ''
) AS judged
WHERE
  (
    residual < 0 AND up = 0
  ) OR (
    residual > 0 AND down = 0 AND equation = 1
  )
