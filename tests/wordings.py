"""How a sentence is read, as the tests of wordings write it."""

from decimal import Decimal

from govinfo_pipeline.extract.narrative import read_claims

HEADING = "（二）依申请公开情况"


def read(text: str, heading: str = "") -> list[tuple[str, int | Decimal, str]]:
    prose = [(1, heading)] if heading else []
    claims = read_claims([*prose, (2, text)], 2022)
    return [(c.kind, c.value, "+".join(cell.split(".", 1)[1] for cell in c.about)) for c in claims]
