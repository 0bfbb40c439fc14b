"""The life of a rule, and `govinfo rules`: what is listed, and how often each rule spoke."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from govinfo_pipeline.cli.main import cli
from govinfo_pipeline.errors import GovinfoError
from govinfo_pipeline.formats import Form, load_forms
from govinfo_pipeline.formats.loader import parse_form
from govinfo_pipeline.line.judge import decide
from govinfo_pipeline.parsed import Arrival, parsed_table
from govinfo_pipeline.report import Report
from govinfo_pipeline.verify import arithmetic, judge, review, series
from govinfo_pipeline.verify.finding import Finding
from govinfo_pipeline.verify.judge import verdict_of
from govinfo_pipeline.verify.review import finding_id
from govinfo_pipeline.verify.rules import RULE_SET, rule_set_version
from govinfo_pipeline.warehouse.duckdb import DuckDBWarehouse
from tests.batches import FOUND, Judged, finding, put, report

# -- the life of a rule --------------------------------------------------------------------------------------

NEW_RULE = """
[[rule]]
id = "{id}"
family = "{family}"
table = "applications"
expr = "granted >= carried_forward"
each = "column"
blanks = "fillable"
severity = "error"
status = "{status}"
law = "条例第五十条"
zh = "予以公开 不少于 结转下年"
en = "granted is at least carried forward"
"""

Use = Callable[[str], None]


def text_of_form() -> str:
    return (resources.files("govinfo_pipeline.formats") / "2021.toml").read_text(encoding="utf-8")


def with_status(rule_id: str, status: str) -> str:
    text = text_of_form()
    assert f'id = "{rule_id}"\nfamily' in text
    return text.replace(f'id = "{rule_id}"\nfamily', f'id = "{rule_id}"\nstatus = "{status}"\nfamily')


def with_rule(status: str, family: str = "arithmetic", rule_id: str = "A9") -> str:
    return text_of_form() + NEW_RULE.format(status=status, family=family, id=rule_id)


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> Iterator[Use]:
    """Return a function that makes the text of a form the 2021 form, wherever reports are judged."""
    caches = (arithmetic.instances_of, review._instances)

    def install(text: str) -> None:
        form = parse_form(text, "formats/2021.toml")

        def load(form_id: str) -> Form:
            return form if form_id == "2021" else load_forms()[0]

        for module in (arithmetic, judge, review, series):
            monkeypatch.setattr(module, "load_form", load)
        for cache in caches:
            cache.cache_clear()

    yield install
    for cache in caches:
        cache.cache_clear()


def left_over() -> Report:
    """Consistent, but 5 are carried forward and 2 granted."""
    made = put(report("甲县", granted=2), {})
    for column in ("natural_person", "total"):
        put(made, {f"applications.new_received.{column}": 7, f"applications.carried_forward.{column}": 5})
    return made


def found(*reports: Report) -> list[Finding]:
    return judge.judge(reports)[0]


def test_without_the_new_rule_the_report_is_right() -> None:
    assert [] == found(left_over())


@pytest.mark.parametrize("family", ["arithmetic", "plausibility"])
def test_a_rule_on_trial_is_judged_and_counted_and_blocks_nothing(use: Use, family: str) -> None:
    use(with_rule("shadow", family))
    (tried,) = found(left_over())
    assert ("A9", "fail", "notice", True) == (tried.rule, tried.verdict, tried.severity, tried.shadow)
    assert ("A9@natural_person", "A9@total") == tried.instances
    assert tried.message.zh.startswith("[试运行] ")
    assert tried.message.en.startswith("[shadow] ")
    assert "pass" == verdict_of([tried])
    assert tried.to_dict()["shadow"] is True


def test_an_active_rule_of_the_same_words_blocks(use: Use) -> None:
    use(with_rule("active", "plausibility"))
    assert {("A9", "error", False)} == {(f.rule, f.severity, f.shadow) for f in found(left_over())}


@pytest.mark.parametrize("family", ["arithmetic", "plausibility"])
def test_a_retired_rule_is_judged_no_more(use: Use, family: str) -> None:
    use(with_rule("retired", family))
    assert [] == found(left_over())


def test_a_rule_on_trial_neither_explains_nor_hides_an_error(use: Use) -> None:
    wrong = put(left_over(), {"applications.granted.total": 1})
    (before,) = found(wrong)
    use(with_rule("shadow", "plausibility"))
    error, tried = found(wrong)
    assert (before.rule, before.instances, before.repairs) == (error.rule, error.instances, error.repairs)
    assert "A9" == tried.rule


def test_a_rule_in_code_can_be_on_trial_and_retired_too(use: Use) -> None:
    bare = put(report("甲县"), {"disputes.cases.review_total": "x"})
    assert ["error"] == [f.severity for f in found(bare) if f.rule == "N1"]
    use(with_status("N1", "shadow"))
    assert [("notice", True)] == [(f.severity, f.shadow) for f in found(bare) if f.rule == "N1"]
    use(with_status("N1", "retired"))
    assert [] == [f for f in found(bare) if f.rule == "N1"]


def test_what_a_rule_on_trial_cannot_judge_leaves_the_verdict_alone(use: Use) -> None:
    lost = put(report("甲县"), {"disputes.cases.review_upheld": "u"})
    lost.tables["disputes"] = "partly_filled"
    assert "unknown" == verdict_of(found(lost))
    use(with_status("S6", "shadow"))
    assert "pass" == verdict_of(found(lost))
    assert ["S6"] == [f.rule for f in found(lost)]


@pytest.mark.parametrize(("status", "rules"), [("active", ["Y1"]), ("shadow", ["Y1"]), ("retired", [])])
def test_a_rule_about_two_years_lives_like_the_others(use: Use, status: str, rules: list[str]) -> None:
    before = put(report("甲县", 2021), {"applications.carried_forward.total": 4})
    after = put(report("甲县", 2022), {"applications.carried_in.total": 3})
    use(with_status("Y1", status))
    told = [f for f in judge.judge([after], [before])[0] if f.rule == "Y1"]
    assert rules == [f.rule for f in told]
    assert {"shadow": True}.get(status, False) == any(f.shadow for f in told)


def test_a_report_that_fails_only_a_rule_on_trial_is_published_with_it(use: Use) -> None:
    use(with_rule("shadow", "plausibility"))
    result = decide("2022", parsed_table([left_over()], [Arrival(1, FOUND)])).gated
    (row,) = result.tables["reports"].to_pylist()
    assert ("pass", 0, 0, 1) == (row["verdict"], row["errors"], row["warnings"], row["notices"])
    (told,) = result.tables["findings"].to_pylist()
    assert ("A9", "notice") == (told["rule"], told["severity"])
    assert told["message_zh"].startswith("[试运行]")


def test_a_finding_on_trial_has_a_name_like_any_other(use: Use) -> None:
    use(with_rule("shadow", "plausibility"))
    (tried,) = found(left_over())
    assert finding_id(tried, left_over()) == tried.id
    assert finding_id(tried, put(left_over(), {"applications.granted.total": 3})) != tried.id


# -- govinfo rules -------------------------------------------------------------------------------------------


def run(*args: str) -> Result:
    return CliRunner().invoke(cli, ("rules", *args), catch_exceptions=False)


def listed(*args: str) -> dict[str, dict[str, Any]]:
    lines = [json.loads(line) for line in run("--format", "jsonl", *args).stdout.splitlines()]
    return {line["rule"]: line for line in lines}


def test_every_rule_of_every_form_is_listed_once_in_the_order_of_explanation() -> None:
    ids = [json.loads(line)["rule"] for line in run("--format", "jsonl").stdout.splitlines()]
    assert {rule.id for form in load_forms() for rule in form.rules} == set(ids)
    assert len(ids) == len(set(ids))
    assert ["A1", "A2", "A3", "D1", "N1", "P1"] == ids[:6]
    assert ids.index("P7") < ids.index("Y1") < ids.index("S1") < ids.index("C1")


def test_a_rule_is_listed_with_all_that_the_forms_say() -> None:
    rule = listed()["A3"]
    assert ("active", "error", "arithmetic") == (rule["status"], rule["severity"], rule["family"])
    assert "总计 = 自然人与法人或其他组织各列之和" == rule["text"]["zh"]
    assert "total = sum of the six applicant columns" == rule["text"]["en"]
    assert {"2019": 23, "2021": 25} == {form: told["instances"] for form, told in rule["forms"].items()}
    assert "国办公开办函〔2021〕30号附件:申请人情况总计" == rule["forms"]["2021"]["law"]
    assert "total = sum(applicants)" == rule["forms"]["2021"]["expr"]
    assert rule_set_version() == rule["rule_set_version"]
    assert "findings" not in rule


@pytest.mark.parametrize(
    ("rule_id", "instances"),
    [
        ("N1", {"2019": 198, "2021": 200}),
        ("P1", {"2021": 2}),
        ("Y3", {"2019": 5}),
        ("S4", {"2019": None, "2021": None}),
    ],
)
def test_instances_are_counted_where_the_form_alone_tells(rule_id: str, instances: dict[str, Any]) -> None:
    assert instances == {form: told["instances"] for form, told in listed()[rule_id]["forms"].items()}


def test_where_forms_differ_the_newest_speaks_for_the_rule() -> None:
    newest = load_forms()[-1].rule("C1")
    older = [replace(rule, zh="旧") if rule.id == "C1" else rule for rule in load_forms()[0].rules]
    forms = (replace(load_forms()[0], rules=tuple(older)), load_forms()[-1])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("govinfo_pipeline.cli.rules.load_forms", lambda: forms)
        assert newest.zh == listed()["C1"]["text"]["zh"]


def test_the_table_says_every_rule_and_the_version_of_all() -> None:
    text = run().stdout
    for rule_id, rule in listed().items():
        assert f" {rule_id} " in text
        assert rule["text"]["zh"] in text
    assert f"规则集 rule set {rule_set_version()}: {len(listed())} 条 rules" in text
    assert RULE_SET in text
    assert "2019: 23" in text
    assert "2019: -" in text


def warehouse(folder: Path, rules: str) -> Path:
    one, two = report("甲县"), report("乙县")
    judged = Judged([one], [two], rules=rules)
    judged.findings = [
        finding(one, "Y1"),
        finding(one, "A1", "error", review="dismissed"),
        finding(two, "A1", "error", review="confirmed"),
        finding(two, "A1", "error", instances=["A1@other_org"]),
        finding(two, "A3", "notice", verdict="unknown"),
    ]
    path = folder / "warehouse.duckdb"
    DuckDBWarehouse(path).publish(judged.batch(folder))
    return path


COUNTED = ("findings", "reports", "unknown", "confirmed", "dismissed")


def test_findings_are_counted_from_the_warehouse(tmp_path: Path) -> None:
    path = warehouse(tmp_path, rule_set_version())
    for args in (("--warehouse", str(path)), ("--data", str(tmp_path))):
        rules = listed(*args)
        counts = {name: tuple(rules[name][key] for key in COUNTED) for name in ("A1", "A3", "Y1", "D1")}
        assert {
            "A1": (3, 2, 0, 1, 1),
            "A3": (1, 1, 1, 0, 0),
            "Y1": (1, 1, 0, 0, 0),
            "D1": (0, 0, 0, 0, 0),
        } == counts
        assert "" == run(*args).stderr


def test_the_table_counts_what_there_is(tmp_path: Path) -> None:
    text = run("--warehouse", str(warehouse(tmp_path, rule_set_version()))).stdout
    for words in ("2 份报告 reports", "1 未定 unknown", "1 已确认 confirmed", "1 已驳回 dismissed"):
        assert words in text
    assert "0 份" not in text
    assert "0 已" not in text


def test_counts_of_another_rule_set_are_said_to_be_so(tmp_path: Path) -> None:
    path = warehouse(tmp_path, "2025.9+00000000")
    result = run("--warehouse", str(path))
    assert 0 == result.exit_code
    assert f"judged by 2025.9+00000000, this is {rule_set_version()}" in result.stderr
    assert "findings" in result.stdout


def test_a_warehouse_that_is_not_there_is_said(tmp_path: Path) -> None:
    assert 2 == run("--warehouse", str(tmp_path / "none.duckdb")).exit_code
    with pytest.raises(GovinfoError, match="no warehouse at"):
        run("--data", str(tmp_path))


def test_two_warehouses_are_one_too_many(tmp_path: Path) -> None:
    path = warehouse(tmp_path, rule_set_version())
    result = run("--warehouse", str(path), "--data", str(tmp_path))
    assert 2 == result.exit_code
    assert "give one of them" in result.output
