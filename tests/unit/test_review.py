"""Memory of review: what a review is about, how long it holds, its file, the gate that hears it, the command."""

from __future__ import annotations

import fcntl
import json
import multiprocessing
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from govinfo_pipeline.cli.main import cli
from govinfo_pipeline.errors import GovinfoError, SourceError
from govinfo_pipeline.formats import load_form, universe
from govinfo_pipeline.report import Report
from govinfo_pipeline.tables import Arrival, parsed_table
from govinfo_pipeline.verify.finding import Evidence, Finding, Message
from govinfo_pipeline.verify.gate import Gated, gate
from govinfo_pipeline.verify.judge import judge, judge_together, verdict_of
from govinfo_pipeline.verify.review import Review, apply_reviews, finding_id, last_words
from govinfo_pipeline.verify.review_log import append_review, load_reviews, reviews_table
from govinfo_pipeline.verify.rules import rule_set_version
from govinfo_pipeline.verify.sentence import evidence_of
from govinfo_pipeline.warehouse.audit import rule_audits
from govinfo_pipeline.warehouse.duckdb import DuckDBWarehouse
from govinfo_pipeline.warehouse.publish import Batch
from govinfo_pipeline.warehouse.record import GateRecord
from tests.batches import FOUND, put, report

TODAY = date(2026, 3, 31)
LAST_DAY = date(2026, 12, 31)
GRANTED = "applications.granted.total"
LICENCES = "art20_5.administrative_licensing.decisions_this_year"
REVIEWS = "disputes.cases.review_total"


def wrong(**cells: Any) -> Report:
    """A report of 7 applications whose total of 予以公开 says 9: A2@total and A3@granted fail."""
    return put(report("甲县", granted=7), {GRANTED: 9, **cells})


def first(about: Report) -> Finding:
    return judge([about])[0][0]


def said(of: Finding, action: str = "dismiss", **changes: Any) -> Review:
    made = Review(
        id=of.id,
        report_id=of.report_id,
        rule=of.rule,
        instances=of.instances,
        action=action,
        name="信息公开科",
        reason="原件如此",
        until=None if action == "withdraw" else LAST_DAY,
        at=datetime(2026, 3, 1, 8, tzinfo=UTC),
        finding=of.message.zh,
    )
    return replace(made, **changes)


def applied(about: Report, *reviews: Review, today: date = TODAY) -> list[tuple[str, str | None]]:
    return [(f.rule, status) for f, status in apply_reviews(about, judge([about])[0], reviews, today)]


# -- the name of a finding -----------------------------------------------------------------------------------


def test_a_finding_has_a_name_of_eight_hex_digits_that_every_run_gives_it() -> None:
    once, again = first(wrong()).id, first(wrong()).id
    assert once == again
    assert re.fullmatch("[0-9a-f]{8}", once)


def test_the_order_in_which_things_are_listed_is_no_part_of_a_name() -> None:
    about, finding = wrong(), first(wrong())
    turned = replace(finding, instances=finding.instances[::-1], cells=finding.cells[::-1])
    assert finding.id == finding_id(turned, about)
    one, other = report("甲县"), report("甲县")
    one.blocks = {"disputes": "2019", "applications": "2019"}
    other.blocks = dict(reversed(one.blocks.items()))
    form = Finding("r", "S3", ("S3",), "fail", "error", Message("", ""))
    assert finding_id(form, one) == finding_id(form, other)


def test_every_finding_of_a_report_has_a_name_of_its_own() -> None:
    fees = "art20_8.administrative_fees.amount_this_year"
    bad = wrong(**{"applications.carried_in.total": "x", REVIEWS: 2, fees: Decimal("-1.5")})
    bad.masthead.issuer, bad.masthead.year = None, None
    found = judge([bad])[0]
    assert {"A3", "D1", "N1", "S7"} == {f.rule for f in found}
    assert len(found) == len({f.id for f in found})


def test_a_new_revision_with_the_same_operands_has_the_same_name() -> None:
    revised = report("甲县", granted=7, text="revised")
    put(revised, {GRANTED: 9, LICENCES: 6045, REVIEWS: 0})
    revised.lines = [line + 40 for line in revised.lines]
    revised.prose = [(1, "新增一段文字")]
    assert first(wrong()).id == first(revised).id


