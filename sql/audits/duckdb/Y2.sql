-- Y2 (warning, active): 现行有效 = 上年现行有效 + 本年制发 - 本年废止
-- in force = last year's in force + issued - repealed
-- 2021: 条例第二十条第(一)项
-- A row for every failing instance. Generated from the forms by `govinfo suites`.
SELECT
  report_id,
  instance,
  residual
FROM (
  SELECT
    now.report_id,
    'Y2@regulations' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(now.regulations__in_force, 0) - COALESCE(last.regulations__in_force, 0) - COALESCE(now.regulations__issued_this_year, 0) + COALESCE(now.regulations__repealed_this_year, 0) AS residual,
    CASE
      WHEN now.regulations__in_force IS NULL OR now.regulations__repealed_this_year IS NULL
      THEN 1
      ELSE 0
    END AS up,
    CASE
      WHEN last.regulations__in_force IS NULL OR now.regulations__issued_this_year IS NULL
      THEN 1
      ELSE 0
    END AS down,
    1 AS equation
  FROM govinfo.proactive_disclosure AS now
  LEFT JOIN govinfo.proactive_disclosure AS last
    ON last.report_id = SUBSTRING(now.report_id, 1, LENGTH(now.report_id) - 4) || CAST(now.year - 1 AS TEXT(11))
  WHERE
    now.form = '2021'
    AND COALESCE(
      REPLACE(
        REPLACE(
          REPLACE(SUBSTRING(now.cell_state, 1, 3) || SUBSTRING(now.cell_state, 7, 3), 'a', ''),
          'b',
          ''
        ),
        'd',
        ''
      ),
      ''
    ) <> ''
    AND COALESCE(
      REPLACE(
        REPLACE(
          REPLACE(SUBSTRING(last.cell_state, 1, 3) || SUBSTRING(last.cell_state, 7, 3), 'a', ''),
          'b',
          ''
        ),
        'd',
        ''
      ),
      ''
    ) <> ''
  UNION ALL
  SELECT
    now.report_id,
    'Y2@normative_documents' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(now.normative_documents__in_force, 0) - COALESCE(last.normative_documents__in_force, 0) - COALESCE(now.normative_documents__issued_this_year, 0) + COALESCE(now.normative_documents__repealed_this_year, 0) AS residual,
    CASE
      WHEN now.normative_documents__in_force IS NULL
      OR now.normative_documents__repealed_this_year IS NULL
      THEN 1
      ELSE 0
    END AS up,
    CASE
      WHEN last.normative_documents__in_force IS NULL
      OR now.normative_documents__issued_this_year IS NULL
      THEN 1
      ELSE 0
    END AS down,
    1 AS equation
  FROM govinfo.proactive_disclosure AS now
  LEFT JOIN govinfo.proactive_disclosure AS last
    ON last.report_id = SUBSTRING(now.report_id, 1, LENGTH(now.report_id) - 4) || CAST(now.year - 1 AS TEXT(11))
  WHERE
    now.form = '2021'
    AND COALESCE(
      REPLACE(
        REPLACE(
          REPLACE(SUBSTRING(now.cell_state, 1, 3) || SUBSTRING(now.cell_state, 7, 3), 'a', ''),
          'b',
          ''
        ),
        'd',
        ''
      ),
      ''
    ) <> ''
    AND COALESCE(
      REPLACE(
        REPLACE(
          REPLACE(SUBSTRING(last.cell_state, 1, 3) || SUBSTRING(last.cell_state, 7, 3), 'a', ''),
          'b',
          ''
        ),
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
