"""Random consistent reports, every layout they were seen in, and labelled errors: the oracle of the tests.

    rng = Random(7)
    truth = random_report(rng, form="2021")
    text = render(truth, "C", rng)              # LAYOUTS: plain text; HTML_LAYOUTS: web pages
    allowed = expected(truth, "C")              # what a reader may say, cell by cell
    wrong, label = mutate(truth, "one_digit", rng)

Nothing here reads a report, and nothing here is written from the rule expressions of the forms.
"""

from tests.generator.expect import Reading, expected, expected_without
from tests.generator.html_layouts import HTML_LAYOUTS
from tests.generator.mutate import (
    KINDS,
    Label,
    NothingToChangeError,
    blank_cell,
    change_digit,
    lose_cell,
    mutate,
)
from tests.generator.report import is_decorated, keeps_blanks, random_report, render, suffix
from tests.generator.text_layouts import LAYOUTS, UNSURE_LAYOUTS
from tests.generator.truth import Printed, Truth

__all__ = [
    "HTML_LAYOUTS",
    "KINDS",
    "LAYOUTS",
    "UNSURE_LAYOUTS",
    "Label",
    "NothingToChangeError",
    "Printed",
    "Reading",
    "Truth",
    "blank_cell",
    "change_digit",
    "expected",
    "expected_without",
    "is_decorated",
    "keeps_blanks",
    "lose_cell",
    "mutate",
    "random_report",
    "render",
    "suffix",
]