@pytest.mark.parametrize(
    "cells",
    [
        {GRANTED: 10},
        {"applications.granted.natural_person": 8, "applications.partially_granted.natural_person": -1},
        {"applications.denied_state_secret.total": "d"},  # an operand of A2@total that was 0
        {"applications.denied_state_secret.total": "b"},
    ],
)
def test_another_operand_is_another_name(cells: dict[str, Any]) -> None:
    about, same = wrong(), first(wrong())
    other = replace(same, id="")
    assert same.id != finding_id(other, put(about, cells))


@pytest.mark.parametrize(
    ("cell", "before", "after"),
    [
        ("art20_8.administrative_fees.amount_this_year", Decimal("16.5"), Decimal("16.50")),
        ("art20_8.administrative_fees.amount_this_year", Decimal(100), 100),
    ],
)
def test_the_same_number_printed_otherwise_is_the_same_operand(cell: str, before: Any, after: Any) -> None:
    finding = Finding("r", "P5", ("P5@administrative_fees",), "fail", "warning", Message("", ""), (cell,))
    assert 1 == len({finding_id(finding, put(report("甲县"), {cell: value})) for value in (before, after)})


def test_a_dash_is_a_dash_however_it_is_printed_and_no_blank() -> None:
    finding = Finding("r", "A3", ("A3@granted",), "unknown", "notice", Message("", ""))
    slash, word, blank = (put(report("甲县"), {GRANTED: state}) for state in "ddb")
    word.texts = ["无" if text == "/" else text for text in word.texts]
    names = [finding_id(finding, about) for about in (slash, word, blank)]
    assert names[0] == names[1] != names[2]


def test_what_is_printed_counts_where_it_is_no_number() -> None:
    cell = "applications.carried_in.total"
    one, other = put(report("甲县"), {cell: "x"}), put(report("甲县"), {cell: "x"})
    other.texts = ["约十件" if text == "若干" else text for text in other.texts]
    assert first(one).id != first(other).id


def test_a_unit_is_part_of_an_amount() -> None:
    cell = "art20_8.administrative_fees.amount_this_year"
    finding = Finding("r", "P5", ("P5@administrative_fees",), "fail", "warning", Message("", ""), (cell,))
    plain, yuan = put(report("甲县"), {cell: Decimal(5)}), put(report("甲县"), {cell: Decimal(5)})
    yuan.units[universe().index[cell]] = "元"
    assert finding_id(finding, plain) != finding_id(finding, yuan)


def test_a_finding_about_the_name_is_about_what_is_quoted() -> None:
    def quoted(text: str, line: int) -> Finding:
        evidence = (Evidence(1, "甲县2022年政府信息公开工作年度报告"), Evidence(line, text))
        return Finding("r", "S1", ("S1",), "fail", "error", Message("", ""), evidence=evidence)

    about = report("甲县")
    same = {
        finding_id(quoted("2022年, 乙县 做了工作", 6), about),
        finding_id(quoted("2022年,乙县做了工作", 9), about),
    }
    assert 1 == len(same)
    assert finding_id(quoted("2022年,丙县做了工作", 6), about) not in same
    one = quoted("2022年,乙县做了工作", 6)
    assert {finding_id(replace(one, evidence=one.evidence[::-1]), about)} == same


def test_a_claim_is_about_its_quote_and_the_cells_it_names_and_no_others() -> None:
    cell = "applications.new_received.total"

    def claim(about: Report, quote: str = "全年收到申请12件") -> str:
        row = evidence_of(about, [universe().index[cell]])
        evidence = (Evidence(3, quote), *row)
        finding = Finding("r", "C1", ("C1@received",), "fail", "warning", Message("", ""), (cell,), 12, 7)
        return finding_id(replace(finding, evidence=evidence), about)

    same = claim(report("甲县", granted=7))
    beside = put(report("甲县", granted=7), {"applications.new_received.other_org": 1})
    assert same == claim(beside)
    assert same != claim(report("甲县", granted=7), "全年受理申请12件")
    assert same != claim(report("甲县", granted=8))


def test_a_form_of_another_year_is_about_which_tables_follow_it() -> None:
    about, more = report("甲县"), report("甲县")
    about.blocks = {"disputes": "2019"}
    more.blocks = {"disputes": "2019", "applications": "2019"}
    assert first(about).id != first(more).id


def years(forward: int, carried: int) -> list[Report]:
    before = put(report("甲县", 2021), {"applications.carried_forward.total": forward})
    after = put(report("甲县", 2022), {"applications.carried_in.total": carried})
    return [before, after]


def y1(reports: list[Report]) -> Finding:
    return next(f for f in judge_together(reports)[1] if f.rule == "Y1")


