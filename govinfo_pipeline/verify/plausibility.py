"""Rule P5: an amount without a unit, or one that is probably in yuan where the form says ten thousand yuan.

Expressions among P1-P4 are `verify.arithmetic`'s. Owns only thresholds that need no other report.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from govinfo_pipeline.formats import universe
from govinfo_pipeline.report import NUMBER, Report
from govinfo_pipeline.verify.finding import Finding, Message
from govinfo_pipeline.verify.sentence import cell_name, evidence_of, lines_of

# Amounts in 万元 above which yuan are more likely: for a county, fees of ten thousand million yuan a year.
_CEILING = {"state": 10**9, "province": 10**8, "prefecture": 10**7, "county": 10**6, "township": 10**5}
_DEFAULT_CEILING = 10**8


@lru_cache(maxsize=1)
def _money() -> tuple[int, ...]:
    return tuple(i for i, cell in enumerate(universe().cells) if cell.column.kind == "money")


def check_amounts(report: Report) -> Iterator[Finding]:
    """Yield P5 findings of one report."""
    cells = universe()
    for i in _money():
        cell = cells.cells[i]
        if report.states[i] != NUMBER:
            continue
        value = report.values[i] or 0
        unit = report.units.get(i, cell.column.unit)
        name, where = cell_name(cell), lines_of(report, [i])
        if not unit and value:
            zh = f"P5 {name.zh} {value} 没有写明单位(元或万元). {where.zh}"
            en = f"P5 {name.en}: {value} has no unit (yuan or ten thousand yuan). {where.en}"
        elif unit == "万元" and value > _CEILING.get(
            report.issuer.level if report.issuer else "", _DEFAULT_CEILING
        ):
            zh = f"P5 {name.zh} {value} 万元过大, 疑为元(相差一万倍). {where.zh}"
            en = f"P5 {name.en}: {value} ten thousand yuan is too large; perhaps yuan (off by 10,000). {where.en}"
        else:
            continue
        yield Finding(
            report.report_id,
            "P5",
            (f"P5@{cell.row.id}",),
            "fail",
            "warning",
            Message(zh, en),
            (cell.id,),
            reported=value,
            evidence=evidence_of(report, [i]),
        )
