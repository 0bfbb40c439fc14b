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