def test_a_finding_across_years_is_about_last_years_figure_too() -> None:
    same = y1(years(4, 3))
    assert same.id == y1(years(4, 3)).id
    assert same.id != y1(years(5, 3)).id
    moved = years(4, 3)
    moved[0].source = moved[0].source._replace(path="elsewhere/2021.txt")
    assert same.id == y1(moved).id


def test_a_finding_about_one_year_has_one_name_whether_last_years_report_is_at_hand_or_not() -> None:
    bad = wrong(**{"applications.carried_in.total": "x"})
    bad.blocks = {"disputes": "2019"}
    alone = {f.rule: f.id for f in judge([bad])[0]}
    beside = {f.rule: f.id for f in judge_together([report("甲县", 2021), bad])[1]}
    assert {"A3", "N1", "S3"} == set(alone)
    assert alone == beside


def test_a_repeated_table_is_about_all_its_figures() -> None:
    def pasted(value: int) -> Finding:
        cells = {cell.id: value for cell in load_form("2021").table("disputes").cells}
        reports = [put(report("甲县", year, granted=7), cells) for year in (2021, 2022)]
        return next(f for f in judge_together(reports)[1] if f.rule == "Y4")

    assert pasted(3).id == pasted(3).id
    assert pasted(3).id != pasted(4).id


# -- how a review holds --------------------------------------------------------------------------------------


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


# -- the file ------------------------------------------------------------------------------------------------


def test_reviews_come_back_as_they_were_said_in_order(tmp_path: Path) -> None:
    path = tmp_path / "some" / "data" / "reviews.jsonl"
    assert () == load_reviews(path)
    reviews = [said(first(wrong()), action) for action in ("dismiss", "withdraw", "confirm")]
    for review in reviews:
        append_review(path, review)
    assert tuple(reviews) == load_reviews(path)
    assert 3 == len(path.read_text(encoding="utf-8").splitlines())
    assert "信息公开科" in path.read_text(encoding="utf-8")


LINE: dict[str, Any] = {
    "at": "2026-03-01T08:00:00+00:00",
    "action": "dismiss",
    "id": "3f2a91c0",
    "report_id": "330400-甲县-government-2022",
    "rule": "A3",
    "instances": ["A3@granted"],
    "name": "信息公开科",
    "reason": "原件如此",
    "until": "2026-12-31",
    "finding": "",
}


def test_a_time_is_kept_as_utc(tmp_path: Path) -> None:
    path = tmp_path / "reviews.jsonl"
    path.write_text(json.dumps(LINE | {"at": "2026-03-01T16:00:00+08:00"}) + "\n", encoding="utf-8")
    assert datetime(2026, 3, 1, 8, tzinfo=UTC) == load_reviews(path)[0].at


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"until": "31.12.2026"}, "'until' must be a day such as 2027-01-31, was '31.12.2026'"),
        ({"until": None}, "'until' must be a day such as 2027-01-31, was None"),
        ({"until": 5}, "'until' must be a day such as 2027-01-31, was 5"),
        ({"action": "withdraw"}, "'until' must be null for a withdrawal, was '2026-12-31'"),
        ({"action": "ignore"}, "'action' must be confirm, dismiss or withdraw, was 'ignore'"),
        ({"id": "3F2A91C0"}, "'id' must match [0-9a-f]{8}, was '3F2A91C0'"),
        ({"id": "3f2a91c0 "}, "'id' must match"),
        ({"rule": "A"}, "'rule' must match"),
        ({"name": " "}, "'name' must be a text that is not empty, was ' '"),
        ({"reason": ""}, "'reason' must be a text that is not empty, was ''"),
        ({"report_id": 5}, "'report_id' must be a text that is not empty, was 5"),
        ({"finding": None}, "'finding' must be a text"),
        ({"instances": []}, "'instances' must be a list of texts, was []"),
        ({"instances": "A3@granted"}, "'instances' must be a list of texts, was 'A3@granted'"),
        ({"at": "2026-03-01T08:00:00"}, "'at' must be a time with its zone"),
        ({"at": "yesterday"}, "'at' must be a time with its zone"),
        ({"expires": "2026-12-31"}, "'expires' is unknown. Known: action, at,"),
    ],
)
def test_a_line_that_is_no_review_is_refused_with_its_place(
    tmp_path: Path, changes: dict[str, Any], problem: str
) -> None:
    path = tmp_path / "reviews.jsonl"
    lines = [json.dumps(LINE), json.dumps(LINE | changes)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(SourceError) as caught:
        load_reviews(path)
    assert str(caught.value).startswith(f"{path}:2: {problem}")


@pytest.mark.parametrize("key", sorted(LINE))
def test_a_line_without_one_of_its_parts_is_refused(tmp_path: Path, key: str) -> None:
    path = tmp_path / "reviews.jsonl"
    path.write_text(json.dumps({k: v for k, v in LINE.items() if k != key}) + "\n", encoding="utf-8")
    with pytest.raises(SourceError, match=re.escape(f"{path}:1: '{key}' is missing")):
        load_reviews(path)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("\n", "must be one JSON object a line"),
        ("[]\n", "must be a JSON object, was []"),
        ("{\n", "must be one JSON object a line"),
        ('{"id": 1, "id": 2}\n', "'id' stands twice"),
        (json.dumps(LINE), "reviews.jsonl:1: 未写完(缺换行) / must end with a newline, was cut off"),
        (json.dumps(LINE) + "\n{", "reviews.jsonl:2: 未写完(缺换行) / must end with a newline, was cut off"),
    ],
)
def test_a_file_that_is_damaged_is_refused(tmp_path: Path, text: str, problem: str) -> None:
    path = tmp_path / "reviews.jsonl"
    path.write_text(text, encoding="utf-8")
    for read in (load_reviews, lambda p: append_review(p, said(first(wrong())))):
        with pytest.raises(SourceError, match=re.escape(problem)):
            read(path)
    assert text == path.read_text(encoding="utf-8")


