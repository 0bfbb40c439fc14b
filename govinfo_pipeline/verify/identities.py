"""Judge the compiled instances over columns of numbers: pass, fail, unknown or not applicable.

Owns the meaning of the three verdicts. For an instance, with every missing cell taken as 0, the
residual is left side minus right side.

- A blank (b) or a dash (d) may stand for any whole number that the cell may hold; an unreadable
  (u, x) or absent (a) cell holds some number that is not known here.
- Pass: the relation holds so, and no operand is u, x or a.
- Fail: no filling of the missing operands, of whatever kind, makes it hold. Counts are filled with
  non-negative numbers, changes with any.
- Unknown: otherwise. Missing is never zero: a lost cell can make nothing fail and nothing pass.
- Skipped: the instance's table has no printed cell (n, u or x) on this form; the completeness rules
  say that once. Also where a rule needs last year's report and there is none.

Arithmetic is exact: where sums could leave 64 bits the rows are judged in Python integers.
Reads no document and writes no sentence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from govinfo_pipeline.formats import universe
from govinfo_pipeline.report import (
    ABSENT,
    BLANK,
    DASH,
    NOT_A_NUMBER,
    NUMBER,
    UNREADABLE,
    Report,
)

if TYPE_CHECKING:
    from govinfo_pipeline.verify.rules import Instance, Term

PASS, FAIL, UNKNOWN, SKIPPED = 0, 1, 2, 3
VERDICT_NAMES = ("pass", "fail", "unknown", "skipped")

Columns: TypeAlias = Mapping[int, NDArray[Any]]
States: TypeAlias = Mapping[int, NDArray[np.uint8]]
# A position, and whether it is of last year's report.
_Key: TypeAlias = tuple[int, bool]

# Rows a step: the columns of an instance stay in the processor's second-level cache.
CHUNK = 16384

_INT64 = np.iinfo(np.int64)
# Counts are within 64 bits; the lowest number of 64 bits stands for one that is not.
_BEYOND = 2**63
_UNFIT = -(2**63)
_MISSING, _LOST, _PRINTED = 1, 2, 4
_BITS = {
    NUMBER: _PRINTED,
    BLANK: _MISSING,
    DASH: _MISSING,
    UNREADABLE: _MISSING | _LOST | _PRINTED,
    NOT_A_NUMBER: _MISSING | _LOST | _PRINTED,
    ABSENT: _MISSING | _LOST,
}
# Letter -> what it means for a verdict. A letter that does not exist is lost, never a number.
_LETTERS = np.full(256, _MISSING | _LOST, dtype=np.uint8)
for _letter, _bits in _BITS.items():
    _LETTERS[ord(_letter)] = _bits


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Verdicts of n reports by m instances.

    Attributes:
        codes: int8, n x m: PASS, FAIL, UNKNOWN or SKIPPED.
        residuals: int64, n x m: left minus right with missing cells as 0; 0 where skipped; held at
            the limits of 64 bits where the exact one lies beyond (the verdict is exact all the same).
    """

    codes: NDArray[np.int8]
    residuals: NDArray[np.int64]


def evaluate(
    instances: Sequence[Instance],
    columns: Columns,
    states: States | None = None,
    *,
    prior: tuple[Columns, States | None] | None = None,
) -> Verdicts:
    """Judge every row of ``columns`` by every instance.

    Args:
        instances: of one form; every row is taken to be of that form.
        columns: position in the universe -> whole numbers, one a report, 0 where missing.
        states: position -> letters (``ord``) as uint8. None, or a position that is not in it: all
            are numbers.
        prior: columns and states of last year's reports, row by row the predecessors; where a report
            has none, all its prior letters are ``a``. None: there are none at all.

    Raises:
        ValueError: a column that an instance needs is missing, is not of whole numbers, or is
            longer or shorter than the others.
    """
    batch = _Batch(instances, columns, states, prior)
    shape = (batch.size, len(instances))
    codes = np.zeros(shape, dtype=np.int8, order="F")
    residuals = np.zeros(shape, dtype=np.int64, order="F")
    for start in range(0, batch.size, CHUNK):
        rows = slice(start, min(start + CHUNK, batch.size))
        window = _Window(batch, rows)
        for j, plan in enumerate(batch.plans):
            if plan is None:
                codes[rows, j] = SKIPPED
                continue
            code, residual = _judge(plan, window)
            # Zeros are there already: memory that nothing is written to costs nothing.
            if code.any():
                codes[rows, j] = code
            if residual.any():
                residuals[rows, j] = residual
    return Verdicts(codes, residuals)


