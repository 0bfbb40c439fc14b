"""What is generated from the forms, and that the libraries it is made for accept it."""

import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import duckdb
import pyarrow as pa
import pytest

from govinfo_pipeline.errors import GovinfoError
from govinfo_pipeline.formats import load_forms, universe
from govinfo_pipeline.parsed import Arrival, parsed_table
from govinfo_pipeline.provenance import Source
from govinfo_pipeline.report import Report
from govinfo_pipeline.suites import catalogue, contracts, render
from govinfo_pipeline.suites.catalogue import render_suites
from govinfo_pipeline.suites.expectations import ERRORED, FAILED, PASSED, validate
from govinfo_pipeline.tables import SCHEMAS, table_of, wide_tables
from tests import server

ROOT = Path(__file__).parents[2]


def reports(**damage):
    """Two reports of the 2021 form, all zeros; ``damage`` is row__column=value of the second."""
    made = [Report.empty(Source("a.txt", f"{i:064d}"[::-1], "text/plain")) for i in (1, 2)]
    own = {universe().index[cell.id] for cell in load_forms()[-1].cells}
    for report in made:
        report.form = "2021"
        report.states = "".join("n" if i in own else "a" for i in range(len(universe())))
        report.values = [0 if i in own else None for i in range(len(universe()))]
    for name, value in damage.items():
        position = next(i for i in own if universe().column_name(i) == name)
        made[1].values[position] = value
    return made


GOOD, BAD = (report.report_id for report in reports())


def report_rows():
    row = {
        "revision": 1, "source_sha256": "0" * 64, "verdict": "pass", "errors": 0, "warnings": 0,
        "notices": 0, "rule_set_version": "1", "level": "county", "scope": "office", "form": "2021",
    }  # fmt: skip
    return [{**row, "report_id": GOOD}, {**row, "report_id": BAD}]


class TestGeneratedFiles:
    def test_the_committed_files_are_those_of_the_forms(self):
        assert render.check(ROOT) == []

    def test_every_difference_is_named(self, tmp_path):
        written = render.render(tmp_path)
        assert render.check(tmp_path) == []
        assert render.render(tmp_path) == []
        assert tmp_path / "expectations/govinfo_disputes.json" in written
        (tmp_path / "docs/rules.md").write_text("changed")
        (tmp_path / "docs/dictionary.md").unlink()
        (tmp_path / "expectations/notes.json").write_text("{}")
        (tmp_path / "sql/audits/duckdb/Z9.sql").write_text("SELECT 1")
        assert [line.split(":")[0] for line in render.check(tmp_path)] == [
            "docs/dictionary.md",
            "docs/rules.md",
            "expectations/notes.json",
            "sql/audits/duckdb/Z9.sql",
        ]
        assert {path.name for path in render.render(tmp_path)} == {"dictionary.md", "rules.md"}

    def test_every_cell_is_in_the_dictionary_and_every_rule_in_the_reference(self):
        dictionary = (ROOT / "docs/dictionary.md").read_text(encoding="utf-8")
        assert [c for c in universe().ids if f"`{c}`" not in dictionary] == []
        rules = (ROOT / "docs/rules.md").read_text(encoding="utf-8").splitlines()
        ids = {rule.id for form in load_forms() for rule in form.rules}
        assert {line[3:] for line in rules if line.startswith("## ")} == ids
        assert rules.count("## A1") == 1

    def test_the_dictionary_gives_the_place_of_each_letter(self):
        wanted = (
            "| 15 | `cases__post_review_litigation_total` | `disputes.cases.post_review_litigation_total` |"
        )
        assert wanted in (ROOT / "docs/dictionary.md").read_text(encoding="utf-8")

    @pytest.mark.parametrize("dialect", render.DIALECTS)
    def test_every_rule_that_sql_can_judge_has_an_audit(self, dialect):
        ids = {r.id for form in load_forms() for r in form.rules if r.expr or r.check == "value_type"}
        assert {path.stem for path in (ROOT / "sql/audits" / dialect).glob("*.sql")} == ids

    def test_the_audits_run_over_duckdb_and_find_what_fails(self):
        found = {}
        with duckdb.connect() as connection:
            connection.execute("CREATE SCHEMA govinfo")
            for name, table in damaged_tables().items():
                connection.register("rows", table)
                connection.execute(f"CREATE TABLE govinfo.{name} AS SELECT * FROM rows")
            for path in (ROOT / "sql/audits/duckdb").glob("*.sql"):
                rows = connection.execute(path.read_text(encoding="utf-8")).fetchall()
                found[path.stem] = [(row[0], row[1], int(row[2])) for row in rows]
        assert {rule: rows for rule, rows in found.items() if rows} == FOUND

    def test_the_audits_run_over_postgres_and_find_what_fails(self, postgres):
        postgres.execute("CREATE SCHEMA govinfo")
        for name, table in damaged_tables().items():
            columns = ", ".join(f"{f.name} {postgres_type(f.type)}" for f in table.schema)
            postgres.execute(f"CREATE TABLE govinfo.{name} ({columns})")
            for row in table.to_pylist():
                values = ", ".join(literal(value) for value in row.values())
                postgres.execute(f"INSERT INTO govinfo.{name} VALUES ({values})")
        found = {}
        for path in (ROOT / "sql/audits/postgres").glob("*.sql"):
            failing = server.rows(postgres, path.read_text(encoding="utf-8"))
            found[path.stem] = [(row[0], row[1], int(row[2])) for row in failing]
        assert {rule: rows for rule, rows in found.items() if rows} == FOUND