def test_bytes_that_are_no_text_are_refused_with_their_place(tmp_path: Path) -> None:
    path = tmp_path / "reviews.jsonl"
    path.write_bytes(json.dumps(LINE).encode() + b"\n\xff\xfe\n")
    with pytest.raises(SourceError, match=re.escape(f"{path}:2: ")):
        load_reviews(path)


def test_what_could_not_be_read_again_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "reviews.jsonl"
    with pytest.raises(SourceError, match="'reason' must be a text"):
        append_review(path, said(first(wrong()), reason=" "))
    assert not path.exists()


def test_a_line_break_in_a_reason_stays_in_its_line(tmp_path: Path) -> None:
    path = tmp_path / "reviews.jsonl"
    review = said(first(wrong()), reason="原件如此\n见附件 \u2028 二")
    append_review(path, review)
    assert (review,) == load_reviews(path)


def _append_many(path: Path, name: str) -> None:
    for n in range(20):
        append_review(path, said(first(wrong()), name=name, reason=f"{n} " * 500))


def test_writers_at_the_same_time_lose_and_mix_nothing(tmp_path: Path) -> None:
    path = tmp_path / "reviews.jsonl"
    names = ["甲科", "乙科", "丙科"]
    context = multiprocessing.get_context("fork")
    writers = [context.Process(target=_append_many, args=(path, name)) for name in names]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    reviews = load_reviews(path)
    order = {name: [r.reason for r in reviews if r.name == name] for name in names}
    assert {name: [f"{n} " * 500 for n in range(20)] for name in names} == order


@pytest.mark.parametrize(("held", "readable"), [(fcntl.LOCK_SH, True), (fcntl.LOCK_EX, False)])
def test_nobody_writes_while_somebody_reads_nor_reads_while_somebody_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, held: int, readable: bool
) -> None:
    path = tmp_path / "reviews.jsonl"
    append_review(path, said(first(wrong())))
    flock = fcntl.flock
    monkeypatch.setattr(fcntl, "flock", lambda file, how: flock(file, how | fcntl.LOCK_NB))
    with path.open("rb") as other:
        flock(other, held)
        with pytest.raises(BlockingIOError):
            append_review(path, said(first(wrong()), "withdraw"))
        if readable:
            assert 1 == len(load_reviews(path))
        else:
            with pytest.raises(BlockingIOError):
                load_reviews(path)


