"""The kernel against the same rules as SQL: two engines, one meaning.

Ten thousand reports a form start consistent and are then damaged: values changed, cells blanked,
lost and made unreadable, whole tables emptied. Both engines must give every verdict alike.
"""

import sqlite3
from contextlib import closing
from dataclasses import replace
from types import SimpleNamespace

import duckdb
import numpy as np
import pyarrow as pa
import pytest

from govinfo_pipeline.formats import load_form, universe
from govinfo_pipeline.suites.expectations import validate
from govinfo_pipeline.tables import wide_schema
from govinfo_pipeline.verify import sql
from govinfo_pipeline.verify.identities import FAIL, UNKNOWN, VERDICT_NAMES, evaluate
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
            [wide_table(wide, form.id, year, *data) for year, data in zip(YEARS[form.id], years, strict=True)]
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
    # A printed number that is no whole number: the letter n, and no value. The kernel's x.
    block = np.where((block == ord("x")) & (np.indices(block.shape).sum(axis=0) % 2), ord("n"), block)
    block = block.astype(np.uint8)
    arrays = [
        pa.array(report_ids(year, size)),
        pa.array(np.full(size, year), pa.int32()),
        pa.array([form_id] * size),
        *(typed(columns[i], states[i] == ord("n"), schema.field(3 + k).type)
          for k, i in enumerate(positions)),
        pa.array([row.tobytes().decode() for row in block]),
        *(pa.nulls(size, field.type) for field in list(schema)[4 + len(positions):]),
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
    assert {name for name, n in zip(VERDICT_NAMES, counts, strict=True) if n > 500} == set(VERDICT_NAMES)


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


def test_sqlite_agrees_with_duckdb(world, connection):
    """The plain subset of SQL, as the suites use it."""
    with closing(sqlite3.connect(":memory:")) as other:
        for rule in ("A1", "D1", "Y1"):
            instances = [i for i in world.instances if i.rule.id == rule]
            name = sql.wide_table(instances)
            load(other, name, world.tables[name])
            for dialect in ("sqlite", ""):
                query = sql.failures(instances, dialect, name)
                actual = other.execute(f"SELECT * FROM ({query}) ORDER BY 1, 2").fetchall()
                wanted = sql.failures(instances, "duckdb", name)
                expected = connection.execute(f"SELECT * FROM ({wanted}) ORDER BY 1, 2").fetchall()
                assert actual == [(report, which, int(value)) for report, which, value in expected]
                assert actual


def load(connection, name, table):
    keep = [c for c in table.column_names if c not in ("cell_text", "cell_line")]
    kinds = ["VARCHAR" if table[c].type == pa.string() else "INTEGER" for c in keep]
    columns = ", ".join(f"{c} {kind}" for c, kind in zip(keep, kinds, strict=True))
    connection.execute(f"DROP TABLE IF EXISTS {name}")
    connection.execute(f"CREATE TABLE {name} ({columns})")
    marks = ", ".join("?" * len(keep))
    rows = zip(*(table[c].to_pylist() for c in keep), strict=True)
    connection.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)


def expected_type_failures(world, wide):
    """Rule N1 by its sentence, cell by cell, from the states and values that were made."""
    cells = universe()
    table = world.tables[wide]
    letters = table["cell_state"].to_pylist()
    ids = table["report_id"].to_pylist()
    found = []
    for place, i in enumerate(cells.wide[wide]):
        values = table[cells.column_name(i)].to_pylist()
        kind = cells.cells[i].column.kind
        for report, value, states in zip(ids, values, letters, strict=True):
            letter = states[place]
            negative = value is not None and value < 0 and kind != "change"
            unfit = letter == "n" and value is None and kind != "money"
            if letter == "x" or negative or unfit:
                found.append((report, f"N1@{cells.ids[i]}", value))
    return sorted(found, key=lambda row: row[:2])


def test_the_query_for_types_names_what_is_no_number_of_its_kind(world, connection):
    for wide in universe().wide:
        query = sql.type_failures(wide, "duckdb", wide)
        actual = connection.execute(f"SELECT * FROM ({query}) ORDER BY 1, 2").fetchall()
        assert actual == expected_type_failures(world, wide)
        assert {value is None for _, _, value in actual} == {True, False}