DAMAGE = {"granted__total": 2, "cases__review_total": -1, "regulations__in_force": 3}
FOUND = {
    "A2": [(BAD, "A2@total", -2)],
    "A3": [(BAD, "A3@granted", 2)],
    "D1": [(BAD, "D1@review", -1)],
    "N1": [(BAD, "N1@disputes.cases.review_total", -1)],
    "P2": [(BAD, "P2@in_force", 3)],
}


def damaged_tables():
    return {"reports": table_of("reports", report_rows()), **wide_tables(reports(**DAMAGE))}


def postgres_type(kind):
    names = {"int32": "INTEGER", "int64": "BIGINT", "decimal128(24, 6)": "NUMERIC(24, 6)"}
    return names.get(str(kind), "TEXT")


def literal(value):
    if value is None or isinstance(value, list):
        return "NULL"
    return str(value) if isinstance(value, int | Decimal) else f"'{value}'"


@pytest.fixture
def postgres():
    """Return a cursor in a PostgreSQL of this test's own, where one is installed."""
    with server.running() as folder, server.client(server.address(folder)) as cursor:
        yield cursor


class TestSuites:
    def test_only_suites_stand_below_expectations(self):
        names = {path.name for path in (ROOT / "expectations").rglob("*") if path.is_file()}
        assert names == {f"govinfo_{table}.json" for table in catalogue.TABLES}

    def test_rendering_and_contracts_do_not_import_great_expectations(self):
        code = (
            "import sys; from govinfo_pipeline.suites import render, contracts, expectations;"
            "list(render._files()); contracts.contract('reports');"
            "assert not {'great_expectations', 'dagster'} & set(sys.modules)"
        )
        subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)

    def test_ids_are_stable_and_unique(self):
        suites = render_suites()
        assert suites == render_suites()
        ids = [e["id"] for suite in suites.values() for e in suite["expectations"]]
        ids += [suite["id"] for suite in suites.values()]
        assert len(set(ids)) == len(ids)
        assert {UUID(item).version for item in ids} == {5}

    def test_every_rule_that_one_table_can_judge_is_in_its_suite(self):
        rules = {
            table: [e["meta"]["rule"] for e in suite["expectations"] if "rule" in e["meta"]]
            for table, suite in render_suites().items()
        }
        assert rules == {
            "reports": [],
            "applications": ["A1", "A2", "A3", "Y1", "N1"],
            "disputes": ["D1", "N1"],
            "proactive_disclosure": ["P3", "P4", "Y3", "P1", "Y2", "N1"],
            "findings": [],
        }

    def test_a_rule_says_its_text_and_its_law_in_the_suite(self):
        expectations = render_suites()["disputes"]["expectations"]
        meta = next(e["meta"] for e in expectations if e["meta"]["guards"] == "D1")
        rules = {form.id: form.rule("D1") for form in load_forms()}
        assert meta["law"] == {form: rule.law for form, rule in rules.items()}
        assert (meta["zh"], meta["en"]) == (rules["2021"].zh, rules["2021"].en)
        assert meta["instances"] == {"2019": 3, "2021": 3}

    def test_great_expectations_runs_the_committed_files_by_itself(self, tmp_path, monkeypatch):
        monkeypatch.setenv("GX_ANALYTICS_ENABLED", "false")
        import great_expectations as gx

        gx.get_context(mode="file", project_root_dir=str(tmp_path))
        for path in (ROOT / "expectations").glob("*.json"):
            shutil.copy(path, tmp_path / "gx/expectations")
        context = gx.get_context(mode="file", project_root_dir=str(tmp_path))
        assert {s.name: len(s.expectations) for s in context.suites.all()} == {
            suite["name"]: len(suite["expectations"]) for suite in render_suites().values()
        }
        database = tmp_path / "warehouse.sqlite"
        write_disputes(database, wide_tables(reports(cases__review_total=2))["disputes"])
        source = context.data_sources.add_sqlite("w", connection_string=f"sqlite:///{database}")
        asset = source.add_table_asset("disputes", table_name="disputes")
        definition = context.validation_definitions.add(
            gx.ValidationDefinition(
                name="disputes",
                data=asset.add_batch_definition_whole_table("all"),
                suite=context.suites.get("govinfo_disputes"),
            )
        )
        checkpoint = context.checkpoints.add(
            gx.Checkpoint(name="audit", validation_definitions=[definition], result_format="COMPLETE")
        )
        (run,) = checkpoint.run().run_results.values()
        failed = [r.to_json_dict() for r in run.results if not r.success]
        assert [r["expectation_config"]["meta"]["guards"] for r in failed] == ["D1"]
        assert failed[0]["result"]["details"]["unexpected_rows"] == [
            {"report_id": BAD, "instance": "D1@review", "residual": 2}
        ]