def test_a_write_that_fails_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "reviews.jsonl"
    append_review(path, said(first(wrong())))
    before = path.read_bytes()

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("govinfo_pipeline.verify.review_log.os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        append_review(path, said(first(wrong()), "withdraw"))
    assert before == path.read_bytes()


def test_reviews_are_a_table_for_the_pipeline() -> None:
    finding = first(wrong())
    rows = reviews_table([said(finding), said(finding, "withdraw")]).to_pylist()
    assert ["dismiss", "withdraw"] == [row["action"] for row in rows]
    assert {
        "finding_id": finding.id,
        "report_id": "330400-甲县-government-2022",
        "rule": "A3",
        "instances": ["A2@total", "A3@granted"],
        "action": "dismiss",
        "name": "信息公开科",
        "reason": "原件如此",
        "until": LAST_DAY,
        "at": datetime(2026, 3, 1, 8, tzinfo=UTC),
        "finding": finding.message.zh,
    } == rows[0]
    assert 0 == reviews_table([]).num_rows
    assert reviews_table([]).schema == reviews_table([said(finding)]).schema


# -- the gate ------------------------------------------------------------------------------------------------


def gated(*reports: Report, reviews: tuple[Review, ...] = (), today: date = TODAY) -> Gated:
    table = parsed_table(reports, [Arrival(1, FOUND)] * len(reports))
    return gate(table, reviews=reviews, today=today)


def of_findings(result: Gated) -> list[tuple[str, str, str | None]]:
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


# -- the command ---------------------------------------------------------------------------------------------

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command line in a folder of its own, over one report that fails A2@total and A3@granted."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GOVINFO_DATA", raising=False)
    monkeypatch.delenv("GOVINFO_REVIEWER", raising=False)
    monkeypatch.setattr("govinfo_pipeline.cli.inputs.read_reports", lambda _paths: iter([wrong()]))
    monkeypatch.setattr("govinfo_pipeline.cli.check.read_reports", lambda _paths: iter([wrong()]))
    return lambda *args: CliRunner().invoke(cli, args, catch_exceptions=False)


WHO = ("--name", "信息公开科", "--reason", "原件如此")


def checked(run: Run) -> dict[str, Any]:
    result = run("check", "a.txt", "--format", "jsonl")
    assert 1 == result.exit_code
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_a_finding_is_dismissed_by_the_name_that_check_prints(run: Run, tmp_path: Path) -> None:
    name = checked(run)["id"]
    assert name in run("check", "a.txt").stdout
    assert name in run("check", "a.txt", "--format", "html").stdout
    assert 0 == run("review", "dismiss", name, "a.txt", *WHO, "--until", "2099-12-31").exit_code
    (review,) = load_reviews(tmp_path / "data" / "reviews.jsonl")
    assert (name, "dismiss", "信息公开科", date(2099, 12, 31)) == (
        *(review.id, review.action, review.name),
        review.until,
    )
    for style in ("text", "html", "jsonl"):
        result = run("check", "a.txt", "--reviews", "data/reviews.jsonl", "--format", style)
        assert 0 == result.exit_code, style
        assert "dismissed" in result.stdout, style
        assert "信息公开科" in result.stdout, style
    text = run("check", "a.txt", "--reviews", "data/reviews.jsonl").stdout
    assert "0 错误 error" in text
    assert "1 已驳回 dismissed" in text
    assert 1 == run("check", "a.txt").exit_code


def test_a_confirmed_finding_is_still_an_error_for_check(run: Run) -> None:
    assert 0 == run("review", "confirm", checked(run)["id"], "a.txt", *WHO).exit_code
    result = run("check", "a.txt", "--reviews", "data/reviews.jsonl", "--format", "jsonl")
    assert (1, "confirmed") == (result.exit_code, json.loads(result.stdout)["review"])


def test_a_review_ends_after_a_year_unless_it_is_said_otherwise(run: Run, tmp_path: Path) -> None:
    run("review", "dismiss", checked(run)["id"], "a.txt", *WHO, "--file", str(tmp_path / "r.jsonl"))
    assert date.today() + timedelta(days=365) == load_reviews(tmp_path / "r.jsonl")[0].until


def test_a_review_that_is_over_before_it_begins_is_refused(run: Run) -> None:
    with pytest.raises(GovinfoError, match="must be today or later, was 2020-01-01"):
        run("review", "dismiss", checked(run)["id"], "a.txt", *WHO, "--until", "2020-01-01")


def test_a_review_can_be_for_today_alone(run: Run) -> None:
    today = str(date.today())
    assert 0 == run("review", "dismiss", checked(run)["id"], "a.txt", *WHO, "--until", today).exit_code
    assert 0 == run("check", "a.txt", "--reviews", "data/reviews.jsonl").exit_code
    assert today in run("review", "list").stdout


def test_a_name_may_be_written_in_capitals(run: Run) -> None:
    name = checked(run)["id"].upper()
    assert 0 == run("review", "dismiss", name, "a.txt", *WHO).exit_code
    assert 0 == run("review", "withdraw", name, *WHO).exit_code


