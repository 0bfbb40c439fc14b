"""Compiling the forms' rules: what an expression means, and what it may not say."""

import re
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from govinfo_pipeline.errors import RuleError
from govinfo_pipeline.formats import load_form, load_forms, universe
from govinfo_pipeline.verify.rules import (
    RULE_SET,
    compile_form,
    fingerprint,
    incidence,
    rule_set_version,
)

# Instances of each rule, counted on the printed forms.
COUNTS = {
    "2019": {"A1": 7, "A2": 7, "A3": 23, "D1": 3, "P2": 3, "P3": 2, "P4": 5, "Y1": 7, "Y3": 5},
    "2021": {"A1": 7, "A2": 7, "A3": 25, "D1": 3, "P1": 2, "P2": 3, "Y1": 7, "Y2": 2},
}


def instance(form_id, instance_id):
    return next(i for i in compile_form(load_form(form_id)) if i.id == instance_id)


def written(instance):
    """The terms as people write them: sign, 'prior.' and cell id."""
    return [
        f"{'+' if t.coefficient > 0 else '-'}{'prior.' if t.prior else ''}{universe().ids[t.position]}"
        for t in instance.terms
    ]


def with_rule(rule_id="A2", form_id="2021", **changes):
    form = load_form(form_id)
    return replace(form, rules=(replace(form.rule(rule_id), **changes),))


@pytest.mark.parametrize("form_id", COUNTS)
def test_every_rule_has_the_instances_of_the_printed_form(form_id):
    instances = compile_form(load_form(form_id))
    assert Counter(i.rule.id for i in instances) == COUNTS[form_id]
    assert len({i.id for i in instances}) == len(instances)


def test_a_rule_each_column_joins_rows_of_that_column():
    assert written(instance("2021", "A1@total")) == [
        "+applications.new_received.total",
        "+applications.carried_in.total",
        "-applications.processed_total.total",
        "-applications.carried_forward.total",
    ]


def test_a_rule_each_row_joins_columns_of_that_row():
    assert written(instance("2019", "A3@other_processing")) == [
        "+applications.other_processing.total",
        "-applications.other_processing.natural_person",
        "-applications.other_processing.commercial_enterprise",
        "-applications.other_processing.research_institution",
        "-applications.other_processing.public_welfare_org",
        "-applications.other_processing.legal_service_org",
        "-applications.other_processing.other_org",
    ]


def test_a_rule_each_group_joins_the_roles_of_that_group():
    assert written(instance("2021", "D1@direct_litigation")) == [
        "+disputes.cases.direct_litigation_total",
        "-disputes.cases.direct_litigation_upheld",
        "-disputes.cases.direct_litigation_corrected",
        "-disputes.cases.direct_litigation_other",
        "-disputes.cases.direct_litigation_pending",
    ]


@pytest.mark.parametrize(("form_id", "results"), [("2019", 19), ("2021", 21)])
def test_a_group_stands_for_all_its_rows(form_id, results):
    names = written(instance(form_id, "A2@other_org"))
    assert names[0] == "+applications.processed_total.other_org"
    assert len(names) == 1 + results
    assert all(re.fullmatch(r"-applications\.\w+\.other_org", name) for name in names[1:])


def test_prior_is_last_years_cell_and_no_cell_of_this_year():
    rule = instance("2021", "Y2@normative_documents")
    assert written(rule) == [
        "+art20_1.normative_documents.in_force",
        "-prior.art20_1.normative_documents.in_force",
        "-art20_1.normative_documents.issued_this_year",
        "+art20_1.normative_documents.repealed_this_year",
    ]
    assert rule.series
    assert incidence([rule]).sum() == 1  # +1 -1 +1: the prior term is not in it


def test_a_rule_over_several_tables_has_instances_in_each():
    rules = [i for i in compile_form(load_form("2019")) if i.rule.id == "P4"]
    assert [(i.table, i.id) for i in rules] == [
        ("art20_5", "P4@administrative_licensing"),
        ("art20_5", "P4@other_external_services"),
        ("art20_6", "P4@administrative_penalty"),
        ("art20_6", "P4@administrative_compulsion"),
        ("art20_8", "P4@administrative_fees"),
    ]
    assert {i.relation for i in rules} == {">="}
    assert [[t.signed for t in i.terms] for i in rules] == [[False, True]] * 5


@pytest.mark.parametrize(("form_id", "count", "independent"), [("2019", 37, 35), ("2021", 39, 37)])
def test_the_identities_of_applications_have_the_known_rank(form_id, count, independent):
    rules = [i for i in compile_form(load_form(form_id)) if i.rule.id in ("A1", "A2", "A3")]
    matrix = incidence(rules)
    assert matrix.shape == (count, len(universe()))
    assert np.linalg.matrix_rank(matrix) == independent


