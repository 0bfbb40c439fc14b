"""A placement remembered for a shape of document must give what reading afresh gives, cell by cell."""

from random import Random

import pytest

from govinfo_pipeline.document.text import read_text
from govinfo_pipeline.extract import fill
from govinfo_pipeline.extract.report import extract
from govinfo_pipeline.provenance import Source
from govinfo_pipeline.report import Report
from tests.generator import LAYOUTS, blank_cell, lose_cell, random_report, render

SOURCE = Source("report.txt", "0" * 64, "text/plain")


def afresh(text: str) -> Report:
    fill._shapes.clear()
    return extract(read_text(text, SOURCE))


HEAD = "安吉县人民政府2023年政府信息公开工作年度报告\n"
APPLIED = "三、收到和处理政府信息公开申请情况"
WORDS = "甲 | 乙 | 丙 | 丁 | 戊 | 己 | 庚 | 辛 |\n"
GRANTED = "(一)予以公开 |\n5 |\n1 |\n0 |\n0 |\n0 |\n0 |\n"


@pytest.mark.parametrize(
    "texts",
    [
        # a text behind the last value is one too many
        (f"{HEAD}{APPLIED}\n{GRANTED}6 |\n", f"{HEAD}{APPLIED}\n{GRANTED}6 |\n2O\n"),
        (f"{HEAD}{APPLIED}\n{GRANTED}6 |\n五、问题\n", f"{HEAD}{APPLIED}\n{GRANTED}6 |\n2O\n"),
        (
            f"{HEAD}{APPLIED}\n{GRANTED.replace(' |', '')}6\n",
            f"{HEAD}{APPLIED}\n{GRANTED.replace(' |', '')}6\n约5件\n",
        ),
        # a text in place of the last value is another in each
        (f"{HEAD}{APPLIED}\n{GRANTED}2O\n", f"{HEAD}{APPLIED}\n{GRANTED}约5件\n"),
        # the same cells stand in other lines
        (
            f"{HEAD}{WORDS}{APPLIED} | |\n(一)予以公开 | 5 | 1 | 0 | 0 | 0 | 0 | 6 |\n五、问题\n",
            f"{HEAD}{APPLIED} | | (一)予以公开 | 5 | 1 | 0 | 0 | 0 |\n0 | 6 |\n{WORDS}五、问题\n",
        ),
    ],
)
def test_reports_that_differ_around_the_values_are_read_as_each_alone(texts: tuple[str, str]) -> None:
    alone = [afresh(text) for text in texts]
    assert alone[0].states != alone[1].states or alone[0].texts != alone[1].texts
    for order in (1, -1):
        fill._shapes.clear()
        read = [extract(read_text(text, SOURCE)) for text in texts[::order]]
        assert alone == read[::order]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_batch_reads_what_each_report_alone_reads(layout: str) -> None:
    texts = []
    for seed in range(6):
        rng = Random(seed)
        truth = random_report(rng, form=("2021", "2019")[seed % 2])
        blank, _ = blank_cell(truth, rng)
        texts += [render(truth, layout, Random(7)), render(blank, layout, Random(7))]
        texts.append(lose_cell(truth, layout, Random(7))[0])
    alone = [afresh(text) for text in texts]
    fill._shapes.clear()
    in_batch = [extract(read_text(text, SOURCE)) for text in texts]
    again = [extract(read_text(text, SOURCE)) for text in texts]
    assert alone == in_batch
    assert alone == again


def test_reports_of_one_shape_share_a_placement() -> None:
    fill._shapes.clear()
    for seed in range(5):
        truth = random_report(Random(seed), form="2021")
        extract(read_text(render(truth, "A", Random(7)), SOURCE))
    assert len(fill._shapes) < 5
