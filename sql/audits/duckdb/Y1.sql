-- Y1 (warning, active): 上年结转 = 上一年度报告的结转下年度继续办理
-- carried over = last year's carried forward
-- 2019: 国办公开办函〔2019〕60号附件:二、上年结转政府信息公开申请数量
-- 2021: 国办公开办函〔2021〕30号附件:二、上年结转政府信息公开申请数量
-- A row for every failing instance. Generated from the forms by `govinfo suites`.
SELECT
  report_id,
  instance,
  residual
FROM (
  SELECT
    now.report_id,
    'Y1@natural_person' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(now.carried_in__natural_person, 0) - COALESCE(last.carried_forward__natural_person, 0) AS residual,
    CASE WHEN now.carried_in__natural_person IS NULL THEN 1 ELSE 0 END AS up,
    CASE WHEN last.carried_forward__natural_person IS NULL THEN 1 ELSE 0 END AS down,
    1 AS equation
  FROM govinfo.applications AS now
  LEFT JOIN govinfo.applications AS last
    ON last.report_id = SUBSTRING(now.report_id, 1, LENGTH(now.report_id) - 4) || CAST(now.year - 1 AS TEXT(11))
  WHERE
    now.form = '2019'
    AND COALESCE(
      REPLACE(
        REPLACE(
          REPLACE(SUBSTRING(now.cell_state, 1, 147) || SUBSTRING(now.cell_state, 169, 14), 'a', ''),
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
          REPLACE(SUBSTRING(last.cell_state, 1, 147) || SUBSTRING(last.cell_state, 169, 14), 'a', ''),
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
    'Y1@commercial_enterprise' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(now.carried_in__commercial_enterprise, 0) - COALESCE(last.carried_forward__commercial_enterprise, 0) AS residual,
    CASE WHEN now.carried_in__commercial_enterprise IS NULL THEN 1 ELSE 0 END AS up,
    CASE WHEN last.carried_forward__commercial_enterprise IS NULL THEN 1 ELSE 0 END AS down,
    1 AS equation
  FROM govinfo.applications AS now
  LEFT JOIN govinfo.applications AS last
    ON last.report_id = SUBSTRING(now.report_id, 1, LENGTH(now.report_id) - 4) || CAST(now.year - 1 AS TEXT(11))
  WHERE
    now.form = '2019'
    AND COALESCE(
      REPLACE(
        REPLACE(
          REPLACE(SUBSTRING(now.cell_state, 1, 147) || SUBSTRING(now.cell_state, 169, 14), 'a', ''),
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
          REPLACE(SUBSTRING(last.cell_state, 1, 147) || SUBSTRING(last.cell_state, 169, 14), 'a', ''),
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
    'Y1@research_institution' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(now.carried_in__research_institution, 0) - COALESCE(last.carried_forward__research_institution, 0) AS residual,
    CASE WHEN now.carried_in__research_institution IS NULL THEN 1 ELSE 0 END AS up,
    CASE WHEN last.carried_forward__research_institution IS NULL THEN 1 ELSE 0 END AS down,
    1 AS equation
  FROM govinfo.applications AS now
  LEFT JOIN govinfo.applications AS last
    ON last.report_id = SUBSTRING(now.report_id, 1, LENGTH(now.report_id) - 4) || CAST(now.year - 1 AS TEXT(11))
  WHERE
    now.form = '2019'
    AND COALESCE(
      REPLACE(
        REPLACE(
          REPLACE(SUBSTRING(now.cell_state, 1, 147) || SUBSTRING(now.cell_state, 169, 14), 'a', ''),
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
          REPLACE(SUBSTRING(last.cell_state, 1, 147) || SUBSTRING(last.cell_state, 169, 14), 'a', ''),
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
    'Y1@public_welfare_org' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(now.carried_in__public_welfare_org, 0) - COALESCE(last.carried_forward__public_welfare_org, 0) AS residual,
    CASE WHEN now.carried_in__public_welfare_org IS NULL THEN 1 ELSE 0 END AS up,
    CASE WHEN last.carried_forward__public_welfare_org IS NULL THEN 1 ELSE 0 END AS down,
    1 AS equation
  FROM govinfo.applications AS now
  LEFT JOIN govinfo.applications AS last
    ON last.report_id = SUBSTRING(now.report_id, 1, LENGTH(now.report_id) - 4) || CAST(now.year - 1 AS TEXT(11))
  WHERE
    now.form = '2019'
    AND COALESCE(
      REPLACE(
        REPLACE(
          REPLACE(SUBSTRING(now.cell_state, 1, 147) || SUBSTRING(now.cell_state, 169, 14), 'a', ''),
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
          REPLACE(SUBSTRING(last.cell_state, 1, 147) || SUBSTRING(last.cell_state, 169, 14), 'a', ''),
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
    'Y1@legal_service_org' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(now.carried_in__legal_service_org, 0) - COALESCE(last.carried_forward__legal_service_org, 0) AS residual,
    CASE WHEN now.carried_in__legal_service_org IS NULL THEN 1 ELSE 0 END AS up,
    CASE WHEN last.carried_forward__legal_service_org IS NULL THEN 1 ELSE 0 END AS down,
    1 AS equation
  FROM govinfo.applications AS now
  LEFT JOIN govinfo.applications AS last
    ON last.report_id = SUBSTRING(now.report_id, 1, LENGTH(now.report_id) - 4) || CAST(now.year - 1 AS TEXT(11))
  WHERE
    now.form = '2019'
    AND COALESCE(
      REPLACE(
        REPLACE(
          REPLACE(SUBSTRING(now.cell_state, 1, 147) || SUBSTRING(now.cell_state, 169, 14), 'a', ''),
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
          REPLACE(SUBSTRING(last.cell_state, 1, 147) || SUBSTRING(last.cell_state, 169, 14), 'a', ''),
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
    'Y1@other_org' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(now.carried_in__other_org, 0) - COALESCE(last.carried_forward__other_org, 0) AS residual,
    CASE WHEN now.carried_in__other_org IS NULL THEN 1 ELSE 0 END AS up,
    CASE WHEN last.carried_forward__other_org IS NULL THEN 1 ELSE 0 END AS down,
    1 AS equation
  FROM govinfo.applications AS now
  LEFT JOIN govinfo.applications AS last
    ON last.report_id = SUBSTRING(now.report_id, 1, LENGTH(now.report_id) - 4) || CAST(now.year - 1 AS TEXT(11))
  WHERE
    now.form = '2019'
    AND COALESCE(
      REPLACE(
        REPLACE(
          REPLACE(SUBSTRING(now.cell_state, 1, 147) || SUBSTRING(now.cell_state, 169, 14), 'a', ''),
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
          REPLACE(SUBSTRING(last.cell_state, 1, 147) || SUBSTRING(last.cell_state, 169, 14), 'a', ''),
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
    'Y1@total' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(now.carried_in__total, 0) - COALESCE(last.carried_forward__total, 0) AS residual,
    CASE WHEN now.carried_in__total IS NULL THEN 1 ELSE 0 END AS up,
    CASE WHEN last.carried_forward__total IS NULL THEN 1 ELSE 0 END AS down,
    1 AS equation
  FROM govinfo.applications AS now
  LEFT JOIN govinfo.applications AS last
    ON last.report_id = SUBSTRING(now.report_id, 1, LENGTH(now.report_id) - 4) || CAST(now.year - 1 AS TEXT(11))
  WHERE
    now.form = '2019'
    AND COALESCE(
      REPLACE(
        REPLACE(
          REPLACE(SUBSTRING(now.cell_state, 1, 147) || SUBSTRING(now.cell_state, 169, 14), 'a', ''),
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
          REPLACE(SUBSTRING(last.cell_state, 1, 147) || SUBSTRING(last.cell_state, 169, 14), 'a', ''),
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
    'Y1@natural_person' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(now.carried_in__natural_person, 0) - COALESCE(last.carried_forward__natural_person, 0) AS residual,
    CASE WHEN now.carried_in__natural_person IS NULL THEN 1 ELSE 0 END AS up,
    CASE WHEN last.carried_forward__natural_person IS NULL THEN 1 ELSE 0 END AS down,
    1 AS equation
  FROM govinfo.applications AS now
  LEFT JOIN govinfo.applications AS last
    ON last.report_id = SUBSTRING(now.report_id, 1, LENGTH(now.report_id) - 4) || CAST(now.year - 1 AS TEXT(11))
  WHERE
    now.form = '2021'
    AND COALESCE(
      REPLACE(
        REPLACE(
          REPLACE(SUBSTRING(now.cell_state, 1, 140) || SUBSTRING(now.cell_state, 148, 35), 'a', ''),
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
          REPLACE(SUBSTRING(last.cell_state, 1, 140) || SUBSTRING(last.cell_state, 148, 35), 'a', ''),
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
    'Y1@commercial_enterprise' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(now.carried_in__commercial_enterprise, 0) - COALESCE(last.carried_forward__commercial_enterprise, 0) AS residual,
    CASE WHEN now.carried_in__commercial_enterprise IS NULL THEN 1 ELSE 0 END AS up,
    CASE WHEN last.carried_forward__commercial_enterprise IS NULL THEN 1 ELSE 0 END AS down,
    1 AS equation
  FROM govinfo.applications AS now
  LEFT JOIN govinfo.applications AS last
    ON last.report_id = SUBSTRING(now.report_id, 1, LENGTH(now.report_id) - 4) || CAST(now.year - 1 AS TEXT(11))
  WHERE
    now.form = '2021'
    AND COALESCE(
      REPLACE(
        REPLACE(
          REPLACE(SUBSTRING(now.cell_state, 1, 140) || SUBSTRING(now.cell_state, 148, 35), 'a', ''),
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
          REPLACE(SUBSTRING(last.cell_state, 1, 140) || SUBSTRING(last.cell_state, 148, 35), 'a', ''),
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
    'Y1@research_institution' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(now.carried_in__research_institution, 0) - COALESCE(last.carried_forward__research_institution, 0) AS residual,
    CASE WHEN now.carried_in__research_institution IS NULL THEN 1 ELSE 0 END AS up,
    CASE WHEN last.carried_forward__research_institution IS NULL THEN 1 ELSE 0 END AS down,
    1 AS equation
  FROM govinfo.applications AS now
  LEFT JOIN govinfo.applications AS last
    ON last.report_id = SUBSTRING(now.report_id, 1, LENGTH(now.report_id) - 4) || CAST(now.year - 1 AS TEXT(11))
  WHERE
    now.form = '2021'
    AND COALESCE(
      REPLACE(
        REPLACE(
          REPLACE(SUBSTRING(now.cell_state, 1, 140) || SUBSTRING(now.cell_state, 148, 35), 'a', ''),
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
          REPLACE(SUBSTRING(last.cell_state, 1, 140) || SUBSTRING(last.cell_state, 148, 35), 'a', ''),
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
    'Y1@public_welfare_org' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(now.carried_in__public_welfare_org, 0) - COALESCE(last.carried_forward__public_welfare_org, 0) AS residual,
    CASE WHEN now.carried_in__public_welfare_org IS NULL THEN 1 ELSE 0 END AS up,
    CASE WHEN last.carried_forward__public_welfare_org IS NULL THEN 1 ELSE 0 END AS down,
    1 AS equation
  FROM govinfo.applications AS now
  LEFT JOIN govinfo.applications AS last
    ON last.report_id = SUBSTRING(now.report_id, 1, LENGTH(now.report_id) - 4) || CAST(now.year - 1 AS TEXT(11))
  WHERE
    now.form = '2021'
    AND COALESCE(
      REPLACE(
        REPLACE(
          REPLACE(SUBSTRING(now.cell_state, 1, 140) || SUBSTRING(now.cell_state, 148, 35), 'a', ''),
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
          REPLACE(SUBSTRING(last.cell_state, 1, 140) || SUBSTRING(last.cell_state, 148, 35), 'a', ''),
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
    'Y1@legal_service_org' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(now.carried_in__legal_service_org, 0) - COALESCE(last.carried_forward__legal_service_org, 0) AS residual,
    CASE WHEN now.carried_in__legal_service_org IS NULL THEN 1 ELSE 0 END AS up,
    CASE WHEN last.carried_forward__legal_service_org IS NULL THEN 1 ELSE 0 END AS down,
    1 AS equation
  FROM govinfo.applications AS now
  LEFT JOIN govinfo.applications AS last
    ON last.report_id = SUBSTRING(now.report_id, 1, LENGTH(now.report_id) - 4) || CAST(now.year - 1 AS TEXT(11))
  WHERE
    now.form = '2021'
    AND COALESCE(
      REPLACE(
        REPLACE(
          REPLACE(SUBSTRING(now.cell_state, 1, 140) || SUBSTRING(now.cell_state, 148, 35), 'a', ''),
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
          REPLACE(SUBSTRING(last.cell_state, 1, 140) || SUBSTRING(last.cell_state, 148, 35), 'a', ''),
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
    'Y1@other_org' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(now.carried_in__other_org, 0) - COALESCE(last.carried_forward__other_org, 0) AS residual,
    CASE WHEN now.carried_in__other_org IS NULL THEN 1 ELSE 0 END AS up,
    CASE WHEN last.carried_forward__other_org IS NULL THEN 1 ELSE 0 END AS down,
    1 AS equation
  FROM govinfo.applications AS now
  LEFT JOIN govinfo.applications AS last
    ON last.report_id = SUBSTRING(now.report_id, 1, LENGTH(now.report_id) - 4) || CAST(now.year - 1 AS TEXT(11))
  WHERE
    now.form = '2021'
    AND COALESCE(
      REPLACE(
        REPLACE(
          REPLACE(SUBSTRING(now.cell_state, 1, 140) || SUBSTRING(now.cell_state, 148, 35), 'a', ''),
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
          REPLACE(SUBSTRING(last.cell_state, 1, 140) || SUBSTRING(last.cell_state, 148, 35), 'a', ''),
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
    'Y1@total' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(now.carried_in__total, 0) - COALESCE(last.carried_forward__total, 0) AS residual,
    CASE WHEN now.carried_in__total IS NULL THEN 1 ELSE 0 END AS up,
    CASE WHEN last.carried_forward__total IS NULL THEN 1 ELSE 0 END AS down,
    1 AS equation
  FROM govinfo.applications AS now
  LEFT JOIN govinfo.applications AS last
    ON last.report_id = SUBSTRING(now.report_id, 1, LENGTH(now.report_id) - 4) || CAST(now.year - 1 AS TEXT(11))
  WHERE
    now.form = '2021'
    AND COALESCE(
      REPLACE(
        REPLACE(
          REPLACE(SUBSTRING(now.cell_state, 1, 140) || SUBSTRING(now.cell_state, 148, 35), 'a', ''),
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
          REPLACE(SUBSTRING(last.cell_state, 1, 140) || SUBSTRING(last.cell_state, 148, 35), 'a', ''),
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
