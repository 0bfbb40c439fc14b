-- P1 (warning, active): 现行有效 + 本年废止 不少于 本年制发
-- in force + repealed is at least issued
-- 2021: 条例第二十条第(一)项
-- A row for every failing instance. Generated from the forms by `govinfo suites`.
SELECT
  report_id,
  instance,
  residual
FROM (
  SELECT
    report_id,
    'P1@regulations' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(regulations__in_force, 0) + COALESCE(regulations__repealed_this_year, 0) - COALESCE(regulations__issued_this_year, 0) AS residual,
    CASE
      WHEN regulations__in_force IS NULL OR regulations__repealed_this_year IS NULL
      THEN 1
      ELSE 0
    END AS up,
    CASE WHEN regulations__issued_this_year IS NULL THEN 1 ELSE 0 END AS down,
    0 AS equation
  FROM govinfo.proactive_disclosure
  WHERE
    form = '2021'
    AND COALESCE(
      REPLACE(
        REPLACE(
          REPLACE(SUBSTRING(cell_state, 1, 3) || SUBSTRING(cell_state, 7, 3), 'a', ''),
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
    report_id,
    'P1@normative_documents' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(normative_documents__in_force, 0) + COALESCE(normative_documents__repealed_this_year, 0) - COALESCE(normative_documents__issued_this_year, 0) AS residual,
    CASE
      WHEN normative_documents__in_force IS NULL
      OR normative_documents__repealed_this_year IS NULL
      THEN 1
      ELSE 0
    END AS up,
    CASE WHEN normative_documents__issued_this_year IS NULL THEN 1 ELSE 0 END AS down,
    0 AS equation
  FROM govinfo.proactive_disclosure
  WHERE
    form = '2021'
    AND COALESCE(
      REPLACE(
        REPLACE(
          REPLACE(SUBSTRING(cell_state, 1, 3) || SUBSTRING(cell_state, 7, 3), 'a', ''),
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
