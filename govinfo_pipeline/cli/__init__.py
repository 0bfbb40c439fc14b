"""The command line: `govinfo read`, `check`, `run`, `suites`, `rules`, `review`.

Owns arguments, exit codes and what people see. Commands import what they need when they run: `read` and
`check` answer in a fraction of a second because they load neither Dagster nor Great Expectations.
"""

from govinfo_pipeline.cli.main import main

__all__ = ["main"]
