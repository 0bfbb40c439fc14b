"""What is told twice, and what is not: outcomes of made-up runs, one after the other, and the messages about them."""

from __future__ import annotations

import fcntl
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from govinfo_pipeline.alerts import (
    FailedCheck,
    Ledger,
    Message,
    Outbox,
    Quarantined,
    Reason,
    RunOutcome,
    Unavailable,
    ledger,
)
from tests import disk

YEARS = ("2022", "2023")
DAY = datetime(2026, 4, 1, 6, tzinfo=UTC)


class Desk:
    """Whoever is told: `hear` gives back the messages about an outcome, a day after the one before."""

    def __init__(self, folder: Path) -> None:
        self.ledger, self.outbox = Ledger(folder / "told.json"), Outbox(folder / "outbox")
        self.id = self.name = "desk"
        self.down = False
        self.got: list[Message] = []
        self.runs = 0

    def send(self, message: Message) -> str | None:
        if self.down:
            return "no route"
        self.got.append(message)
        return None

    def hear(self, run: str = "", **seen: Any) -> list[str]:
        """Tell of a run over both years, unless ``seen`` says otherwise; return the bodies that arrived."""
        self.runs += 1
        whole = {"scope": YEARS, "judged": YEARS, **seen}
        now = DAY + timedelta(days=self.runs)
        self.ledger.tell(RunOutcome(run or f"run-{self.runs}", **whole), self.outbox, now)
        before = len(self.got)
        self.outbox.deliver([self], now)
        return [message.body for message in self.got[before:]]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def bad(name: str, reason: str = "A1 不平", year: int = 2023) -> Quarantined:
    why = (Reason("A1", reason, reason),)
    return Quarantined(name, year, f"330400-{name}-office-{year}", f"{name}.txt", why, partition=str(year))


def lost(where: str) -> Unavailable:
    return Unavailable(where, "超时", "took too long")


FAMILY = FailedCheck("findings.arithmetic", "error", "3 error")
SUITES = FailedCheck("accepted_reports.suites", "error", "2023: not unique")
DOUBT = FailedCheck("findings.series", "warning", "2 warning")


def test_what_did_not_change_is_told_once(desk: Desk) -> None:
    seen = {"quarantined": (bad("甲县"),), "checks": (FAMILY, SUITES), "failure": "no disk"}
    (body,) = desk.hear(**seen)
    assert all(words in body for words in ("甲县.txt", "findings.arithmetic", "not unique", "no disk"))
    for _ in range(3):
        assert desk.hear(**seen) == []


def test_only_what_is_new_is_told_and_the_rest_is_counted_in_one_line(desk: Desk) -> None:
    desk.hear(
        quarantined=(bad("甲县"), bad("乙县")),
        checks=(FAMILY,),
        source="in",
        unavailable=(lost("http://h/a"),),
    )
    (body,) = desk.hear(
        quarantined=(bad("甲县"), bad("乙县"), bad("丙县")),
        checks=(FAMILY,),
        source="in",
        unavailable=(lost("http://h/a"), lost("http://h/b")),
    )
    assert ("丙县.txt" in body, "http://h/b" in body) == (True, True)
    assert not any(words in body for words in ("甲县", "乙县", "http://h/a", "findings.arithmetic"))
    assert "Told before, still open: 2 份报告 reports, 1 个来源 sources" in body
    assert desk.got[-1].title == "govinfo: 1 个来源未能取得 1 could not be had; 隔离 1 份报告 1 in quarantine"


def test_other_reasons_are_told_as_a_change(desk: Desk) -> None:
    desk.hear(quarantined=(bad("甲县"),))
    (body,) = desk.hear(quarantined=(bad("甲县", "A2 不平"),))
    assert "2023  甲县.txt  (原因有变 reasons changed)" in body.splitlines()[3]
    assert "A2 不平" in body
    assert desk.hear(quarantined=(bad("甲县", "A2 不平"),)) == []


def test_what_is_over_is_one_closing_line_and_is_new_if_it_comes_back(desk: Desk) -> None:
    desk.hear(quarantined=(bad("甲县"), bad("乙县", year=2022)))
    (body,) = desk.hear(quarantined=(bad("乙县", year=2022), bad("丙县")))
    assert body.splitlines()[-2] == "已解除 / No longer open: 甲县 2023"
    (body,) = desk.hear()
    assert "已解除 / No longer open: 乙县 2022; 丙县 2023" in body
    assert desk.got[-1].title == "govinfo: 2 项已解除 2 no longer open"
    assert desk.hear() == []
    (body,) = desk.hear(quarantined=(bad("甲县"),))
    assert "changed" not in body


