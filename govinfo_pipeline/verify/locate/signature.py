"""What each cell of a form does to its equalities: computed once a form, from the compiled rules.

Owns the bit order of instances and the geometry of cells. Instances are bits of an integer, so that a
set of failed instances is one number and finding the cells that could have failed it is a comparison.
Only equalities of one report's whole numbers are here: inequalities and rules across years do not
tell which cell is wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations, pairwise
from typing import NamedTuple, TypeVar

from govinfo_pipeline.formats import Cell, load_form, universe
from govinfo_pipeline.verify.rules import Instance, compile_form

_MOST_KNOWN = 50_000
_Cells = TypeVar("_Cells")
_Terms = tuple[tuple[tuple[int, int], ...], ...]


class Place(NamedTuple):
    """Where a cell stands: table, row and column count from 0."""

    table: str
    row: int
    column: int


class Line(NamedTuple):
    """A row: its cells in the order of the form and what they touch.

    ``across``: of every cell, the instances that reach beyond the row.
    """

    cells: tuple[int, ...]
    touched: int
    across: tuple[int, ...]


class Seam(NamedTuple):
    """Two adjacent columns: cells row by row, the instances of each alone, and those between.

    ``between``: the instances in which two cells of a row stand with different signs.
    """

    one: tuple[int, ...]
    other: tuple[int, ...]
    of_one: int
    of_other: int
    between: int


@dataclass(frozen=True)
class Signatures:
    """The equalities of one form, cell by cell.

    Cells are numbered by their order in ``positions``, instances by their order in ``instances``.

    Attributes:
        instances: every equality of arithmetic, in the order of the form.
        bits: instance id -> its bit.
        positions: cell -> its position in the universe.
        ids, places, signed: of every cell.
        touch: cell -> (bit, coefficient) of every instance that it stands in.
        masks: cell -> the same instances as a set of bits.
        totals: whether a cell is the sum of others in one of its instances.
        total_of: bit -> the cell that is the sum there, or None.
        lines: the rows of every table.
        seams: the adjacent columns of every table of several rows.
        tables: statutory table -> its instances as a set of bits.
        parallel: the bits of instances in which several cells stand that stand nowhere else.
    """

    instances: tuple[Instance, ...]
    bits: dict[str, int]
    positions: tuple[int, ...]
    ids: tuple[str, ...]
    places: tuple[Place, ...]
    signed: tuple[bool, ...]
    terms: _Terms
    touch: tuple[tuple[tuple[int, int], ...], ...]
    masks: tuple[int, ...]
    totals: tuple[bool, ...]
    total_of: tuple[int | None, ...]
    lines: tuple[Line, ...]
    seams: tuple[Seam, ...]
    tables: dict[str, int]
    parallel: int
    _singles: dict[tuple[int, int], tuple[int, ...]] = field(default_factory=dict, compare=False)
    _pairs: dict[tuple[int, int], tuple[tuple[int, int], ...]] = field(default_factory=dict, compare=False)

    def singles(self, failed: int, opened: int) -> tuple[int, ...]:
        """Return the cells that touch a failed instance and none that is known to hold."""
        key = (failed, opened)
        if key not in self._singles:
            _bound(self._singles)
            holds = ~(failed | opened)
            self._singles[key] = tuple(c for c in self._touching(failed) if not self.masks[c] & holds)
        return self._singles[key]

    def pairs(self, failed: int, opened: int) -> tuple[tuple[int, int], ...]:
        """Return the pairs of cells that share an instance and could mend failed ones only together.

        Each cell has an instance of its own among the failed or open ones, which says by how much it
        is wrong; an instance that holds may be touched by both, so that they cancel there.
        """
        key = (failed, opened)
        if key not in self._pairs:
            _bound(self._pairs)
            self._pairs[key] = tuple(self._find_pairs(failed, opened))
        return self._pairs[key]

    def near(self, one: int, other: int) -> bool:
        """Say whether two cells are neighbours in a row or a column."""
        a, b = self.places[one], self.places[other]
        return a.table == b.table and abs(a.row - b.row) + abs(a.column - b.column) == 1

    def aligned(self, one: int, other: int) -> bool:
        """Say whether two cells stand in the same row or the same column."""
        a, b = self.places[one], self.places[other]
        return a.table == b.table and (a.row == b.row or a.column == b.column)

    def _touching(self, bits: int) -> list[int]:
        return sorted({cell for bit in each_bit(bits) for cell, _ in self.terms[bit]})

    def _find_pairs(self, failed: int, opened: int) -> list[tuple[int, int]]:
        marked = failed | opened
        groups: dict[int, list[int]] = {}
        for cell in self._touching(marked):
            outside = self.masks[cell] & ~marked
            if outside.bit_count() <= 1:
                groups.setdefault(outside, []).append(cell)
        return [
            (one, other)
            for cells in groups.values()
            for one, other in combinations(cells, 2)
            if self._can_pair(self.masks[one], self.masks[other], failed, marked)
        ]

    @staticmethod
    def _can_pair(one: int, other: int, failed: int, marked: int) -> bool:
        own = one & ~other & marked and other & ~one & marked
        return bool(one & other and own and (one | other) & failed)


def each_bit(bits: int) -> list[int]:
    """Return the numbers of the bits that are set, lowest first.

    >>> each_bit(0b1010)
    [1, 3]
    """
    found = []
    while bits:
        low = bits & -bits
        found.append(low.bit_length() - 1)
        bits ^= low
    return found


def joined(groups: Iterable[int], links: Iterable[int]) -> list[int]:
    """Return disjoint sets of bits of which those that a link touches are made one.

    >>> joined([0b001, 0b010, 0b100], [0b101])
    [2, 5]
    """
    found = list(groups)
    for link in links:
        touched = 0
        for group in found:
            touched |= group if group & link else 0
        found = [group for group in found if not group & link] + [touched]
    return sorted(found)


@lru_cache(maxsize=16)
def signatures(form_id: str) -> Signatures:
    """Return what the cells of a form do to its equalities.

    Raises:
        FormError: no such form, or a rule of it cannot be read.
    """
    form = load_form(form_id)
    cells = universe()
    known = compile_form(form)
    instances = tuple(filter(_locates, known))
    positions = sorted({term.position for i in instances for term in i.terms})
    number = {position: cell for cell, position in enumerate(positions)}
    terms = tuple(tuple((number[t.position], t.coefficient) for t in i.terms) for i in instances)
    touch: list[list[tuple[int, int]]] = [[] for _ in positions]
    for bit, parts in enumerate(terms):
        for cell, coefficient in parts:
            touch[cell].append((bit, coefficient))
    masks = tuple(sum(1 << bit for bit, _ in parts) for parts in touch)
    total_of = tuple(map(_total, terms))
    where = {
        cells.index[c.id]: Place(table.id, table.rows.index(c.row), table.columns.index(c.column))
        for table in form.tables
        for c in table.cells
    }
    places = tuple(where[position] for position in positions)
    return Signatures(
        instances=instances,
        bits={instance.id: bit for bit, instance in enumerate(instances)},
        positions=tuple(positions),
        ids=tuple(cells.ids[position] for position in positions),
        places=places,
        signed=tuple(_signed(cells.cells[position]) for position in positions),
        terms=terms,
        touch=tuple(map(tuple, touch)),
        masks=masks,
        totals=tuple(cell in total_of for cell in range(len(positions))),
        total_of=total_of,
        lines=tuple(_line(cells, terms, masks) for cells in _ranks(places, by_row=True)),
        seams=_seams(places, touch),
        tables=_tables(instances),
        parallel=_parallel(masks),
    )


def _locates(instance: Instance) -> bool:
    apart = instance.shadow or instance.series
    return instance.relation == "=" and instance.rule.family == "arithmetic" and not apart


def _signed(cell: Cell) -> bool:
    return cell.column.kind == "change"


def _total(terms: tuple[tuple[int, int], ...]) -> int | None:
    """Return the cell that is the sum of all others, or None where the equality has no such cell."""
    for sign in (1, -1):
        alone = [cell for cell, coefficient in terms if coefficient * sign > 0]
        if len(alone) == 1 and len(terms) > 2:
            return alone[0]
    return None


def _ranks(places: Sequence[Place], *, by_row: bool) -> list[tuple[int, ...]]:
    """Return the rows (or columns) of all tables that have at least three cells."""
    ranks: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for cell, place in enumerate(places):
        rank, along = (place.row, place.column) if by_row else (place.column, place.row)
        ranks.setdefault((place.table, rank), []).append((along, cell))
    return [tuple(cell for _, cell in sorted(rank)) for rank in ranks.values() if len(rank) > 2]


def _line(cells: tuple[int, ...], terms: _Terms, masks: Sequence[int]) -> Line:
    touched = 0
    for cell in cells:
        touched |= masks[cell]
    inside = set(cells)
    own = sum(1 << bit for bit in each_bit(touched) if inside.issuperset(c for c, _ in terms[bit]))
    return Line(cells, touched, tuple(masks[cell] & ~own for cell in cells))


def _seams(places: Sequence[Place], touch: Sequence[Sequence[tuple[int, int]]]) -> tuple[Seam, ...]:
    seams = []
    for one, other in pairwise(_ranks(places, by_row=False)):
        if places[one[0]].table != places[other[0]].table or len(one) != len(other):
            continue
        of_one = {bit for cell in one for bit, _ in touch[cell]}
        of_other = {bit for cell in other for bit, _ in touch[cell]}
        between = {
            bit
            for a, b in zip(one, other, strict=True)
            for bit, sign in touch[a]
            if dict(touch[b]).get(bit, sign) != sign
        }
        sets = (of_one - of_other, of_other - of_one, between)
        seams.append(Seam(one, other, *(sum(1 << bit for bit in bits) for bits in sets)))
    return tuple(seams)


def _tables(instances: tuple[Instance, ...]) -> dict[str, int]:
    tables: dict[str, int] = {}
    for bit, instance in enumerate(instances):
        tables[instance.table] = tables.get(instance.table, 0) | 1 << bit
    return tables


def _parallel(masks: tuple[int, ...]) -> int:
    return sum({mask for mask in masks if mask.bit_count() == 1 and masks.count(mask) > 1})


def _bound(cache: dict[tuple[int, int], _Cells]) -> None:
    """Keep a cache from growing with the number of reports."""
    if len(cache) > _MOST_KNOWN:
        cache.clear()
