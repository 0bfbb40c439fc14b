"""What between the rows of a table is none of them, and which sums tell it from a value: tables by hand."""

from __future__ import annotations

import pytest

from govinfo_pipeline.extract.aside import is_bad_value, is_page_of_pages, sums_hold, sums_without_last
from govinfo_pipeline.extract.labels import labels


@pytest.mark.parametrize(
    ("text", "behind_a_value", "behind_the_label"),
    [
        ("2O", True, True),
        ("约5件", True, False),
        ("约12件次", True, False),
        ("共计约12件次", False, False),  # five words
        ("1234567890", True, True),
        ("12345678901", False, False),
        ("若干", False, False),
        ("第5页", False, False),
    ],
)
def test_a_text_with_digits_may_be_a_bad_value_and_words_behind_a_label_the_rest_of_it(
    text: str, behind_a_value: bool, behind_the_label: bool
) -> None:
    assert behind_a_value == is_bad_value(text, first=False)
    assert behind_the_label == is_bad_value(text, first=True)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["5", "/", "12"], True),
        (["12", "/", "12"], True),
        (["13", "/", "12"], False),
        (["0", "/", "12"], False),
        (["5", "/", "99"], True),
        (["5", "/", "100"], False),
        (["5", "12", "12"], False),
        (["5", "/", "/"], False),
        (["5", "/"], False),
    ],
)
def test_a_page_of_pages_is_none_behind_the_last(cells: list[str], expected: bool) -> None:
    assert expected == is_page_of_pages([labels().token(cell) for cell in cells], cells)


@pytest.mark.parametrize(
    ("table", "values", "expected"),
    [
        ("applications", [5, 1, 0, 0, 0, 0, 6], True),
        ("applications", [5, 1, 0, 0, 0, 0, 7], False),
        ("applications", [5, 1, 0, 0, 0, 0, 6, 0], False),  # no whole row
        ("disputes", [1, 0, 0, 2, 3, *[0] * 10], True),
        ("disputes", [1, 0, 0, 2, 3, 0, 0, 0, 0, 1, *[0] * 5], False),
        ("art20_1", [1, 1, 2], False),
    ],
)
def test_the_totals_of_a_whole_row_are_right_or_not(table: str, values: list[int], expected: bool) -> None:
    assert expected == sums_hold(table, values)


def test_a_number_behind_a_whole_row_is_told_only_if_no_other_could_be_left_out() -> None:
    assert sums_without_last("applications", [5, 1, 0, 0, 0, 0, 6, 9])
    assert not sums_without_last("applications", [0, 0, 0, 0, 0, 0, 0, 9][::-1])
    assert not sums_without_last("applications", [3, 0, 0, 0, 0, 3, 3, 3])
