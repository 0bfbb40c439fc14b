"""Locate labelled errors in random consistent reports: how fast, and how often rightly.

    python benchmarks/locate.py speed [REPORTS]      failing reports a second, on one core
    python benchmarks/locate.py quality [REPORTS]    the tables of docs/locate.md, REPORTS a kind and form
    python benchmarks/locate.py weights [REPORTS]    what moving each weight would change

The weights of the repairs were chosen on the first half of the random reports, and `weights` looks at
that half; the tables are of the second half.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from itertools import islice, product
from pathlib import Path
from random import Random

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from govinfo_pipeline.formats import load_form, universe
from govinfo_pipeline.verify.identities import FAIL, UNKNOWN, evaluate
from govinfo_pipeline.verify.locate import Cause, case, cause, event, locate_batch, reason, structure
from govinfo_pipeline.verify.locate.reason import slip
from govinfo_pipeline.verify.rules import compile_form
from tests.generator import (
    KINDS,
    Label,
    NothingToChangeError,
    Truth,
    mutate,
    random_report,
)

FORMS = ("2021", "2019")
FIRST_HALF, SECOND_HALF = "first half", "second half"
# A stale total changes the report beneath it, so it comes first.
TWO_ERRORS = ("stale_total", "one_digit", "transposed_digits", "dropped_digit", "added_digit")

WEIGHTS = (
    *((reason._BASE, name) for name in reason._BASE),
    (reason, "_FROM_NOTHING"),
    *((event, name) for name in ("_SINGLE", "_EXCHANGE", "_APART", "_FOLLOW", "_BOTH")),
    *((structure, name) for name in ("_SHIFT", "_COLUMNS", "_STALE_LINE")),
    *((case, name) for name in ("_SETTLED", "_UNSETTLED")),
    (cause, "MARGIN"),
)


class Batch:
    """Reports of one form as arrays, with what was judged of them and what was done to them."""

    def __init__(self, form: str, truths: list[Truth], labels: list[Label]) -> None:
        self.form = form
        self.labels = labels
        self.values, self.states = arrays(truths)
        rules = [i for i in compile_form(load_form(form)) if i.rule.family == "arithmetic"]
        columns = {i: np.ascontiguousarray(self.values[:, i]) for i in range(len(universe()))}
        states = {i: np.ascontiguousarray(self.states[:, i]) for i in range(len(universe()))}
        codes = evaluate(rules, columns, states).codes
        self.instances = [rule.id for rule in rules]
        self.asked = (codes == FAIL) | (codes == UNKNOWN)

    def locate(self) -> list[list[Cause]]:
        return locate_batch(self.form, self.values, self.states, self.asked, self.instances)


def arrays(truths: list[Truth]) -> tuple[np.ndarray, np.ndarray]:
    """Return values and state letters, reports x universe."""
    index = universe().index
    values = np.zeros((len(truths), len(index)), dtype=np.int64)
    states = np.full(values.shape, ord("a"), dtype=np.uint8)
    for row, truth in enumerate(truths):
        for cell_id, cell in truth.cells.items():
            states[row, index[cell_id]] = ord(cell.state)
            if isinstance(cell.value, int):
                values[row, index[cell_id]] = cell.value
    return values, states


def batch(form: str, kinds: tuple[str, ...], size: int, rng: Random, blanks: float = 0.0) -> Batch:
    """Return reports that each carry an error of every one of ``kinds``, in different cells."""
    truths: list[Truth] = []
    labels: list[Label] = []
    while len(truths) < size:
        truth = random_report(rng, form, blanks=blanks)
        done: list[Label] = []
        try:
            for kind in kinds:
                truth, label = mutate(truth, kind, rng)
                done.append(label)
        except NothingToChangeError:
            continue
        cells = [cell for label in done for cell in label.cells]
        if len(set(cells)) == len(cells):
            truths.append(truth)
            labels.append(merged(done))
    return Batch(form, truths, labels)


def merged(labels: list[Label]) -> Label:
    true = {cell: value for label in labels for cell, value in label.true.items()}
    now = {cell: value for label in labels for cell, value in label.now.items()}
    return Label("+".join(label.kind for label in labels), true, now)


def score(label: Label, causes: list[Cause]) -> str:
    """Say how well the causes name the error.

    Returns one of: unseen (nothing fails), right, right-tied (the first repairs are right, and said to
    be tied with others), tied (the right ones are among those said to be tied with the first),
    wrong-tied, wrong, unexplained.
    """
    if not causes:
        return "unseen"
    if not all(cause.repairs for cause in causes):
        return "unexplained"
    need = {c: v or 0 for c, v in label.true.items() if (v or 0) != (label.now[c] or 0)}
    choices = [
        [
            {change.id: change.new for change in repair.changes if change.new != (change.old or 0)}
            for k, repair in enumerate(cause.repairs)
            if k == 0 or (repair.tied and cause.repairs[0].tied)
        ]
        for cause in causes
    ]
    tied = any(cause.repairs[0].tied for cause in causes)
    for k, chosen in enumerate(islice(product(*choices), 1000)):
        if {cell: new for changes in chosen for cell, new in changes.items()} == need:
            return ("right-tied" if tied else "right") if k == 0 else "tied"
    return "wrong-tied" if tied else "wrong"


def tally(kinds: tuple[str, ...], size: int, half: str, blanks: float) -> dict[str, Counter[str]]:
    """Return the scores by the table that carries the (first) error."""
    rng = Random(f"{kinds} {half} {blanks}")
    counts: dict[str, Counter[str]] = {}
    for form in FORMS:
        reports = batch(form, kinds, size, rng, blanks)
        for label, causes in zip(reports.labels, reports.locate(), strict=True):
            table = label.cells[0].split(".", 1)[0]
            counts.setdefault(table, Counter())[score(label, causes)] += 1
    return counts


def quality(size: int, half: str = SECOND_HALF) -> None:
    for blanks in (0.0, 0.4):
        print(f"\n{blanks:.0%} of the zeros left blank, {len(FORMS) * size:,} reports a kind\n")
        print("| error | seen | right | right or tied | untied | untied and wrong | unexplained |")
        print("|---|---|---|---|---|---|---|")
        for kind in KINDS:
            counts = tally((kind,), size, half, blanks)
            print(line(kind, sum(counts.values(), Counter())))
            for table in sorted(counts) if len(counts) > 1 else []:
                print(line(f"- in {table}", counts[table]))
        for kind in TWO_ERRORS[1:]:
            counts = tally((TWO_ERRORS[0], kind), size, half, blanks)
            print(line(f"{TWO_ERRORS[0]} and {kind}", sum(counts.values(), Counter())))


def weights(size: int) -> None:
    """Print how the score of the first half moves with each weight."""
    rng = Random(f"weights {FIRST_HALF}")
    visible = [kind for kind in KINDS if kind != "exchanged_adjacent_columns"]
    reports = [
        batch(form, (kind,), size, rng, blanks) for form in FORMS for kind in visible for blanks in (0.0, 0.2)
    ]
    start = shares(reports)
    print("as they are:", ", ".join(f"{name} {share:.2%}" for name, share in start.items()))
    for place, name in WEIGHTS:
        values = place if isinstance(place, dict) else vars(place)
        kept = values[name]
        for step in (-1.5, 1.5):
            values[name] = kept + step
            slip.cache_clear()
            moved = shares(reports)
            changes = ", ".join(f"{k} {moved[k] - start[k]:+.2%}" for k in start)
            print(f"{name} {kept} {step:+}: {changes}")
        values[name] = kept
    slip.cache_clear()


def shares(reports: list[Batch]) -> dict[str, float]:
    counts = Counter(s for some in reports for s in map(score, some.labels, some.locate()))
    seen = counts.total() - counts["unseen"]
    right = counts["right"] + counts["right-tied"]
    return {
        "right": right / seen,
        "right or tied": (right + counts["tied"]) / seen,
        "untied and wrong": counts["wrong"] / seen,
    }


def line(name: str, counts: Counter[str]) -> str:
    total = counts.total()
    seen = total - counts["unseen"]
    shares = (
        counts["right"] + counts["right-tied"],
        counts["right"] + counts["right-tied"] + counts["tied"],
        counts["right"] + counts["wrong"],
        counts["wrong"],
        counts["unexplained"],
    )
    cells = [f"{share / seen:.1%}" if seen else "-" for share in shares]
    return f"| {name} | {seen / total:.1%} | {' | '.join(cells)} |"


def speed(size: int) -> None:
    for name, kinds, blanks in (
        ("one cell", ("one_digit", "transposed_digits", "dropped_digit", "added_digit", "stale_total"), 0.0),
        ("two cells and rows", ("moved_value", "exchanged_cells", "lost_cell_shift"), 0.0),
        ("all kinds", KINDS, 0.0),
        ("all kinds, 40% of the zeros blank", KINDS, 0.4),
    ):
        rng = Random(f"speed {name}")
        some = [batch("2021", (kind,), size // len(kinds), rng, blanks) for kind in kinds]
        locate_batch(
            some[0].form, some[0].values[:9], some[0].states[:9], some[0].asked[:9], some[0].instances
        )
        failing = sum(int(reports.asked.any(axis=1).sum()) for reports in some)
        start = time.process_time()
        for reports in some:
            reports.locate()
        seconds = time.process_time() - start
        print(
            f"{name}: {failing:,} failing reports in {seconds:.2f} CPU s, {failing / seconds:,.0f} a second"
        )


if __name__ == "__main__":
    command = sys.argv[1] if len(sys.argv) > 1 else "speed"
    {"speed": speed, "quality": quality, "weights": weights}[command](
        int(sys.argv[2]) if len(sys.argv) > 2 else 2_000
    )
