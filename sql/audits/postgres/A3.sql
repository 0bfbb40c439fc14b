-- A3 (error, active): 总计 = 自然人与法人或其他组织各列之和
-- total = sum of the six applicant columns
-- 2019: 国办公开办函〔2019〕60号附件:申请人情况总计
-- 2021: 国办公开办函〔2021〕30号附件:申请人情况总计
-- A row for every failing instance. Generated from the forms by `govinfo suites`.
SELECT
  report_id,
  instance,
  residual
FROM (
  SELECT
    report_id,
    'A3@new_received' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(new_received__total, 0) - COALESCE(new_received__natural_person, 0) - COALESCE(new_received__commercial_enterprise, 0) - COALESCE(new_received__research_institution, 0) - COALESCE(new_received__public_welfare_org, 0) - COALESCE(new_received__legal_service_org, 0) - COALESCE(new_received__other_org, 0) AS residual,
    CASE WHEN new_received__total IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN new_received__natural_person IS NULL
      OR new_received__commercial_enterprise IS NULL
      OR new_received__research_institution IS NULL
      OR new_received__public_welfare_org IS NULL
      OR new_received__legal_service_org IS NULL
      OR new_received__other_org IS NULL
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
          REPLACE(
            SUBSTRING(cell_state FROM 1 FOR 147) || SUBSTRING(cell_state FROM 169 FOR 14),
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
  UNION ALL
  SELECT
    report_id,
    'A3@carried_in' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(carried_in__total, 0) - COALESCE(carried_in__natural_person, 0) - COALESCE(carried_in__commercial_enterprise, 0) - COALESCE(carried_in__research_institution, 0) - COALESCE(carried_in__public_welfare_org, 0) - COALESCE(carried_in__legal_service_org, 0) - COALESCE(carried_in__other_org, 0) AS residual,
    CASE WHEN carried_in__total IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN carried_in__natural_person IS NULL
      OR carried_in__commercial_enterprise IS NULL
      OR carried_in__research_institution IS NULL
      OR carried_in__public_welfare_org IS NULL
      OR carried_in__legal_service_org IS NULL
      OR carried_in__other_org IS NULL
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
          REPLACE(
            SUBSTRING(cell_state FROM 1 FOR 147) || SUBSTRING(cell_state FROM 169 FOR 14),
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
  UNION ALL
  SELECT
    report_id,
    'A3@granted' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(granted__total, 0) - COALESCE(granted__natural_person, 0) - COALESCE(granted__commercial_enterprise, 0) - COALESCE(granted__research_institution, 0) - COALESCE(granted__public_welfare_org, 0) - COALESCE(granted__legal_service_org, 0) - COALESCE(granted__other_org, 0) AS residual,
    CASE WHEN granted__total IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN granted__natural_person IS NULL
      OR granted__commercial_enterprise IS NULL
      OR granted__research_institution IS NULL
      OR granted__public_welfare_org IS NULL
      OR granted__legal_service_org IS NULL
      OR granted__other_org IS NULL
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
          REPLACE(
            SUBSTRING(cell_state FROM 1 FOR 147) || SUBSTRING(cell_state FROM 169 FOR 14),
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
  UNION ALL
  SELECT
    report_id,
    'A3@partially_granted' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(partially_granted__total, 0) - COALESCE(partially_granted__natural_person, 0) - COALESCE(partially_granted__commercial_enterprise, 0) - COALESCE(partially_granted__research_institution, 0) - COALESCE(partially_granted__public_welfare_org, 0) - COALESCE(partially_granted__legal_service_org, 0) - COALESCE(partially_granted__other_org, 0) AS residual,
    CASE WHEN partially_granted__total IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN partially_granted__natural_person IS NULL
      OR partially_granted__commercial_enterprise IS NULL
      OR partially_granted__research_institution IS NULL
      OR partially_granted__public_welfare_org IS NULL
      OR partially_granted__legal_service_org IS NULL
      OR partially_granted__other_org IS NULL
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
          REPLACE(
            SUBSTRING(cell_state FROM 1 FOR 147) || SUBSTRING(cell_state FROM 169 FOR 14),
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
  UNION ALL
  SELECT
    report_id,
    'A3@denied_state_secret' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(denied_state_secret__total, 0) - COALESCE(denied_state_secret__natural_person, 0) - COALESCE(denied_state_secret__commercial_enterprise, 0) - COALESCE(denied_state_secret__research_institution, 0) - COALESCE(denied_state_secret__public_welfare_org, 0) - COALESCE(denied_state_secret__legal_service_org, 0) - COALESCE(denied_state_secret__other_org, 0) AS residual,
    CASE WHEN denied_state_secret__total IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN denied_state_secret__natural_person IS NULL
      OR denied_state_secret__commercial_enterprise IS NULL
      OR denied_state_secret__research_institution IS NULL
      OR denied_state_secret__public_welfare_org IS NULL
      OR denied_state_secret__legal_service_org IS NULL
      OR denied_state_secret__other_org IS NULL
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
          REPLACE(
            SUBSTRING(cell_state FROM 1 FOR 147) || SUBSTRING(cell_state FROM 169 FOR 14),
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
  UNION ALL
  SELECT
    report_id,
    'A3@denied_law_prohibited' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(denied_law_prohibited__total, 0) - COALESCE(denied_law_prohibited__natural_person, 0) - COALESCE(denied_law_prohibited__commercial_enterprise, 0) - COALESCE(denied_law_prohibited__research_institution, 0) - COALESCE(denied_law_prohibited__public_welfare_org, 0) - COALESCE(denied_law_prohibited__legal_service_org, 0) - COALESCE(denied_law_prohibited__other_org, 0) AS residual,
    CASE WHEN denied_law_prohibited__total IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN denied_law_prohibited__natural_person IS NULL
      OR denied_law_prohibited__commercial_enterprise IS NULL
      OR denied_law_prohibited__research_institution IS NULL
      OR denied_law_prohibited__public_welfare_org IS NULL
      OR denied_law_prohibited__legal_service_org IS NULL
      OR denied_law_prohibited__other_org IS NULL
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
          REPLACE(
            SUBSTRING(cell_state FROM 1 FOR 147) || SUBSTRING(cell_state FROM 169 FOR 14),
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
  UNION ALL
  SELECT
    report_id,
    'A3@denied_security_stability' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(denied_security_stability__total, 0) - COALESCE(denied_security_stability__natural_person, 0) - COALESCE(denied_security_stability__commercial_enterprise, 0) - COALESCE(denied_security_stability__research_institution, 0) - COALESCE(denied_security_stability__public_welfare_org, 0) - COALESCE(denied_security_stability__legal_service_org, 0) - COALESCE(denied_security_stability__other_org, 0) AS residual,
    CASE WHEN denied_security_stability__total IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN denied_security_stability__natural_person IS NULL
      OR denied_security_stability__commercial_enterprise IS NULL
      OR denied_security_stability__research_institution IS NULL
      OR denied_security_stability__public_welfare_org IS NULL
      OR denied_security_stability__legal_service_org IS NULL
      OR denied_security_stability__other_org IS NULL
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
          REPLACE(
            SUBSTRING(cell_state FROM 1 FOR 147) || SUBSTRING(cell_state FROM 169 FOR 14),
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
  UNION ALL
  SELECT
    report_id,
    'A3@denied_third_party_rights' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(denied_third_party_rights__total, 0) - COALESCE(denied_third_party_rights__natural_person, 0) - COALESCE(denied_third_party_rights__commercial_enterprise, 0) - COALESCE(denied_third_party_rights__research_institution, 0) - COALESCE(denied_third_party_rights__public_welfare_org, 0) - COALESCE(denied_third_party_rights__legal_service_org, 0) - COALESCE(denied_third_party_rights__other_org, 0) AS residual,
    CASE WHEN denied_third_party_rights__total IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN denied_third_party_rights__natural_person IS NULL
      OR denied_third_party_rights__commercial_enterprise IS NULL
      OR denied_third_party_rights__research_institution IS NULL
      OR denied_third_party_rights__public_welfare_org IS NULL
      OR denied_third_party_rights__legal_service_org IS NULL
      OR denied_third_party_rights__other_org IS NULL
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
          REPLACE(
            SUBSTRING(cell_state FROM 1 FOR 147) || SUBSTRING(cell_state FROM 169 FOR 14),
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
  UNION ALL
  SELECT
    report_id,
    'A3@denied_internal_affairs' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(denied_internal_affairs__total, 0) - COALESCE(denied_internal_affairs__natural_person, 0) - COALESCE(denied_internal_affairs__commercial_enterprise, 0) - COALESCE(denied_internal_affairs__research_institution, 0) - COALESCE(denied_internal_affairs__public_welfare_org, 0) - COALESCE(denied_internal_affairs__legal_service_org, 0) - COALESCE(denied_internal_affairs__other_org, 0) AS residual,
    CASE WHEN denied_internal_affairs__total IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN denied_internal_affairs__natural_person IS NULL
      OR denied_internal_affairs__commercial_enterprise IS NULL
      OR denied_internal_affairs__research_institution IS NULL
      OR denied_internal_affairs__public_welfare_org IS NULL
      OR denied_internal_affairs__legal_service_org IS NULL
      OR denied_internal_affairs__other_org IS NULL
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
          REPLACE(
            SUBSTRING(cell_state FROM 1 FOR 147) || SUBSTRING(cell_state FROM 169 FOR 14),
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
  UNION ALL
  SELECT
    report_id,
    'A3@denied_process_information' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(denied_process_information__total, 0) - COALESCE(denied_process_information__natural_person, 0) - COALESCE(denied_process_information__commercial_enterprise, 0) - COALESCE(denied_process_information__research_institution, 0) - COALESCE(denied_process_information__public_welfare_org, 0) - COALESCE(denied_process_information__legal_service_org, 0) - COALESCE(denied_process_information__other_org, 0) AS residual,
    CASE WHEN denied_process_information__total IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN denied_process_information__natural_person IS NULL
      OR denied_process_information__commercial_enterprise IS NULL
      OR denied_process_information__research_institution IS NULL
      OR denied_process_information__public_welfare_org IS NULL
      OR denied_process_information__legal_service_org IS NULL
      OR denied_process_information__other_org IS NULL
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
          REPLACE(
            SUBSTRING(cell_state FROM 1 FOR 147) || SUBSTRING(cell_state FROM 169 FOR 14),
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
  UNION ALL
  SELECT
    report_id,
    'A3@denied_enforcement_file' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(denied_enforcement_file__total, 0) - COALESCE(denied_enforcement_file__natural_person, 0) - COALESCE(denied_enforcement_file__commercial_enterprise, 0) - COALESCE(denied_enforcement_file__research_institution, 0) - COALESCE(denied_enforcement_file__public_welfare_org, 0) - COALESCE(denied_enforcement_file__legal_service_org, 0) - COALESCE(denied_enforcement_file__other_org, 0) AS residual,
    CASE WHEN denied_enforcement_file__total IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN denied_enforcement_file__natural_person IS NULL
      OR denied_enforcement_file__commercial_enterprise IS NULL
      OR denied_enforcement_file__research_institution IS NULL
      OR denied_enforcement_file__public_welfare_org IS NULL
      OR denied_enforcement_file__legal_service_org IS NULL
      OR denied_enforcement_file__other_org IS NULL
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
          REPLACE(
            SUBSTRING(cell_state FROM 1 FOR 147) || SUBSTRING(cell_state FROM 169 FOR 14),
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
  UNION ALL
  SELECT
    report_id,
    'A3@denied_administrative_query' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(denied_administrative_query__total, 0) - COALESCE(denied_administrative_query__natural_person, 0) - COALESCE(denied_administrative_query__commercial_enterprise, 0) - COALESCE(denied_administrative_query__research_institution, 0) - COALESCE(denied_administrative_query__public_welfare_org, 0) - COALESCE(denied_administrative_query__legal_service_org, 0) - COALESCE(denied_administrative_query__other_org, 0) AS residual,
    CASE WHEN denied_administrative_query__total IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN denied_administrative_query__natural_person IS NULL
      OR denied_administrative_query__commercial_enterprise IS NULL
      OR denied_administrative_query__research_institution IS NULL
      OR denied_administrative_query__public_welfare_org IS NULL
      OR denied_administrative_query__legal_service_org IS NULL
      OR denied_administrative_query__other_org IS NULL
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
          REPLACE(
            SUBSTRING(cell_state FROM 1 FOR 147) || SUBSTRING(cell_state FROM 169 FOR 14),
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
  UNION ALL
  SELECT
    report_id,
    'A3@unavailable_not_held' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(unavailable_not_held__total, 0) - COALESCE(unavailable_not_held__natural_person, 0) - COALESCE(unavailable_not_held__commercial_enterprise, 0) - COALESCE(unavailable_not_held__research_institution, 0) - COALESCE(unavailable_not_held__public_welfare_org, 0) - COALESCE(unavailable_not_held__legal_service_org, 0) - COALESCE(unavailable_not_held__other_org, 0) AS residual,
    CASE WHEN unavailable_not_held__total IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN unavailable_not_held__natural_person IS NULL
      OR unavailable_not_held__commercial_enterprise IS NULL
      OR unavailable_not_held__research_institution IS NULL
      OR unavailable_not_held__public_welfare_org IS NULL
      OR unavailable_not_held__legal_service_org IS NULL
      OR unavailable_not_held__other_org IS NULL
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
          REPLACE(
            SUBSTRING(cell_state FROM 1 FOR 147) || SUBSTRING(cell_state FROM 169 FOR 14),
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
  UNION ALL
  SELECT
    report_id,
    'A3@unavailable_needs_creation' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(unavailable_needs_creation__total, 0) - COALESCE(unavailable_needs_creation__natural_person, 0) - COALESCE(unavailable_needs_creation__commercial_enterprise, 0) - COALESCE(unavailable_needs_creation__research_institution, 0) - COALESCE(unavailable_needs_creation__public_welfare_org, 0) - COALESCE(unavailable_needs_creation__legal_service_org, 0) - COALESCE(unavailable_needs_creation__other_org, 0) AS residual,
    CASE WHEN unavailable_needs_creation__total IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN unavailable_needs_creation__natural_person IS NULL
      OR unavailable_needs_creation__commercial_enterprise IS NULL
      OR unavailable_needs_creation__research_institution IS NULL
      OR unavailable_needs_creation__public_welfare_org IS NULL
      OR unavailable_needs_creation__legal_service_org IS NULL
      OR unavailable_needs_creation__other_org IS NULL
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
          REPLACE(
            SUBSTRING(cell_state FROM 1 FOR 147) || SUBSTRING(cell_state FROM 169 FOR 14),
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
  UNION ALL
  SELECT
    report_id,
    'A3@unavailable_unclear_after_correction' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(unavailable_unclear_after_correction__total, 0) - COALESCE(unavailable_unclear_after_correction__natural_person, 0) - COALESCE(unavailable_unclear_after_correction__commercial_enterprise, 0) - COALESCE(unavailable_unclear_after_correction__research_institution, 0) - COALESCE(unavailable_unclear_after_correction__public_welfare_org, 0) - COALESCE(unavailable_unclear_after_correction__legal_service_org, 0) - COALESCE(unavailable_unclear_after_correction__other_org, 0) AS residual,
    CASE WHEN unavailable_unclear_after_correction__total IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN unavailable_unclear_after_correction__natural_person IS NULL
      OR unavailable_unclear_after_correction__commercial_enterprise IS NULL
      OR unavailable_unclear_after_correction__research_institution IS NULL
      OR unavailable_unclear_after_correction__public_welfare_org IS NULL
      OR unavailable_unclear_after_correction__legal_service_org IS NULL
      OR unavailable_unclear_after_correction__other_org IS NULL
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
          REPLACE(
            SUBSTRING(cell_state FROM 1 FOR 147) || SUBSTRING(cell_state FROM 169 FOR 14),
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
  UNION ALL
  SELECT
    report_id,
    'A3@not_processed_petition_complaint' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(not_processed_petition_complaint__total, 0) - COALESCE(not_processed_petition_complaint__natural_person, 0) - COALESCE(not_processed_petition_complaint__commercial_enterprise, 0) - COALESCE(not_processed_petition_complaint__research_institution, 0) - COALESCE(not_processed_petition_complaint__public_welfare_org, 0) - COALESCE(not_processed_petition_complaint__legal_service_org, 0) - COALESCE(not_processed_petition_complaint__other_org, 0) AS residual,
    CASE WHEN not_processed_petition_complaint__total IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN not_processed_petition_complaint__natural_person IS NULL
      OR not_processed_petition_complaint__commercial_enterprise IS NULL
      OR not_processed_petition_complaint__research_institution IS NULL
      OR not_processed_petition_complaint__public_welfare_org IS NULL
      OR not_processed_petition_complaint__legal_service_org IS NULL
      OR not_processed_petition_complaint__other_org IS NULL
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
          REPLACE(
            SUBSTRING(cell_state FROM 1 FOR 147) || SUBSTRING(cell_state FROM 169 FOR 14),
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
  UNION ALL
  SELECT
    report_id,
    'A3@not_processed_repeated' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(not_processed_repeated__total, 0) - COALESCE(not_processed_repeated__natural_person, 0) - COALESCE(not_processed_repeated__commercial_enterprise, 0) - COALESCE(not_processed_repeated__research_institution, 0) - COALESCE(not_processed_repeated__public_welfare_org, 0) - COALESCE(not_processed_repeated__legal_service_org, 0) - COALESCE(not_processed_repeated__other_org, 0) AS residual,
    CASE WHEN not_processed_repeated__total IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN not_processed_repeated__natural_person IS NULL
      OR not_processed_repeated__commercial_enterprise IS NULL
      OR not_processed_repeated__research_institution IS NULL
      OR not_processed_repeated__public_welfare_org IS NULL
      OR not_processed_repeated__legal_service_org IS NULL
      OR not_processed_repeated__other_org IS NULL
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
          REPLACE(
            SUBSTRING(cell_state FROM 1 FOR 147) || SUBSTRING(cell_state FROM 169 FOR 14),
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
  UNION ALL
  SELECT
    report_id,
    'A3@not_processed_publication' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(not_processed_publication__total, 0) - COALESCE(not_processed_publication__natural_person, 0) - COALESCE(not_processed_publication__commercial_enterprise, 0) - COALESCE(not_processed_publication__research_institution, 0) - COALESCE(not_processed_publication__public_welfare_org, 0) - COALESCE(not_processed_publication__legal_service_org, 0) - COALESCE(not_processed_publication__other_org, 0) AS residual,
    CASE WHEN not_processed_publication__total IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN not_processed_publication__natural_person IS NULL
      OR not_processed_publication__commercial_enterprise IS NULL
      OR not_processed_publication__research_institution IS NULL
      OR not_processed_publication__public_welfare_org IS NULL
      OR not_processed_publication__legal_service_org IS NULL
      OR not_processed_publication__other_org IS NULL
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
          REPLACE(
            SUBSTRING(cell_state FROM 1 FOR 147) || SUBSTRING(cell_state FROM 169 FOR 14),
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
  UNION ALL
  SELECT
    report_id,
    'A3@not_processed_excessive' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(not_processed_excessive__total, 0) - COALESCE(not_processed_excessive__natural_person, 0) - COALESCE(not_processed_excessive__commercial_enterprise, 0) - COALESCE(not_processed_excessive__research_institution, 0) - COALESCE(not_processed_excessive__public_welfare_org, 0) - COALESCE(not_processed_excessive__legal_service_org, 0) - COALESCE(not_processed_excessive__other_org, 0) AS residual,
    CASE WHEN not_processed_excessive__total IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN not_processed_excessive__natural_person IS NULL
      OR not_processed_excessive__commercial_enterprise IS NULL
      OR not_processed_excessive__research_institution IS NULL
      OR not_processed_excessive__public_welfare_org IS NULL
      OR not_processed_excessive__legal_service_org IS NULL
      OR not_processed_excessive__other_org IS NULL
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
          REPLACE(
            SUBSTRING(cell_state FROM 1 FOR 147) || SUBSTRING(cell_state FROM 169 FOR 14),
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
  UNION ALL
  SELECT
    report_id,
    'A3@not_processed_reissue' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(not_processed_reissue__total, 0) - COALESCE(not_processed_reissue__natural_person, 0) - COALESCE(not_processed_reissue__commercial_enterprise, 0) - COALESCE(not_processed_reissue__research_institution, 0) - COALESCE(not_processed_reissue__public_welfare_org, 0) - COALESCE(not_processed_reissue__legal_service_org, 0) - COALESCE(not_processed_reissue__other_org, 0) AS residual,
    CASE WHEN not_processed_reissue__total IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN not_processed_reissue__natural_person IS NULL
      OR not_processed_reissue__commercial_enterprise IS NULL
      OR not_processed_reissue__research_institution IS NULL
      OR not_processed_reissue__public_welfare_org IS NULL
      OR not_processed_reissue__legal_service_org IS NULL
      OR not_processed_reissue__other_org IS NULL
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
          REPLACE(
            SUBSTRING(cell_state FROM 1 FOR 147) || SUBSTRING(cell_state FROM 169 FOR 14),
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
  UNION ALL
  SELECT
    report_id,
    'A3@other_processing' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(other_processing__total, 0) - COALESCE(other_processing__natural_person, 0) - COALESCE(other_processing__commercial_enterprise, 0) - COALESCE(other_processing__research_institution, 0) - COALESCE(other_processing__public_welfare_org, 0) - COALESCE(other_processing__legal_service_org, 0) - COALESCE(other_processing__other_org, 0) AS residual,
    CASE WHEN other_processing__total IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN other_processing__natural_person IS NULL
      OR other_processing__commercial_enterprise IS NULL
      OR other_processing__research_institution IS NULL
      OR other_processing__public_welfare_org IS NULL
      OR other_processing__legal_service_org IS NULL
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
          REPLACE(
            SUBSTRING(cell_state FROM 1 FOR 147) || SUBSTRING(cell_state FROM 169 FOR 14),
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
  UNION ALL
  SELECT
    report_id,
    'A3@processed_total' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(processed_total__total, 0) - COALESCE(processed_total__natural_person, 0) - COALESCE(processed_total__commercial_enterprise, 0) - COALESCE(processed_total__research_institution, 0) - COALESCE(processed_total__public_welfare_org, 0) - COALESCE(processed_total__legal_service_org, 0) - COALESCE(processed_total__other_org, 0) AS residual,
    CASE WHEN processed_total__total IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN processed_total__natural_person IS NULL
      OR processed_total__commercial_enterprise IS NULL
      OR processed_total__research_institution IS NULL
      OR processed_total__public_welfare_org IS NULL
      OR processed_total__legal_service_org IS NULL
      OR processed_total__other_org IS NULL
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
          REPLACE(
            SUBSTRING(cell_state FROM 1 FOR 147) || SUBSTRING(cell_state FROM 169 FOR 14),
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
  UNION ALL
  SELECT
    report_id,
    'A3@carried_forward' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(carried_forward__total, 0) - COALESCE(carried_forward__natural_person, 0) - COALESCE(carried_forward__commercial_enterprise, 0) - COALESCE(carried_forward__research_institution, 0) - COALESCE(carried_forward__public_welfare_org, 0) - COALESCE(carried_forward__legal_service_org, 0) - COALESCE(carried_forward__other_org, 0) AS residual,
    CASE WHEN carried_forward__total IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN carried_forward__natural_person IS NULL
      OR carried_forward__commercial_enterprise IS NULL
      OR carried_forward__research_institution IS NULL
      OR carried_forward__public_welfare_org IS NULL
      OR carried_forward__legal_service_org IS NULL
      OR carried_forward__other_org IS NULL
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
          REPLACE(
            SUBSTRING(cell_state FROM 1 FOR 147) || SUBSTRING(cell_state FROM 169 FOR 14),
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
  UNION ALL
  SELECT
    report_id,
    'A3@new_received' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(new_received__total, 0) - COALESCE(new_received__natural_person, 0) - COALESCE(new_received__commercial_enterprise, 0) - COALESCE(new_received__research_institution, 0) - COALESCE(new_received__public_welfare_org, 0) - COALESCE(new_received__legal_service_org, 0) - COALESCE(new_received__other_org, 0) AS residual,
    CASE WHEN new_received__total IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN new_received__natural_person IS NULL
      OR new_received__commercial_enterprise IS NULL
      OR new_received__research_institution IS NULL
      OR new_received__public_welfare_org IS NULL
      OR new_received__legal_service_org IS NULL
      OR new_received__other_org IS NULL
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
          REPLACE(
            SUBSTRING(cell_state FROM 1 FOR 140) || SUBSTRING(cell_state FROM 148 FOR 35),
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
  UNION ALL
  SELECT
    report_id,
    'A3@carried_in' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(carried_in__total, 0) - COALESCE(carried_in__natural_person, 0) - COALESCE(carried_in__commercial_enterprise, 0) - COALESCE(carried_in__research_institution, 0) - COALESCE(carried_in__public_welfare_org, 0) - COALESCE(carried_in__legal_service_org, 0) - COALESCE(carried_in__other_org, 0) AS residual,
    CASE WHEN carried_in__total IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN carried_in__natural_person IS NULL
      OR carried_in__commercial_enterprise IS NULL
      OR carried_in__research_institution IS NULL
      OR carried_in__public_welfare_org IS NULL
      OR carried_in__legal_service_org IS NULL
      OR carried_in__other_org IS NULL
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
          REPLACE(
            SUBSTRING(cell_state FROM 1 FOR 140) || SUBSTRING(cell_state FROM 148 FOR 35),
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
  UNION ALL
  SELECT
    report_id,
    'A3@granted' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(granted__total, 0) - COALESCE(granted__natural_person, 0) - COALESCE(granted__commercial_enterprise, 0) - COALESCE(granted__research_institution, 0) - COALESCE(granted__public_welfare_org, 0) - COALESCE(granted__legal_service_org, 0) - COALESCE(granted__other_org, 0) AS residual,
    CASE WHEN granted__total IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN granted__natural_person IS NULL
      OR granted__commercial_enterprise IS NULL
      OR granted__research_institution IS NULL
      OR granted__public_welfare_org IS NULL
      OR granted__legal_service_org IS NULL
      OR granted__other_org IS NULL
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
          REPLACE(
            SUBSTRING(cell_state FROM 1 FOR 140) || SUBSTRING(cell_state FROM 148 FOR 35),
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
  UNION ALL
  SELECT
    report_id,
    'A3@partially_granted' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(partially_granted__total, 0) - COALESCE(partially_granted__natural_person, 0) - COALESCE(partially_granted__commercial_enterprise, 0) - COALESCE(partially_granted__research_institution, 0) - COALESCE(partially_granted__public_welfare_org, 0) - COALESCE(partially_granted__legal_service_org, 0) - COALESCE(partially_granted__other_org, 0) AS residual,
    CASE WHEN partially_granted__total IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN partially_granted__natural_person IS NULL
      OR partially_granted__commercial_enterprise IS NULL
      OR partially_granted__research_institution IS NULL
      OR partially_granted__public_welfare_org IS NULL
      OR partially_granted__legal_service_org IS NULL
      OR partially_granted__other_org IS NULL
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
          REPLACE(
            SUBSTRING(cell_state FROM 1 FOR 140) || SUBSTRING(cell_state FROM 148 FOR 35),
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
  UNION ALL
  SELECT
    report_id,
    'A3@denied_state_secret' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(denied_state_secret__total, 0) - COALESCE(denied_state_secret__natural_person, 0) - COALESCE(denied_state_secret__commercial_enterprise, 0) - COALESCE(denied_state_secret__research_institution, 0) - COALESCE(denied_state_secret__public_welfare_org, 0) - COALESCE(denied_state_secret__legal_service_org, 0) - COALESCE(denied_state_secret__other_org, 0) AS residual,
    CASE WHEN denied_state_secret__total IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN denied_state_secret__natural_person IS NULL
      OR denied_state_secret__commercial_enterprise IS NULL
      OR denied_state_secret__research_institution IS NULL
      OR denied_state_secret__public_welfare_org IS NULL
      OR denied_state_secret__legal_service_org IS NULL
      OR denied_state_secret__other_org IS NULL
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
          REPLACE(
            SUBSTRING(cell_state FROM 1 FOR 140) || SUBSTRING(cell_state FROM 148 FOR 35),
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
  UNION ALL
  SELECT
    report_id,
    'A3@denied_law_prohibited' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(denied_law_prohibited__total, 0) - COALESCE(denied_law_prohibited__natural_person, 0) - COALESCE(denied_law_prohibited__commercial_enterprise, 0) - COALESCE(denied_law_prohibited__research_institution, 0) - COALESCE(denied_law_prohibited__public_welfare_org, 0) - COALESCE(denied_law_prohibited__legal_service_org, 0) - COALESCE(denied_law_prohibited__other_org, 0) AS residual,
    CASE WHEN denied_law_prohibited__total IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN denied_law_prohibited__natural_person IS NULL
      OR denied_law_prohibited__commercial_enterprise IS NULL
      OR denied_law_prohibited__research_institution IS NULL
      OR denied_law_prohibited__public_welfare_org IS NULL
      OR denied_law_prohibited__legal_service_org IS NULL
      OR denied_law_prohibited__other_org IS NULL
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
          REPLACE(
            SUBSTRING(cell_state FROM 1 FOR 140) || SUBSTRING(cell_state FROM 148 FOR 35),
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
  UNION ALL
  SELECT
    report_id,
    'A3@denied_security_stability' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(denied_security_stability__total, 0) - COALESCE(denied_security_stability__natural_person, 0) - COALESCE(denied_security_stability__commercial_enterprise, 0) - COALESCE(denied_security_stability__research_institution, 0) - COALESCE(denied_security_stability__public_welfare_org, 0) - COALESCE(denied_security_stability__legal_service_org, 0) - COALESCE(denied_security_stability__other_org, 0) AS residual,
    CASE WHEN denied_security_stability__total IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN denied_security_stability__natural_person IS NULL
      OR denied_security_stability__commercial_enterprise IS NULL
      OR denied_security_stability__research_institution IS NULL
      OR denied_security_stability__public_welfare_org IS NULL
      OR denied_security_stability__legal_service_org IS NULL
      OR denied_security_stability__other_org IS NULL
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
          REPLACE(
            SUBSTRING(cell_state FROM 1 FOR 140) || SUBSTRING(cell_state FROM 148 FOR 35),
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
  UNION ALL
  SELECT
    report_id,
    'A3@denied_third_party_rights' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(denied_third_party_rights__total, 0) - COALESCE(denied_third_party_rights__natural_person, 0) - COALESCE(denied_third_party_rights__commercial_enterprise, 0) - COALESCE(denied_third_party_rights__research_institution, 0) - COALESCE(denied_third_party_rights__public_welfare_org, 0) - COALESCE(denied_third_party_rights__legal_service_org, 0) - COALESCE(denied_third_party_rights__other_org, 0) AS residual,
    CASE WHEN denied_third_party_rights__total IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN denied_third_party_rights__natural_person IS NULL
      OR denied_third_party_rights__commercial_enterprise IS NULL
      OR denied_third_party_rights__research_institution IS NULL
      OR denied_third_party_rights__public_welfare_org IS NULL
      OR denied_third_party_rights__legal_service_org IS NULL
      OR denied_third_party_rights__other_org IS NULL
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
          REPLACE(
            SUBSTRING(cell_state FROM 1 FOR 140) || SUBSTRING(cell_state FROM 148 FOR 35),
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
  UNION ALL
  SELECT
    report_id,
    'A3@denied_internal_affairs' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(denied_internal_affairs__total, 0) - COALESCE(denied_internal_affairs__natural_person, 0) - COALESCE(denied_internal_affairs__commercial_enterprise, 0) - COALESCE(denied_internal_affairs__research_institution, 0) - COALESCE(denied_internal_affairs__public_welfare_org, 0) - COALESCE(denied_internal_affairs__legal_service_org, 0) - COALESCE(denied_internal_affairs__other_org, 0) AS residual,
    CASE WHEN denied_internal_affairs__total IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN denied_internal_affairs__natural_person IS NULL
      OR denied_internal_affairs__commercial_enterprise IS NULL
      OR denied_internal_affairs__research_institution IS NULL
      OR denied_internal_affairs__public_welfare_org IS NULL
      OR denied_internal_affairs__legal_service_org IS NULL
      OR denied_internal_affairs__other_org IS NULL
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
          REPLACE(
            SUBSTRING(cell_state FROM 1 FOR 140) || SUBSTRING(cell_state FROM 148 FOR 35),
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
  UNION ALL
  SELECT
    report_id,
    'A3@denied_process_information' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(denied_process_information__total, 0) - COALESCE(denied_process_information__natural_person, 0) - COALESCE(denied_process_information__commercial_enterprise, 0) - COALESCE(denied_process_information__research_institution, 0) - COALESCE(denied_process_information__public_welfare_org, 0) - COALESCE(denied_process_information__legal_service_org, 0) - COALESCE(denied_process_information__other_org, 0) AS residual,
    CASE WHEN denied_process_information__total IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN denied_process_information__natural_person IS NULL
      OR denied_process_information__commercial_enterprise IS NULL
      OR denied_process_information__research_institution IS NULL
      OR denied_process_information__public_welfare_org IS NULL
      OR denied_process_information__legal_service_org IS NULL
      OR denied_process_information__other_org IS NULL
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
          REPLACE(
            SUBSTRING(cell_state FROM 1 FOR 140) || SUBSTRING(cell_state FROM 148 FOR 35),
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
  UNION ALL
  SELECT
    report_id,
    'A3@denied_enforcement_file' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(denied_enforcement_file__total, 0) - COALESCE(denied_enforcement_file__natural_person, 0) - COALESCE(denied_enforcement_file__commercial_enterprise, 0) - COALESCE(denied_enforcement_file__research_institution, 0) - COALESCE(denied_enforcement_file__public_welfare_org, 0) - COALESCE(denied_enforcement_file__legal_service_org, 0) - COALESCE(denied_enforcement_file__other_org, 0) AS residual,
    CASE WHEN denied_enforcement_file__total IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN denied_enforcement_file__natural_person IS NULL
      OR denied_enforcement_file__commercial_enterprise IS NULL
      OR denied_enforcement_file__research_institution IS NULL
      OR denied_enforcement_file__public_welfare_org IS NULL
      OR denied_enforcement_file__legal_service_org IS NULL
      OR denied_enforcement_file__other_org IS NULL
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
          REPLACE(
            SUBSTRING(cell_state FROM 1 FOR 140) || SUBSTRING(cell_state FROM 148 FOR 35),
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
  UNION ALL
  SELECT
    report_id,
    'A3@denied_administrative_query' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(denied_administrative_query__total, 0) - COALESCE(denied_administrative_query__natural_person, 0) - COALESCE(denied_administrative_query__commercial_enterprise, 0) - COALESCE(denied_administrative_query__research_institution, 0) - COALESCE(denied_administrative_query__public_welfare_org, 0) - COALESCE(denied_administrative_query__legal_service_org, 0) - COALESCE(denied_administrative_query__other_org, 0) AS residual,
    CASE WHEN denied_administrative_query__total IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN denied_administrative_query__natural_person IS NULL
      OR denied_administrative_query__commercial_enterprise IS NULL
      OR denied_administrative_query__research_institution IS NULL
      OR denied_administrative_query__public_welfare_org IS NULL
      OR denied_administrative_query__legal_service_org IS NULL
      OR denied_administrative_query__other_org IS NULL
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
          REPLACE(
            SUBSTRING(cell_state FROM 1 FOR 140) || SUBSTRING(cell_state FROM 148 FOR 35),
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
  UNION ALL
  SELECT
    report_id,
    'A3@unavailable_not_held' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(unavailable_not_held__total, 0) - COALESCE(unavailable_not_held__natural_person, 0) - COALESCE(unavailable_not_held__commercial_enterprise, 0) - COALESCE(unavailable_not_held__research_institution, 0) - COALESCE(unavailable_not_held__public_welfare_org, 0) - COALESCE(unavailable_not_held__legal_service_org, 0) - COALESCE(unavailable_not_held__other_org, 0) AS residual,
    CASE WHEN unavailable_not_held__total IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN unavailable_not_held__natural_person IS NULL
      OR unavailable_not_held__commercial_enterprise IS NULL
      OR unavailable_not_held__research_institution IS NULL
      OR unavailable_not_held__public_welfare_org IS NULL
      OR unavailable_not_held__legal_service_org IS NULL
      OR unavailable_not_held__other_org IS NULL
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
          REPLACE(
            SUBSTRING(cell_state FROM 1 FOR 140) || SUBSTRING(cell_state FROM 148 FOR 35),
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
  UNION ALL
  SELECT
    report_id,
    'A3@unavailable_needs_creation' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(unavailable_needs_creation__total, 0) - COALESCE(unavailable_needs_creation__natural_person, 0) - COALESCE(unavailable_needs_creation__commercial_enterprise, 0) - COALESCE(unavailable_needs_creation__research_institution, 0) - COALESCE(unavailable_needs_creation__public_welfare_org, 0) - COALESCE(unavailable_needs_creation__legal_service_org, 0) - COALESCE(unavailable_needs_creation__other_org, 0) AS residual,
    CASE WHEN unavailable_needs_creation__total IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN unavailable_needs_creation__natural_person IS NULL
      OR unavailable_needs_creation__commercial_enterprise IS NULL
      OR unavailable_needs_creation__research_institution IS NULL
      OR unavailable_needs_creation__public_welfare_org IS NULL
      OR unavailable_needs_creation__legal_service_org IS NULL
      OR unavailable_needs_creation__other_org IS NULL
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
          REPLACE(
            SUBSTRING(cell_state FROM 1 FOR 140) || SUBSTRING(cell_state FROM 148 FOR 35),
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
  UNION ALL
  SELECT
    report_id,
    'A3@unavailable_unclear_after_correction' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(unavailable_unclear_after_correction__total, 0) - COALESCE(unavailable_unclear_after_correction__natural_person, 0) - COALESCE(unavailable_unclear_after_correction__commercial_enterprise, 0) - COALESCE(unavailable_unclear_after_correction__research_institution, 0) - COALESCE(unavailable_unclear_after_correction__public_welfare_org, 0) - COALESCE(unavailable_unclear_after_correction__legal_service_org, 0) - COALESCE(unavailable_unclear_after_correction__other_org, 0) AS residual,
    CASE WHEN unavailable_unclear_after_correction__total IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN unavailable_unclear_after_correction__natural_person IS NULL
      OR unavailable_unclear_after_correction__commercial_enterprise IS NULL
      OR unavailable_unclear_after_correction__research_institution IS NULL
      OR unavailable_unclear_after_correction__public_welfare_org IS NULL
      OR unavailable_unclear_after_correction__legal_service_org IS NULL
      OR unavailable_unclear_after_correction__other_org IS NULL
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
          REPLACE(
            SUBSTRING(cell_state FROM 1 FOR 140) || SUBSTRING(cell_state FROM 148 FOR 35),
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
  UNION ALL
  SELECT
    report_id,
    'A3@not_processed_petition_complaint' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(not_processed_petition_complaint__total, 0) - COALESCE(not_processed_petition_complaint__natural_person, 0) - COALESCE(not_processed_petition_complaint__commercial_enterprise, 0) - COALESCE(not_processed_petition_complaint__research_institution, 0) - COALESCE(not_processed_petition_complaint__public_welfare_org, 0) - COALESCE(not_processed_petition_complaint__legal_service_org, 0) - COALESCE(not_processed_petition_complaint__other_org, 0) AS residual,
    CASE WHEN not_processed_petition_complaint__total IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN not_processed_petition_complaint__natural_person IS NULL
      OR not_processed_petition_complaint__commercial_enterprise IS NULL
      OR not_processed_petition_complaint__research_institution IS NULL
      OR not_processed_petition_complaint__public_welfare_org IS NULL
      OR not_processed_petition_complaint__legal_service_org IS NULL
      OR not_processed_petition_complaint__other_org IS NULL
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
          REPLACE(
            SUBSTRING(cell_state FROM 1 FOR 140) || SUBSTRING(cell_state FROM 148 FOR 35),
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
  UNION ALL
  SELECT
    report_id,
    'A3@not_processed_repeated' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(not_processed_repeated__total, 0) - COALESCE(not_processed_repeated__natural_person, 0) - COALESCE(not_processed_repeated__commercial_enterprise, 0) - COALESCE(not_processed_repeated__research_institution, 0) - COALESCE(not_processed_repeated__public_welfare_org, 0) - COALESCE(not_processed_repeated__legal_service_org, 0) - COALESCE(not_processed_repeated__other_org, 0) AS residual,
    CASE WHEN not_processed_repeated__total IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN not_processed_repeated__natural_person IS NULL
      OR not_processed_repeated__commercial_enterprise IS NULL
      OR not_processed_repeated__research_institution IS NULL
      OR not_processed_repeated__public_welfare_org IS NULL
      OR not_processed_repeated__legal_service_org IS NULL
      OR not_processed_repeated__other_org IS NULL
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
          REPLACE(
            SUBSTRING(cell_state FROM 1 FOR 140) || SUBSTRING(cell_state FROM 148 FOR 35),
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
  UNION ALL
  SELECT
    report_id,
    'A3@not_processed_publication' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(not_processed_publication__total, 0) - COALESCE(not_processed_publication__natural_person, 0) - COALESCE(not_processed_publication__commercial_enterprise, 0) - COALESCE(not_processed_publication__research_institution, 0) - COALESCE(not_processed_publication__public_welfare_org, 0) - COALESCE(not_processed_publication__legal_service_org, 0) - COALESCE(not_processed_publication__other_org, 0) AS residual,
    CASE WHEN not_processed_publication__total IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN not_processed_publication__natural_person IS NULL
      OR not_processed_publication__commercial_enterprise IS NULL
      OR not_processed_publication__research_institution IS NULL
      OR not_processed_publication__public_welfare_org IS NULL
      OR not_processed_publication__legal_service_org IS NULL
      OR not_processed_publication__other_org IS NULL
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
          REPLACE(
            SUBSTRING(cell_state FROM 1 FOR 140) || SUBSTRING(cell_state FROM 148 FOR 35),
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
  UNION ALL
  SELECT
    report_id,
    'A3@not_processed_excessive' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(not_processed_excessive__total, 0) - COALESCE(not_processed_excessive__natural_person, 0) - COALESCE(not_processed_excessive__commercial_enterprise, 0) - COALESCE(not_processed_excessive__research_institution, 0) - COALESCE(not_processed_excessive__public_welfare_org, 0) - COALESCE(not_processed_excessive__legal_service_org, 0) - COALESCE(not_processed_excessive__other_org, 0) AS residual,
    CASE WHEN not_processed_excessive__total IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN not_processed_excessive__natural_person IS NULL
      OR not_processed_excessive__commercial_enterprise IS NULL
      OR not_processed_excessive__research_institution IS NULL
      OR not_processed_excessive__public_welfare_org IS NULL
      OR not_processed_excessive__legal_service_org IS NULL
      OR not_processed_excessive__other_org IS NULL
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
          REPLACE(
            SUBSTRING(cell_state FROM 1 FOR 140) || SUBSTRING(cell_state FROM 148 FOR 35),
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
  UNION ALL
  SELECT
    report_id,
    'A3@not_processed_reissue' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(not_processed_reissue__total, 0) - COALESCE(not_processed_reissue__natural_person, 0) - COALESCE(not_processed_reissue__commercial_enterprise, 0) - COALESCE(not_processed_reissue__research_institution, 0) - COALESCE(not_processed_reissue__public_welfare_org, 0) - COALESCE(not_processed_reissue__legal_service_org, 0) - COALESCE(not_processed_reissue__other_org, 0) AS residual,
    CASE WHEN not_processed_reissue__total IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN not_processed_reissue__natural_person IS NULL
      OR not_processed_reissue__commercial_enterprise IS NULL
      OR not_processed_reissue__research_institution IS NULL
      OR not_processed_reissue__public_welfare_org IS NULL
      OR not_processed_reissue__legal_service_org IS NULL
      OR not_processed_reissue__other_org IS NULL
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
          REPLACE(
            SUBSTRING(cell_state FROM 1 FOR 140) || SUBSTRING(cell_state FROM 148 FOR 35),
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
  UNION ALL
  SELECT
    report_id,
    'A3@other_overdue_correction' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(other_overdue_correction__total, 0) - COALESCE(other_overdue_correction__natural_person, 0) - COALESCE(other_overdue_correction__commercial_enterprise, 0) - COALESCE(other_overdue_correction__research_institution, 0) - COALESCE(other_overdue_correction__public_welfare_org, 0) - COALESCE(other_overdue_correction__legal_service_org, 0) - COALESCE(other_overdue_correction__other_org, 0) AS residual,
    CASE WHEN other_overdue_correction__total IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN other_overdue_correction__natural_person IS NULL
      OR other_overdue_correction__commercial_enterprise IS NULL
      OR other_overdue_correction__research_institution IS NULL
      OR other_overdue_correction__public_welfare_org IS NULL
      OR other_overdue_correction__legal_service_org IS NULL
      OR other_overdue_correction__other_org IS NULL
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
          REPLACE(
            SUBSTRING(cell_state FROM 1 FOR 140) || SUBSTRING(cell_state FROM 148 FOR 35),
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
  UNION ALL
  SELECT
    report_id,
    'A3@other_overdue_fee' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(other_overdue_fee__total, 0) - COALESCE(other_overdue_fee__natural_person, 0) - COALESCE(other_overdue_fee__commercial_enterprise, 0) - COALESCE(other_overdue_fee__research_institution, 0) - COALESCE(other_overdue_fee__public_welfare_org, 0) - COALESCE(other_overdue_fee__legal_service_org, 0) - COALESCE(other_overdue_fee__other_org, 0) AS residual,
    CASE WHEN other_overdue_fee__total IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN other_overdue_fee__natural_person IS NULL
      OR other_overdue_fee__commercial_enterprise IS NULL
      OR other_overdue_fee__research_institution IS NULL
      OR other_overdue_fee__public_welfare_org IS NULL
      OR other_overdue_fee__legal_service_org IS NULL
      OR other_overdue_fee__other_org IS NULL
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
          REPLACE(
            SUBSTRING(cell_state FROM 1 FOR 140) || SUBSTRING(cell_state FROM 148 FOR 35),
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
  UNION ALL
  SELECT
    report_id,
    'A3@other_misc' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(other_misc__total, 0) - COALESCE(other_misc__natural_person, 0) - COALESCE(other_misc__commercial_enterprise, 0) - COALESCE(other_misc__research_institution, 0) - COALESCE(other_misc__public_welfare_org, 0) - COALESCE(other_misc__legal_service_org, 0) - COALESCE(other_misc__other_org, 0) AS residual,
    CASE WHEN other_misc__total IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN other_misc__natural_person IS NULL
      OR other_misc__commercial_enterprise IS NULL
      OR other_misc__research_institution IS NULL
      OR other_misc__public_welfare_org IS NULL
      OR other_misc__legal_service_org IS NULL
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
          REPLACE(
            SUBSTRING(cell_state FROM 1 FOR 140) || SUBSTRING(cell_state FROM 148 FOR 35),
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
  UNION ALL
  SELECT
    report_id,
    'A3@processed_total' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(processed_total__total, 0) - COALESCE(processed_total__natural_person, 0) - COALESCE(processed_total__commercial_enterprise, 0) - COALESCE(processed_total__research_institution, 0) - COALESCE(processed_total__public_welfare_org, 0) - COALESCE(processed_total__legal_service_org, 0) - COALESCE(processed_total__other_org, 0) AS residual,
    CASE WHEN processed_total__total IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN processed_total__natural_person IS NULL
      OR processed_total__commercial_enterprise IS NULL
      OR processed_total__research_institution IS NULL
      OR processed_total__public_welfare_org IS NULL
      OR processed_total__legal_service_org IS NULL
      OR processed_total__other_org IS NULL
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
          REPLACE(
            SUBSTRING(cell_state FROM 1 FOR 140) || SUBSTRING(cell_state FROM 148 FOR 35),
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
  UNION ALL
  SELECT
    report_id,
    'A3@carried_forward' AS instance,
    CAST(0 AS DECIMAL(38, 0)) + COALESCE(carried_forward__total, 0) - COALESCE(carried_forward__natural_person, 0) - COALESCE(carried_forward__commercial_enterprise, 0) - COALESCE(carried_forward__research_institution, 0) - COALESCE(carried_forward__public_welfare_org, 0) - COALESCE(carried_forward__legal_service_org, 0) - COALESCE(carried_forward__other_org, 0) AS residual,
    CASE WHEN carried_forward__total IS NULL THEN 1 ELSE 0 END AS up,
    CASE
      WHEN carried_forward__natural_person IS NULL
      OR carried_forward__commercial_enterprise IS NULL
      OR carried_forward__research_institution IS NULL
      OR carried_forward__public_welfare_org IS NULL
      OR carried_forward__legal_service_org IS NULL
      OR carried_forward__other_org IS NULL
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
          REPLACE(
            SUBSTRING(cell_state FROM 1 FOR 140) || SUBSTRING(cell_state FROM 148 FOR 35),
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
) AS judged
WHERE
  (
    residual < 0 AND up = 0
  ) OR (
    residual > 0 AND down = 0 AND equation = 1
  )
