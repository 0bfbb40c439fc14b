"""Locate the errors of one report or of a batch: numbers in, root causes out.

Owns the way from columns to cases. Residuals of a batch are one matrix product; only reports with
something to explain are looked at one by one, and their lookups are shared.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from govinfo_pipeline.formats import universe
from govinfo_pipeline.report import BLANK, DASH, NUMBER
from govinfo_pipeline.verify.locate.case import Case, Evidence
from govinfo_pipeline.verify.locate.cause import Cause, explain
from govinfo_pipeline.verify.locate.signature import Signatures, signatures
from govinfo_pipeline.verify.rules import incidence

_NUMBER = ord(NUMBER)
_EMPTY = (ord(BLANK), ord(DASH))
_INT64 = np.iinfo(np.int64)
_SAFE = 2**56  # sums of a hundred such numbers stay within 64 bits


def locate(
    form_id: str,
    values: Sequence[int | Decimal | None],
    states: str,
    failed: Mapping[str, int],
    evidence: Evidence | None = None,
) -> list[Cause]:
    """Return the root causes of the instances in ``failed``, each with its repairs, best first.

    Every instance of ``failed`` is in exactly one cause.

    Args:
        form_id: ``"2019"`` or ``"2021"``.
        values: a value a cell of the universe; it counts where its state is ``n`` and it is whole.
        states: a state letter a cell.
        failed: instance id -> residual (left side minus right side, missing operands as 0). Instances
            that are unknown may be in it: their causes have the verdict "unknown".
        evidence: cell id -> (value, name of the witness) of those who speak of the cell elsewhere. It
            orders repairs that the figures admit and breaks their ties; it admits none.

    Raises:
        ValueError: a residual is not the one of the values.
        FormError: no such form.
    """
    signs = signatures(form_id)
    numbers, missing = _report(signs, values, states)
    residual = [
        instance.constant + sum(coefficient * numbers[cell] for cell, coefficient in terms)
        for instance, terms in zip(signs.instances, signs.terms, strict=True)
    ]
    asked = 0
    others = []
    for name, rest in failed.items():
        bit = signs.bits.get(name)
        if bit is None:
            others.append(Cause((name,), ()))
            continue
        if rest != min(max(residual[bit], _INT64.min), _INT64.max):
            problem = f"must be {residual[bit]} for these values, was {rest}. Pass what was evaluated."
            raise ValueError(f"residual of {name}: {problem}")
        asked |= 1 << bit
    return explain(Case(signs, numbers, missing, residual, evidence), asked) + others


def locate_batch(
    form_id: str,
    values: NDArray[Any],
    states: NDArray[Any],
    asked: NDArray[Any],
    instances: Sequence[str],
    evidence: Sequence[Evidence | None] | None = None,
) -> list[list[Cause]]:
    """Return the root causes of every report of a batch, as ``locate`` does for one.

    Args:
        form_id: the form of all reports.
        values: n x universe, int64; what stands where the state is not ``n`` does not matter.
        states: n x universe, uint8, ``ord`` of the state letter.
        asked: n x m, bool: the instances to explain, failed or unknown.
        instances: the ids of the m columns of ``asked``; those that are no equality of arithmetic are
            passed over.
        evidence: one a report, or None.

    Returns:
        A list a report; empty where nothing was asked.
    """
    signs = signatures(form_id)
    known = [(column, signs.bits[name]) for column, name in enumerate(instances) if name in signs.bits]
    chosen = asked[:, [column for column, _ in known]]
    rows = np.flatnonzero(chosen.any(axis=1))
    positions = np.array(signs.positions)
    printed = states[np.ix_(rows, positions)]
    number = printed == _NUMBER
    numbers = np.where(number, values[np.ix_(rows, positions)], 0)
    residual = _residuals(form_id, numbers)
    incomplete = ~number.all(axis=1)
    flags = [1 << bit for _, bit in known]
    found: list[list[Cause]] = [[] for _ in range(len(values))]
    for k, (row, cells, rest, wanted) in enumerate(
        zip(rows.tolist(), numbers.tolist(), residual, chosen[rows].tolist(), strict=True)
    ):
        missing = _missing(printed[k]) if incomplete[k] else {}
        bits = sum(flag for flag, wish in zip(flags, wanted, strict=True) if wish)
        witness = evidence[row] if evidence is not None else None
        found[row] = explain(Case(signs, cells, missing, rest, witness), bits)
    return found


def _residuals(form_id: str, numbers: NDArray[Any]) -> list[list[int]]:
    """Return left side minus right side, reports x instances; exact where sums could leave 64 bits."""
    matrix, constants = _matrix(form_id)
    found: list[list[int]] = (numbers @ matrix.T + constants).tolist()
    for row in np.flatnonzero(((numbers > _SAFE) | (numbers < -_SAFE)).any(axis=1)).tolist():
        found[row] = (matrix.astype(object) @ numbers[row].astype(object) + constants).tolist()
    return found


def _report(
    signs: Signatures, values: Sequence[int | Decimal | None], states: str
) -> tuple[list[int], dict[int, bool]]:
    if len(values) != len(universe()) or len(states) != len(universe()):
        raise ValueError(f"a report has {len(universe())} cells, was {len(values)}, {len(states)}.")
    numbers = []
    missing = {}
    for cell, position in enumerate(signs.positions):
        value = values[position]
        whole = _whole(value) if states[position] == NUMBER else None
        if whole is not None:
            numbers.append(whole)
        else:
            numbers.append(0)
            missing[cell] = states[position] not in (BLANK, DASH)
    return numbers, missing


def _missing(printed: NDArray[Any]) -> dict[int, bool]:
    return {cell: letter not in _EMPTY for cell, letter in enumerate(printed.tolist()) if letter != _NUMBER}


def _whole(value: int | Decimal | None) -> int | None:
    """Return a value as a whole number of 64 bits, or None: such a text is not a count."""
    if value is None or value != int(value):
        return None
    return int(value) if _INT64.min <= value <= _INT64.max else None


@lru_cache(maxsize=8)
def _matrix(form_id: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return coefficients, instances x cells, and constants."""
    signs = signatures(form_id)
    matrix = incidence(signs.instances)[:, list(signs.positions)]
    return matrix, np.array([instance.constant for instance in signs.instances], dtype=np.int64)