def columns_of(reports: Sequence[Report | None]) -> tuple[dict[int, NDArray[Any]], States]:
    """Return columns and states of reports for `evaluate`, every position of the universe.

    None (no such report) is all absent. A number that is not printed as a whole number, or does not
    fit 64 bits, has the state ``x`` here: no identity can use it, and rule N1 says so.
    """
    size = len(universe())
    values = np.zeros((len(reports), size), dtype=np.int64)
    letters = np.full((len(reports), size), ord(ABSENT), dtype=np.uint8)
    for row, report in enumerate(reports):
        if report is not None and report.states:
            letters[row] = np.frombuffer(report.states.encode("ascii"), dtype=np.uint8)
            values[row] = [
                v if v.__class__ is int and -_BEYOND < v < _BEYOND else _UNFIT for v in report.values
            ]
    letters[(values == _UNFIT) & (letters == ord(NUMBER))] = ord(NOT_A_NUMBER)
    values[letters != ord(NUMBER)] = 0
    columns, states = np.ascontiguousarray(values.T), np.ascontiguousarray(letters.T)
    return dict(enumerate(columns)), dict(enumerate(states))


def missing(instance: Instance, states: str, prior_states: str | None = None) -> tuple[Term, ...]:
    """Return the terms of ``instance`` whose cells are not numbers in one report.

    Args:
        instance: a compiled instance.
        states: the report's letters.
        prior_states: the letters of last year's report, None where there is none.
    """
    return tuple(
        term
        for term in instance.terms
        if (prior_states or "" if term.prior else states)[term.position :][:1] != NUMBER
    )


def implied(
    instance: Instance,
    values: Sequence[int | Decimal | None],
    states: str,
    prior_values: Sequence[int | Decimal | None] = (),
    prior_states: str | None = None,
) -> int | None:
    """Return the one value that the other operands leave for the missing operand of an equation.

    None unless exactly one operand is missing, all others are whole numbers, and the value is one
    that the cell may hold.

    >>> from govinfo_pipeline.formats import load_form, universe
    >>> from govinfo_pipeline.verify.rules import compile_form
    >>> rule = next(i for i in compile_form(load_form("2021")) if i.id == "A1@total")
    >>> states, values = ["a"] * len(universe()), [None] * len(universe())
    >>> for term, value in zip(rule.terms, (58, 3, 57, None)):
    ...     states[term.position], values[term.position] = "b" if value is None else "n", value
    >>> implied(rule, values, "".join(states))
    4
    """
    gaps = missing(instance, states, prior_states)
    if instance.relation != "=" or len(gaps) != 1:
        return None
    total = instance.constant
    for term in instance.terms:
        if term is gaps[0]:
            continue
        whole = _whole((prior_values if term.prior else values)[term.position])
        if whole is None:
            return None
        total += term.coefficient * whole
    value = -total * gaps[0].coefficient
    return value if value >= 0 or gaps[0].signed else None


def _whole(value: int | Decimal | None) -> int | None:
    """Return a value that is a whole number of 64 bits, else None; as the warehouse stores counts."""
    return value if isinstance(value, int) and -_BEYOND < value < _BEYOND else None


