"""Findings for a person at a terminal, at any width from 60 columns. Colour only where there is a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from govinfo_pipeline.report import Report, cells_found
from govinfo_pipeline.verify.finding import Finding
from govinfo_pipeline.verify.judge import verdict_of
from govinfo_pipeline.verify.review import DISMISSED

_SEVERITIES = {
    "error": ("✗", "错误 error", "bold red"),
    "warning": ("!", "警告 warning", "yellow"),
    "notice": ("·", "提示 notice", "cyan"),
}
_VERDICTS = {
    "pass": ("通过 pass", "bold green"),
    "warning": ("有警告 warnings", "yellow"),
    "unknown": ("有未能判断之处 partly unknown", "yellow"),
    "fail": ("不通过 fail", "bold red"),
}
_EVIDENCE_LENGTH = 60


def show_findings(reports: Sequence[Report], findings: Sequence[Sequence[Finding]], lang: str) -> None:
    """Print every report with its findings, then one line of totals."""
    console = Console(width=None if sys.stdout.isatty() else 100, highlight=False)
    for report, found in zip(reports, findings, strict=True):
        _show_report(console, report, found, lang)
    _show_totals(console, reports, findings)


def _show_report(console: Console, report: Report, found: Sequence[Finding], lang: str) -> None:
    if report.error is not None:
        _code, zh, en = report.error
        show(console, Text(report.source.path, style="bold"))
        show(console, Text(f"✗ {_say(zh, en, lang)}", style="bold red"), indent=2, hang=2)
        console.print()
        return
    verdict, style = _VERDICTS[verdict_of(found)]
    issuer = report.issuer.name if report.issuer else "?"
    known, cells = cells_found(report.states, report.form)
    head = Text()
    head.append(f"{issuer} {report.year or '?'}", style="bold")
    head.append(f"  {report.form or '?'} 年格式 form  {known}/{cells} 格 cells  ")
    head.append(verdict, style=style)
    show(console, head)
    show(console, Text(report.source.path, style="dim"), indent=2)
    for finding in found:
        _show_finding(console, finding, lang)
    console.print()


def _show_finding(console: Console, finding: Finding, lang: str) -> None:
    mark, word, style = _SEVERITIES[finding.severity]
    if finding.review == DISMISSED:
        mark, word, style = "○", f"已驳回 dismissed ({word})", "dim"
    text = Text()
    text.append(f"{mark} {word} ", style=style)
    text.append(f"{finding.id} ", style="dim")
    text.append(_say(finding.message.zh, finding.message.en, lang))
    show(console, text, indent=2, hang=2)
    for evidence in finding.evidence[:3]:
        if evidence.text:
            where = f"{evidence.line}: " if evidence.line else ""
            quote = (
                evidence.text
                if len(evidence.text) <= _EVIDENCE_LENGTH
                else evidence.text[:_EVIDENCE_LENGTH] + "…"
            )
            show(console, Text(f"{where}{quote}", style="dim"), indent=6)


def _say(zh: str, en: str, lang: str) -> str:
    return {"zh": zh, "en": en}.get(lang, f"{zh}\n{en}")


def show(console: Console, text: Text, indent: int = 0, hang: int = 0) -> None:
    """Print text wrapped to the console: between any two Chinese characters, between words elsewhere."""
    first = True
    for paragraph in text.split("\n", allow_blank=True):
        for line in _wrapped(paragraph, console.width - indent - hang):
            blank = " " * (indent if first else indent + hang)
            console.print(Text(blank) + line, no_wrap=True, overflow="ignore", crop=False)
            first = False


def _wrapped(text: Text, width: int) -> Iterator[Text]:
    plain, start, used, word = text.plain, 0, 0, 0
    for i, char in enumerate(plain):
        size = cell_len(char)
        if char == " " or not char.isascii():
            word = i + (char == " ")
        if used + size > max(width, 20):
            stop = word if word > start else i
            line = text[start:stop]
            line.rstrip()
            yield line
            start, used = stop, cell_len(plain[stop:i])
        used += size
    yield text[start:]


def _show_totals(console: Console, reports: Sequence[Report], findings: Sequence[Sequence[Finding]]) -> None:
    every = [finding for found in findings for finding in found]
    dismissed = sum(f.review == DISMISSED for f in every)
    counts = {s: sum(f.severity == s and f.review != DISMISSED for f in every) for s in _SEVERITIES}
    unusable = sum(1 for report in reports if report.error)
    parts = [f"{len(reports)} 份 reports"]
    parts += [f"{counts[severity]} {word}" for severity, (_, word, _) in _SEVERITIES.items()]
    if dismissed:
        parts.append(f"{dismissed} 已驳回 dismissed")
    if unusable:
        parts.append(f"{unusable} 份无法使用 unusable")
    show(console, Text(", ".join(parts) + ".", style="bold"))