def test_a_rule_with_a_condition_judges_only_whom_it_is_about(world, connection):
    rules = [i for i in world.instances if i.rule.id == "P2"]
    query = sql.verdicts(rules, "duckdb", "proactive_disclosure", "issuers")
    ids = report_ids(YEARS[world.form.id][1], 9)
    whom = [
        ("state", "department", False),
        ("province", "government", False),
        ("province", "department", False),
        ("prefecture", "office", False),
        ("prefecture", "department", False),
        ("county", "government", True),
        ("township", "township", True),
        ("unknown", "department", False),
        (None, None, False),
    ]
    levels, scopes, judged = zip(*whom, strict=True)
    issuers = pa.table({"report_id": ids, "level": levels, "scope": scopes})
    connection.register("issuers", issuers)
    rows = connection.execute(
        f"SELECT report_id, BOOL_OR(verdict <> 3) FROM ({query})"
        " WHERE report_id IN (SELECT report_id FROM issuers) GROUP BY 1"
    ).fetchall()
    printed = dict(
        connection.execute(
            "SELECT report_id, regexp_matches(substr(cell_state, 1, 12), '[nux]') FROM proactive_disclosure"
        ).fetchall()
    )
    assert {i: j for i, j in rows if printed[i]} == {
        i: j for i, j in zip(ids, judged, strict=True) if printed[i]
    }


@pytest.mark.parametrize(
    ("values", "failing"),
    [
        ((2**63 - 1, 1, -(2**63), 0), True),
        ((2**62, 2**62, 2**62, 2**62), False),
        ((2**62, 2**62, 2**62, 2**62 - 1), True),
    ],
)
def test_sums_beyond_64_bits_are_exact_in_duckdb(values, failing):
    rule = next(i for i in compile_form(load_form("2021")) if i.id == "A1@total")
    columns = {i: np.zeros(1, np.int64) for i in range(len(universe()))}
    for term, value in zip(rule.terms, values, strict=True):
        columns[term.position][0] = value
    states = {i: np.full(1, ord("n"), np.uint8) for i in columns}
    with duckdb.connect() as connection:
        table = wide_table("applications", "2021", 2021, columns, states)
        connection.register("applications", table)
        query = sql.failures([rule], "duckdb", "applications")
        assert [row[1] for row in connection.execute(query).fetchall()] == [rule.id] * failing


def test_the_suites_name_exactly_the_failing_reports(world):
    small = {
        name: pa.concat_tables([table.slice(0, 400), table.slice(SIZE, 400)])
        for name, table in world.tables.items()
    }
    outcomes = {(outcome.suite, outcome.expectation): outcome for outcome in validate(small).outcomes}
    shared = [i for i in world.instances if i.rule.when is None]
    for rule in dict.fromkeys(i.rule.id for i in shared):
        instances = [i for i in shared if i.rule.id == rule]
        failing = set()
        for year, side, prior in zip(
            YEARS[world.form.id], (world.past, world.now), (None, world.past), strict=True
        ):
            codes = evaluate(instances, *side, prior=prior).codes[:400]
            ids = report_ids(year, 400)
            failing |= {ids[row] for row in np.flatnonzero((codes == FAIL).any(axis=1))}
        outcome = outcomes[f"govinfo_{sql.wide_table(instances)}", rule]
        assert set(outcome.report_ids) == failing
        assert (outcome.status == "failed") == bool(failing)
    for wide in universe().wide:
        failing = {row[0] for row in expected_type_failures(SimpleNamespace(tables=small), wide)}
        assert set(outcomes[f"govinfo_{wide}", "N1"].report_ids) == failing
    assert [o.expectation for o in outcomes.values() if o.status == "errored"] == []


@pytest.mark.parametrize(
    ("expr", "prev_year_items"),
    [("items_change = prev_year_items", -3), ("prev_year_items = items_change", -3)],
)
def test_a_missing_change_may_be_negative_in_both_engines(expr, prev_year_items):
    form = load_form("2019")
    rule = replace(form.rule("P4"), expr=expr, tables=("art20_8",))
    (only,) = compile_form(replace(form, rules=(rule,)))
    columns = {i: np.zeros(1, np.int64) for i in range(len(universe()))}
    states = {i: np.full(1, ord("n"), np.uint8) for i in columns}
    for term in only.terms:
        if term.signed:
            states[term.position][:] = ord("b")
        else:
            columns[term.position][:] = prev_year_items
    assert evaluate([only], columns, states).codes.tolist() == [[UNKNOWN]]
    with duckdb.connect() as connection:
        wide = "proactive_disclosure"
        connection.register(wide, wide_table(wide, "2019", 2019, columns, states))
        rows = connection.execute(sql.verdicts([only], "duckdb", wide)).fetchall()
    assert [verdict for _, _, verdict, _ in rows] == [UNKNOWN]
