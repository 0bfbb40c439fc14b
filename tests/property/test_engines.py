"""The kernel against the same rules as SQL: two engines, one meaning.

Ten thousand reports a form start consistent and are then damaged: values changed, cells blanked,
lost and made unreadable, whole tables emptied. Both engines must give every verdict alike.
"""

import sqlite3
from types import SimpleNamespace

import duckdb
import numpy as np
import pyarrow as pa
import pytest

from govinfo_pipeline.formats import load_form, universe
from govinfo_pipeline.tables import wide_schema
from govinfo_pipeline.verify import sql
from govinfo_pipeline.verify.identities import VERDICT_NAMES, evaluate
from govinfo_pipeline.verify.rules import compile_form

SIZE = 5000  # issuers, each with two years: ten thousand reports
LETTERS = np.frombuffer(b"bdux", dtype=np.uint8)
YEARS = {"2019": (2019, 2020), "2021": (2021, 2022)}


@pytest.fixture(scope="module", params=["2019", "2021"])
def world(request):
    """Two years of damaged reports of one form, as columns and as wide tables."""
    form = load_form(request.param)
    random = np.random.default_rng(int(request.param))
    years = [damaged_year(form, random, SIZE) for _ in range(2)]
    tables = {
        wide: pa.concat_tables(
            [wide_table(wide, form.id, year, *data) for year, data in zip(YEARS[form.id], years)]
        )
        for wide in universe().wide
    }
    return SimpleNamespace(
        form=form, instances=compile_form(form), past=years[0], now=years[1], tables=tables
    )


def damaged_year(form, random, size):
    """Return columns and states over the universe: consistent tables, then damage."""
    cells = universe()
    own = {cells.index[cell.id] for cell in form.cells}
    columns = {i: random.integers(0, 4, size) if i in own else np.zeros(size, np.int64)
               for i in range(len(cells))}  # fmt: skip
    for wanted in ("A2", "A1", "A3", "D1"):
        for instance in (i for i in compile_form(form) if i.rule.id == wanted):
            first, *rest = instance.terms
            columns[first.position] = -sum(t.coefficient * columns[t.position] for t in rest)
    states = {i: np.full(size, ord("n" if i in own else "a"), np.uint8) for i in columns}
    for i in own:
        hit = random.random(size) < 0.01
        columns[i] = columns[i] + hit * random.integers(-3, 4, size)
        lost = random.random(size) < 0.02
        states[i] = np.where(lost, random.choice(LETTERS, size), states[i]).astype(np.uint8)
    for table in form.tables:
        letter = random.choice(np.frombuffer(b"abd", np.uint8), size)
        empty = random.random(size) < 0.1
        for cell in table.cells:
            i = cells.index[cell.id]
            gone = empty & (random.random(size) < 0.999)
            states[i] = np.where(gone, letter, states[i]).astype(np.uint8)
    return {i: np.where(states[i] == ord("n"), c, 0) for i, c in columns.items()}, states


def report_ids(year, size):
    return [f"000000-{i}-government-{year}" for i in range(size)]


def wide_table(wide, form_id, year, columns, states):
    schema, positions = wide_schema(wide), universe().wide[wide]
    size = len(states[positions[0]])
    block = np.stack([states[i] for i in positions], axis=1)
    arrays = [
        pa.array(report_ids(year, size)),
        pa.array(np.full(size, year), pa.int32()),
        pa.array([form_id] * size),
        *(typed(columns[i], states[i] == ord("n"), schema.field(3 + k).type)
          for k, i in enumerate(positions)),
        pa.array([row.tobytes().decode() for row in block]),
        pa.nulls(size, schema.field("cell_text").type),
        pa.nulls(size, schema.field("cell_line").type),
    ]  # fmt: skip
    return pa.Table.from_arrays(arrays, schema=schema)


def typed(values, printed, kind):
    array = pa.array(values, mask=~printed)
    return array if kind == array.type else array.cast(pa.decimal128(38, 6)).cast(kind)


def kernel_rows(world, instances):
    """What the kernel says of the second year, as rows like those of the SQL."""
    verdicts = evaluate(instances, *world.now, prior=world.past)
    size, width = verdicts.codes.shape
    return pa.table(
        {
            "report_id": np.repeat(report_ids(YEARS[world.form.id][1], size), width),
            "instance": np.tile([instance.id for instance in instances], size),
            "verdict": verdicts.codes.astype(np.int32).ravel(),
            "residual": verdicts.residuals.ravel(),
        }
    )


@pytest.fixture(scope="module")
def connection(world):
    with duckdb.connect() as connection:
        for name, table in world.tables.items():
            connection.register(name, table)
        levels = pa.table(
            {
                "report_id": report_ids(YEARS[world.form.id][1], SIZE),
                "level": ["county"] * SIZE,
                "scope": ["government"] * SIZE,
            }
        )
        connection.register("reports", levels)
        yield connection


def rule_ids(world):
    return list(dict.fromkeys(instance.rule.id for instance in world.instances))


def test_the_kernel_and_the_sql_agree_on_every_verdict(world, connection):
    year = YEARS[world.form.id][1]
    for rule in rule_ids(world):
        instances = [i for i in world.instances if i.rule.id == rule]
        connection.register("kernel", kernel_rows(world, instances))
        query = sql.verdicts(instances, "duckdb", sql.wide_table(instances))
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE engine AS SELECT * FROM ({query}) WHERE report_id LIKE '%-{year}'"
        )
        counts = connection.execute(
            "SELECT (SELECT COUNT(*) FROM kernel), (SELECT COUNT(*) FROM engine)"
        ).fetchone()
        assert counts == (SIZE * len(instances),) * 2
        for left, right in (("kernel", "engine"), ("engine", "kernel")):
            difference = f"SELECT * FROM {left} EXCEPT SELECT * FROM {right} LIMIT 3"
            assert connection.execute(difference).fetchall() == [], (rule, left)


def test_the_damage_meets_every_verdict(world):
    """Else the agreement above would say little."""
    hard = [i for i in world.instances if i.rule.id in ("A1", "A2", "A3", "D1")]
    codes = evaluate(hard, *world.now).codes
    counts = np.bincount(codes.ravel(), minlength=4)
    assert {name for name, n in zip(VERDICT_NAMES, counts) if n > 500} == set(VERDICT_NAMES)


def test_the_query_for_failures_names_the_fails_and_no_others(world, connection):
    year = YEARS[world.form.id][1]
    for rule in rule_ids(world):
        instances = [i for i in world.instances if i.rule.id == rule]
        connection.register("kernel", kernel_rows(world, instances))
        query = sql.failures(instances, "duckdb", sql.wide_table(instances))
        expected = connection.execute(
            "SELECT report_id, instance, residual FROM kernel WHERE verdict = 1 ORDER BY ALL"
        ).fetchall()
        actual = connection.execute(
            f"SELECT * FROM ({query}) WHERE report_id LIKE '%-{year}' ORDER BY ALL"
        ).fetchall()
        assert expected == [(report, name, int(value)) for report, name, value in actual]
