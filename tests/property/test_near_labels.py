"""No slip in one label makes another of it: tried for every pair of labels of both forms."""

from __future__ import annotations

from itertools import product

import pytest

from govinfo_pipeline.extract.labels import Kind, Labels, Token, labels
from govinfo_pipeline.formats import load_forms
from govinfo_pipeline.script import fold


def folded() -> dict[str, set[tuple[str, str]]]:
    """Return every label of the forms, folded, with the rows that it may be; other labels with none."""
    found: dict[str, set[tuple[str, str]]] = {}
    for table in (table for form in load_forms() for table in form.tables):
        for row in table.rows:
            for label in filter(None, map(fold, (row.label, *row.aliases))):
                found.setdefault(label, set()).add((table.id, row.id))
        columns = [label for column in table.columns for label in (column.label, *column.aliases)]
        for label in filter(
            None, map(fold, (*table.labels, *table.headings, *table.groups, *table.extras, *columns))
        ):
            found.setdefault(label, set())
    return found


LABELS = folded()


def slips(label: str, other: str) -> set[str]:
    """Return what a label becomes by one character of another label, and by losing one."""
    chars = set(other)
    places = range(len(label) + 1)
    changed = {label[:i] + char + label[i + 1 :] for i, char in product(places[:-1], chars)}
    longer = {label[:i] + char + label[i:] for i, char in product(places, chars)}
    return changed | longer | {label[:i] + label[i + 1 :] for i in places[:-1]}


def alike(label: str, other: str) -> bool:
    """Say whether two labels share half of the characters of one; a label is like itself."""
    fewest = min(len(set(label)), len(set(other)))
    return 2 * len(set(label) & set(other)) >= fewest


def near(known: Labels, text: str) -> Token | None:
    """Return the row that a text is near to, None for labels and for texts that are no row."""
    token = known.token(text)
    return token if token.kind == Kind.TEXT and token.table else None


@pytest.mark.parametrize("label", LABELS)
def test_a_slip_is_read_as_its_own_row_or_not_at_all(label: str) -> None:
    known, rows = labels(), LABELS[label]
    for other in LABELS:
        if not alike(label, other):
            continue
        for text in slips(label, other):
            token = near(known, text)
            if token is not None and (token.table, token.row) not in rows:
                own = {meaning for name in LABELS if text in slips(name, text) for meaning in LABELS[name]}
                assert (token.table, token.row) in own, text
                assert not rows, text  # a slip of two rows is none


@pytest.mark.parametrize(
    "text",
    [
        *("不以公开", "予以公升", "不予公升", "予以不公开", "行政处分", "行政征收", "重复申清", "其他外理"),
        *(
            "结转上年度继续办理",
            "结转本年度继续办理",
            "本年结转政府信息公开申请数量",
            "本年度结转政府信息公开申请数量",
        ),
        *(
            "有正当理由大量反复申请",
            "属于一类内部事务信息",
            "本机关未掌握相关政府信息",
            "规范性文档",
            "5.属于国家机密",
            "上年度接转",
            "行政事业及收费",
            "2.信访举报投诉申请",
        ),
    ],
)
def test_what_may_be_another_label_is_none(text: str) -> None:
    assert near(labels(), text) is None


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("行政事业性收弗", "administrative_fees"),
        ("行政事业收费", "administrative_fees"),
        ("1.行政事业性收弗", "administrative_fees"),
        ("行政事業性的收費", "administrative_fees"),
        ("4.保护第三方合法权义", "denied_third_party_rights"),
        ("1.信访举报投诉申请", "not_processed_petition_complaint"),
        ("四、结转下年渡继续办理", "carried_forward"),
    ],
)
def test_one_character_wrong_lost_or_too_many_is_a_slip(text: str, row: str) -> None:
    token = near(labels(), text)
    assert token is not None
    assert row == token.row
