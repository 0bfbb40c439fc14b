"""The corpus of sentences: loads seen, unseen and held_out.toml, builds their tables, scores what is read."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from govinfo_pipeline.extract.narrative import Claim, read_claims
from govinfo_pipeline.formats import universe
from govinfo_pipeline.provenance import Source
from govinfo_pipeline.report import Issuer, Masthead, Report
from govinfo_pipeline.verify.narrative import judge_all

_DENIED = [
    "denied_state_secret",
    "denied_law_prohibited",
    "denied_security_stability",
    "denied_third_party_rights",
    "denied_internal_affairs",
    "denied_process_information",
    "denied_enforcement_file",
    "denied_administrative_query",
]
_UNAVAILABLE = ["unavailable_not_held", "unavailable_needs_creation", "unavailable_unclear_after_correction"]
_NOT_PROCESSED = [
    "not_processed_petition_complaint",
    "not_processed_repeated",
    "not_processed_publication",
    "not_processed_excessive",
    "not_processed_reissue",
]
_WAN = {"元": Decimal("0.0001"), "千元": Decimal("0.1"), "万元": Decimal(1), "亿元": Decimal(10_000)}
_LEGAL = [
    "commercial_enterprise",
    "research_institution",
    "public_welfare_org",
    "legal_service_org",
    "other_org",
]
ROW_GROUPS = {
    "denied": _DENIED,
    "unavailable": _UNAVAILABLE,
    "not_processed": _NOT_PROCESSED,
    "other": ["other_overdue_correction", "other_overdue_fee", "other_misc"],
}


class Sentence(NamedTuple):
    """One case of the corpus."""

    text: str
    year: int
    heading: str
    report: Report
    prior: Report | None
    claims: tuple[tuple[str, str, frozenset[str], str], ...]


class Score(NamedTuple):
    """Claims found and expected; a claim is right if kind, value, cells and verdict all are."""

    right: int
    found: int
    expected: int
    false_alarms: int

    @property
    def precision(self) -> float:
        return self.right / self.found

    @property
    def recall(self) -> float:
        return self.right / self.expected


def load(name: str) -> list[Sentence]:
    """Return the cases of tests/claims/<name>.toml."""
    text = Path(__file__).with_name(f"{name}.toml").read_text(encoding="utf-8")
    return [_sentence(case) for case in tomllib.loads(text)["case"]]


def read(case: Sentence) -> list[tuple[str, str, frozenset[str], str]]:
    """Return the claims that are read and judged in a case, as the corpus writes them."""
    claims = claims_of(case)
    judged = judge_all(case.report, claims, case.prior)
    return [
        (j.claim.kind, plain(_in_form_unit(j.claim)), frozenset(j.claim.about), j.verdict) for j in judged
    ]


def _in_form_unit(claim: Claim) -> int | Decimal:
    """Return the value of a claim, of money in 万元."""
    return claim.value * _WAN[claim.unit] if claim.kind == "amount" else claim.value


def claims_of(case: Sentence) -> list[Claim]:
    """Return the claims of a case as read."""
    prose = [(1, case.heading)] if case.heading else []
    return read_claims([*prose, (2, case.text)], case.year)


def score(cases: list[Sentence]) -> Score:
    """Return how many claims of ``cases`` are found and right."""
    right = found = expected = alarms = 0
    for case in cases:
        want, have = list(case.claims), read(case)
        expected, found = expected + len(want), found + len(have)
        for claim in have:
            if claim in want:
                want.remove(claim)
                right += 1
            elif claim[3] in ("mismatch", "rounding"):
                alarms += 1
    return Score(right, found, expected, alarms)


def plain(value: int | Decimal) -> str:
    """Return a value as the corpus writes it: 25.0 and 25 are the same."""
    return format(Decimal(value).normalize(), "f")


def make_report(table: str, year: int, scope: str = "government") -> Report:
    """Return a report whose named cells hold the given values, and 0 elsewhere in the tables named."""
    report = Report.empty(Source("case.txt", "0" * 64, "text/plain"))
    issuer = Issuer("某县人民政府", "某县人民政府", "某县", "000000", "county", scope)
    report.masthead = Masthead(issuer=issuer, year=year)
    cells, given = universe(), dict(item.split("=") for item in table.split())
    named = {cells.index[cell]: value for short, value in given.items() for cell in expand(short, year)}
    states = list(report.states)
    for table_id in {cells.cells[i].table for i in named}:
        for i in cells.tables[table_id]:
            states[i], report.values[i] = "n", 0
    for i, value in named.items():
        report.values[i] = Decimal(value) if "." in value else int(value)
    report.states = "".join(states)
    if any(i for i in named if cells.cells[i].table == "art20_9"):
        report.units = {i: "万元" for i in named if cells.cells[i].column.kind == "money"}
    return report


def expand(short: str, year: int) -> list[str]:
    """Return the cell ids that a short name of the corpus stands for, by hand-written groups."""
    if short == "-":
        return []
    if "." not in short:
        kind, _, role = short.rpartition("_")
        groups = ["direct_litigation", "post_review_litigation"] if kind == "litigation" else [kind]
        return [f"disputes.cases.{group}_{role}" for group in groups]
    row, column = short.split(".")
    rows = ROW_GROUPS.get(row, [row])
    if row == "other" and year <= 2020:
        rows = ["other_processing"]
    columns = _LEGAL if column == "legal" else [column]
    tables = ("applications", "art20_1", "art20_5", "art20_6", "art20_8", "art20_9")
    known = universe().index
    return [next(f"{t}.{r}.{c}" for t in tables if f"{t}.{r}.{c}" in known) for r in rows for c in columns]


def _sentence(case: dict[str, object]) -> Sentence:
    year = int(str(case.get("year", 2022)))
    table, prior = str(case.get("table", "")), case.get("prior")
    claims = case["claims"]
    assert isinstance(claims, list)
    return Sentence(
        str(case["text"]),
        year,
        str(case.get("heading", "")),
        make_report(table, year, str(case.get("scope", "government"))),
        make_report(str(prior), year - 1) if prior else None,
        tuple(_claim(line, year) for line in claims),
    )


def _claim(line: str, year: int) -> tuple[str, str, frozenset[str], str]:
    kind, value, about, verdict = line.split()
    cells = frozenset(cell for short in about.split("+") for cell in expand(short, year))
    return kind, plain(Decimal(value)), cells, verdict