def write_disputes(path, table):
    keep = [c for c in table.column_names if c not in ("cell_text", "cell_line")]
    kinds = [f"{c} {'VARCHAR' if table.schema.field(c).type == pa.string() else 'INTEGER'}" for c in keep]
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"CREATE TABLE disputes ({', '.join(kinds)}, cell_text TEXT, cell_line TEXT)")
        rows = table.select(keep).to_pylist()
        marks = ", ".join("?" * len(keep))
        connection.executemany(
            f"INSERT INTO disputes VALUES ({marks}, NULL, NULL)",
            [tuple(row.values()) for row in rows],
        )
        connection.commit()


class TestValidation:
    def test_consistent_tables_pass(self):
        result = validate(
            {"reports": table_of("reports", report_rows()), **wide_tables(reports())}
        )  # fmt: skip
        assert [o for o in result.outcomes if o.status != PASSED] == []
        assert result.success
        assert list(result.by_suite()) == [
            "govinfo_reports",
            "govinfo_applications",
            "govinfo_disputes",
            "govinfo_proactive_disclosure",
        ]

    def test_what_fails_is_told_with_its_reports_and_apart_from_what_cannot_be_run(self):
        suites = {"disputes": render_suites()["disputes"]}
        broken = next(e for e in suites["disputes"]["expectations"] if e["meta"]["guards"] == "N1")
        broken["kwargs"]["unexpected_rows_query"] = "SELECT report_id FROM {batch} WHERE no_column"
        result = validate(wide_tables(reports(cases__review_total=2)), suites)
        assert not result.success
        assert [(o.expectation, o.report_ids) for o in result.having(FAILED)] == [("D1", (BAD,))]
        (errored,) = result.having(ERRORED)
        assert errored.expectation == "N1"
        assert "no_column" in errored.message

    def test_an_expectation_that_the_library_drops_is_an_error(self):
        suites = {"disputes": render_suites()["disputes"]}
        suites["disputes"]["expectations"][-1]["type"] = "expect_nothing_known"
        with pytest.raises(GovinfoError, match=r"govinfo_disputes: 27 expectations, .* ran 26"):
            validate(wide_tables(reports()), suites)

    def test_all_failing_reports_are_named_and_not_the_first_two_hundred(self):
        many = 250
        rows = [{**report_rows()[0], "report_id": f"r{i:03d}", "level": "x"} for i in range(many)]
        result = validate({"reports": table_of("reports", rows)})
        assert [(o.expectation, len(o.report_ids)) for o in result.having(FAILED)] == [
            ("level is known", many)
        ]
        table = wide_tables(reports(cases__review_total=2))["disputes"].slice(1)
        copies = pa.concat_tables([table] * many)
        copies = copies.set_column(0, "report_id", pa.array([f"r{i:03d}" for i in range(many)]))
        result = validate({"disputes": copies})
        assert [(o.expectation, len(o.report_ids)) for o in result.having(FAILED)] == [("D1", many)]

    def test_a_number_too_large_to_be_summed_is_named_and_does_not_pass(self):
        huge = {"cases__review_total": 2**62, "cases__review_other": 2**62}
        result = validate({"disputes": wide_tables(reports(**huge))["disputes"]})
        assert [(o.expectation, o.report_ids) for o in result.having(FAILED)] == [("N1", (BAD,))]

    def test_a_lost_column_and_a_twin_are_seen(self):
        table = wide_tables(reports())["disputes"]
        twins = pa.concat_tables([table, table]).drop_columns(["cell_line"])
        result = validate({"disputes": twins})
        assert [(o.expectation, o.report_ids) for o in result.having(FAILED)] == [
            ("columns", ()),
            ("report_id is unique", tuple(sorted((GOOD, BAD)))),
        ]