def test_a_run_over_other_years_closes_nothing(desk: Desk) -> None:
    desk.hear(quarantined=(bad("甲县"),), checks=(SUITES,), failure="no disk")
    other = {"scope": ("2022",), "judged": ("2022",), "passed": (SUITES.name,)}
    assert desk.hear(**other) == []
    assert desk.hear(judged=(), scope=()) == []
    (body,) = desk.hear(scope=("2023",), judged=("2023",), passed=(SUITES.name,))
    assert "No longer open: 甲县 2023; accepted_reports.suites; 运行 run" in body


def test_a_check_that_a_run_did_not_come_to_stays_open(desk: Desk) -> None:
    desk.hear(checks=(SUITES,))
    (body,) = desk.hear(failure="no disk")
    assert "still open: 1 项检查或运行 checks or runs" in body
    (body,) = desk.hear(passed=(SUITES.name,))
    assert "No longer open: accepted_reports.suites; 运行 run" in body


def test_a_source_is_closed_by_another_reading_of_it_and_says_since_when_it_is_gone(desk: Desk) -> None:
    (body,) = desk.hear(source="a.lst", unavailable=(lost("http://h/a"),))
    assert "http://h/a  (自 since 2026-04-02T06:00+00:00)" in body
    assert desk.hear(source="b.lst") == []
    assert desk.hear() == []
    assert desk.hear(source="a.lst", unavailable=(Unavailable("http://h/a", "503", "503"),)) == []
    (body,) = desk.hear(source="a.lst")
    assert "No longer open: http://h/a" in body


def test_a_run_is_looked_at_once_also_when_a_later_one_came_between(desk: Desk) -> None:
    desk.hear("first", quarantined=(bad("甲县"),))
    desk.hear("second")
    assert desk.hear("first", quarantined=(bad("甲县"),)) == []


def test_who_knows_the_source_of_a_run_tells_it_after_who_does_not(desk: Desk) -> None:
    desk.hear("run", quarantined=(bad("甲县"),))
    (body,) = desk.hear("run", quarantined=(bad("甲县"),), source="in", unavailable=(lost("http://h/a"),))
    assert "http://h/a" in body
    assert "甲县" not in body
    assert desk.hear("run", source="in", unavailable=(lost("http://h/a"),)) == []


def test_what_could_not_be_sent_is_sent_when_it_can_be(desk: Desk) -> None:
    desk.down = True
    assert desk.hear(quarantined=(bad("甲县"),)) == []
    assert desk.hear(quarantined=(bad("甲县"), bad("乙县"))) == []
    desk.down = False
    first, second = desk.hear(quarantined=(bad("甲县"), bad("乙县")))
    assert ("甲县.txt" in first, "乙县.txt" in second) == (True, True)
    assert "甲县.txt" not in second
    assert desk.hear(quarantined=(bad("甲县"), bad("乙县"))) == []


