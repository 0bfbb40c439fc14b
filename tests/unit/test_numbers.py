"""Printed cells -> values. The table is written by hand from cells seen in published reports."""

from decimal import Decimal

import pytest

from govinfo_pipeline.extract.numbers import read_number


@pytest.mark.parametrize(
    ("text", "letter", "value", "unit"),
    [
        ("0", "n", 0, ""),
        ("11398889", "n", 11398889, ""),
        ("１２", "n", 12, ""),
        (" \xa07 ", "n", 7, ""),
        ("+40", "n", 40, ""),
        ("-294", "n", -294, ""),
        ("−294", "n", -294, ""),
        ("增72", "n", 72, ""),
        ("减5", "n", -5, ""),
        ("減 5", "n", -5, ""),
        ("9693.7", "n", Decimal("9693.7"), ""),
        ("16223.34萬元", "n", Decimal("16223.34"), "万元"),
        ("251000元", "n", 251000, "元"),
        ("110.40", "n", Decimal("110.40"), ""),
        ("89件次", "n", 89, "件次"),
        ("1,234", "n", 1234, ""),
        ("1，234，567", "n", 1234567, ""),
        ("", "b", None, ""),
        ("\xa0", "b", None, ""),
        ("　", "b", None, ""),
        ("/", "d", None, ""),
        ("／", "d", None, ""),
        ("-", "d", None, ""),
        ("——", "d", None, ""),
        ("无", "d", None, ""),
        ("無", "d", None, ""),
        ("2O", "x", None, ""),
        ("l2", "x", None, ""),
        ("①", "x", None, ""),
        ("58²", "x", None, ""),
        ("12.", "x", None, ""),
        ("1 2", "x", None, ""),
        ("12,34", "x", None, ""),
        ("1.2.3", "x", None, ""),
        ("3万件", "x", None, ""),
        ("约5", "x", None, ""),
        ("12(含上年)", "x", None, ""),
        ("9" * 5000, "x", None, ""),
        ("一", "x", None, ""),
    ],
)
def test_a_cell_is_read_whole_or_not_at_all(
    text: str, letter: str, value: int | Decimal | None, unit: str
) -> None:
    assert (letter, value, unit) == read_number(text)


def test_decimals_keep_the_digits_that_were_printed() -> None:
    assert "110.40" == str(read_number("110.40")[1])