class TestContracts:
    @pytest.mark.parametrize("name", contracts.NAMES)
    def test_every_table_that_passes_between_assets_has_one(self, name):
        empty = contracts.schema_of(name).empty_table()
        assert contracts.breaches(name, empty) == []

    def test_real_rows_keep_them(self):
        made = reports(cases__review_total=-2)
        found_at = datetime(2022, 1, 31, tzinfo=UTC)
        tables = {
            "parsed": parsed_table(made, [Arrival(1, found_at)] * 2),
            "reports": table_of("reports", report_rows()),
            **wide_tables(made),
        }
        assert {name: contracts.breaches(name, table) for name, table in tables.items()} == {
            name: [] for name in tables
        }

    def test_a_breach_names_column_check_and_values(self):
        first, second = report_rows()
        rows = [{**first, "level": "planet"}, {**second, "report_id": GOOD, "errors": -1}]
        lines = contracts.breaches("reports", table_of("reports", rows))
        assert [line.split(": ")[1] for line in lines] == [
            "column report_id",
            "column level",
            "column errors",
        ]
        assert lines[1].endswith("1 rows, such as planet")

    def test_a_key_is_not_null(self):
        rows = [{**report_rows()[0], "report_id": None}]
        lines = contracts.breaches("reports", table_of("reports", rows))
        assert lines == ["reports: column report_id: not_nullable: 1 rows, such as None"]

    def test_letters_are_as_many_as_the_cells(self):
        table = wide_tables(reports())["disputes"]
        place = table.schema.get_field_index("cell_state")
        for states in ("n" * 14, "n" * 16, "z" * 15):
            column = pa.array(["n" * 15, states])
            lines = contracts.breaches("disputes", table.set_column(place, "cell_state", column))
            assert len(lines) == 1
            assert states in lines[0]

    def test_columns_and_types_are_those_of_the_schema(self):
        table = wide_tables(reports())["disputes"]
        year = pa.array([2021, 2021], pa.int64())
        assert contracts.breaches("disputes", table.set_column(1, "year", year)) == [
            "disputes: column year must be int32, was int64"
        ]
        assert contracts.breaches("disputes", table.rename_columns({"year": "jahr"})) == [
            "disputes: column year is missing",
            "disputes: column jahr is not known",
        ]
        swapped = table.select([1, 0, *range(2, table.num_columns)])
        assert contracts.breaches("disputes", swapped)[0].startswith(
            "disputes: columns must be in the order of the schema, were ['year', 'report_id',"
        )

    def test_a_rule_that_no_form_has_is_refused_in_findings(self):
        row = {
            "report_id": "r", "rule": "A1", "verdict": "fail", "severity": "error",
            "message_zh": "甲", "message_en": "a",
        }  # fmt: skip
        assert contracts.breaches("findings", table_of("findings", [row])) == []
        for change in ({"rule": "Z1"}, {"verdict": "pass"}, {"severity": "fatal"}):
            lines = contracts.breaches("findings", table_of("findings", [{**row, **change}]))
            assert [line.split(": ")[1] for line in lines] == [f"column {next(iter(change))}"]


def test_the_tables_with_suites_are_tables_of_the_warehouse():
    assert set(catalogue.TABLES) <= set(SCHEMAS)
    assert json.loads((ROOT / "expectations/govinfo_reports.json").read_text(encoding="utf-8"))
