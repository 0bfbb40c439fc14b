"""A year is judged some hundred reports at a time: what is decided must not depend on where the parts end."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from govinfo_pipeline.document.read import read_bytes
from govinfo_pipeline.extract.report import extract
from govinfo_pipeline.line import judge
from govinfo_pipeline.parsed import Arrival, figures_of, parsed_table
from govinfo_pipeline.provenance import Source
from govinfo_pipeline.report import Report
from govinfo_pipeline.verify import gate
from govinfo_pipeline.verify import judge as verify_judge
from govinfo_pipeline.verify.gate import Limits
from govinfo_pipeline.verify.peers import MEASURES, column
from govinfo_pipeline.verify.review import DISMISS, Review
from tests.batches import put, report
from tests.generator import random_report, render

LICENCES = "art20_5.administrative_licensing.decisions_this_year"
WRONG = "applications.granted.total"
FEES = "art20_8.administrative_fees.amount_this_year"


def in_table(reports: list[Report]) -> pa.Table:
    return parsed_table(reports, [Arrival(1, datetime(2024, 3, 1, tzinfo=UTC)) for _ in reports])


def county(n: int, licences: int, year: int = 2022) -> Report:
    made = put(report(f"甲{n}县"), {LICENCES: licences, FEES: Decimal("0.5") * n})
    made.masthead.year = year
    return made


def as_read(seed: int, change: str = "") -> Report:
    rng = Random(seed)
    text = render(random_report(rng), "A", rng)
    return extract(read_bytes((text + change).encode(), f"{seed}.txt"))


def unusable(n: int) -> Report:
    broken = Report.empty(Source(f"{n}.txt", f"{n:064d}", "text/plain"))
    broken.error = ("empty", "文件没有内容.", "the file is empty.")
    return broken


@pytest.fixture
def year() -> list[Report]:
    """Peers and two that are far from them, one report twice, unusable files, and reports with prose."""
    reports = [county(n, 10 * (n + 1)) for n in range(30)]
    reports += [
        county(77, 11398889),
        unusable(1),
        *(as_read(seed, "\n2022年共收到申请99999件。") for seed in range(6)),
    ]
    reports += [unusable(2), county(3, 40), county(78, 22398889)]
    return reports


def test_what_is_decided_does_not_depend_on_where_parts_end(
    year: list[Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    table, prior = in_table(year), in_table([county(n, 100_000, 2021) for n in range(0, 30, 3)])
    whole = judge.decide("2022", table, prior)
    found = whole.gated.tables["findings"].to_pylist()
    assert {"P6", "P7"} <= {row["rule"] for row in found}
    assert any(said.startswith("unique") for said in whole.gated.broken)
    dismissed = next(row for row in found if row["rule"] == "P7")
    reviews = [
        Review(
            dismissed["finding_id"],
            dismissed["report_id"],
            "P7",
            tuple(dismissed["instances"]),
            DISMISS,
            "审核",
            "核对无误",
            date(9999, 1, 1),
            datetime(2024, 3, 2, tzinfo=UTC),
        )
    ]
    whole = judge.decide("2022", table, prior, reviews=reviews)
    assert whole.gated.dismissed
    for size in (1, 7, 30):
        monkeypatch.setattr(judge, "_PART", size)
        parts = judge.decide("2022", table, prior, reviews=reviews)
        for name, expected in whole.gated.tables.items():
            assert expected.to_pylist() == parts.gated.tables[name].to_pylist(), name
        assert whole.gated.broken == parts.gated.broken
        assert whole.gated.dismissed == parts.gated.dismissed
        assert whole.gated.tally == parts.gated.tally


def test_a_review_that_ends_at_midnight_holds_for_all_parts_that_were_begun_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    last = date(2024, 3, 31)

    class Days(date):
        """Each time that it is asked it is a day later."""

        passed = -1

        @classmethod
        def today(cls) -> Days:
            cls.passed += 1
            return cls(2024, 3, 31) + timedelta(days=cls.passed)

    table = in_table([put(county(n, 5), {LICENCES: 5, WRONG: 9}) for n in range(3)])
    found = judge.decide("2022", table).gated.tables["findings"].to_pylist()
    assert 3 * ["A3"] == [row["rule"] for row in found]
    when = datetime(2024, 3, 2, tzinfo=UTC)
    reviews = [
        Review(
            r["finding_id"],
            r["report_id"],
            r["rule"],
            tuple(r["instances"]),
            DISMISS,
            "审核",
            "无误",
            last,
            when,
        )
        for r in found
    ]
    monkeypatch.setattr(judge, "_PART", 1)
    monkeypatch.setattr(judge, "date", Days)
    monkeypatch.setattr(gate, "date", Days)
    assert 3 == judge.decide("2022", table, reviews=reviews).gated.tally.accepted


def test_reports_of_one_issuer_and_two_years_are_held_against_each_other_across_parts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    table = in_table([county(1, 100_000, 1998), county(2, 5, 1998), county(1, 3, 1999)])
    monkeypatch.setattr(judge, "_PART", 1)
    assert [f"P6@{LICENCES}"] == p6(table)


@pytest.mark.parametrize("size", [1, 2, 3])
def test_of_two_files_of_the_year_before_the_last_counts_wherever_parts_end(
    monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(judge, "_PART", size)
    assert [] == p6(in_table([county(1, 100_000, 1998), county(1, 5, 1999), county(1, 7, 1998)]))
    assert [f"P6@{LICENCES}"] == p6(
        in_table([county(1, 7, 1998), county(1, 5, 1999), county(1, 100_000, 1998)])
    )


def jumped(table: pa.Table, prior: pa.Table) -> list[str]:
    found = judge.decide("2022", table, prior).gated.tables["findings"].to_pylist()
    return [row["report_id"] for row in found if row["rule"] == "P6"]


def in_pieces(table: pa.Table, size: int) -> pa.Table:
    pieces = [table.slice(start, size) for start in range(0, table.num_rows, size)]
    return pa.concat_tables([table.slice(0, 0), *pieces])


@pytest.mark.parametrize(("size", "prior_size"), [(1, 1), (2, 3), (5, 2)])
def test_the_report_before_is_found_in_whichever_piece_of_a_table_it_stands(
    size: int, prior_size: int
) -> None:
    table = in_table([county(n, 5) for n in range(5)])
    for jumper in range(5):
        licences = [100_000 if n == jumper else 5 for n in range(5)]
        prior = in_table([county(n, licences[n], 2021) for n in reversed(range(5))])
        found = jumped(in_pieces(table, size), in_pieces(prior, prior_size))
        assert [county(jumper, 5).report_id] == found


def test_each_report_is_held_against_that_of_its_own_issuer_in_the_table_of_the_year_before() -> None:
    table = in_table([county(1, 3), county(2, 7), county(3, 7), county(4, 7)])
    prior = in_table([county(3, 100_000, 2021), county(2, 5, 2021), county(1, 5, 2021)])
    assert [county(3, 7).report_id] == jumped(table, prior)


def test_of_one_report_in_both_tables_that_of_the_year_itself_counts() -> None:
    table = in_table([county(1, 7, 2021), county(1, 5), county(2, 100_000, 2021), county(2, 5)])
    prior = in_table([county(1, 100_000, 2021), county(2, 7, 2021)])
    assert [county(2, 5).report_id] == jumped(table, prior)


def test_a_file_that_cannot_be_used_is_nobodys_year_before_and_nobodys_peer() -> None:
    before, giant = county(1, 100_000, 2021), county(77, 11398889)
    peers = [county(n, 10 * (n + 1)) for n in range(1, 20)]
    assert {"P6", "P7"} == {f["rule"] for f in found_in([*peers, giant], [before])}
    before.error = peers[-1].error = ("unreadable", "无法读取", "cannot be read")
    assert [] == found_in([*peers, giant], [before])


def found_in(reports: list[Report], prior: list[Report]) -> list[dict[str, Any]]:
    found = judge.decide("2022", in_table(reports), in_table(prior)).gated.tables["findings"].to_pylist()
    return [row for row in found if row["rule"] in ("P6", "P7")]


def test_a_batch_is_held_to_the_limits_of_its_partition() -> None:
    table, limits = in_table([unusable(1)]), Limits(unusable=0.1, least=1)
    assert () == judge.decide("undated", table, limits=limits).gated.broken
    (said,) = judge.decide("2022", table, limits=limits).gated.broken
    assert "unusable files" in said


def p6(table: pa.Table) -> list[str]:
    found = judge.decide("undated", table).gated.tables["findings"].to_pylist()
    return [one for row in found if row["rule"] == "P6" for one in row["instances"]]


@pytest.mark.parametrize("rule", ["check_amounts", "check_peers"])
@pytest.mark.parametrize("size", [1, 7, 500])
def test_a_report_at_which_a_rule_itself_fails_is_kept_back_and_the_others_are_judged(
    year: list[Report], monkeypatch: pytest.MonkeyPatch, size: int, rule: str
) -> None:
    table, odd = in_table(year), county(77, 1).report_id
    before = judge.decide("2022", table).gated.tables
    real = getattr(verify_judge, rule)

    def failing(given: Any, *far: Any) -> Any:
        """Fail at the report, and of its peers only where it is far from them."""
        at_it = [one.report_id == odd for one in ([given] if isinstance(given, Report) else given)]
        if any(here and (not far or far[0][k]) for k, here in enumerate(at_it)):
            raise KeyError("no such cell")
        return real(given, *far)

    monkeypatch.setattr(judge, "_PART", size)
    monkeypatch.setattr(verify_judge, rule, failing)
    after = judge.decide("2022", table).gated.tables
    for name in ("reports", "findings", "quarantine"):
        expected, found = before[name].to_pylist(), after[name].to_pylist()
        others = [row for row in found if row["report_id"] != odd]
        assert [row for row in expected if row["report_id"] != odd] == others, name
    (kept,) = [row for row in after["quarantine"].to_pylist() if row["report_id"] == odd]
    (reason,) = kept["reasons"]
    assert reason.startswith("judge_fault")
    assert "KeyError: 'no such cell'" in reason


def test_an_empty_year_is_decided_too() -> None:
    decision = judge.decide("2022", in_table([]))
    assert 0 == decision.gated.normalised
    assert {0} == {table.num_rows for table in decision.gated.tables.values()}


def test_columns_of_a_table_are_those_of_its_reports(year: list[Report]) -> None:
    odd = put(county(5, 1), {LICENCES: None})
    reports = [*year, odd, put(county(6, 1), {LICENCES: 2**63}), put(county(7, 1), {LICENCES: 2**63 - 1})]
    table = in_table(reports)
    table = pa.concat_tables([table.slice(0, 5), table.slice(5)])
    for cell in {cell for measure in MEASURES for cell in (*measure.part, measure.whole) if cell}:
        assert np.array_equal(column(reports, cell), figures_of(table, cell), equal_nan=True), cell
