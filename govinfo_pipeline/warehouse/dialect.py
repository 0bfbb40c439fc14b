"""One text of SQL for all engines: written in DuckDB's dialect, rendered where another engine's differs.

Owns the rendering, and the change of schema that lets an audit of `govinfo.reports` run over staged rows.
Executes nothing.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlglot import exp

SCHEMA = "govinfo"


def render(sql: str, dialect: str, schema: str = SCHEMA) -> str:
    """Return a statement for another engine, its tables of the schema `govinfo` looked for in ``schema``.

    >>> render("SELECT UNNEST(cells) AS cell FROM govinfo.findings ORDER BY rule DESC", "postgres", "mine")
    'SELECT UNNEST(cells) AS cell FROM mine.findings ORDER BY rule DESC NULLS LAST'
    """
    from sqlglot import exp  # here: a warehouse in a file needs none of it

    tree = _tree(sql).copy()
    for table in tree.find_all(exp.Table):
        if table.db == SCHEMA:
            table.set("db", exp.to_identifier(schema))
    return tree.sql(dialect=dialect)


@lru_cache(maxsize=64)
def _tree(sql: str) -> exp.Expr:
    from sqlglot import parse_one  # see `render`

    return parse_one(sql, read="duckdb")


def literal(value: object) -> str:
    """Return a text as SQL.

    >>> literal("it's")
    "'it''s'"
    """
    return "'" + str(value).replace("'", "''") + "'"
