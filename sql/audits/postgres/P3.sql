-- P3 (warning, active): 对外公开总数量 不少于 本年新公开数量
-- disclosed in total is at least newly disclosed
-- 2019: 条例第二十条第(一)项
-- A row for every failing instance. Generated from the forms by `govinfo suites`.
SELECT
  report_id,
  instance,
  residual
FROM (
  SELECT
    report_id,
    'P3@regulations' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(regulations__disclosed_total, 0) - COALESCE(regulations__newly_disclosed, 0) AS residual,
    CASE WHEN regulations__disclosed_total IS NULL THEN 1 ELSE 0 END AS up,
    CASE WHEN regulations__newly_disclosed IS NULL THEN 1 ELSE 0 END AS down,
    0 AS equation
  FROM govinfo.proactive_disclosure
  WHERE
    form = '2019'
    AND COALESCE(
      REPLACE(
        REPLACE(
          REPLACE(SUBSTRING(cell_state FROM 4 FOR 3) || SUBSTRING(cell_state FROM 10 FOR 3), 'a', ''),
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
    'P3@normative_documents' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(normative_documents__disclosed_total, 0) - COALESCE(normative_documents__newly_disclosed, 0) AS residual,
    CASE WHEN normative_documents__disclosed_total IS NULL THEN 1 ELSE 0 END AS up,
    CASE WHEN normative_documents__newly_disclosed IS NULL THEN 1 ELSE 0 END AS down,
    0 AS equation
  FROM govinfo.proactive_disclosure
  WHERE
    form = '2019'
    AND COALESCE(
      REPLACE(
        REPLACE(
          REPLACE(SUBSTRING(cell_state FROM 4 FOR 3) || SUBSTRING(cell_state FROM 10 FOR 3), 'a', ''),
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
