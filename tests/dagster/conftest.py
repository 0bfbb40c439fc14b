"""A line over a few sample reports in a temporary folder, run in process."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import dagster as dg
import pytest
from click.testing import CliRunner, Result

from govinfo_pipeline.cli.main import cli
from govinfo_pipeline.defs.build import build_defs
from govinfo_pipeline.defs.job import JOB
from govinfo_pipeline.defs.partitions import range_tags
from govinfo_pipeline.defs.resource import GovinfoResource
from govinfo_pipeline.line import publish
from govinfo_pipeline.line.settings import Settings, samples
from govinfo_pipeline.suites import expectations
from govinfo_pipeline.suites.expectations import SuiteResult
from govinfo_pipeline.warehouse.duckdb import DuckDBWarehouse


@pytest.fixture(autouse=True)
def suites(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> list[dict[str, Any]]:
    """Put a recorder in the place of Great Expectations, and leave out the same rules in DuckDB: both take
    seconds, and have tests of their own. `real_suites` undoes it.
    """
    seen: list[dict[str, Any]] = []

    def validate(tables: dict[str, Any]) -> SuiteResult:
        seen.append(tables)
        return SuiteResult(())

    if "real_suites" not in request.fixturenames:
        monkeypatch.setattr(expectations, "validate", validate)
        monkeypatch.setattr(publish, "rule_audits", tuple)
    return seen


@pytest.fixture
def real_suites() -> None:
    """Leave both engines in their place."""


@pytest.fixture
def dagster_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home of a Dagster instance, which DAGSTER_HOME names."""
    home = tmp_path / "home"
    home.mkdir()
    (home / "dagster.yaml").write_text("telemetry:\n  enabled: false\n")
    monkeypatch.setenv("DAGSTER_HOME", str(home))
    return home


@dataclass
class Line:
    """A line of its own: source, data folder, a Dagster instance, and what a run of it is given."""

    root: Path
    instance: dg.DagsterInstance
    resources: dict[str, Any] = field(default_factory=dict)
    alerts: tuple[str, ...] = ()
    source: str = ""

    @property
    def settings(self) -> Settings:
        return Settings(self.source or str(self.root / "in"), self.root / "data", self.alerts)

    @property
    def warehouse(self) -> DuckDBWarehouse:
        return DuckDBWarehouse(self.settings.warehouse)

    def add(self, *names: str) -> None:
        """Put sample reports into the source."""
        folder = Path(self.settings.source)
        folder.mkdir(parents=True, exist_ok=True)
        for name in names:
            shutil.copy(samples() / name, folder / name)

    def limit(self, **limits: Any) -> None:
        settings = self.settings
        self.resources["govinfo"] = GovinfoResource(source=settings.source, data=str(settings.data), **limits)

    def defs(self) -> dg.Definitions:
        return build_defs(self.settings, resources=self.resources)

    def run(
        self, first: str, last: str | None = None, only: Sequence[str] | None = None
    ) -> dg.ExecuteInProcessResult:
        """Run the job over partitions, or some of its assets; as the UI does, by tags."""
        tags = range_tags(first, last or first)
        return (
            self.defs()
            .resolve_job_def(JOB)
            .execute_in_process(
                instance=self.instance,
                tags=tags,
                raise_on_error=False,
                run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
                asset_selection=[dg.AssetKey(name) for name in only] if only else None,
            )
        )

    def ids(self, table: str) -> set[str]:
        """Return the reports that a table of the warehouse shows."""
        if not self.settings.warehouse.exists():
            return set()
        rows = self.warehouse.query(f"SELECT report_id FROM govinfo.{table}")
        return set(rows["report_id"].to_pylist())


@pytest.fixture
def line(tmp_path: Path) -> Iterator[Line]:
    with dg.DagsterInstance.ephemeral() as instance:
        yield Line(tmp_path, instance)


class Site(ThreadingHTTPServer):
    """The sample reports as pages, for who has the password pa55; what is in ``down`` is answered with 503."""

    def __init__(self) -> None:
        self.down: set[str] = set()
        site = self

        class Page(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                name = self.path.strip("/").partition("?")[0]
                known = self.headers.get("Authorization") == "Basic ZGVzazpwYTU1"
                body = (samples() / name).read_bytes() if known and name not in site.down else b""
                self.send_response(200 if body else 503 if known else 401)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                pass

        super().__init__(("127.0.0.1", 0), Page)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def page(self, name: str, secrets: bool = True) -> str:
        """Return the address of a sample, with all secrets or as it may be shown."""
        who, token = ("desk:pa55@", "pa55") if secrets else ("", "***")
        return f"http://{who}127.0.0.1:{self.server_port}/{name}?token={token}"


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    yield made
    made.shutdown()
    made.server_close()


class Hook:
    """A webhook on the loopback; ``broken`` makes it answer 503."""

    def __init__(self) -> None:
        self.posts: list[dict[str, Any]] = []
        self.broken = False
        hook = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if not hook.broken:
                    hook.posts.append(json.loads(body))
                self.send_response(503 if hook.broken else 200)
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.address = f"json://127.0.0.1:{self.server.server_address[1]}/alerts"


@pytest.fixture
def hook() -> Iterator[Hook]:
    made = Hook()
    yield made
    made.server.shutdown()
    made.server.server_close()


Failed = Callable[[dg.ExecuteInProcessResult], set[str]]


@pytest.fixture
def failed() -> Failed:
    """Return the names of the checks of a run that did not pass."""

    def names(result: dg.ExecuteInProcessResult) -> set[str]:
        return {e.check_name for e in result.get_asset_check_evaluations() if not e.passed}

    return names


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A folder with a clean report, a bad one, two files of one report, and a copy."""
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("anji-2023.txt", "ninghai-2022.txt", "ninghai-2022_revised.txt", "pingyao-2023.txt"):
        shutil.copy(samples() / name, folder / name)
    shutil.copy(samples() / "pingyao-2023.txt", folder / "pingyao-again.txt")
    return folder


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    for name in ("GOVINFO_SOURCE", "GOVINFO_DATA", "GOVINFO_ALERTS", "DAGSTER_HOME"):
        monkeypatch.delenv(name, raising=False)

    def invoke(*arguments: object) -> Result:
        data = ["--data", str(tmp_path / "data")]
        return CliRunner().invoke(cli, ["run", *map(str, arguments), *data])

    return invoke
