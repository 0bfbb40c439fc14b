"""Random figures that agree with each other: A1, A2, A3, D1, P1, P3, P4 hold; Y1, Y2, Y3 with a prior.

Realistic sizes: mostly zeros, some thousands, a few millions. Written from the meaning of the printed
forms, not from the rules in formats/*.toml: it is the oracle for them.
"""

from __future__ import annotations

from decimal import Decimal
from random import Random

from govinfo_pipeline.formats import load_form
from govinfo_pipeline.formats.model import Table
from tests.generator.truth import BLANK, Printed, dash, printed

APPLICANTS = (
    "natural_person",
    "commercial_enterprise",
    "research_institution",
    "public_welfare_org",
    "legal_service_org",
    "other_org",
)
DISPUTE_GROUPS = ("review", "direct_litigation", "post_review_litigation")
DISPUTE_OUTCOMES = ("upheld", "corrected", "other", "pending")
DASHES = ("/", "-", "—", "无")

Cells = dict[str, Printed]


def result_rows(form: str) -> tuple[str, ...]:
    """Return the row ids of 三、本年度办理结果 (一) to (六): all between carried_in and processed_total."""
    rows = [row.id for row in load_form(form).table("applications").rows]
    return tuple(rows[rows.index("carried_in") + 1 : rows.index("processed_total")])


def random_cells(form: str, rng: Random, prior: Cells | None = None, decorated: bool = False) -> Cells:
    """Return a printed cell for every cell of ``form``; ``prior`` is the same issuer's year before.

    ``decorated`` prints some values with a sign, a unit or a word (+40, 增72, 89件次).
    """
    cells: Cells = {}
    for table in load_form(form).tables:
        if table.id == "applications":
            cells |= _plain("applications", _applications(form, rng, prior))
        elif table.id == "disputes":
            cells |= _plain("disputes", {f"cases.{k}": v for k, v in _disputes(rng).items()})
        else:
            cells |= _proactive(table, rng, prior, decorated)
    return {**cells, **_units(cells, rng)} if decorated else cells


