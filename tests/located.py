"""The report by hand whose cells are made wrong, and what is found of it."""

import numpy as np

from govinfo_pipeline.formats import load_form, universe
from govinfo_pipeline.verify.identities import FAIL, UNKNOWN, evaluate
from govinfo_pipeline.verify.locate import locate
from govinfo_pipeline.verify.rules import compile_form

CELLS = universe()
FORM = load_form("2021")
RULES = [rule for rule in compile_form(FORM) if rule.rule.family == "arithmetic"]
ROWS = [row.id for row in FORM.table("applications").rows]
COLUMNS = [column.id for column in FORM.table("applications").columns]
# new 56 + 2, carried in 3; granted 17 + 1, partly 12, denied 4, not held 24 + 1; carried forward 2.
FIGURES = {
    "applications.new_received": (56, 2, 58),
    "applications.carried_in": (3, 0, 3),
    "applications.granted": (17, 1, 18),
    "applications.partially_granted": (12, 0, 12),
    "applications.denied_process_information": (4, 0, 4),
    "applications.unavailable_not_held": (24, 1, 25),
    "applications.processed_total": (57, 2, 59),
    "applications.carried_forward": (2, 0, 2),
}
DISPUTES = {"review_upheld": 3, "review_corrected": 1, "review_pending": 2, "review_total": 6,
            "post_review_litigation_upheld": 1, "post_review_litigation_total": 1}  # fmt: skip


def truth():
    """Return the right value of every cell of the form: what is not above is zero."""
    right = {cell.id: 0 for cell in FORM.cells}
    for row, (person, enterprise, total) in FIGURES.items():
        right |= {f"{row}.natural_person": person, f"{row}.commercial_enterprise": enterprise}
        right[f"{row}.total"] = total
    return right | {f"disputes.cases.{name}": value for name, value in DISPUTES.items()}


def printed(changes=None, letters=None):
    """Return values, states and what does not pass, where some cells are printed otherwise."""
    figures = truth() | (changes or {})
    states = ["a"] * len(CELLS)
    values = [None] * len(CELLS)
    for cell_id, value in figures.items():
        letter = (letters or {}).get(cell_id, "n")
        states[CELLS.index[cell_id]] = letter
        values[CELLS.index[cell_id]] = value if letter == "n" else None
    return values, "".join(states), judged(values, states)


def judged(values, states):
    """Return instance -> residual of what fails or is unknown, as the kernel judges it."""
    columns = {i: np.array([value or 0]) for i, value in enumerate(values)}
    letters = {i: np.array([ord(letter)], dtype=np.uint8) for i, letter in enumerate(states)}
    verdicts = evaluate(RULES, columns, letters)
    return {
        rule.id: int(verdicts.residuals[0, j])
        for j, rule in enumerate(RULES)
        if verdicts.codes[0, j] in (FAIL, UNKNOWN)
    }


def causes_of(changes=None, letters=None, evidence=None):
    values, states, failed = printed(changes, letters)
    return locate("2021", values, states, failed, evidence)


def only(found):
    assert len(found) == 1
    return found[0]


def suggested(cause, k=0):
    return {change.id: change.new for change in cause.repairs[k].changes}
