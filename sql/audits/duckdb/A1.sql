-- A1 (error, active): 本年新收 + 上年结转 = 办理总计 + 结转下年
-- new + carried over = processed + carried forward
-- 2019: 国办公开办函〔2019〕60号附件:第一项加第二项之和,等于第三项加第四项之和
-- 2021: 国办公开办函〔2021〕30号附件:第一项加第二项之和,等于第三项加第四项之和
-- A row for every failing instance. Generated from the forms by `govinfo suites`.
SELECT
  report_id,
  instance,
  residual
FROM (
  SELECT
    report_id,
    'A1@natural_person' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(new_received__natural_person, 0) + COALESCE(carried_in__natural_person, 0) - COALESCE(processed_total__natural_person, 0) - COALESCE(carried_forward__natural_person, 0) AS residual,
    CASE
      WHEN new_received__natural_person IS NULL OR carried_in__natural_person IS NULL
      THEN 1
      ELSE 0
    END AS up,
    CASE
      WHEN processed_total__natural_person IS NULL
      OR carried_forward__natural_person IS NULL
      THEN 1
      ELSE 0
    END AS down,
    1 AS equation
  FROM govinfo.applications
  WHERE
    form = '2019'
    AND COALESCE(
      REPLACE(
        REPLACE(
          REPLACE(SUBSTRING(cell_state, 1, 147) || SUBSTRING(cell_state, 169, 14), 'a', ''),
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
    'A1@commercial_enterprise' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(new_received__commercial_enterprise, 0) + COALESCE(carried_in__commercial_enterprise, 0) - COALESCE(processed_total__commercial_enterprise, 0) - COALESCE(carried_forward__commercial_enterprise, 0) AS residual,
    CASE
      WHEN new_received__commercial_enterprise IS NULL
      OR carried_in__commercial_enterprise IS NULL
      THEN 1
      ELSE 0
    END AS up,
    CASE
      WHEN processed_total__commercial_enterprise IS NULL
      OR carried_forward__commercial_enterprise IS NULL
      THEN 1
      ELSE 0
    END AS down,
    1 AS equation
  FROM govinfo.applications
  WHERE
    form = '2019'
    AND COALESCE(
      REPLACE(
        REPLACE(
          REPLACE(SUBSTRING(cell_state, 1, 147) || SUBSTRING(cell_state, 169, 14), 'a', ''),
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
    'A1@research_institution' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(new_received__research_institution, 0) + COALESCE(carried_in__research_institution, 0) - COALESCE(processed_total__research_institution, 0) - COALESCE(carried_forward__research_institution, 0) AS residual,
    CASE
      WHEN new_received__research_institution IS NULL
      OR carried_in__research_institution IS NULL
      THEN 1
      ELSE 0
    END AS up,
    CASE
      WHEN processed_total__research_institution IS NULL
      OR carried_forward__research_institution IS NULL
      THEN 1
      ELSE 0
    END AS down,
    1 AS equation
  FROM govinfo.applications
  WHERE
    form = '2019'
    AND COALESCE(
      REPLACE(
        REPLACE(
          REPLACE(SUBSTRING(cell_state, 1, 147) || SUBSTRING(cell_state, 169, 14), 'a', ''),
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
    'A1@public_welfare_org' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(new_received__public_welfare_org, 0) + COALESCE(carried_in__public_welfare_org, 0) - COALESCE(processed_total__public_welfare_org, 0) - COALESCE(carried_forward__public_welfare_org, 0) AS residual,
    CASE
      WHEN new_received__public_welfare_org IS NULL
      OR carried_in__public_welfare_org IS NULL
      THEN 1
      ELSE 0
    END AS up,
    CASE
      WHEN processed_total__public_welfare_org IS NULL
      OR carried_forward__public_welfare_org IS NULL
      THEN 1
      ELSE 0
    END AS down,
    1 AS equation
  FROM govinfo.applications
  WHERE
    form = '2019'
    AND COALESCE(
      REPLACE(
        REPLACE(
          REPLACE(SUBSTRING(cell_state, 1, 147) || SUBSTRING(cell_state, 169, 14), 'a', ''),
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
    'A1@legal_service_org' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(new_received__legal_service_org, 0) + COALESCE(carried_in__legal_service_org, 0) - COALESCE(processed_total__legal_service_org, 0) - COALESCE(carried_forward__legal_service_org, 0) AS residual,
    CASE
      WHEN new_received__legal_service_org IS NULL OR carried_in__legal_service_org IS NULL
      THEN 1
      ELSE 0
    END AS up,
    CASE
      WHEN processed_total__legal_service_org IS NULL
      OR carried_forward__legal_service_org IS NULL
      THEN 1
      ELSE 0
    END AS down,
    1 AS equation
  FROM govinfo.applications
  WHERE
    form = '2019'
    AND COALESCE(
      REPLACE(
        REPLACE(
          REPLACE(SUBSTRING(cell_state, 1, 147) || SUBSTRING(cell_state, 169, 14), 'a', ''),
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
    'A1@other_org' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(new_received__other_org, 0) + COALESCE(carried_in__other_org, 0) - COALESCE(processed_total__other_org, 0) - COALESCE(carried_forward__other_org, 0) AS residual,
    CASE
      WHEN new_received__other_org IS NULL OR carried_in__other_org IS NULL
      THEN 1
      ELSE 0
    END AS up,
    CASE
      WHEN processed_total__other_org IS NULL OR carried_forward__other_org IS NULL
      THEN 1
      ELSE 0
    END AS down,
    1 AS equation
  FROM govinfo.applications
  WHERE
    form = '2019'
    AND COALESCE(
      REPLACE(
        REPLACE(
          REPLACE(SUBSTRING(cell_state, 1, 147) || SUBSTRING(cell_state, 169, 14), 'a', ''),
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
    'A1@total' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(new_received__total, 0) + COALESCE(carried_in__total, 0) - COALESCE(processed_total__total, 0) - COALESCE(carried_forward__total, 0) AS residual,
    CASE WHEN new_received__total IS NULL OR carried_in__total IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN processed_total__total IS NULL OR carried_forward__total IS NULL
      THEN 1
      ELSE 0
    END AS down,
    1 AS equation
  FROM govinfo.applications
  WHERE
    form = '2019'
    AND COALESCE(
      REPLACE(
        REPLACE(
          REPLACE(SUBSTRING(cell_state, 1, 147) || SUBSTRING(cell_state, 169, 14), 'a', ''),
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
    'A1@natural_person' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(new_received__natural_person, 0) + COALESCE(carried_in__natural_person, 0) - COALESCE(processed_total__natural_person, 0) - COALESCE(carried_forward__natural_person, 0) AS residual,
    CASE
      WHEN new_received__natural_person IS NULL OR carried_in__natural_person IS NULL
      THEN 1
      ELSE 0
    END AS up,
    CASE
      WHEN processed_total__natural_person IS NULL
      OR carried_forward__natural_person IS NULL
      THEN 1
      ELSE 0
    END AS down,
    1 AS equation
  FROM govinfo.applications
  WHERE
    form = '2021'
    AND COALESCE(
      REPLACE(
        REPLACE(
          REPLACE(SUBSTRING(cell_state, 1, 140) || SUBSTRING(cell_state, 148, 35), 'a', ''),
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
    'A1@commercial_enterprise' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(new_received__commercial_enterprise, 0) + COALESCE(carried_in__commercial_enterprise, 0) - COALESCE(processed_total__commercial_enterprise, 0) - COALESCE(carried_forward__commercial_enterprise, 0) AS residual,
    CASE
      WHEN new_received__commercial_enterprise IS NULL
      OR carried_in__commercial_enterprise IS NULL
      THEN 1
      ELSE 0
    END AS up,
    CASE
      WHEN processed_total__commercial_enterprise IS NULL
      OR carried_forward__commercial_enterprise IS NULL
      THEN 1
      ELSE 0
    END AS down,
    1 AS equation
  FROM govinfo.applications
  WHERE
    form = '2021'
    AND COALESCE(
      REPLACE(
        REPLACE(
          REPLACE(SUBSTRING(cell_state, 1, 140) || SUBSTRING(cell_state, 148, 35), 'a', ''),
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
    'A1@research_institution' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(new_received__research_institution, 0) + COALESCE(carried_in__research_institution, 0) - COALESCE(processed_total__research_institution, 0) - COALESCE(carried_forward__research_institution, 0) AS residual,
    CASE
      WHEN new_received__research_institution IS NULL
      OR carried_in__research_institution IS NULL
      THEN 1
      ELSE 0
    END AS up,
    CASE
      WHEN processed_total__research_institution IS NULL
      OR carried_forward__research_institution IS NULL
      THEN 1
      ELSE 0
    END AS down,
    1 AS equation
  FROM govinfo.applications
  WHERE
    form = '2021'
    AND COALESCE(
      REPLACE(
        REPLACE(
          REPLACE(SUBSTRING(cell_state, 1, 140) || SUBSTRING(cell_state, 148, 35), 'a', ''),
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
    'A1@public_welfare_org' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(new_received__public_welfare_org, 0) + COALESCE(carried_in__public_welfare_org, 0) - COALESCE(processed_total__public_welfare_org, 0) - COALESCE(carried_forward__public_welfare_org, 0) AS residual,
    CASE
      WHEN new_received__public_welfare_org IS NULL
      OR carried_in__public_welfare_org IS NULL
      THEN 1
      ELSE 0
    END AS up,
    CASE
      WHEN processed_total__public_welfare_org IS NULL
      OR carried_forward__public_welfare_org IS NULL
      THEN 1
      ELSE 0
    END AS down,
    1 AS equation
  FROM govinfo.applications
  WHERE
    form = '2021'
    AND COALESCE(
      REPLACE(
        REPLACE(
          REPLACE(SUBSTRING(cell_state, 1, 140) || SUBSTRING(cell_state, 148, 35), 'a', ''),
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
    'A1@legal_service_org' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(new_received__legal_service_org, 0) + COALESCE(carried_in__legal_service_org, 0) - COALESCE(processed_total__legal_service_org, 0) - COALESCE(carried_forward__legal_service_org, 0) AS residual,
    CASE
      WHEN new_received__legal_service_org IS NULL OR carried_in__legal_service_org IS NULL
      THEN 1
      ELSE 0
    END AS up,
    CASE
      WHEN processed_total__legal_service_org IS NULL
      OR carried_forward__legal_service_org IS NULL
      THEN 1
      ELSE 0
    END AS down,
    1 AS equation
  FROM govinfo.applications
  WHERE
    form = '2021'
    AND COALESCE(
      REPLACE(
        REPLACE(
          REPLACE(SUBSTRING(cell_state, 1, 140) || SUBSTRING(cell_state, 148, 35), 'a', ''),
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
    'A1@other_org' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(new_received__other_org, 0) + COALESCE(carried_in__other_org, 0) - COALESCE(processed_total__other_org, 0) - COALESCE(carried_forward__other_org, 0) AS residual,
    CASE
      WHEN new_received__other_org IS NULL OR carried_in__other_org IS NULL
      THEN 1
      ELSE 0
    END AS up,
    CASE
      WHEN processed_total__other_org IS NULL OR carried_forward__other_org IS NULL
      THEN 1
      ELSE 0
    END AS down,
    1 AS equation
  FROM govinfo.applications
  WHERE
    form = '2021'
    AND COALESCE(
      REPLACE(
        REPLACE(
          REPLACE(SUBSTRING(cell_state, 1, 140) || SUBSTRING(cell_state, 148, 35), 'a', ''),
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
    'A1@total' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(new_received__total, 0) + COALESCE(carried_in__total, 0) - COALESCE(processed_total__total, 0) - COALESCE(carried_forward__total, 0) AS residual,
    CASE WHEN new_received__total IS NULL OR carried_in__total IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN processed_total__total IS NULL OR carried_forward__total IS NULL
      THEN 1
      ELSE 0
    END AS down,
    1 AS equation
  FROM govinfo.applications
  WHERE
    form = '2021'
    AND COALESCE(
      REPLACE(
        REPLACE(
          REPLACE(SUBSTRING(cell_state, 1, 140) || SUBSTRING(cell_state, 148, 35), 'a', ''),
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
