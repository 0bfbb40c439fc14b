-- P2 (warning, active): 只有国务院部门、省级和设区的市、自治州人民政府可以制定规章
-- only ministries, provinces, cities divided into districts and autonomous prefectures make rules
-- 2019: 立法法第九十一条、第九十三条
-- 2021: 立法法第九十一条、第九十三条
-- A row for every failing instance. Generated from the forms by `govinfo suites`.
SELECT
  report_id,
  instance,
  residual
FROM (
  SELECT
    now.report_id,
    'P2@newly_made' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(now.regulations__newly_made, 0) AS residual,
    CASE WHEN now.regulations__newly_made IS NULL THEN 1 ELSE 0 END AS up,
    0 AS down,
    1 AS equation
  FROM govinfo.proactive_disclosure AS now
  LEFT JOIN govinfo.reports AS r
    ON r.report_id = now.report_id
  WHERE
    now.form = '2019'
    AND COALESCE(
      REPLACE(
        REPLACE(
          REPLACE(
            SUBSTRING(now.cell_state FROM 4 FOR 3) || SUBSTRING(now.cell_state FROM 10 FOR 3),
            'a',
            ''
          ),
          'b',
          ''
        ),
        'd',
        ''
      ),
      ''
    ) <> ''
    AND (
      r.level IN ('county', 'township')
    )
  UNION ALL
  SELECT
    now.report_id,
    'P2@newly_disclosed' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(now.regulations__newly_disclosed, 0) AS residual,
    CASE WHEN now.regulations__newly_disclosed IS NULL THEN 1 ELSE 0 END AS up,
    0 AS down,
    1 AS equation
  FROM govinfo.proactive_disclosure AS now
  LEFT JOIN govinfo.reports AS r
    ON r.report_id = now.report_id
  WHERE
    now.form = '2019'
    AND COALESCE(
      REPLACE(
        REPLACE(
          REPLACE(
            SUBSTRING(now.cell_state FROM 4 FOR 3) || SUBSTRING(now.cell_state FROM 10 FOR 3),
            'a',
            ''
          ),
          'b',
          ''
        ),
        'd',
        ''
      ),
      ''
    ) <> ''
    AND (
      r.level IN ('county', 'township')
    )
  UNION ALL
  SELECT
    now.report_id,
    'P2@disclosed_total' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(now.regulations__disclosed_total, 0) AS residual,
    CASE WHEN now.regulations__disclosed_total IS NULL THEN 1 ELSE 0 END AS up,
    0 AS down,
    1 AS equation
  FROM govinfo.proactive_disclosure AS now
  LEFT JOIN govinfo.reports AS r
    ON r.report_id = now.report_id
  WHERE
    now.form = '2019'
    AND COALESCE(
      REPLACE(
        REPLACE(
          REPLACE(
            SUBSTRING(now.cell_state FROM 4 FOR 3) || SUBSTRING(now.cell_state FROM 10 FOR 3),
            'a',
            ''
          ),
          'b',
          ''
        ),
        'd',
        ''
      ),
      ''
    ) <> ''
    AND (
      r.level IN ('county', 'township')
    )
  UNION ALL
  SELECT
    now.report_id,
    'P2@issued_this_year' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(now.regulations__issued_this_year, 0) AS residual,
    CASE WHEN now.regulations__issued_this_year IS NULL THEN 1 ELSE 0 END AS up,
    0 AS down,
    1 AS equation
  FROM govinfo.proactive_disclosure AS now
  LEFT JOIN govinfo.reports AS r
    ON r.report_id = now.report_id
  WHERE
    now.form = '2021'
    AND COALESCE(
      REPLACE(
        REPLACE(
          REPLACE(
            SUBSTRING(now.cell_state FROM 1 FOR 3) || SUBSTRING(now.cell_state FROM 7 FOR 3),
            'a',
            ''
          ),
          'b',
          ''
        ),
        'd',
        ''
      ),
      ''
    ) <> ''
    AND (
      r.level IN ('county', 'township')
    )
  UNION ALL
  SELECT
    now.report_id,
    'P2@repealed_this_year' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(now.regulations__repealed_this_year, 0) AS residual,
    CASE WHEN now.regulations__repealed_this_year IS NULL THEN 1 ELSE 0 END AS up,
    0 AS down,
    1 AS equation
  FROM govinfo.proactive_disclosure AS now
  LEFT JOIN govinfo.reports AS r
    ON r.report_id = now.report_id
  WHERE
    now.form = '2021'
    AND COALESCE(
      REPLACE(
        REPLACE(
          REPLACE(
            SUBSTRING(now.cell_state FROM 1 FOR 3) || SUBSTRING(now.cell_state FROM 7 FOR 3),
            'a',
            ''
          ),
          'b',
          ''
        ),
        'd',
        ''
      ),
      ''
    ) <> ''
    AND (
      r.level IN ('county', 'township')
    )
  UNION ALL
  SELECT
    now.report_id,
    'P2@in_force' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(now.regulations__in_force, 0) AS residual,
    CASE WHEN now.regulations__in_force IS NULL THEN 1 ELSE 0 END AS up,
    0 AS down,
    1 AS equation
  FROM govinfo.proactive_disclosure AS now
  LEFT JOIN govinfo.reports AS r
    ON r.report_id = now.report_id
  WHERE
    now.form = '2021'
    AND COALESCE(
      REPLACE(
        REPLACE(
          REPLACE(
            SUBSTRING(now.cell_state FROM 1 FOR 3) || SUBSTRING(now.cell_state FROM 7 FOR 3),
            'a',
            ''
          ),
          'b',
          ''
        ),
        'd',
        ''
      ),
      ''
    ) <> ''
    AND (
      r.level IN ('county', 'township')
    )
) AS judged
WHERE
  (
    residual < 0 AND up = 0
  ) OR (
    residual > 0 AND down = 0 AND equation = 1
  )
