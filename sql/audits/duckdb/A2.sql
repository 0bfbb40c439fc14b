-- A2 (error, active): 办理总计 = (一)至(六)各项之和
-- total processed = sum of the results (1) to (6)
-- 2019: 国办公开办函〔2019〕60号附件:三、本年度办理结果(七)总计
-- 2021: 国办公开办函〔2021〕30号附件:三、本年度办理结果(七)总计
-- A row for every failing instance. Generated from the forms by `govinfo suites`.
SELECT
  report_id,
  instance,
  residual
FROM (
  SELECT
    report_id,
    'A2@natural_person' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(processed_total__natural_person, 0) - COALESCE(granted__natural_person, 0) - COALESCE(partially_granted__natural_person, 0) - COALESCE(denied_state_secret__natural_person, 0) - COALESCE(denied_law_prohibited__natural_person, 0) - COALESCE(denied_security_stability__natural_person, 0) - COALESCE(denied_third_party_rights__natural_person, 0) - COALESCE(denied_internal_affairs__natural_person, 0) - COALESCE(denied_process_information__natural_person, 0) - COALESCE(denied_enforcement_file__natural_person, 0) - COALESCE(denied_administrative_query__natural_person, 0) - COALESCE(unavailable_not_held__natural_person, 0) - COALESCE(unavailable_needs_creation__natural_person, 0) - COALESCE(unavailable_unclear_after_correction__natural_person, 0) - COALESCE(not_processed_petition_complaint__natural_person, 0) - COALESCE(not_processed_repeated__natural_person, 0) - COALESCE(not_processed_publication__natural_person, 0) - COALESCE(not_processed_excessive__natural_person, 0) - COALESCE(not_processed_reissue__natural_person, 0) - COALESCE(other_processing__natural_person, 0) AS residual,
    CASE WHEN processed_total__natural_person IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN granted__natural_person IS NULL
      OR partially_granted__natural_person IS NULL
      OR denied_state_secret__natural_person IS NULL
      OR denied_law_prohibited__natural_person IS NULL
      OR denied_security_stability__natural_person IS NULL
      OR denied_third_party_rights__natural_person IS NULL
      OR denied_internal_affairs__natural_person IS NULL
      OR denied_process_information__natural_person IS NULL
      OR denied_enforcement_file__natural_person IS NULL
      OR denied_administrative_query__natural_person IS NULL
      OR unavailable_not_held__natural_person IS NULL
      OR unavailable_needs_creation__natural_person IS NULL
      OR unavailable_unclear_after_correction__natural_person IS NULL
      OR not_processed_petition_complaint__natural_person IS NULL
      OR not_processed_repeated__natural_person IS NULL
      OR not_processed_publication__natural_person IS NULL
      OR not_processed_excessive__natural_person IS NULL
      OR not_processed_reissue__natural_person IS NULL
      OR other_processing__natural_person IS NULL
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
    'A2@commercial_enterprise' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(processed_total__commercial_enterprise, 0) - COALESCE(granted__commercial_enterprise, 0) - COALESCE(partially_granted__commercial_enterprise, 0) - COALESCE(denied_state_secret__commercial_enterprise, 0) - COALESCE(denied_law_prohibited__commercial_enterprise, 0) - COALESCE(denied_security_stability__commercial_enterprise, 0) - COALESCE(denied_third_party_rights__commercial_enterprise, 0) - COALESCE(denied_internal_affairs__commercial_enterprise, 0) - COALESCE(denied_process_information__commercial_enterprise, 0) - COALESCE(denied_enforcement_file__commercial_enterprise, 0) - COALESCE(denied_administrative_query__commercial_enterprise, 0) - COALESCE(unavailable_not_held__commercial_enterprise, 0) - COALESCE(unavailable_needs_creation__commercial_enterprise, 0) - COALESCE(unavailable_unclear_after_correction__commercial_enterprise, 0) - COALESCE(not_processed_petition_complaint__commercial_enterprise, 0) - COALESCE(not_processed_repeated__commercial_enterprise, 0) - COALESCE(not_processed_publication__commercial_enterprise, 0) - COALESCE(not_processed_excessive__commercial_enterprise, 0) - COALESCE(not_processed_reissue__commercial_enterprise, 0) - COALESCE(other_processing__commercial_enterprise, 0) AS residual,
    CASE WHEN processed_total__commercial_enterprise IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN granted__commercial_enterprise IS NULL
      OR partially_granted__commercial_enterprise IS NULL
      OR denied_state_secret__commercial_enterprise IS NULL
      OR denied_law_prohibited__commercial_enterprise IS NULL
      OR denied_security_stability__commercial_enterprise IS NULL
      OR denied_third_party_rights__commercial_enterprise IS NULL
      OR denied_internal_affairs__commercial_enterprise IS NULL
      OR denied_process_information__commercial_enterprise IS NULL
      OR denied_enforcement_file__commercial_enterprise IS NULL
      OR denied_administrative_query__commercial_enterprise IS NULL
      OR unavailable_not_held__commercial_enterprise IS NULL
      OR unavailable_needs_creation__commercial_enterprise IS NULL
      OR unavailable_unclear_after_correction__commercial_enterprise IS NULL
      OR not_processed_petition_complaint__commercial_enterprise IS NULL
      OR not_processed_repeated__commercial_enterprise IS NULL
      OR not_processed_publication__commercial_enterprise IS NULL
      OR not_processed_excessive__commercial_enterprise IS NULL
      OR not_processed_reissue__commercial_enterprise IS NULL
      OR other_processing__commercial_enterprise IS NULL
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
    'A2@research_institution' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(processed_total__research_institution, 0) - COALESCE(granted__research_institution, 0) - COALESCE(partially_granted__research_institution, 0) - COALESCE(denied_state_secret__research_institution, 0) - COALESCE(denied_law_prohibited__research_institution, 0) - COALESCE(denied_security_stability__research_institution, 0) - COALESCE(denied_third_party_rights__research_institution, 0) - COALESCE(denied_internal_affairs__research_institution, 0) - COALESCE(denied_process_information__research_institution, 0) - COALESCE(denied_enforcement_file__research_institution, 0) - COALESCE(denied_administrative_query__research_institution, 0) - COALESCE(unavailable_not_held__research_institution, 0) - COALESCE(unavailable_needs_creation__research_institution, 0) - COALESCE(unavailable_unclear_after_correction__research_institution, 0) - COALESCE(not_processed_petition_complaint__research_institution, 0) - COALESCE(not_processed_repeated__research_institution, 0) - COALESCE(not_processed_publication__research_institution, 0) - COALESCE(not_processed_excessive__research_institution, 0) - COALESCE(not_processed_reissue__research_institution, 0) - COALESCE(other_processing__research_institution, 0) AS residual,
    CASE WHEN processed_total__research_institution IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN granted__research_institution IS NULL
      OR partially_granted__research_institution IS NULL
      OR denied_state_secret__research_institution IS NULL
      OR denied_law_prohibited__research_institution IS NULL
      OR denied_security_stability__research_institution IS NULL
      OR denied_third_party_rights__research_institution IS NULL
      OR denied_internal_affairs__research_institution IS NULL
      OR denied_process_information__research_institution IS NULL
      OR denied_enforcement_file__research_institution IS NULL
      OR denied_administrative_query__research_institution IS NULL
      OR unavailable_not_held__research_institution IS NULL
      OR unavailable_needs_creation__research_institution IS NULL
      OR unavailable_unclear_after_correction__research_institution IS NULL
      OR not_processed_petition_complaint__research_institution IS NULL
      OR not_processed_repeated__research_institution IS NULL
      OR not_processed_publication__research_institution IS NULL
      OR not_processed_excessive__research_institution IS NULL
      OR not_processed_reissue__research_institution IS NULL
      OR other_processing__research_institution IS NULL
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
    'A2@public_welfare_org' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(processed_total__public_welfare_org, 0) - COALESCE(granted__public_welfare_org, 0) - COALESCE(partially_granted__public_welfare_org, 0) - COALESCE(denied_state_secret__public_welfare_org, 0) - COALESCE(denied_law_prohibited__public_welfare_org, 0) - COALESCE(denied_security_stability__public_welfare_org, 0) - COALESCE(denied_third_party_rights__public_welfare_org, 0) - COALESCE(denied_internal_affairs__public_welfare_org, 0) - COALESCE(denied_process_information__public_welfare_org, 0) - COALESCE(denied_enforcement_file__public_welfare_org, 0) - COALESCE(denied_administrative_query__public_welfare_org, 0) - COALESCE(unavailable_not_held__public_welfare_org, 0) - COALESCE(unavailable_needs_creation__public_welfare_org, 0) - COALESCE(unavailable_unclear_after_correction__public_welfare_org, 0) - COALESCE(not_processed_petition_complaint__public_welfare_org, 0) - COALESCE(not_processed_repeated__public_welfare_org, 0) - COALESCE(not_processed_publication__public_welfare_org, 0) - COALESCE(not_processed_excessive__public_welfare_org, 0) - COALESCE(not_processed_reissue__public_welfare_org, 0) - COALESCE(other_processing__public_welfare_org, 0) AS residual,
    CASE WHEN processed_total__public_welfare_org IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN granted__public_welfare_org IS NULL
      OR partially_granted__public_welfare_org IS NULL
      OR denied_state_secret__public_welfare_org IS NULL
      OR denied_law_prohibited__public_welfare_org IS NULL
      OR denied_security_stability__public_welfare_org IS NULL
      OR denied_third_party_rights__public_welfare_org IS NULL
      OR denied_internal_affairs__public_welfare_org IS NULL
      OR denied_process_information__public_welfare_org IS NULL
      OR denied_enforcement_file__public_welfare_org IS NULL
      OR denied_administrative_query__public_welfare_org IS NULL
      OR unavailable_not_held__public_welfare_org IS NULL
      OR unavailable_needs_creation__public_welfare_org IS NULL
      OR unavailable_unclear_after_correction__public_welfare_org IS NULL
      OR not_processed_petition_complaint__public_welfare_org IS NULL
      OR not_processed_repeated__public_welfare_org IS NULL
      OR not_processed_publication__public_welfare_org IS NULL
      OR not_processed_excessive__public_welfare_org IS NULL
      OR not_processed_reissue__public_welfare_org IS NULL
      OR other_processing__public_welfare_org IS NULL
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
    'A2@legal_service_org' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(processed_total__legal_service_org, 0) - COALESCE(granted__legal_service_org, 0) - COALESCE(partially_granted__legal_service_org, 0) - COALESCE(denied_state_secret__legal_service_org, 0) - COALESCE(denied_law_prohibited__legal_service_org, 0) - COALESCE(denied_security_stability__legal_service_org, 0) - COALESCE(denied_third_party_rights__legal_service_org, 0) - COALESCE(denied_internal_affairs__legal_service_org, 0) - COALESCE(denied_process_information__legal_service_org, 0) - COALESCE(denied_enforcement_file__legal_service_org, 0) - COALESCE(denied_administrative_query__legal_service_org, 0) - COALESCE(unavailable_not_held__legal_service_org, 0) - COALESCE(unavailable_needs_creation__legal_service_org, 0) - COALESCE(unavailable_unclear_after_correction__legal_service_org, 0) - COALESCE(not_processed_petition_complaint__legal_service_org, 0) - COALESCE(not_processed_repeated__legal_service_org, 0) - COALESCE(not_processed_publication__legal_service_org, 0) - COALESCE(not_processed_excessive__legal_service_org, 0) - COALESCE(not_processed_reissue__legal_service_org, 0) - COALESCE(other_processing__legal_service_org, 0) AS residual,
    CASE WHEN processed_total__legal_service_org IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN granted__legal_service_org IS NULL
      OR partially_granted__legal_service_org IS NULL
      OR denied_state_secret__legal_service_org IS NULL
      OR denied_law_prohibited__legal_service_org IS NULL
      OR denied_security_stability__legal_service_org IS NULL
      OR denied_third_party_rights__legal_service_org IS NULL
      OR denied_internal_affairs__legal_service_org IS NULL
      OR denied_process_information__legal_service_org IS NULL
      OR denied_enforcement_file__legal_service_org IS NULL
      OR denied_administrative_query__legal_service_org IS NULL
      OR unavailable_not_held__legal_service_org IS NULL
      OR unavailable_needs_creation__legal_service_org IS NULL
      OR unavailable_unclear_after_correction__legal_service_org IS NULL
      OR not_processed_petition_complaint__legal_service_org IS NULL
      OR not_processed_repeated__legal_service_org IS NULL
      OR not_processed_publication__legal_service_org IS NULL
      OR not_processed_excessive__legal_service_org IS NULL
      OR not_processed_reissue__legal_service_org IS NULL
      OR other_processing__legal_service_org IS NULL
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
    'A2@other_org' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(processed_total__other_org, 0) - COALESCE(granted__other_org, 0) - COALESCE(partially_granted__other_org, 0) - COALESCE(denied_state_secret__other_org, 0) - COALESCE(denied_law_prohibited__other_org, 0) - COALESCE(denied_security_stability__other_org, 0) - COALESCE(denied_third_party_rights__other_org, 0) - COALESCE(denied_internal_affairs__other_org, 0) - COALESCE(denied_process_information__other_org, 0) - COALESCE(denied_enforcement_file__other_org, 0) - COALESCE(denied_administrative_query__other_org, 0) - COALESCE(unavailable_not_held__other_org, 0) - COALESCE(unavailable_needs_creation__other_org, 0) - COALESCE(unavailable_unclear_after_correction__other_org, 0) - COALESCE(not_processed_petition_complaint__other_org, 0) - COALESCE(not_processed_repeated__other_org, 0) - COALESCE(not_processed_publication__other_org, 0) - COALESCE(not_processed_excessive__other_org, 0) - COALESCE(not_processed_reissue__other_org, 0) - COALESCE(other_processing__other_org, 0) AS residual,
    CASE WHEN processed_total__other_org IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN granted__other_org IS NULL
      OR partially_granted__other_org IS NULL
      OR denied_state_secret__other_org IS NULL
      OR denied_law_prohibited__other_org IS NULL
      OR denied_security_stability__other_org IS NULL
      OR denied_third_party_rights__other_org IS NULL
      OR denied_internal_affairs__other_org IS NULL
      OR denied_process_information__other_org IS NULL
      OR denied_enforcement_file__other_org IS NULL
      OR denied_administrative_query__other_org IS NULL
      OR unavailable_not_held__other_org IS NULL
      OR unavailable_needs_creation__other_org IS NULL
      OR unavailable_unclear_after_correction__other_org IS NULL
      OR not_processed_petition_complaint__other_org IS NULL
      OR not_processed_repeated__other_org IS NULL
      OR not_processed_publication__other_org IS NULL
      OR not_processed_excessive__other_org IS NULL
      OR not_processed_reissue__other_org IS NULL
      OR other_processing__other_org IS NULL
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
    'A2@total' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(processed_total__total, 0) - COALESCE(granted__total, 0) - COALESCE(partially_granted__total, 0) - COALESCE(denied_state_secret__total, 0) - COALESCE(denied_law_prohibited__total, 0) - COALESCE(denied_security_stability__total, 0) - COALESCE(denied_third_party_rights__total, 0) - COALESCE(denied_internal_affairs__total, 0) - COALESCE(denied_process_information__total, 0) - COALESCE(denied_enforcement_file__total, 0) - COALESCE(denied_administrative_query__total, 0) - COALESCE(unavailable_not_held__total, 0) - COALESCE(unavailable_needs_creation__total, 0) - COALESCE(unavailable_unclear_after_correction__total, 0) - COALESCE(not_processed_petition_complaint__total, 0) - COALESCE(not_processed_repeated__total, 0) - COALESCE(not_processed_publication__total, 0) - COALESCE(not_processed_excessive__total, 0) - COALESCE(not_processed_reissue__total, 0) - COALESCE(other_processing__total, 0) AS residual,
    CASE WHEN processed_total__total IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN granted__total IS NULL
      OR partially_granted__total IS NULL
      OR denied_state_secret__total IS NULL
      OR denied_law_prohibited__total IS NULL
      OR denied_security_stability__total IS NULL
      OR denied_third_party_rights__total IS NULL
      OR denied_internal_affairs__total IS NULL
      OR denied_process_information__total IS NULL
      OR denied_enforcement_file__total IS NULL
      OR denied_administrative_query__total IS NULL
      OR unavailable_not_held__total IS NULL
      OR unavailable_needs_creation__total IS NULL
      OR unavailable_unclear_after_correction__total IS NULL
      OR not_processed_petition_complaint__total IS NULL
      OR not_processed_repeated__total IS NULL
      OR not_processed_publication__total IS NULL
      OR not_processed_excessive__total IS NULL
      OR not_processed_reissue__total IS NULL
      OR other_processing__total IS NULL
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
    'A2@natural_person' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(processed_total__natural_person, 0) - COALESCE(granted__natural_person, 0) - COALESCE(partially_granted__natural_person, 0) - COALESCE(denied_state_secret__natural_person, 0) - COALESCE(denied_law_prohibited__natural_person, 0) - COALESCE(denied_security_stability__natural_person, 0) - COALESCE(denied_third_party_rights__natural_person, 0) - COALESCE(denied_internal_affairs__natural_person, 0) - COALESCE(denied_process_information__natural_person, 0) - COALESCE(denied_enforcement_file__natural_person, 0) - COALESCE(denied_administrative_query__natural_person, 0) - COALESCE(unavailable_not_held__natural_person, 0) - COALESCE(unavailable_needs_creation__natural_person, 0) - COALESCE(unavailable_unclear_after_correction__natural_person, 0) - COALESCE(not_processed_petition_complaint__natural_person, 0) - COALESCE(not_processed_repeated__natural_person, 0) - COALESCE(not_processed_publication__natural_person, 0) - COALESCE(not_processed_excessive__natural_person, 0) - COALESCE(not_processed_reissue__natural_person, 0) - COALESCE(other_overdue_correction__natural_person, 0) - COALESCE(other_overdue_fee__natural_person, 0) - COALESCE(other_misc__natural_person, 0) AS residual,
    CASE WHEN processed_total__natural_person IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN granted__natural_person IS NULL
      OR partially_granted__natural_person IS NULL
      OR denied_state_secret__natural_person IS NULL
      OR denied_law_prohibited__natural_person IS NULL
      OR denied_security_stability__natural_person IS NULL
      OR denied_third_party_rights__natural_person IS NULL
      OR denied_internal_affairs__natural_person IS NULL
      OR denied_process_information__natural_person IS NULL
      OR denied_enforcement_file__natural_person IS NULL
      OR denied_administrative_query__natural_person IS NULL
      OR unavailable_not_held__natural_person IS NULL
      OR unavailable_needs_creation__natural_person IS NULL
      OR unavailable_unclear_after_correction__natural_person IS NULL
      OR not_processed_petition_complaint__natural_person IS NULL
      OR not_processed_repeated__natural_person IS NULL
      OR not_processed_publication__natural_person IS NULL
      OR not_processed_excessive__natural_person IS NULL
      OR not_processed_reissue__natural_person IS NULL
      OR other_overdue_correction__natural_person IS NULL
      OR other_overdue_fee__natural_person IS NULL
      OR other_misc__natural_person IS NULL
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
    'A2@commercial_enterprise' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(processed_total__commercial_enterprise, 0) - COALESCE(granted__commercial_enterprise, 0) - COALESCE(partially_granted__commercial_enterprise, 0) - COALESCE(denied_state_secret__commercial_enterprise, 0) - COALESCE(denied_law_prohibited__commercial_enterprise, 0) - COALESCE(denied_security_stability__commercial_enterprise, 0) - COALESCE(denied_third_party_rights__commercial_enterprise, 0) - COALESCE(denied_internal_affairs__commercial_enterprise, 0) - COALESCE(denied_process_information__commercial_enterprise, 0) - COALESCE(denied_enforcement_file__commercial_enterprise, 0) - COALESCE(denied_administrative_query__commercial_enterprise, 0) - COALESCE(unavailable_not_held__commercial_enterprise, 0) - COALESCE(unavailable_needs_creation__commercial_enterprise, 0) - COALESCE(unavailable_unclear_after_correction__commercial_enterprise, 0) - COALESCE(not_processed_petition_complaint__commercial_enterprise, 0) - COALESCE(not_processed_repeated__commercial_enterprise, 0) - COALESCE(not_processed_publication__commercial_enterprise, 0) - COALESCE(not_processed_excessive__commercial_enterprise, 0) - COALESCE(not_processed_reissue__commercial_enterprise, 0) - COALESCE(other_overdue_correction__commercial_enterprise, 0) - COALESCE(other_overdue_fee__commercial_enterprise, 0) - COALESCE(other_misc__commercial_enterprise, 0) AS residual,
    CASE WHEN processed_total__commercial_enterprise IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN granted__commercial_enterprise IS NULL
      OR partially_granted__commercial_enterprise IS NULL
      OR denied_state_secret__commercial_enterprise IS NULL
      OR denied_law_prohibited__commercial_enterprise IS NULL
      OR denied_security_stability__commercial_enterprise IS NULL
      OR denied_third_party_rights__commercial_enterprise IS NULL
      OR denied_internal_affairs__commercial_enterprise IS NULL
      OR denied_process_information__commercial_enterprise IS NULL
      OR denied_enforcement_file__commercial_enterprise IS NULL
      OR denied_administrative_query__commercial_enterprise IS NULL
      OR unavailable_not_held__commercial_enterprise IS NULL
      OR unavailable_needs_creation__commercial_enterprise IS NULL
      OR unavailable_unclear_after_correction__commercial_enterprise IS NULL
      OR not_processed_petition_complaint__commercial_enterprise IS NULL
      OR not_processed_repeated__commercial_enterprise IS NULL
      OR not_processed_publication__commercial_enterprise IS NULL
      OR not_processed_excessive__commercial_enterprise IS NULL
      OR not_processed_reissue__commercial_enterprise IS NULL
      OR other_overdue_correction__commercial_enterprise IS NULL
      OR other_overdue_fee__commercial_enterprise IS NULL
      OR other_misc__commercial_enterprise IS NULL
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
    'A2@research_institution' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(processed_total__research_institution, 0) - COALESCE(granted__research_institution, 0) - COALESCE(partially_granted__research_institution, 0) - COALESCE(denied_state_secret__research_institution, 0) - COALESCE(denied_law_prohibited__research_institution, 0) - COALESCE(denied_security_stability__research_institution, 0) - COALESCE(denied_third_party_rights__research_institution, 0) - COALESCE(denied_internal_affairs__research_institution, 0) - COALESCE(denied_process_information__research_institution, 0) - COALESCE(denied_enforcement_file__research_institution, 0) - COALESCE(denied_administrative_query__research_institution, 0) - COALESCE(unavailable_not_held__research_institution, 0) - COALESCE(unavailable_needs_creation__research_institution, 0) - COALESCE(unavailable_unclear_after_correction__research_institution, 0) - COALESCE(not_processed_petition_complaint__research_institution, 0) - COALESCE(not_processed_repeated__research_institution, 0) - COALESCE(not_processed_publication__research_institution, 0) - COALESCE(not_processed_excessive__research_institution, 0) - COALESCE(not_processed_reissue__research_institution, 0) - COALESCE(other_overdue_correction__research_institution, 0) - COALESCE(other_overdue_fee__research_institution, 0) - COALESCE(other_misc__research_institution, 0) AS residual,
    CASE WHEN processed_total__research_institution IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN granted__research_institution IS NULL
      OR partially_granted__research_institution IS NULL
      OR denied_state_secret__research_institution IS NULL
      OR denied_law_prohibited__research_institution IS NULL
      OR denied_security_stability__research_institution IS NULL
      OR denied_third_party_rights__research_institution IS NULL
      OR denied_internal_affairs__research_institution IS NULL
      OR denied_process_information__research_institution IS NULL
      OR denied_enforcement_file__research_institution IS NULL
      OR denied_administrative_query__research_institution IS NULL
      OR unavailable_not_held__research_institution IS NULL
      OR unavailable_needs_creation__research_institution IS NULL
      OR unavailable_unclear_after_correction__research_institution IS NULL
      OR not_processed_petition_complaint__research_institution IS NULL
      OR not_processed_repeated__research_institution IS NULL
      OR not_processed_publication__research_institution IS NULL
      OR not_processed_excessive__research_institution IS NULL
      OR not_processed_reissue__research_institution IS NULL
      OR other_overdue_correction__research_institution IS NULL
      OR other_overdue_fee__research_institution IS NULL
      OR other_misc__research_institution IS NULL
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
    'A2@public_welfare_org' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(processed_total__public_welfare_org, 0) - COALESCE(granted__public_welfare_org, 0) - COALESCE(partially_granted__public_welfare_org, 0) - COALESCE(denied_state_secret__public_welfare_org, 0) - COALESCE(denied_law_prohibited__public_welfare_org, 0) - COALESCE(denied_security_stability__public_welfare_org, 0) - COALESCE(denied_third_party_rights__public_welfare_org, 0) - COALESCE(denied_internal_affairs__public_welfare_org, 0) - COALESCE(denied_process_information__public_welfare_org, 0) - COALESCE(denied_enforcement_file__public_welfare_org, 0) - COALESCE(denied_administrative_query__public_welfare_org, 0) - COALESCE(unavailable_not_held__public_welfare_org, 0) - COALESCE(unavailable_needs_creation__public_welfare_org, 0) - COALESCE(unavailable_unclear_after_correction__public_welfare_org, 0) - COALESCE(not_processed_petition_complaint__public_welfare_org, 0) - COALESCE(not_processed_repeated__public_welfare_org, 0) - COALESCE(not_processed_publication__public_welfare_org, 0) - COALESCE(not_processed_excessive__public_welfare_org, 0) - COALESCE(not_processed_reissue__public_welfare_org, 0) - COALESCE(other_overdue_correction__public_welfare_org, 0) - COALESCE(other_overdue_fee__public_welfare_org, 0) - COALESCE(other_misc__public_welfare_org, 0) AS residual,
    CASE WHEN processed_total__public_welfare_org IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN granted__public_welfare_org IS NULL
      OR partially_granted__public_welfare_org IS NULL
      OR denied_state_secret__public_welfare_org IS NULL
      OR denied_law_prohibited__public_welfare_org IS NULL
      OR denied_security_stability__public_welfare_org IS NULL
      OR denied_third_party_rights__public_welfare_org IS NULL
      OR denied_internal_affairs__public_welfare_org IS NULL
      OR denied_process_information__public_welfare_org IS NULL
      OR denied_enforcement_file__public_welfare_org IS NULL
      OR denied_administrative_query__public_welfare_org IS NULL
      OR unavailable_not_held__public_welfare_org IS NULL
      OR unavailable_needs_creation__public_welfare_org IS NULL
      OR unavailable_unclear_after_correction__public_welfare_org IS NULL
      OR not_processed_petition_complaint__public_welfare_org IS NULL
      OR not_processed_repeated__public_welfare_org IS NULL
      OR not_processed_publication__public_welfare_org IS NULL
      OR not_processed_excessive__public_welfare_org IS NULL
      OR not_processed_reissue__public_welfare_org IS NULL
      OR other_overdue_correction__public_welfare_org IS NULL
      OR other_overdue_fee__public_welfare_org IS NULL
      OR other_misc__public_welfare_org IS NULL
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
    'A2@legal_service_org' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(processed_total__legal_service_org, 0) - COALESCE(granted__legal_service_org, 0) - COALESCE(partially_granted__legal_service_org, 0) - COALESCE(denied_state_secret__legal_service_org, 0) - COALESCE(denied_law_prohibited__legal_service_org, 0) - COALESCE(denied_security_stability__legal_service_org, 0) - COALESCE(denied_third_party_rights__legal_service_org, 0) - COALESCE(denied_internal_affairs__legal_service_org, 0) - COALESCE(denied_process_information__legal_service_org, 0) - COALESCE(denied_enforcement_file__legal_service_org, 0) - COALESCE(denied_administrative_query__legal_service_org, 0) - COALESCE(unavailable_not_held__legal_service_org, 0) - COALESCE(unavailable_needs_creation__legal_service_org, 0) - COALESCE(unavailable_unclear_after_correction__legal_service_org, 0) - COALESCE(not_processed_petition_complaint__legal_service_org, 0) - COALESCE(not_processed_repeated__legal_service_org, 0) - COALESCE(not_processed_publication__legal_service_org, 0) - COALESCE(not_processed_excessive__legal_service_org, 0) - COALESCE(not_processed_reissue__legal_service_org, 0) - COALESCE(other_overdue_correction__legal_service_org, 0) - COALESCE(other_overdue_fee__legal_service_org, 0) - COALESCE(other_misc__legal_service_org, 0) AS residual,
    CASE WHEN processed_total__legal_service_org IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN granted__legal_service_org IS NULL
      OR partially_granted__legal_service_org IS NULL
      OR denied_state_secret__legal_service_org IS NULL
      OR denied_law_prohibited__legal_service_org IS NULL
      OR denied_security_stability__legal_service_org IS NULL
      OR denied_third_party_rights__legal_service_org IS NULL
      OR denied_internal_affairs__legal_service_org IS NULL
      OR denied_process_information__legal_service_org IS NULL
      OR denied_enforcement_file__legal_service_org IS NULL
      OR denied_administrative_query__legal_service_org IS NULL
      OR unavailable_not_held__legal_service_org IS NULL
      OR unavailable_needs_creation__legal_service_org IS NULL
      OR unavailable_unclear_after_correction__legal_service_org IS NULL
      OR not_processed_petition_complaint__legal_service_org IS NULL
      OR not_processed_repeated__legal_service_org IS NULL
      OR not_processed_publication__legal_service_org IS NULL
      OR not_processed_excessive__legal_service_org IS NULL
      OR not_processed_reissue__legal_service_org IS NULL
      OR other_overdue_correction__legal_service_org IS NULL
      OR other_overdue_fee__legal_service_org IS NULL
      OR other_misc__legal_service_org IS NULL
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
    'A2@other_org' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(processed_total__other_org, 0) - COALESCE(granted__other_org, 0) - COALESCE(partially_granted__other_org, 0) - COALESCE(denied_state_secret__other_org, 0) - COALESCE(denied_law_prohibited__other_org, 0) - COALESCE(denied_security_stability__other_org, 0) - COALESCE(denied_third_party_rights__other_org, 0) - COALESCE(denied_internal_affairs__other_org, 0) - COALESCE(denied_process_information__other_org, 0) - COALESCE(denied_enforcement_file__other_org, 0) - COALESCE(denied_administrative_query__other_org, 0) - COALESCE(unavailable_not_held__other_org, 0) - COALESCE(unavailable_needs_creation__other_org, 0) - COALESCE(unavailable_unclear_after_correction__other_org, 0) - COALESCE(not_processed_petition_complaint__other_org, 0) - COALESCE(not_processed_repeated__other_org, 0) - COALESCE(not_processed_publication__other_org, 0) - COALESCE(not_processed_excessive__other_org, 0) - COALESCE(not_processed_reissue__other_org, 0) - COALESCE(other_overdue_correction__other_org, 0) - COALESCE(other_overdue_fee__other_org, 0) - COALESCE(other_misc__other_org, 0) AS residual,
    CASE WHEN processed_total__other_org IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN granted__other_org IS NULL
      OR partially_granted__other_org IS NULL
      OR denied_state_secret__other_org IS NULL
      OR denied_law_prohibited__other_org IS NULL
      OR denied_security_stability__other_org IS NULL
      OR denied_third_party_rights__other_org IS NULL
      OR denied_internal_affairs__other_org IS NULL
      OR denied_process_information__other_org IS NULL
      OR denied_enforcement_file__other_org IS NULL
      OR denied_administrative_query__other_org IS NULL
      OR unavailable_not_held__other_org IS NULL
      OR unavailable_needs_creation__other_org IS NULL
      OR unavailable_unclear_after_correction__other_org IS NULL
      OR not_processed_petition_complaint__other_org IS NULL
      OR not_processed_repeated__other_org IS NULL
      OR not_processed_publication__other_org IS NULL
      OR not_processed_excessive__other_org IS NULL
      OR not_processed_reissue__other_org IS NULL
      OR other_overdue_correction__other_org IS NULL
      OR other_overdue_fee__other_org IS NULL
      OR other_misc__other_org IS NULL
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
    'A2@total' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(processed_total__total, 0) - COALESCE(granted__total, 0) - COALESCE(partially_granted__total, 0) - COALESCE(denied_state_secret__total, 0) - COALESCE(denied_law_prohibited__total, 0) - COALESCE(denied_security_stability__total, 0) - COALESCE(denied_third_party_rights__total, 0) - COALESCE(denied_internal_affairs__total, 0) - COALESCE(denied_process_information__total, 0) - COALESCE(denied_enforcement_file__total, 0) - COALESCE(denied_administrative_query__total, 0) - COALESCE(unavailable_not_held__total, 0) - COALESCE(unavailable_needs_creation__total, 0) - COALESCE(unavailable_unclear_after_correction__total, 0) - COALESCE(not_processed_petition_complaint__total, 0) - COALESCE(not_processed_repeated__total, 0) - COALESCE(not_processed_publication__total, 0) - COALESCE(not_processed_excessive__total, 0) - COALESCE(not_processed_reissue__total, 0) - COALESCE(other_overdue_correction__total, 0) - COALESCE(other_overdue_fee__total, 0) - COALESCE(other_misc__total, 0) AS residual,
    CASE WHEN processed_total__total IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN granted__total IS NULL
      OR partially_granted__total IS NULL
      OR denied_state_secret__total IS NULL
      OR denied_law_prohibited__total IS NULL
      OR denied_security_stability__total IS NULL
      OR denied_third_party_rights__total IS NULL
      OR denied_internal_affairs__total IS NULL
      OR denied_process_information__total IS NULL
      OR denied_enforcement_file__total IS NULL
      OR denied_administrative_query__total IS NULL
      OR unavailable_not_held__total IS NULL
      OR unavailable_needs_creation__total IS NULL
      OR unavailable_unclear_after_correction__total IS NULL
      OR not_processed_petition_complaint__total IS NULL
      OR not_processed_repeated__total IS NULL
      OR not_processed_publication__total IS NULL
      OR not_processed_excessive__total IS NULL
      OR not_processed_reissue__total IS NULL
      OR other_overdue_correction__total IS NULL
      OR other_overdue_fee__total IS NULL
      OR other_misc__total IS NULL
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
