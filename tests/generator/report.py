"""Random reports, and their rendering in any layout."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from tests.generator.document import render_text
from tests.generator.figures import blanked, random_cells
from tests.generator.html_layouts import HTML_LAYOUTS, render_html
from tests.generator.prose import random_prose
from tests.generator.text_layouts import LAYOUTS, UNSURE_LAYOUTS, Layout
from tests.generator.truth import SCRIPTS, Truth, printed

# Names of real places, so that region codes resolve; all figures and sentences around them are invented.
MAY_MAKE_RULES = ("大理白族自治州人民政府", "开封市人民政府")
ISSUERS = (
    *MAY_MAKE_RULES,
    "平遥县人民政府",
    "敦煌市人民政府",
    "阳朔县人民政府",
    "婺源县人民政府",
    "宁海县人民政府办公室",
    "曲阜市文化和旅游局",
)
TITLES = (
    "{issuer}{year}年政府信息公开工作年度报告",
    "{issuer}{year}年度政府信息公开工作年度报告",
    "{issuer}政府信息公开工作年度报告({year}年)",
)
YEARS = {"2019": (2019, 2020), "2021": (2021, 2022, 2023, 2024)}


def random_report(
    rng: Random,
    form: str | None = None,
    *,
    prior: Truth | None = None,
    decorated: bool = False,
    blanks: float = 0.0,
    dashes: float = 0.0,
    script: str | None = None,
) -> Truth:
    """Return a report whose figures agree with each other, and with ``prior``, the same issuer's year before.

    Shares of the zeros can be left blank or printed as a sign for none; ``decorated`` prints some values
    with signs, units or words; ``form`` and ``script`` are random unless given.
    """
    form = form or (prior.form if prior else rng.choice(tuple(YEARS)))
    year = prior.year + 1 if prior else rng.choice(YEARS[form])
    issuer = prior.issuer if prior else rng.choice(ISSUERS)
    cells = random_cells(form, rng, prior.cells if prior else None, decorated)
    if issuer not in MAY_MAKE_RULES:
        cells |= {c: printed(0) for c in cells if c.startswith("art20_1.regulations.")}
    if blanks or dashes:
        cells = blanked(cells, rng, blanks, dashes)
    bare = Truth(
        form=form,
        year=year,
        issuer=issuer,
        title=rng.choice(TITLES).format(issuer=issuer, year=year),
        cells=cells,
        script=script or rng.choices(SCRIPTS, (6, 2, 1))[0],
    )
    opening, sections = random_prose(bare, rng)
    return replace(bare, opening=opening, sections=sections)


def render(truth: Truth, layout: str, rng: Random, lost: str | None = None) -> str:
    """Return the report in one of LAYOUTS (plain text) or HTML_LAYOUTS (a web page).

    ``lost`` names a value cell that vanishes with its delimiter.
    """
    if layout in HTML_LAYOUTS:
        return render_html(truth, layout, rng, lost)
    return render_text(truth, layout, rng, lost)


def keeps_blanks(layout: str, table: str = "disputes") -> bool:
    """Say whether a blank cell of a table leaves a trace in the layout, so that every cell has a certain place."""
    if layout in HTML_LAYOUTS:
        return True
    how = _text_layout(layout)
    if table == "disputes" and how.disputes_keep_blanks is not None:
        return how.disputes_keep_blanks
    return how.keeps_blanks


def sure_ends(layout: str) -> bool:
    """Say whether a blank at the end of a row cannot be taken for filling behind a lost cell."""
    return layout in HTML_LAYOUTS or _text_layout(layout).sure_ends


def sure_rows(layout: str) -> bool:
    """Say whether a row that is whole is certainly one: no number in it may be anything but a value."""
    return layout not in UNSURE_LAYOUTS


def is_decorated(layout: str) -> bool:
    """Say whether the layout is one of values with signs, units and words."""
    return (HTML_LAYOUTS.get(layout) or _text_layout(layout)).decorated


def _text_layout(layout: str) -> Layout:
    return LAYOUTS.get(layout) or UNSURE_LAYOUTS[layout]


def suffix(layout: str) -> str:
    """Return the file suffix of a layout."""
    return ".html" if layout in HTML_LAYOUTS else ".txt"
