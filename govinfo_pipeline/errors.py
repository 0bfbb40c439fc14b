"""Every error that this package raises on purpose.

The tree::

    GovinfoError                 base: says what is wrong and what to do
    ├── FormError                a form file (formats/*.toml) is wrong; carries file, place
    │   └── RuleError            one of its rules is; carries the rule's id
    ├── DocumentError            a document cannot be used; carries a stable `code`
    ├── SourceError              a path or a list of paths cannot be used
    ├── ConfigError              a setting is wrong
    ├── NoWarehouseError         nothing was published yet
    └── PublishError             a batch cannot be published; carries the audit that refused it
        ├── WarehouseBusyError   another process holds the warehouse
        └── WarehouseUnreachableError  its server does not answer

An error names the thing, what it must be, what it was and what to do. The parts are attributes too.
"""

from __future__ import annotations


class GovinfoError(Exception):
    """Base of all errors raised on purpose. ``message`` is for people, in Chinese and English."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class FormError(GovinfoError):
    """A form file does not say what it must: ``where`` is ``formats/2021.toml: table disputes``."""

    def __init__(self, where: str, problem: str) -> None:
        super().__init__(f"{where}: {problem}")
        self.where = where
        self.problem = problem


class RuleError(FormError):
    """A rule of a form cannot be read. ``rule`` is its id."""

    def __init__(self, where: str, rule: str, problem: str) -> None:
        super().__init__(f"{where}: rule {rule}", problem)
        self.rule = rule


class DocumentError(GovinfoError):
    """A document cannot be used. ``code`` is stable, ``zh`` and ``en`` are the message."""

    def __init__(self, code: str, zh: str, en: str) -> None:
        super().__init__(f"{zh} / {en}")
        self.code = code
        self.zh = zh
        self.en = en


class SourceError(GovinfoError):
    """A path, or a list of them, cannot be used as input."""


class ConfigError(GovinfoError):
    """A setting is wrong: names the setting, what it must be and what it was."""


class NoWarehouseError(GovinfoError):
    """Nothing was published yet where the warehouse will be; ``place`` is where that is."""

    def __init__(self, place: str) -> None:
        super().__init__(f"数据仓库尚不存在 / there is no warehouse at {place} yet. Publish a batch first.")
        self.place = place


class PublishError(GovinfoError):
    """A batch cannot be published. ``audit`` names the invariant that refused it."""

    def __init__(self, audit: str, message: str) -> None:
        super().__init__(f"{audit}: {message}")
        self.audit = audit


class WarehouseBusyError(PublishError):
    """Another process holds the warehouse."""


class WarehouseUnreachableError(PublishError):
    """The server of the warehouse does not answer, or does not let us in."""