@dataclass(frozen=True, slots=True)
class _Plan:
    """An instance with its columns at hand."""

    instance: Instance
    plus: tuple[NDArray[Any], ...]
    minus: tuple[NDArray[Any], ...]
    # Operands that can raise the sum, and those that can lower it, when filled.
    up: tuple[_Key, ...]
    down: tuple[_Key, ...]
    # The tables of each year that the instance reads.
    tables: tuple[_Table, ...]


class _Table(NamedTuple):
    """A statutory table of one year: name of it, and its cells."""

    name: tuple[str, str, bool]
    keys: tuple[_Key, ...]


class _Batch:
    """All columns of both years, checked, with a plan for every instance that can be judged."""

    def __init__(
        self,
        instances: Sequence[Instance],
        columns: Columns,
        states: States | None,
        prior: tuple[Columns, States | None] | None,
    ) -> None:
        self.columns: dict[_Key, NDArray[Any]] = {}
        self.letters: dict[_Key, NDArray[np.uint8]] = {}
        for past, side in ((False, (columns, states)), (True, prior)):
            if side is not None:
                self.columns.update(((i, past), column) for i, column in side[0].items())
                self.letters.update(((i, past), letters) for i, letters in (side[1] or {}).items())
        self.size = len(next(iter(columns.values()), ()))
        self._tables: dict[tuple[str, str, bool], _Table] = {}
        self.plans = [
            None if instance.series and prior is None else self._plan(instance) for instance in instances
        ]
        used = {
            (t.position, t.prior) for i, p in zip(instances, self.plans, strict=True) if p for t in i.terms
        }
        self.used = {key: self.columns[key] for key in used}
        longest = max((len(i.terms) for i in instances), default=0)
        # Any sum of that many numbers below the limit stays within 64 bits.
        self.limit = 2 ** (63 - (longest + 1).bit_length())

    def _plan(self, instance: Instance) -> _Plan:
        for term in instance.terms:
            self._check(instance, (term.position, term.prior))
        years = sorted({term.prior for term in instance.terms} | {False})
        return _Plan(
            instance,
            tuple(self.columns[t.position, t.prior] for t in instance.terms if t.coefficient > 0),
            tuple(self.columns[t.position, t.prior] for t in instance.terms if t.coefficient < 0),
            tuple((t.position, t.prior) for t in instance.terms if t.coefficient > 0 or t.signed),
            tuple((t.position, t.prior) for t in instance.terms if t.coefficient < 0 or t.signed),
            tuple(self._table(instance, past) for past in years),
        )

    def _table(self, instance: Instance, past: bool) -> _Table:
        name = (instance.form, instance.table, past)
        if name not in self._tables:
            self._tables[name] = _Table(name, tuple((i, past) for i in instance.extent))
        return self._tables[name]

    def _check(self, instance: Instance, key: _Key) -> None:
        cell = f"{'prior ' if key[1] else ''}column {universe().ids[key[0]]}"
        column = self.columns.get(key)
        if column is None:
            raise ValueError(f"{instance.id} needs {cell}, which is not among the columns")
        if column.dtype.kind != "i":
            raise ValueError(f"{cell} must be of signed whole numbers, was {column.dtype}")
        letters = self.letters.get(key)
        if letters is not None and letters.dtype != np.uint8:
            raise ValueError(f"states of {cell} must be letters as uint8, were {letters.dtype}")
        for what, array in (("", column), ("states of ", letters)):
            if array is not None and len(array) != self.size:
                raise ValueError(f"{what}{cell} must have {self.size} rows, had {len(array)}")