def test_a_crash_before_the_memory_is_written_tells_twice_rather_than_never(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Ledger, "_write", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            desk.hear(quarantined=(bad("甲县"),))
    bodies = desk.hear(quarantined=(bad("甲县"),))
    assert ["甲县.txt" in body for body in bodies] == [True, True]


def test_the_memory_survives_a_restart_and_a_broken_one_tells_again(desk: Desk, tmp_path: Path) -> None:
    desk.hear(quarantined=(bad("甲县"),))
    again = Desk(tmp_path)
    again.runs = 1
    assert again.hear(quarantined=(bad("甲县"),)) == []
    (tmp_path / "told.json").write_text('{"open": [')
    (body,) = again.hear(quarantined=(bad("甲县"),))
    assert "甲县.txt" in body


def test_warnings_wake_nobody_up_and_stand_once_in_a_message_that_is_sent(desk: Desk) -> None:
    assert desk.hear(checks=(DOUBT,)) == []
    (body,) = desk.hear(checks=(DOUBT,), quarantined=(bad("甲县"),))
    assert "findings.series (warning)" in body
    (body,) = desk.hear(checks=(DOUBT,), quarantined=(bad("甲县"), bad("乙县")))
    assert "findings.series" not in body
    assert desk.hear(passed=(DOUBT.name,), quarantined=(bad("甲县"), bad("乙县"))) == []


def test_files_of_nobody_known_are_one_thing_by_their_address(desk: Desk) -> None:
    def page(digits: str) -> Quarantined:
        why = (Reason("S7", "无机关", "nobody"),)
        return Quarantined(None, None, f"unidentified-{digits * 12}", "http://h/a", why, partition="2023")

    assert len(desk.hear(quarantined=(page("a"),))) == 1
    assert desk.hear(quarantined=(page("b"),)) == []


# What is remembered of a thing --------------------------------------------------------------------------


def test_a_check_is_over_when_it_passed_in_all_years_in_which_it_failed(desk: Desk) -> None:
    desk.hear(checks=(SUITES,), scope=("2022",))
    assert desk.hear(checks=(SUITES,), scope=("2023",)) == []
    assert desk.hear(passed=(SUITES.name,), scope=("2023",)) == []
    (body,) = desk.hear(passed=(SUITES.name,), scope=("2022",))
    assert "No longer open: accepted_reports.suites" in body


def test_a_report_is_over_by_a_run_over_its_year_alone(desk: Desk) -> None:
    desk.hear(quarantined=(bad("甲县", year=2023),))
    (body,) = desk.hear(scope=("2023",), judged=("2023",))
    assert "No longer open: 甲县 2023" in body


def test_a_run_that_judged_nothing_closes_no_report(desk: Desk) -> None:
    desk.hear(quarantined=(bad("甲县"),))
    assert desk.hear(judged=()) == []


def test_a_check_of_a_run_over_no_year_stays_open_until_it_passes(desk: Desk) -> None:
    desk.hear(checks=(SUITES,), scope=())
    assert desk.hear() == []
    (body,) = desk.hear(passed=(SUITES.name,))
    assert "No longer open: accepted_reports.suites" in body


def test_the_memory_says_since_when_a_thing_is_open(desk: Desk, tmp_path: Path) -> None:
    for _ in range(2):
        desk.hear(source="a.lst", unavailable=(lost("http://h/a"),))
    (kept,) = json.loads((tmp_path / "told.json").read_text(encoding="utf-8"))["open"].values()
    assert kept["since"] == "2026-04-02T06:00+00:00"


def test_another_number_of_findings_of_a_family_is_no_news(desk: Desk) -> None:
    desk.hear(checks=(FAMILY,))
    assert desk.hear(checks=(FailedCheck(FAMILY.name, "error", "4 error"),)) == []
    assert len(desk.hear(checks=(SUITES,))) == 1
    (body,) = desk.hear(checks=(FailedCheck(SUITES.name, "error", "2023: 9 not unique"),))
    assert "9 not unique" in body


def test_a_warning_that_becomes_an_error_is_told(desk: Desk) -> None:
    desk.hear(checks=(DOUBT,), quarantined=(bad("甲县"),))
    (body,) = desk.hear(checks=(FailedCheck(DOUBT.name, "error", DOUBT.said),), quarantined=(bad("甲县"),))
    assert "findings.series (error)" in body


def test_an_error_that_became_a_warning_is_told_as_over_when_it_passes(desk: Desk) -> None:
    desk.hear(checks=(SUITES,))
    milder = FailedCheck(SUITES.name, "warning", SUITES.said)
    assert desk.hear(checks=(milder,)) == []
    assert desk.hear(checks=(SUITES,)) == []
    desk.hear(checks=(milder,))
    (body,) = desk.hear(passed=(SUITES.name,))
    assert "No longer open: accepted_reports.suites" in body


def test_a_warning_that_changed_in_silence_is_told_with_the_next_message(desk: Desk) -> None:
    rows = FailedCheck("accepted_reports.rows", "warning", "2 rows")
    desk.hear(checks=(rows,), quarantined=(bad("甲县"),))
    more = replace(rows, said="5 rows")
    assert desk.hear(checks=(more,), quarantined=(bad("甲县"),)) == []
    (body,) = desk.hear(checks=(more,), quarantined=(bad("甲县"), bad("乙县")))
    assert "accepted_reports.rows (warning): 5 rows" in body


def test_a_warning_that_was_told_stays_so_in_every_year_in_which_it_is_seen(desk: Desk) -> None:
    desk.hear(checks=(DOUBT,), quarantined=(bad("甲县"),), scope=("2022",))
    assert desk.hear(checks=(DOUBT,), quarantined=(bad("甲县"),), scope=("2023",)) == []
    assert desk.hear(passed=(DOUBT.name,), quarantined=(bad("甲县"),), scope=("2022",)) == []
    (body,) = desk.hear(checks=(DOUBT,), quarantined=(bad("甲县"), bad("乙县")), scope=("2023",))
    assert "findings.series" not in body


def test_another_failure_of_the_run_is_told(desk: Desk) -> None:
    desk.hear(failure="no disk")
    (body,) = desk.hear(failure="no network")
    assert "no network" in body


def test_what_is_still_open_counts_neither_families_nor_warnings(desk: Desk) -> None:
    rows = FailedCheck("accepted_reports.rows", "warning", "2 rows")
    seen = {"checks": (FAMILY, SUITES, rows), "failure": "no disk"}
    desk.hear(**seen)
    (body,) = desk.hear(**seen, quarantined=(bad("甲县"),))
    assert (
        "此前已告知, 仍未解决 / Told before, still open: 2 项检查或运行 checks or runs" in body.splitlines()
    )


# What is counted and not named --------------------------------------------------------------------------


def test_a_report_that_may_be_among_those_not_named_is_not_told_as_over(desk: Desk) -> None:
    desk.hear(quarantined=(bad("甲县"), bad("乙县")))
    assert desk.hear(quarantined=(bad("乙县"),), more=1) == []
    (body,) = desk.hear(quarantined=(bad("乙县"),))
    assert "No longer open: 甲县 2023" in body


def test_reports_that_are_not_named_are_counted_once(desk: Desk) -> None:
    desk.hear(quarantined=(bad("甲县"), bad("乙县"), bad("丙县", year=2022)))
    (body,) = desk.hear(quarantined=(bad("乙县"), bad("丁县")), more=3, scope=("2023",), judged=("2023",))
    # 乙县, 丙县 of the other year, and three that are not named, of which 甲县 may be one.
    assert "Told before, still open: 5 份报告 reports" in body
    assert desk.got[-1].title == "govinfo: 隔离 1 份报告 1 in quarantine"
    # Of 甲县, 乙县 and 丁县 one is left, whichever it is; and 丙县.
    (body,) = desk.hear(quarantined=(bad("戊县"),), more=1, scope=("2023",), judged=("2023",))
    assert "Told before, still open: 2 份报告 reports" in body


# The file -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"open": [], "runs": []}', '{"open": {"a": {}}, "runs": []}']
)
def test_a_memory_that_is_none_tells_again(desk: Desk, tmp_path: Path, text: str) -> None:
    (tmp_path / "told.json").write_text(text)
    assert len(desk.hear(quarantined=(bad("甲县"),))) == 1
    assert desk.hear(quarantined=(bad("甲县"),)) == []


