"""What the code location promises to whoever builds on it: names, order, checks, descriptions."""

from __future__ import annotations

import doctest
import re
import shutil
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import dagster as dg
import pytest
from dagster.components.testing import create_defs_folder_sandbox

from govinfo_pipeline.definitions import defs as code_location
from govinfo_pipeline.defs.component import GovinfoPipeline
from govinfo_pipeline.defs.outcome import ASSETS
from govinfo_pipeline.line.settings import Settings

ROOT = Path(__file__).resolve().parents[2]

# The contract: assets with what they are made of.
PARENTS = {
    "raw_reports": set(),
    "parsed_reports": {"raw_reports"},
    "normalized_reports": {"parsed_reports"},
    "accepted_reports": {"normalized_reports"},
    "quarantined_reports": {"normalized_reports"},
    "findings": {"normalized_reports"},
    "published_reports": {"accepted_reports", "quarantined_reports", "findings"},
    "issuer_year": {"published_reports"},
    "applications_long": {"published_reports"},
}
FAMILIES = {"arithmetic", "type", "plausibility", "series", "identity", "completeness", "prose"}
BLOCKING = {
    "raw_reports": {"conservation"},
    "parsed_reports": {"conservation", "contract"},
    "normalized_reports": {"conservation"},
    "accepted_reports": {"invariants", "contracts", "suites"},
}


@pytest.fixture(scope="module")
def graph() -> dg.AssetGraph:
    return code_location().resolve_asset_graph()


def test_the_assets_stand_in_the_order_of_the_contract(graph: dg.AssetGraph) -> None:
    found = {
        key.to_user_string(): {parent.to_user_string() for parent in graph.get(key).parent_keys}
        for key in graph.get_all_asset_keys()
    }
    assert found == PARENTS
    # A mapping that is not from a year to itself would make a backfill more than one run.
    assert all(not graph.get(key).partition_mappings for key in graph.get_all_asset_keys())
    assert set(ASSETS) == set(PARENTS)


def test_checks_are_named_by_rule_family_and_only_invariants_block(graph: dg.AssetGraph) -> None:
    blocking: dict[str, set[str]] = {}
    others: dict[str, set[str]] = {}
    for key in graph.asset_check_keys:
        kind = blocking if graph.get(key).blocking else others
        kind.setdefault(key.asset_key.to_user_string(), set()).add(key.name)
    assert blocking == BLOCKING
    assert others == {"findings": FAMILIES, "raw_reports": {"source"}, "published_reports": {"visible"}}


def test_every_asset_says_what_it_is_in_two_languages_and_whose_it_is(graph: dg.AssetGraph) -> None:
    for key in graph.get_all_asset_keys():
        node = graph.get(key)
        assert re.search(r"[\u4e00-\u9fff].* / [A-Z]", node.description or ""), key
        assert node.group_name == "govinfo"
        assert node.owners == ["team:govinfo"]
        assert "python" in node.kinds
        assert node.partitions_def is not None
        assert node.backfill_policy == dg.BackfillPolicy.single_run()


def test_columns_of_cells_are_described_by_the_forms(graph: dg.AssetGraph) -> None:
    schema = graph.get(dg.AssetKey("published_reports")).metadata["dagster/column_schema"]
    column = next(c for c in schema.columns if c.name == "applications.granted__total")
    assert column.type == "int64"
    assert column.description is not None
    assert "予以公开" in column.description
    assert "Granted" in column.description
    assert all(column.description for column in schema.columns)


def test_the_panel_names_the_columns_that_it_is_made_of(graph: dg.AssetGraph) -> None:
    lineage = graph.get(dg.AssetKey("issuer_year")).metadata["dagster/column_lineage"]
    deps = {name: {dep.column_name for dep in deps} for name, deps in lineage.deps_by_column.items()}
    assert deps["received"] == {"applications.new_received__total"}
    assert deps["issuer"] == {"issuer"}
    assert deps["disclosure_rate"] == {
        "applications.granted__total",
        "applications.partially_granted__total",
        "applications.processed_total__total",
    }
    schema = graph.get(dg.AssetKey("published_reports")).metadata["dagster/column_schema"]
    assert {name for names in deps.values() for name in names} <= {c.name for c in schema.columns}


def test_nothing_runs_by_itself_until_it_is_turned_on() -> None:
    repository = code_location().get_repository_def()
    daily = repository.get_schedule_def("govinfo_daily")
    new_files = repository.get_sensor_def("govinfo_new_files")
    assert daily.default_status == dg.DefaultScheduleStatus.STOPPED
    assert new_files.default_status == dg.DefaultSensorStatus.STOPPED


def test_the_workspace_validates() -> None:
    dagster = Path(sys.executable).with_name("dagster")
    done = subprocess.run(
        [dagster, "definitions", "validate", "-w", "workspace.yaml"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "All code locations passed validation" in done.stdout + done.stderr


@pytest.mark.filterwarnings("ignore::dagster.BetaWarning", "ignore::pydantic.PydanticDeprecatedSince20")
def test_the_component_is_found_by_its_entry_point_and_builds_from_yaml(tmp_path: Path) -> None:
    (found,) = entry_points(group="dagster_dg_cli.registry_modules", name="govinfo_pipeline")
    assert found.load().GovinfoPipeline is GovinfoPipeline
    with create_defs_folder_sandbox() as sandbox:
        path = sandbox.scaffold_component(
            component_cls=GovinfoPipeline,
            defs_yaml_contents={
                "type": "govinfo_pipeline.defs.component.GovinfoPipeline",
                "attributes": {"source": str(tmp_path), "data": str(tmp_path / "data"), "alerts": []},
            },
        )
        with sandbox.load_component_and_build_defs(defs_path=path) as (component, defs):
            assert isinstance(component, GovinfoPipeline)
            keys = defs.resolve_asset_graph().get_all_asset_keys()
            assert {key.to_user_string() for key in keys} == set(PARENTS)
            assert defs.resources is not None
            assert defs.resources["govinfo"].source == str(tmp_path)


def test_alert_addresses_are_in_no_configuration_that_the_ui_shows(tmp_path: Path) -> None:
    from govinfo_pipeline.defs.build import build_defs

    defs = build_defs(Settings(str(tmp_path), tmp_path / "data", ("json://user:secret@127.0.0.1/",)))
    assert "secret" not in str(defs.resources)


def test_the_example_of_the_instance_is_read_by_dagster(tmp_path: Path) -> None:
    shutil.copy(ROOT / "dagster.yaml", tmp_path / "dagster.yaml")
    with dg.DagsterInstance.from_config(str(tmp_path)) as instance:
        assert not instance.telemetry_enabled


def test_the_page_names_every_asset_check_and_automation() -> None:
    page = (ROOT / "docs" / "dagster.md").read_text(encoding="utf-8")
    names = {check for checks in BLOCKING.values() for check in checks} | FAMILIES | {"source", "visible"}
    names |= {"govinfo_daily", "govinfo_new_files", "govinfo_alerts"}
    assert [] == sorted(name for name in names if f"`{name}`" not in page)
    assert [] == sorted(name for name in PARENTS if name not in page)


def test_the_example_of_an_alert_is_what_the_code_writes() -> None:
    failed, tried = doctest.testfile(str(ROOT / "docs" / "alerts.md"), module_relative=False)
    assert (failed, tried > 0) == (0, True)
