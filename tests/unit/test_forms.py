"""Form files: what they must say, and how they are refused, with the place."""

from dataclasses import replace

import pytest

from govinfo_pipeline.errors import FormError, RuleError
from govinfo_pipeline.formats import load_form, load_forms, universe
from govinfo_pipeline.formats.loader import parse_form, refuse_overlap

HEAD = '[form]\nid = "t"\nzh = "表"\nen = "form"\ninstrument = "x"\nfirst_year = 2030\n'
TABLE = """[[table]]
id = "a"
zh = "甲"
en = "A"
law = "x"
labels = ["甲"]
columns = [{ id = "c", zh = "列", en = "C", kind = "count", unit = "件" }]
rows = [{ id = "r", zh = "行", en = "R" }]
"""


def test_both_forms_have_the_cells_that_the_annexes_print() -> None:
    assert {"2019": 198, "2021": 200} == {form.id: len(form.cells) for form in load_forms()}
    assert len(universe()) == len({cell.id for form in load_forms() for cell in form.cells})


@pytest.mark.parametrize(
    ("text", "where", "problem"),
    [
        ("x =", "t.toml", "not TOML"),
        (HEAD + "colour = 1\n", "t.toml: form", "unknown key 'colour'"),
        (HEAD.replace("first_year = 2030\n", ""), "t.toml: form", "first_year is missing"),
        (HEAD.replace("2030", '"2030"'), "t.toml: form", "first_year must be a int, was '2030'"),
        (HEAD + TABLE + TABLE, "t.toml: tables", "'a' stands twice"),
        (
            HEAD + TABLE.replace('"count"', '"colour"'),
            "column c: kind",
            "must be one of count, change, money",
        ),
        (HEAD + TABLE.replace('unit = "件"', "unit = 3"), "column c", "unit must be a str, was 3"),
    ],
)
def test_a_form_that_says_something_wrong_is_refused_with_its_place(
    text: str, where: str, problem: str
) -> None:
    with pytest.raises(FormError) as error:
        parse_form(text, "t.toml")
    assert where in error.value.where
    assert problem in error.value.problem


def test_a_rule_over_an_unknown_table_names_the_known_ones() -> None:
    rule = '[[rule]]\nid = "A1"\nfamily = "arithmetic"\ntable = "b"\nexpr = "r = r"\neach = "column"\n'
    rule += 'blanks = "fillable"\nseverity = "error"\nlaw = "x"\nzh = "x"\nen = "x"\n'
    with pytest.raises(RuleError) as error:
        parse_form(HEAD + TABLE + rule, "t.toml")
    assert ("A1", "unknown table 'b'. Known: a, or '*' for the report.") == (
        error.value.rule,
        error.value.problem,
    )


def test_two_forms_in_force_in_one_year_are_refused() -> None:
    new = replace(load_form("2021"), id="2027", first_year=2027)
    with pytest.raises(FormError, match="last_year must be before 2027"):
        refuse_overlap((*load_forms(), new))
    refuse_overlap((load_form("2019"), replace(load_form("2021"), last_year=2026), new))
