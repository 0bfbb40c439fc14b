"""Judge the hard identities of one million reports of the 2021 form; print CPU seconds and memory.

    python benchmarks/identities.py [REPORTS]

Every number is there (the usual case after reading); a second pass has a blank in one cell in a
hundred. Memory is what judging adds to the columns themselves, its result included.
"""

from __future__ import annotations

import sys
import time
import tracemalloc

import numpy as np

from govinfo_pipeline.formats import load_form
from govinfo_pipeline.verify.identities import FAIL, UNKNOWN, evaluate
from govinfo_pipeline.verify.rules import Instance, Term, compile_form

RULES = ("A1", "A2", "A3", "D1")


def main(size: int) -> None:
    instances = [i for i in compile_form(load_form("2021")) if i.rule.id in RULES]
    columns = consistent(instances, size, np.random.default_rng(2021))
    held = sum(column.nbytes for column in columns.values())
    print(f"{size:,} reports, {len(instances)} instances, columns {held / 1e9:.2f} GB")
    report("all numbers", instances, columns, None)
    letters = np.full(size, ord("n"), dtype=np.uint8)
    letters[::100] = ord("b")
    states = {i: np.roll(letters, i) for i in columns}
    for i, column in columns.items():
        column[states[i] != ord("n")] = 0
    report("one blank in a hundred", instances, columns, states)


def consistent(instances: list[Instance], size: int, random: np.random.Generator) -> dict[int, np.ndarray]:
    """Return columns that satisfy every instance: parts at random, then the totals from them."""
    positions = sorted({i for instance in instances for i in instance.extent})
    columns = {i: random.integers(0, 100, size) for i in positions}
    by_rule = {r: [i.terms for i in instances if i.rule.id == r] for r in RULES}
    for terms in by_rule["A2"]:
        set_first(columns, terms)
    for terms in by_rule["A1"]:
        columns[terms[1].position] %= 5  # carried in: never more than was processed
        columns[terms[3].position] += 5
        set_first(columns, terms)
    for terms in by_rule["A3"] + by_rule["D1"]:
        set_first(columns, terms)
    return columns


def set_first(columns: dict[int, np.ndarray], terms: tuple[Term, ...]) -> None:
    rest = sum(t.coefficient * columns[t.position] for t in terms[1:])
    columns[terms[0].position] = np.asarray(-rest)


def report(
    name: str,
    instances: list[Instance],
    columns: dict[int, np.ndarray],
    states: dict[int, np.ndarray] | None,
) -> None:
    start = time.process_time()
    verdicts = evaluate(instances, columns, states)
    seconds = time.process_time() - start
    tracemalloc.start()
    evaluate(instances, columns, states)
    added = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    fails = int((verdicts.codes == FAIL).sum())
    unknown = int((verdicts.codes == UNKNOWN).sum())
    print(f"{name}: {seconds:.2f} CPU s, at most {added / 1e9:.2f} GB more, {fails} fail, {unknown} unknown")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
