"""The statutory forms, as data: `2019.toml`, `2021.toml`, and the strict loader of them.

A new statutory form is a new TOML file here; no code changes.
"""

from govinfo_pipeline.formats.loader import load_form, load_forms
from govinfo_pipeline.formats.model import Cell, Column, Form, Row, Rule, Table
from govinfo_pipeline.formats.universe import Universe, universe

__all__ = [
    "Cell",
    "Column",
    "Form",
    "Row",
    "Rule",
    "Table",
    "Universe",
    "load_form",
    "load_forms",
    "universe",
]
