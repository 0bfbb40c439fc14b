"""How a review holds, when it lapses, and what it does at the gate."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from govinfo_pipeline.parsed import Arrival
from govinfo_pipeline.report import Report
from govinfo_pipeline.verify.gate import Part, gate_reports
from govinfo_pipeline.verify.judge import judge, verdict_of
from govinfo_pipeline.verify.review import Review, apply_reviews, last_words
from govinfo_pipeline.verify.rules import rule_set_version
from govinfo_pipeline.warehouse.audit import rule_audits
from govinfo_pipeline.warehouse.duckdb import DuckDBWarehouse
from govinfo_pipeline.warehouse.publish import Batch
from govinfo_pipeline.warehouse.record import GateRecord
from tests.batches import FOUND, put, report
from tests.reviews import GRANTED, LAST_DAY, REVIEWS, first, said, wrong

TODAY = date(2026, 3, 31)


def applied(about: Report, *reviews: Review, today: date = TODAY) -> list[tuple[str, str | None]]:
    return [(f.rule, status) for f, status in apply_reviews(about, judge([about])[0], reviews, today)]


def test_a_dismissed_finding_stays_and_says_by_whom_until_when_and_why() -> None:
    ((finding, status),) = apply_reviews(wrong(), [first(wrong())], [said(first(wrong()))], TODAY)
    assert ("dismissed", "dismissed", "error") == (status, finding.review, finding.severity)
    assert finding.message.zh.endswith("[已由信息公开科驳回, 有效至 2026-12-31: 原件如此]")
    assert finding.message.en.endswith("[dismissed by 信息公开科 until 2026-12-31: 原件如此]")
    assert "pass" == verdict_of([finding])


def test_a_confirmed_finding_keeps_its_severity_and_is_marked() -> None:
    ((finding, status),) = apply_reviews(wrong(), [first(wrong())], [said(first(wrong()), "confirm")], TODAY)
    assert ("confirmed", "error") == (status, finding.severity)
    assert "已由信息公开科确认" in finding.message.zh
    assert "fail" == verdict_of([finding])


def test_a_review_holds_on_its_last_day_and_lapses_the_day_after() -> None:
    review = said(first(wrong()))
    assert [("A3", "dismissed")] == applied(wrong(), review, today=LAST_DAY)
    ((finding, status),) = apply_reviews(wrong(), [first(wrong())], [review], LAST_DAY + timedelta(days=1))
    assert "lapsed" == status
    assert "已于 2026-12-31 到期" in finding.message.zh
    assert "fail" == verdict_of([finding])


def test_a_review_lapses_when_an_operand_changes_and_says_so() -> None:
    changed = put(wrong(), {GRANTED: 10})
    ((finding, status),) = apply_reviews(changed, judge([changed])[0], [said(first(wrong()))], TODAY)
    assert "lapsed" == status
    assert "此前由信息公开科驳回" in finding.message.zh
    assert "has changed" in finding.message.en
    assert "fail" == verdict_of([finding])


def test_an_ended_review_of_other_figures_is_not_told() -> None:
    changed = put(wrong(), {GRANTED: 10})
    assert [("A3", None)] == applied(changed, said(first(wrong())), today=LAST_DAY + timedelta(days=1))


def test_a_review_is_of_one_report() -> None:
    review = said(first(wrong()), report_id="330400-乙县-government-2022")
    assert [("A3", None)] == applied(wrong(), review)


def test_a_review_does_not_spread_to_another_finding_of_the_report() -> None:
    both = wrong(**{REVIEWS: 2})
    assert [("A3", "dismissed"), ("D1", None)] == sorted(applied(both, said(first(wrong()))))


def test_a_review_that_found_its_finding_marks_no_other_one() -> None:
    """Two findings may share an instance; the one that was not reviewed is not called lapsed for it."""
    finding = first(wrong())
    twin = replace(finding, id="00000000")
    told = apply_reviews(wrong(), [finding, twin], [said(finding)], TODAY)
    assert ["dismissed", None] == [status for _, status in told]


def test_the_last_word_counts_and_a_withdrawal_ends_it() -> None:
    finding = first(wrong())
    confirm, dismiss, withdraw = (said(finding, action) for action in ("confirm", "dismiss", "withdraw"))
    assert [("A3", "dismissed")] == applied(wrong(), confirm, dismiss)
    assert [("A3", "confirmed")] == applied(wrong(), dismiss, confirm)
    assert [("A3", None)] == applied(wrong(), dismiss, withdraw)
    assert [("A3", "dismissed")] == applied(wrong(), withdraw, dismiss)
    assert {} == last_words([dismiss, withdraw])


def test_a_lapsed_review_shows_only_at_findings_that_share_an_instance_with_it() -> None:
    changed = wrong(**{GRANTED: 10, REVIEWS: 2})
    assert [("A3", "lapsed"), ("D1", None)] == sorted(applied(changed, said(first(wrong()))))


def test_reviews_of_findings_that_are_gone_change_nothing() -> None:
    assert [] == applied(report("甲县", granted=7), said(first(wrong())))


def gated(*reports: Report, reviews: tuple[Review, ...] = (), today: date = TODAY) -> Part:
    arrivals = [Arrival(1, FOUND)] * len(reports)
    return gate_reports(reports, arrivals, judge(reports), reviews=reviews, today=today)


def of_findings(result: Part) -> list[tuple[str, str, str | None]]:
    rows = result.tables["findings"].to_pylist()
    return [(row["rule"], row["severity"], row["review"]) for row in rows]


def test_without_reviews_an_error_goes_to_quarantine() -> None:
    result = gated(wrong())
    assert (0, 1) == (result.tables["reports"].num_rows, result.tables["quarantine"].num_rows)
    assert [("A3", "error", None)] == of_findings(result)
    assert frozenset() == result.dismissed


def test_a_report_whose_only_error_is_dismissed_is_accepted_and_the_finding_still_listed() -> None:
    result = gated(wrong(), reviews=(said(first(wrong())),))
    (row,) = result.tables["reports"].to_pylist()
    assert ("pass", 0, 0, 0) == (row["verdict"], row["errors"], row["warnings"], row["notices"])
    assert 0 == result.tables["quarantine"].num_rows
    assert [("A3", "error", "dismissed")] == of_findings(result)
    message = result.tables["findings"]["message_zh"][0].as_py()
    assert "信息公开科" in message
    assert "2026-12-31" in message
    assert "原件如此" in message
    key = "330400-甲县-government-2022"
    assert frozenset({(key, "A2"), (key, "A3")}) == result.dismissed


def test_another_error_of_the_report_still_blocks_it() -> None:
    result = gated(wrong(**{REVIEWS: 2}), reviews=(said(first(wrong())),))
    (row,) = result.tables["quarantine"].to_pylist()
    assert 1 == len(row["reasons"])
    assert "D1" in row["reasons"][0]
    assert [("A3", "dismissed"), ("D1", None)] == [(rule, review) for rule, _, review in of_findings(result)]


@pytest.mark.parametrize("action", ["confirm", "withdraw"])
def test_only_a_dismissal_lets_a_report_pass(action: str) -> None:
    result = gated(wrong(), reviews=(said(first(wrong()), action),))
    assert 1 == result.tables["quarantine"].num_rows
    wanted = {"confirm": "confirmed", "withdraw": None}[action]
    assert [("A3", "error", wanted)] == of_findings(result)


def test_a_lapsed_dismissal_blocks_again_and_is_no_review_in_the_table() -> None:
    result = gated(wrong(), reviews=(said(first(wrong())),), today=LAST_DAY + timedelta(days=1))
    assert 1 == result.tables["quarantine"].num_rows
    assert [("A3", "error", None)] == of_findings(result)
    assert "到期" in result.tables["findings"]["message_zh"][0].as_py()


def test_a_document_that_cannot_be_used_stays_in_quarantine() -> None:
    broken = wrong()
    review = said(first(wrong()))
    broken.error = ("unreadable", "无法读取", "cannot be read")
    assert 1 == gated(broken, reviews=(review,)).tables["quarantine"].num_rows


def test_a_warning_that_is_dismissed_is_not_counted() -> None:
    odd = put(
        report("甲县", granted=7),
        {"art20_1.regulations.in_force": 1, "art20_1.regulations.issued_this_year": 1},
    )
    (finding, *_) = [f for f in judge([odd])[0] if f.severity == "warning"]
    counted = gated(odd).tables["reports"]["warnings"].to_pylist()[0]
    after = gated(odd, reviews=(said(finding),)).tables["reports"]["warnings"].to_pylist()[0]
    assert counted - 1 == after


def test_what_was_dismissed_can_be_published_through_every_audit(tmp_path: Path) -> None:
    result = gated(wrong(), report("乙县", granted=3), reviews=(said(first(wrong())),))
    rules = rule_set_version()
    record = GateRecord.of("2022", result.tables, rule_set_version=rules, normalised=2)
    batch = Batch("2022", result.tables, record.input_hash, rules, record.write(tmp_path / "2022.json"))
    warehouse = DuckDBWarehouse(tmp_path / "warehouse.duckdb")
    warehouse.publish(batch, audits=rule_audits())
    rows = warehouse.query("SELECT rule, review FROM govinfo.findings").to_pylist()
    assert [{"rule": "A3", "review": "dismissed"}] == rows
