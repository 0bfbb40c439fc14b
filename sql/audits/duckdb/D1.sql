-- D1 (error, active): 总计 = 结果维持 + 结果纠正 + 其他结果 + 尚未审结
-- total = upheld + corrected + other + pending
-- 2019: 国办公开办函〔2019〕60号附件:四、行政复议、行政诉讼情况总计
-- 2021: 国办公开办函〔2021〕30号附件:四、行政复议、行政诉讼情况总计
-- A row for every failing instance. Generated from the forms by `govinfo suites`.
SELECT
  report_id,
  instance,
  residual
FROM (
  SELECT
    report_id,
    'D1@review' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(cases__review_total, 0) - COALESCE(cases__review_upheld, 0) - COALESCE(cases__review_corrected, 0) - COALESCE(cases__review_other, 0) - COALESCE(cases__review_pending, 0) AS residual,
    CASE WHEN cases__review_total IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN cases__review_upheld IS NULL
      OR cases__review_corrected IS NULL
      OR cases__review_other IS NULL
      OR cases__review_pending IS NULL
      THEN 1
      ELSE 0
    END AS down,
    1 AS equation
  FROM govinfo.disputes
  WHERE
    form = '2019'
    AND COALESCE(
      REPLACE(REPLACE(REPLACE(SUBSTRING(cell_state, 1, 15), 'a', ''), 'b', ''), 'd', ''),
      ''
    ) <> ''
  UNION ALL
  SELECT
    report_id,
    'D1@direct_litigation' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(cases__direct_litigation_total, 0) - COALESCE(cases__direct_litigation_upheld, 0) - COALESCE(cases__direct_litigation_corrected, 0) - COALESCE(cases__direct_litigation_other, 0) - COALESCE(cases__direct_litigation_pending, 0) AS residual,
    CASE WHEN cases__direct_litigation_total IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN cases__direct_litigation_upheld IS NULL
      OR cases__direct_litigation_corrected IS NULL
      OR cases__direct_litigation_other IS NULL
      OR cases__direct_litigation_pending IS NULL
      THEN 1
      ELSE 0
    END AS down,
    1 AS equation
  FROM govinfo.disputes
  WHERE
    form = '2019'
    AND COALESCE(
      REPLACE(REPLACE(REPLACE(SUBSTRING(cell_state, 1, 15), 'a', ''), 'b', ''), 'd', ''),
      ''
    ) <> ''
  UNION ALL
  SELECT
    report_id,
    'D1@post_review_litigation' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(cases__post_review_litigation_total, 0) - COALESCE(cases__post_review_litigation_upheld, 0) - COALESCE(cases__post_review_litigation_corrected, 0) - COALESCE(cases__post_review_litigation_other, 0) - COALESCE(cases__post_review_litigation_pending, 0) AS residual,
    CASE WHEN cases__post_review_litigation_total IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN cases__post_review_litigation_upheld IS NULL
      OR cases__post_review_litigation_corrected IS NULL
      OR cases__post_review_litigation_other IS NULL
      OR cases__post_review_litigation_pending IS NULL
      THEN 1
      ELSE 0
    END AS down,
    1 AS equation
  FROM govinfo.disputes
  WHERE
    form = '2019'
    AND COALESCE(
      REPLACE(REPLACE(REPLACE(SUBSTRING(cell_state, 1, 15), 'a', ''), 'b', ''), 'd', ''),
      ''
    ) <> ''
  UNION ALL
  SELECT
    report_id,
    'D1@review' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(cases__review_total, 0) - COALESCE(cases__review_upheld, 0) - COALESCE(cases__review_corrected, 0) - COALESCE(cases__review_other, 0) - COALESCE(cases__review_pending, 0) AS residual,
    CASE WHEN cases__review_total IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN cases__review_upheld IS NULL
      OR cases__review_corrected IS NULL
      OR cases__review_other IS NULL
      OR cases__review_pending IS NULL
      THEN 1
      ELSE 0
    END AS down,
    1 AS equation
  FROM govinfo.disputes
  WHERE
    form = '2021'
    AND COALESCE(
      REPLACE(REPLACE(REPLACE(SUBSTRING(cell_state, 1, 15), 'a', ''), 'b', ''), 'd', ''),
      ''
    ) <> ''
  UNION ALL
  SELECT
    report_id,
    'D1@direct_litigation' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(cases__direct_litigation_total, 0) - COALESCE(cases__direct_litigation_upheld, 0) - COALESCE(cases__direct_litigation_corrected, 0) - COALESCE(cases__direct_litigation_other, 0) - COALESCE(cases__direct_litigation_pending, 0) AS residual,
    CASE WHEN cases__direct_litigation_total IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN cases__direct_litigation_upheld IS NULL
      OR cases__direct_litigation_corrected IS NULL
      OR cases__direct_litigation_other IS NULL
      OR cases__direct_litigation_pending IS NULL
      THEN 1
      ELSE 0
    END AS down,
    1 AS equation
  FROM govinfo.disputes
  WHERE
    form = '2021'
    AND COALESCE(
      REPLACE(REPLACE(REPLACE(SUBSTRING(cell_state, 1, 15), 'a', ''), 'b', ''), 'd', ''),
      ''
    ) <> ''
  UNION ALL
  SELECT
    report_id,
    'D1@post_review_litigation' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(cases__post_review_litigation_total, 0) - COALESCE(cases__post_review_litigation_upheld, 0) - COALESCE(cases__post_review_litigation_corrected, 0) - COALESCE(cases__post_review_litigation_other, 0) - COALESCE(cases__post_review_litigation_pending, 0) AS residual,
    CASE WHEN cases__post_review_litigation_total IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN cases__post_review_litigation_upheld IS NULL
      OR cases__post_review_litigation_corrected IS NULL
      OR cases__post_review_litigation_other IS NULL
      OR cases__post_review_litigation_pending IS NULL
      THEN 1
      ELSE 0
    END AS down,
    1 AS equation
  FROM govinfo.disputes
  WHERE
    form = '2021'
    AND COALESCE(
      REPLACE(REPLACE(REPLACE(SUBSTRING(cell_state, 1, 15), 'a', ''), 'b', ''), 'd', ''),
      ''
    ) <> ''
) AS judged
WHERE
  (
    residual < 0 AND up = 0
  ) OR (
    residual > 0 AND down = 0 AND equation = 1
  )
