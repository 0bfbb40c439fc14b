"""Which form a table of a document follows: its labels and headings vote, then the number of its values.

Owns the vote. A column that no form has makes no other form of a table.
"""

from __future__ import annotations

from govinfo_pipeline.extract.places import Places
from govinfo_pipeline.extract.rows import RawRow

# The tables whose labels and columns say which form a report follows.
_TELLING = ("art20_1", "applications")


def forms_of_blocks(rows: list[RawRow], places: Places, due: str | None) -> dict[str, str]:
    """Return the form of each table that is in the document, by its labels, then by its number of values."""
    tables: dict[str, list[RawRow]] = {}
    for raw in rows:
        tables.setdefault(raw.table, []).append(raw)
    blocks: dict[str, str] = {}
    for table in sorted(tables, key=_TELLING.__contains__, reverse=True):
        usual = next((blocks[other] for other in _TELLING if other in blocks), due)
        votes: dict[str, int] = {}
        for raw in tables[table]:
            _vote(raw, votes, usual, places)
        best = max(votes.values(), default=0)
        leaders = [form for form, count in votes.items() if count == best]
        if len(leaders) == 1:
            blocks[table] = leaders[0]
    return blocks


def _vote(raw: RawRow, votes: dict[str, int], usual: str | None, places: Places) -> None:
    """A row votes for a form that alone has it, or alone prints its headings, or alone has its width.

    Too few values may be a row whose blanks left no trace: then only the ``usual`` form of the report is believed.
    """
    forms = places.forms_of(raw.table, raw.row)
    size = raw.size
    if len(forms) == 1:
        if size:
            votes[forms[0]] = votes.get(forms[0], 0) + 10
    else:
        fits = (size,) if raw.remark < 0 else (size, size - 1)
        fitting = [form for form in forms if len(places.of[form, raw.table, raw.row]) in fits]
        printed = {form for heading in raw.evidence for form in heading.forms}
        if len(fitting) == 1 and fitting[0] != usual and printed and not _heads(raw, fitting[0]):
            fitting = []  # a column that the form does not have, not another form
        if len(fitting) == 1 and (
            fitting[0] == usual or size == max(places.sizes(raw)) or raw.stop - raw.start > size
        ):
            votes[fitting[0]] = votes.get(fitting[0], 0) + 1
    for heading in raw.evidence:
        if len(heading.forms) == 1:
            votes[heading.forms[0]] = votes.get(heading.forms[0], 0) + 3


def _heads(raw: RawRow, form: str) -> bool:
    """Say whether a heading above a row is one that ``form`` alone prints."""
    return any(heading.forms == (form,) for heading in raw.evidence)


def form_of(blocks: dict[str, str], due: str | None) -> str | None:
    """Return the form that a report follows: that of its applications, else of its year, else of most blocks."""
    if "applications" in blocks:
        return blocks["applications"]
    used = list(blocks.values())
    if used and due not in used:
        return max(used, key=used.count)
    return due
