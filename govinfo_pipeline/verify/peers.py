"""Rules P6 and P7: figures that jump against last year, and figures far away from those of peers.

Owns which figures are watched and how far is too far. Both are notices, kept apart from errors: a figure that is
far away can be right. Precision comes before recall: a notice that is usually wrong teaches people not to read.

- P6: at least ten (for money a hundred) times last year's figure or as small a part of it, and a large difference.
- P7: more than `FAR` robust standard deviations from the median of the governments of one level, scope and year.
  Counts are compared on a logarithmic scale, shares as they are. Departments are no peers of each other: a police
  bureau is not a library. Where more than half of the peers have the same figure there is no spread to measure by.

Both work on whole columns of a batch; a report by itself has neither a jump nor peers. Where a batch is too large to
be held as reports, `outliers` is given its columns, and each part of it is judged with what that says of the part.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from govinfo_pipeline.formats import universe
from govinfo_pipeline.report import NUMBER, Issuer, Report
from govinfo_pipeline.verify.finding import Evidence, Finding, Message
from govinfo_pipeline.verify.sentence import cell_name, evidence_of, lines_of

Floats: TypeAlias = NDArray[np.float64]

# Fewer peers than these tell nothing.
LEAST_PEERS = 20
# Robust standard deviations. Of 3,000 log-normal peers none is as far off by chance; see docs/series.md.
FAR = 6.0
# The median absolute deviation of normal figures is this part of their standard deviation.
_NORMAL = 1.4826
_PEERS = ("government", "office", "township")
_LARGEST = 2**63


class Watch(NamedTuple):
    """A figure that must not jump: at least ``factor`` times as much or as little, and ``least`` apart."""

    cell: str
    factor: int
    least: int


WATCHED = (
    Watch("art20_1.normative_documents.in_force", 10, 100),
    Watch("art20_5.administrative_licensing.decisions_this_year", 10, 10_000),
    Watch("art20_6.administrative_penalty.decisions_this_year", 10, 10_000),
    Watch("art20_6.administrative_compulsion.decisions_this_year", 10, 10_000),
    Watch("art20_8.administrative_fees.amount_this_year", 100, 1_000),
    Watch("applications.new_received.total", 10, 100),
    Watch("applications.processed_total.total", 10, 100),
    Watch("applications.carried_forward.total", 10, 100),
    Watch("disputes.cases.review_total", 10, 50),
    Watch("disputes.cases.direct_litigation_total", 10, 50),
    Watch("disputes.cases.post_review_litigation_total", 10, 50),
)


class Measure(NamedTuple):
    """A figure that is compared with peers.

    Attributes:
        id: what stands behind ``P7@``.
        zh, en: its name for sentences.
        part: cells that are added up.
        whole: the cell that ``part`` is a share of; None for a count or an amount.
        narrowest: least spread that is believed: on the logarithmic scale for counts, in itself for shares.
        least: reports with a smaller ``whole`` have no share that says anything.
    """

    id: str
    zh: str
    en: str
    part: tuple[str, ...]
    whole: str | None = None
    narrowest: float = 0.5
    least: int = 0


def _amount(cell_id: str) -> Measure:
    name = cell_name(universe().cells[universe().index[cell_id]])
    return Measure(cell_id, name.zh, name.en, (cell_id,))


MEASURES = (
    _amount("art20_1.normative_documents.in_force"),
    _amount("art20_5.administrative_licensing.decisions_this_year"),
    _amount("art20_6.administrative_penalty.decisions_this_year"),
    _amount("art20_8.administrative_fees.amount_this_year"),
    _amount("applications.new_received.total"),
    Measure(
        "granted_share",
        "公开率(予以公开与部分公开占办理总计)",
        "the share granted (wholly or partly) of all processed",
        ("applications.granted.total", "applications.partially_granted.total"),
        whole="applications.processed_total.total",
        narrowest=0.1,
        least=50,
    ),
)


def column(reports: Sequence[Report | None], cell_id: str) -> Floats:
    """Return one cell of many reports as numbers, NaN where it is not a number that fits 64 bits."""
    i = universe().index[cell_id]
    return np.array([_figure(report, i) for report in reports], dtype=np.float64)


def _figure(report: Report | None, i: int) -> float:
    if report is None or not report.states or report.states[i] != NUMBER:
        return np.nan
    value = report.values[i]
    if value is None or not -_LARGEST < value < _LARGEST:
        return np.nan
    number = float(value)  # which may be rounded up to the limit
    return number if abs(number) < _LARGEST else np.nan


# -- against last year ---------------------------------------------------------------------------------------


def jumps(now: Floats, before: Floats, factor: float, least: float) -> NDArray[np.bool_]:
    """Return where a figure is ``factor`` times last year's or more (or as small a part) and ``least`` away from it.

    Zero counts as one; NaN never jumps.

    >>> jumps(np.array([580.0, 5.0, 9.0, np.nan]), np.array([58.0, 5000.0, 0.0, 1.0]), 10, 100).tolist()
    [True, True, False, False]
    """
    large, small = np.fmax(now, before), np.maximum(np.fmin(now, before), 1.0)
    apart = np.abs(now - before) >= least
    return np.asarray(apart & (large >= factor * small), dtype=np.bool_)


def check_jumps(reports: Sequence[Report], priors: Sequence[Report | None]) -> list[list[Finding]]:
    """Return the P6 notices of every report against its predecessor, in order: one a statutory table."""
    found: list[list[Finding]] = [[] for _ in reports]
    rows = [k for k, prior in enumerate(priors) if prior is not None]
    batch, before = [reports[k] for k in rows], [priors[k] for k in rows]
    jumped: dict[int, list[str]] = {}
    for watch in WATCHED:
        here = jumps(column(batch, watch.cell), column(before, watch.cell), watch.factor, watch.least)
        for n in np.flatnonzero(here).tolist():
            jumped.setdefault(n, []).append(watch.cell)
    for n, cells in jumped.items():
        prior = before[n]
        if prior is not None:
            found[rows[n]] = _by_table(batch[n], prior, cells)
    return found


def _by_table(report: Report, prior: Report, cells: Sequence[str]) -> list[Finding]:
    tables = dict.fromkeys(cell.partition(".")[0] for cell in cells)
    return [_jump(report, prior, [c for c in cells if c.partition(".")[0] == table]) for table in tables]


def _jump(report: Report, prior: Report, cells: Sequence[str]) -> Finding:
    positions = [universe().index[cell] for cell in cells]
    names = [cell_name(universe().cells[i]) for i in positions]
    pairs = [(prior.values[i], report.values[i]) for i in positions]
    where = lines_of(report, positions)
    zh = "、".join(f"{name.zh} {old} → {new}" for name, (old, new) in zip(names, pairs, strict=True))
    en = "; ".join(f"{name.en} {old} → {new}" for name, (old, new) in zip(names, pairs, strict=True))
    single = len(cells) == 1
    return Finding(
        report.report_id,
        "P6",
        tuple(f"P6@{cell}" for cell in cells),
        "fail",
        "notice",
        Message(
            f"P6 与 {prior.year} 年度报告相差悬殊: {zh}. 请核对. {where.zh}".strip(),
            f"P6 far from the {prior.year} report: {en}. Please check. {where.en}".strip(),
        ),
        tuple(cells),
        reported=report.values[positions[0]] if single else None,
        evidence=(*evidence_of(report, positions), Evidence(None, f"{prior.report_id}: {prior.source.path}")),
    )


# -- against peers -------------------------------------------------------------------------------------------


class Spread(NamedTuple):
    """How far figures are from those of their group; NaN where there is nothing to measure by.

    Attributes:
        score: distance from the median in robust standard deviations.
        quartiles: 3 x n: lower quartile, median and upper quartile of the group.
        size: members of the group that have a figure.
    """

    score: Floats
    quartiles: Floats
    size: NDArray[np.int64]


def spread(values: Floats, groups: NDArray[np.int64], narrowest: float, least: int = LEAST_PEERS) -> Spread:
    """Return how far each value is from the median of its group.

    Args:
        values: figures; NaN is missing.
        groups: the group of each; a negative one is none.
        narrowest: a smaller spread is taken as this.
        least: smaller groups are not judged, nor are those of which more than half have one value.

    >>> s = spread(np.array([1.0, 2.0, 3.0, 4.0, 50.0]), np.zeros(5, np.int64), 0.1, least=5)
    >>> s.score.round(2).tolist(), s.quartiles[:, 0].tolist()
    ([1.35, 0.67, 0.0, 0.67, 31.7], [2.0, 3.0, 4.0])
    """
    score = np.full(len(values), np.nan)
    quartiles = np.full((3, len(values)), np.nan)
    size = np.zeros(len(values), dtype=np.int64)
    usable = np.isfinite(values) & (groups >= 0)
    for group in np.unique(groups[usable]):
        rows = np.flatnonzero(usable & (groups == group))
        size[rows] = len(rows)
        if len(rows) < least:
            continue
        own = values[rows]
        middle = np.median(own)
        deviation = _NORMAL * np.median(np.abs(own - middle))
        if deviation > 0:
            score[rows] = np.abs(own - middle) / max(deviation, narrowest)
            quartiles[:, rows] = np.quantile(own, (0.25, 0.5, 0.75))[:, None]
    return Spread(score, quartiles, size)


class Outlier(NamedTuple):
    """A figure that is far away from those of its peers; ``quartiles`` and ``size`` are of the peers (`Spread`)."""

    measure: Measure
    value: float
    quartiles: Floats
    size: int


def check_peers(
    reports: Sequence[Report], far: Sequence[Sequence[Outlier]] | None = None
) -> list[list[Finding]]:
    """Return the P7 notices of every report of a batch, in order.

    ``far`` are the outliers of each, where the reports are a part of a larger batch.
    """
    if far is None:
        years = [report.year for report in reports]
        far = outliers([r.issuer for r in reports], years, lambda cell: column(reports, cell))
    return [[_finding(report, one) for one in own] for report, own in zip(reports, far, strict=True)]


def outliers(
    issuers: Sequence[Issuer | None], years: Sequence[int | None], figures: Callable[[str], Floats]
) -> list[list[Outlier]]:
    """Return the outliers of every report of a batch, in order.

    ``issuers`` and ``years`` are None where not known; ``figures`` returns a cell's column, as `column` does.
    """
    found: list[list[Outlier]] = [[] for _ in issuers]
    if len(issuers) < LEAST_PEERS:
        return found
    groups = _groups(issuers, years)
    for measure in MEASURES:
        values = measured(figures, measure)
        scale = values if measure.whole else np.log1p(np.where(values < 0, np.nan, values))
        result = spread(scale, groups, measure.narrowest)
        for k in np.flatnonzero(result.score > FAR).tolist():
            shown = result.quartiles[:, k] if measure.whole else np.expm1(result.quartiles[:, k])
            found[k].append(Outlier(measure, float(values[k]), shown, int(result.size[k])))
    return found


def _groups(issuers: Sequence[Issuer | None], years: Sequence[int | None]) -> NDArray[np.int64]:
    """Return a number for level, scope and year of each report, -1 where it has no peers."""
    known: dict[tuple[str, str, int], int] = {}
    groups = np.full(len(issuers), -1, dtype=np.int64)
    for k, (who, year) in enumerate(zip(issuers, years, strict=True)):
        if who is not None and year is not None and who.scope in _PEERS and who.level != "unknown":
            groups[k] = known.setdefault((who.level, who.scope, year), len(known))
    return groups


def measured(figures: Callable[[str], Floats], measure: Measure) -> Floats:
    """Return a measure of many reports, NaN where a cell of it is no number or its whole is too small."""
    part = np.sum([figures(cell) for cell in measure.part], axis=0)
    if measure.whole is None:
        return np.asarray(part, dtype=np.float64)
    whole = figures(measure.whole)
    enough = np.where(whole >= max(measure.least, 1), whole, np.nan)
    return np.asarray(part / enough, dtype=np.float64)


_SCOPES = {"government": "政府", "office": "政府办公机构", "township": "乡镇街道"}
_LEVELS = {"province": "省级", "prefecture": "地市级", "county": "县级"}


def _finding(report: Report, outlier: Outlier) -> Finding:
    measure, value, quartiles, size = outlier
    cells = (*measure.part, *((measure.whole,) if measure.whole else ()))
    positions = [universe().index[cell] for cell in cells]
    low, middle, high = (_shown(measure, number) for number in quartiles)
    where, exact = lines_of(report, positions), None if measure.whole else report.values[positions[0]]
    said = _shown(measure, value) if exact is None else exact
    who, year = report.issuer, report.year
    level, scope = (who.level, who.scope) if who else ("", "")
    peers = f"{_LEVELS.get(level, '')}{_SCOPES.get(scope, '')}"
    zh = (
        f"P7 {measure.zh} {said}, 与同级同类机关相差悬殊({year} 年度 {peers} {size} 家, "
        f"中位数 {middle}, 半数在 {low} 与 {high} 之间). 请核对. {where.zh}"
    )
    en = (
        f"P7 {measure.en} {said}: far from its peers ({size} at {level} level, scope {scope}, {year}; median "
        f"{middle}, half of them between {low} and {high}). Please check. {where.en}"
    )
    return Finding(
        report.report_id,
        "P7",
        (f"P7@{measure.id}",),
        "fail",
        "notice",
        Message(zh.strip(), en.strip()),
        cells,
        reported=exact,
        evidence=evidence_of(report, positions),
    )


def _shown(measure: Measure, number: float) -> str:
    return f"{number:.1%}" if measure.whole else f"{number:,.0f}".replace(",", "")