def test_the_latest_runs_are_remembered(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "_RUNS", 2)
    for run in ("first", "second", "third"):
        desk.hear(run)
    for run, told in (("third", 0), ("second", 0), ("first", 1)):
        assert len(desk.hear(run, quarantined=(bad("甲县"),))) == told


def test_telling_says_whether_there_was_a_message(tmp_path: Path) -> None:
    memory, outbox = Ledger(tmp_path / "told.json"), Outbox(tmp_path / "outbox")
    outcome = RunOutcome("run", quarantined=(bad("甲县"),), judged=YEARS, scope=YEARS)
    said = [memory.tell(each, outbox) for each in (outcome, outcome, replace(outcome, run_id="again"))]
    assert said == [True, False, False]
    assert len(outbox.waiting()) == 1


def test_nobody_else_reads_the_memory_while_a_run_is_told(desk: Desk, tmp_path: Path) -> None:
    class Other(Outbox):
        def put(self, message: Message, now: datetime | None = None) -> bool:
            with (tmp_path / ".told.json.lock").open() as lock, pytest.raises(BlockingIOError):
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return super().put(message, now)

    desk.outbox = Other(tmp_path / "outbox")
    assert len(desk.hear(quarantined=(bad("甲县"),))) == 1


def test_the_message_is_on_the_disk_before_the_memory_says_that_it_was_told(
    desk: Desk, tmp_path: Path
) -> None:
    with disk.written() as written:
        desk.hear(quarantined=(bad("甲县"),))
    first, folder, memory = written[:3]
    assert (first.whole, first.path.parent) == (True, tmp_path / "outbox")
    assert folder.path == tmp_path / "outbox"
    assert (memory.whole, memory.path) == (True, tmp_path / "told.json")