def test_whole_numbers_go_to_the_left_side():
    rule = compile_form(with_rule(expr="granted + 3 - carried_in >= (processed_total + 5)"))[0]
    assert rule.constant == -2
    assert [t.coefficient for t in rule.terms] == [1, -1, -1]


@pytest.mark.parametrize(
    ("expr", "problem"),
    [
        (
            "processed_total = sum(result)",
            "unknown row group 'result' in table 'applications'. Known: results.",
        ),
        ("processed_totl = granted", "unknown row 'processed_totl' in table 'applications'."),
        ("processed_total = results", "unknown row 'results' in table 'applications'."),
        ("2 * granted = carried_in", "'2 * granted' is not admitted."),
        ("granted = -1", "'-1' is not admitted."),
        ("granted = 1.5", "'1.5' is not admitted."),
        ("granted = 'x'", "\"'x'\" is not admitted."),
        ("granted = 4294967296", "'4294967296' is not admitted."),
        ('"granted" = 1', "'\"granted\"' is not admitted."),
        ("later.granted = 1", "'later.granted' is not admitted."),
        ("prior.a.granted = 1", "'prior.a.granted' is not admitted."),
        ("max(results) = 1", "'MAX(results)' is not admitted."),
        ("sum(granted + carried_in) = 1", "'SUM(granted + carried_in)' is not admitted."),
        ("sum(results) over () = 1", "'SUM(results) OVER ()' is not admitted."),
        ("granted = (select 1)", "'(SELECT 1)' is not admitted."),
        ("granted = 1 = 1", "'granted = 1' is not admitted."),
        ("granted > carried_in", "must be 'left = right' or 'left >= right', was"),
        ("granted", "must be 'left = right' or 'left >= right', was 'granted'."),
        ("granted = 1; drop table x", "must be 'left = right'"),
        ("granted =", "cannot read 'granted =':"),
        ("1 = 1", "names no cell: '1 = 1'."),
        ("granted = granted", "applications.granted.natural_person stands twice in"),
    ],
)
def test_what_is_not_admitted_is_refused_by_name(expr, problem):
    with pytest.raises(RuleError) as caught:
        compile_form(with_rule(expr=expr))
    assert str(caught.value).startswith(f"formats/2021.toml: rule A2: {problem}")
    assert caught.value.rule == "A2"


def test_a_role_outside_its_group_is_refused():
    with pytest.raises(RuleError, match=r"rule D1: unknown role 'won' in table 'disputes'\. Known: "):
        compile_form(with_rule("D1", expr="total = won"))


def test_a_table_without_roles_has_no_groups():
    with pytest.raises(RuleError, match="rule A2: no group with roles in table 'applications'"):
        compile_form(with_rule(each="group"))


def test_money_is_no_whole_number():
    with pytest.raises(RuleError, match="amount_this_year is money, must be a count or a change"):
        compile_form(with_rule(tables=("art20_8",), each="row", expr="amount_this_year >= 0"))


def test_a_relation_needs_a_table():
    with pytest.raises(RuleError, match="rule A2: an expression needs a table"):
        compile_form(with_rule(tables=()))


def test_two_instances_of_one_name_are_refused():
    twice = ("art20_6", "art20_6")
    with pytest.raises(RuleError, match="rule P4: two instances are 'P4@administrative_compulsion'"):
        compile_form(with_rule("P4", "2019", tables=twice))


def test_a_shadow_rule_is_compiled_and_marked_and_a_retired_one_is_not_compiled():
    assert [i.shadow for i in compile_form(with_rule())] == [False] * 7
    assert [i.shadow for i in compile_form(with_rule(status="shadow"))] == [True] * 7
    assert compile_form(with_rule(status="retired")) == ()


def test_the_version_follows_what_can_change_a_verdict_and_nothing_else():
    assert re.fullmatch(r"\d{4}\.\d+\+[0-9a-f]{8}", rule_set_version())
    assert rule_set_version() == f"{RULE_SET}+{fingerprint(load_forms())}"
    form = load_form("2021")
    same = replace(form, rules=tuple(replace(r, zh="x", law="y") for r in form.rules))
    assert fingerprint([same]) == fingerprint([form])
    for change in ({"expr": "granted = 0"}, {"severity": "notice"}, {"status": "shadow"}):
        assert fingerprint([with_rule(**change)]) != fingerprint([with_rule()])
    regrouped = tuple(replace(t, rows=tuple(replace(r, group=None) for r in t.rows)) for t in form.tables)
    assert fingerprint([replace(form, tables=regrouped)]) != fingerprint([form])
