"""Who else speaks of a cell: exact figures in the prose, and last year's report of what was carried forward.

Soft evidence: `locate` orders repairs by it and breaks ties with it, names the witness, and never lets it overrule
the arithmetic. Owns who may testify.
"""

from __future__ import annotations

from collections.abc import Sequence

from govinfo_pipeline.extract.narrative import Claim
from govinfo_pipeline.formats import universe
from govinfo_pipeline.report import NUMBER, Report

Witnesses = dict[str, list[tuple[int, str]]]

_CARRIED = ("applications.carried_forward.", "applications.carried_in.")


def witnesses_of(report: Report, claims: Sequence[Claim], prior: Report | None) -> Witnesses:
    """Return cell id -> (value, who says so): claims about one cell and of the form's scope, and last year's report."""
    found: Witnesses = {}
    for claim in claims:
        exact = isinstance(claim.value, int) and not claim.approximate
        if exact and claim.kind == "count" and len(claim.about) == 1 and not claim.scope:
            found.setdefault(claim.about[0], []).append((int(claim.value), f"正文第 {claim.line} 行 prose"))
    if prior is not None:
        for i, cell_id in enumerate(universe().ids):
            value = prior.values[i]
            if cell_id.startswith(_CARRIED[0]) and prior.states[i] == NUMBER and isinstance(value, int):
                carried_in = cell_id.replace(*_CARRIED)
                found.setdefault(carried_in, []).append((value, f"{prior.year} 年度报告 report"))
    return found
