"""Pages as tests read them."""

from govinfo_pipeline.document.html import read_html
from govinfo_pipeline.document.model import Document, RowKind
from govinfo_pipeline.provenance import Source

SOURCE = Source("page.html", "0" * 64, "text/html")


def page(markup: str | bytes) -> Document:
    return read_html(markup, SOURCE)


def prose(markup: str) -> list[str]:
    return [text for _, text in page(markup).paragraphs()]


def tables(markup: str) -> dict[int, list[list[str]]]:
    """Return the HARD rows of each table."""
    document = page(markup)
    found: dict[int, list[list[str]]] = {}
    for row in document.rows:
        if row[0] == RowKind.HARD and row[1]:
            found.setdefault(row[1], []).append([cell.text for cell in document.cells(row)])
    return found


def table(markup: str) -> list[list[str]]:
    """Return the rows of the only table."""
    (rows,) = tables(markup).values()
    return rows


def cell(markup: str) -> str:
    """Return what a cell of that content reads."""
    return table(f"<table><tr><td>数量<td>{markup}</td></tr></table>")[0][1]