def test_files_are_needed_to_review_a_finding(run: Run) -> None:
    result = run("review", "dismiss", "00000000", *WHO)
    assert 2 == result.exit_code
    assert "PATH" in result.output


def test_a_name_that_two_reports_have_is_told_apart(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    twin = replace(first(wrong()), report_id="330400-乙县-government-2022")
    monkeypatch.setattr(
        "govinfo_pipeline.verify.judge.judge_together", lambda _reports: [[first(wrong()), twin]]
    )
    with pytest.raises(GovinfoError, match=r"330400-乙县-government-2022, 330400-甲县-government-2022"):
        run("review", "dismiss", twin.id, "a.txt", *WHO)


def test_a_withdrawal_says_of_which_report_where_two_have_the_name(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "data" / "reviews.jsonl"
    names = ["330400-乙县-government-2022", "330400-甲县-government-2022"]
    for report_id in reversed(names):
        append_review(path, said(first(wrong()), report_id=report_id))
    append_review(path, said(first(wrong()), id="00000000", report_id=names[1]))
    name = first(wrong()).id
    with pytest.raises(GovinfoError, match=f"must name one review, found: {', '.join(names)}"):
        run("review", "withdraw", name, *WHO)
    assert 0 == run("review", "withdraw", name, *WHO, "--report", names[1]).exit_code
    left = last_words(load_reviews(path))
    assert {(names[0], "A3", name), (names[1], "A3", "00000000")} == set(left)


def test_what_is_not_found_is_not_reviewed(run: Run, tmp_path: Path) -> None:
    with pytest.raises(GovinfoError, match="no finding 00000000 in these files"):
        run("review", "dismiss", "00000000", "a.txt", *WHO)
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("missing", ["--name", "--reason"])
def test_nobody_dismisses_without_name_and_reason(run: Run, missing: str) -> None:
    at = WHO.index(missing)
    result = run("review", "dismiss", "00000000", "a.txt", *WHO[:at], *WHO[at + 2 :])
    assert 2 == result.exit_code
    assert f"Missing option '{missing}'" in result.output


def test_withdrawing_ends_a_review_and_keeps_both_lines(run: Run, tmp_path: Path) -> None:
    name = checked(run)["id"]
    run("review", "dismiss", name, "a.txt", *WHO)
    assert 0 == run("review", "withdraw", name, *WHO).exit_code
    assert ["dismiss", "withdraw"] == [r.action for r in load_reviews(tmp_path / "data" / "reviews.jsonl")]
    assert 1 == run("check", "a.txt", "--reviews", "data/reviews.jsonl").exit_code
    with pytest.raises(GovinfoError, match="must name one review, found: none"):
        run("review", "withdraw", name, *WHO)


def test_the_list_shows_what_holds_and_with_all_what_does_not(run: Run) -> None:
    name = checked(run)["id"]
    run("review", "dismiss", name, "a.txt", *WHO)
    listed = json.loads(run("review", "list", "--format", "jsonl").stdout)
    assert (name, "dismiss", "原件如此") == (listed["id"], listed["action"], listed["reason"])
    assert name in run("review", "list").stdout
    run("review", "withdraw", name, *WHO)
    result = run("review", "list")
    assert ("", 0) == (result.stdout, result.exit_code)
    assert "no review holds today" in result.stderr
    everything = run("review", "list", "--all").stdout
    assert "撤回" in everything
    assert "失效 over" in everything


def test_the_folder_of_the_data_is_where_reviews_are(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOVINFO_DATA", str(tmp_path / "elsewhere"))
    run("review", "dismiss", checked(run)["id"], "a.txt", *WHO)
    assert (tmp_path / "elsewhere" / "reviews.jsonl").exists()


def test_a_file_of_reviews_that_is_not_there_is_no_empty_one(run: Run) -> None:
    result = run("check", "a.txt", "--reviews", "nowhere.jsonl")
    assert 2 == result.exit_code
    assert "does not exist" in result.output


def test_reviewing_loads_neither_arrow_nor_a_database() -> None:
    code = (
        "import sys, govinfo_pipeline.cli.check, govinfo_pipeline.cli.review\n"
        "print([name for name in ('pyarrow', 'duckdb', 'dagster', 'pandas') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "[]\n" == done.stdout


def test_the_page_on_reviews_names_every_field_of_the_file() -> None:
    page = (Path(__file__).parents[2] / "docs" / "review.md").read_text(encoding="utf-8")
    assert set() == {field for field in LINE if f"`{field}`" not in page}