class _Window:
    """Some rows of a batch: which are too large for 64 bits, and what their letters mean."""

    def __init__(self, batch: _Batch, rows: slice) -> None:
        self.batch = batch
        self.rows = rows
        self.size = len(range(batch.size)[rows])
        self.large = self._find_large()
        self._bits: dict[_Key, NDArray[np.uint8] | None] = {}
        self._unprinted: dict[tuple[str, str, bool], NDArray[np.bool_] | None] = {}

    def _find_large(self) -> NDArray[np.intp]:
        """Return the rows with a number at or beyond the limit, usually none."""
        seen = np.zeros(self.size, dtype=np.int64)
        for column in self.batch.used.values():
            np.bitwise_or(seen, column[self.rows], out=seen)
        # The union of the bits of non-negative numbers is below a power of two if each of them is.
        suspects = np.flatnonzero((seen < 0) | (seen >= self.batch.limit))
        large = np.zeros(len(suspects), dtype=bool)
        if len(suspects):
            for column in self.batch.used.values():
                values = column[self.rows][suspects]
                large |= (values >= self.batch.limit) | (values <= -self.batch.limit)
        return suspects[large]

    def bits(self, keys: tuple[_Key, ...]) -> NDArray[np.uint8] | None:
        """Return the union of what the letters of some columns mean, None where all are numbers."""
        union: NDArray[np.uint8] | None = None
        for key in keys:
            bits = self._bits_of(key)
            if bits is not None:
                union = bits.copy() if union is None else np.bitwise_or(union, bits, out=union)
        return union

    def _bits_of(self, key: _Key) -> NDArray[np.uint8] | None:
        if key not in self._bits:
            letters = self.batch.letters.get(key)
            self._bits[key] = None if letters is None else _LETTERS[letters[self.rows]]
        return self._bits[key]

    def unprinted(self, table: _Table) -> NDArray[np.bool_] | None:
        """Return the rows in which no cell of a table is printed, or None where there are none."""
        if table.name not in self._unprinted:
            lettered = all(key in self.batch.letters for key in table.keys)
            bits = self.bits(table.keys) if lettered else None
            empty = None if bits is None else (bits & _PRINTED) == 0
            self._unprinted[table.name] = empty if empty is not None and empty.any() else None
        return self._unprinted[table.name]


def _judge(plan: _Plan, window: _Window) -> tuple[NDArray[np.int8], NDArray[np.int64]]:
    """Return the verdicts and residuals of one instance over the rows of a window."""
    residuals = _sum(plan, window)
    equation = plan.instance.relation == "="
    broken = residuals != 0 if equation else residuals < 0
    codes = broken.view(np.int8)  # PASS is 0 and FAIL is 1
    up, down = window.bits(plan.up), window.bits(plan.down)
    if up is not None or down is not None:
        _weigh_missing(equation, up, down, codes, residuals)
    for table in plan.tables:
        empty = window.unprinted(table)
        if empty is not None:
            codes[empty] = SKIPPED
            residuals[empty] = 0
    return codes, residuals


def _sum(plan: _Plan, window: _Window) -> NDArray[np.int64]:
    """Return left minus right, exact or held at the limits of 64 bits."""
    residuals = np.full(window.size, plan.instance.constant, dtype=np.int64)
    for column in plan.plus:
        np.add(residuals, column[window.rows], out=residuals)
    for column in plan.minus:
        np.subtract(residuals, column[window.rows], out=residuals)
    for row in window.large:
        exact = plan.instance.constant
        exact += sum(int(column[window.rows][row]) for column in plan.plus)
        exact -= sum(int(column[window.rows][row]) for column in plan.minus)
        residuals[row] = min(max(exact, _INT64.min), _INT64.max)
    return residuals


def _weigh_missing(
    equation: bool,
    up: NDArray[np.uint8] | None,
    down: NDArray[np.uint8] | None,
    codes: NDArray[np.int8],
    residuals: NDArray[np.int64],
) -> None:
    """Turn fails that a filling could mend, and passes that stand on lost cells, into unknown."""
    nothing = np.zeros(len(codes), dtype=np.uint8)
    up = nothing if up is None else up
    down = nothing if down is None else down
    either = up | down
    if not (either & _MISSING).any():
        return
    codes[(codes == PASS) & ((either & _LOST) != 0)] = UNKNOWN
    codes[(residuals < 0) & ((up & _MISSING) != 0)] = UNKNOWN
    if equation:
        codes[(residuals > 0) & ((down & _MISSING) != 0)] = UNKNOWN