def size(rng: Random) -> int:
    """Return a count as reports have them: often zero, mostly small, sometimes thousands, seldom millions."""
    top = rng.choices((0, 9, 60, 900, 9_000, 90_000, 9_000_000), (50, 22, 14, 7, 4, 2, 1))[0]
    return rng.randint(top // 10, top)


def blanked(cells: Cells, rng: Random, share: float, dashes: float = 0.0) -> Cells:
    """Return the cells with a share of the zeros left blank, and a share of them a sign for none."""
    zeros = [cell_id for cell_id, cell in cells.items() if cell.state == "n" and not cell.value]
    changes: Cells = {}
    for cell_id in zeros:
        draw = rng.random()
        if draw < share:
            changes[cell_id] = BLANK
        elif draw < share + dashes:
            changes[cell_id] = dash(rng.choice(DASHES))
    return {**cells, **changes}


def _applications(form: str, rng: Random, prior: Cells | None) -> dict[str, int]:
    rows = result_rows(form)
    busy = rng.choices((0.0, 0.15, 0.4, 0.9), (1, 4, 4, 1))[0]
    counts: dict[str, int] = {}
    for i, column in enumerate(APPLICANTS):
        density = busy if i == 0 else busy * rng.choice((0.0, 0.0, 0.3, 1.0))
        for row in rows:
            counts[f"{row}.{column}"] = size(rng) if rng.random() < density else 0
        processed = sum(counts[f"{row}.{column}"] for row in rows)
        forward = size(rng) % 50 if rng.random() < density else 0
        if prior is None:
            carried = rng.randint(0, min(processed + forward, 40))
        else:
            carried = int(prior[f"applications.carried_forward.{column}"].value or 0)
        if short := max(0, carried - processed - forward):  # what came in must go somewhere
            counts[f"granted.{column}"] += short
            processed += short
        counts[f"processed_total.{column}"] = processed
        counts[f"carried_forward.{column}"] = forward
        counts[f"carried_in.{column}"] = carried
        counts[f"new_received.{column}"] = processed + forward - carried
    for row in ("new_received", "carried_in", *rows, "processed_total", "carried_forward"):
        counts[f"{row}.total"] = sum(counts[f"{row}.{column}"] for column in APPLICANTS)
    return counts


def _disputes(rng: Random) -> dict[str, int]:
    counts: dict[str, int] = {}
    for group in DISPUTE_GROUPS:
        some = rng.random() < 0.5
        parts = [size(rng) % 500 if some and rng.random() < 0.5 else 0 for _ in DISPUTE_OUTCOMES]
        counts |= {f"{group}_{name}": n for name, n in zip(DISPUTE_OUTCOMES, parts, strict=True)}
        counts[f"{group}_total"] = sum(parts)
    return counts


def _proactive(table: Table, rng: Random, prior: Cells | None, decorated: bool) -> Cells:
    cells: Cells = {}
    kinds = {column.id: column.kind for column in table.columns}
    for row in table.rows:
        key = f"{table.id}.{row.id}"
        for column, kind in kinds.items():
            cells[f"{key}.{column}"] = _money(column, rng) if kind == "money" else printed(size(rng))
        if "in_force" in kinds:
            cells |= _in_force(key, cells, rng, prior)
        if "disclosed_total" in kinds:
            new = int(cells[f"{key}.newly_disclosed"].value or 0)
            cells[f"{key}.disclosed_total"] = printed(new + size(rng))
        if "items_change" in kinds:
            cells |= _items(key, rng, prior, decorated)
    return cells


def _in_force(key: str, cells: Cells, rng: Random, prior: Cells | None) -> Cells:
    issued = int(cells[f"{key}.issued_this_year"].value or 0)
    before = size(rng) if prior is None else int(prior[f"{key}.in_force"].value or 0)
    repealed = rng.randint(0, before + issued) if rng.random() < 0.5 else 0
    return {
        f"{key}.repealed_this_year": printed(repealed),
        f"{key}.in_force": printed(before + issued - repealed),
    }


def _items(key: str, rng: Random, prior: Cells | None, decorated: bool) -> Cells:
    if prior is None:
        before = size(rng)
    else:
        before = sum(int(prior[f"{key}.{c}"].value or 0) for c in ("prev_year_items", "items_change"))
    change = max(-before, rng.choice((-1, 1)) * size(rng))
    return {
        f"{key}.prev_year_items": printed(before),
        f"{key}.items_change": printed(change, _signed(change, rng, decorated)),
    }


def _signed(change: int, rng: Random, decorated: bool) -> str:
    words = (f"增{change}", f"增加{change}") if change > 0 else (f"减{-change}", f"减少{-change}")
    if change == 0 or not decorated:
        return f"+{change}" if change > 0 and rng.random() < 0.5 else str(change)
    return rng.choice((f"{change:+d}", *words))


def _money(column: str, rng: Random) -> Printed:
    digits = rng.choice((0, 1, 2))
    amount = Decimal(size(rng)) + Decimal(rng.randint(0, 10**digits - 1)).scaleb(-digits)
    text = f"{amount:f}"
    if column == "amount_this_year":  # the form prints its unit, 万元
        return printed(Decimal(text), text)
    unit = rng.choice(("万元", "元", ""))
    return printed(Decimal(text), f"{text}{unit}", unit)


def _units(cells: Cells, rng: Random) -> Cells:
    """Print a few of the counts with their unit, as some fillers do."""
    counted = ("applications.", "disputes.", "art20_1.")
    chosen = rng.sample([c for c in cells if c.startswith(counted)], k=6)
    return {c: cells[c]._replace(text=f"{cells[c].text}{rng.choice(('件', '件次'))}") for c in chosen}


def _plain(table: str, counts: dict[str, int]) -> Cells:
    return {f"{table}.{key}": printed(count) for key, count in counts.items()}
