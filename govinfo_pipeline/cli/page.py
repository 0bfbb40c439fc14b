"""Findings as one self-contained page: no script, no font and no image from elsewhere; prints well on paper."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from govinfo_pipeline.report import Report, cells_found
from govinfo_pipeline.verify.finding import Finding, Repair
from govinfo_pipeline.verify.judge import verdict_of
from govinfo_pipeline.verify.locate import REASONS
from govinfo_pipeline.verify.review import DISMISSED

_STYLE = """
:root { --ink: #1c2733; --dim: #5d6b7a; --line: #d9e0e7;
  --bad: #b3261e; --warn: #8a5a00; --note: #22577a; --good: #1e6b3a }
* { box-sizing: border-box }
body { font: 16px/1.6 system-ui, "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; color: var(--ink);
  max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.4rem; margin: 0 0 .3rem } h2 { font-size: 1.15rem; margin: 2rem 0 .2rem }
p { margin: .2rem 0 } .dim { color: var(--dim); font-size: .9rem }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; font-size: .95rem }
th, td { border-bottom: 1px solid var(--line); text-align: left; padding: .35rem .5rem; vertical-align: top }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums }
.finding { border-left: 4px solid var(--line); padding: .3rem .8rem; margin: .8rem 0; break-inside: avoid;
  overflow-wrap: anywhere }
.error { border-color: var(--bad) } .warning { border-color: var(--warn) } .notice { border-color: var(--note) }
.tag { font-size: .85rem; font-weight: 600 } .error .tag { color: var(--bad) } .warning .tag { color: var(--warn) }
.notice .tag { color: var(--note) } .dismissed { border-color: var(--line); color: var(--dim) }
.dismissed .tag { color: var(--dim) } .id { color: var(--dim); font: .85rem ui-monospace, monospace }
.fail { color: var(--bad) } .pass { color: var(--good) }
.unknown, .has-warning { color: var(--warn) }
blockquote { margin: .3rem 0; padding: .2rem .6rem; background: #f4f6f8; font-size: .92rem }
ul { margin: .3rem 0; padding-left: 1.2rem } a { color: inherit }
"""

_SEVERITIES = {"error": "错误 error", "warning": "警告 warning", "notice": "提示 notice"}
_VERDICTS = {
    "pass": ("pass", "通过 pass"),
    "warning": ("has-warning", "有警告 warnings"),
    "unknown": ("unknown", "有未能判断之处 partly unknown"),
    "fail": ("fail", "不通过 fail"),
}


def render_page(reports: Sequence[Report], findings: Sequence[Sequence[Finding]], lang: str = "both") -> str:
    """Return the page: a table of all reports, then each report's findings with quotes and suggestions."""
    pairs = list(zip(reports, findings, strict=True))
    rows = "".join(_row(k, report, found) for k, (report, found) in enumerate(pairs))
    sections = "".join(_section(k, report, found, lang) for k, (report, found) in enumerate(pairs))
    return (
        f'<!doctype html>\n<html lang="{"en" if lang == "en" else "zh"}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>年度报告核对结果</title><style>{_STYLE}</style></head><body>"
        "<h1>政府信息公开工作年度报告核对结果</h1>"
        '<p class="dim">Findings on annual reports on open government information. '
        "改法只是建议, 未改动任何数据. Repairs are suggestions; nothing was changed.</p>"
        "<table><thead><tr><th>机关 issuer</th><th>年度 year</th><th>结论 verdict</th>"
        '<th class="n">错误 errors</th><th class="n">警告 warnings</th><th class="n">提示 notices</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>{sections}</body></html>"
    )


def _name(report: Report) -> str:
    return escape(report.issuer.name if report.issuer else report.source.path)


def _verdict(report: Report, found: Sequence[Finding]) -> str:
    if report.error is not None:
        return '<span class="fail">无法使用 unusable</span>'
    style, word = _VERDICTS[verdict_of(found)]
    return f'<span class="{style}">{word}</span>'


def _row(k: int, report: Report, found: Sequence[Finding]) -> str:
    counted = [finding for finding in found if finding.review != DISMISSED]
    counts = "".join(f'<td class="n">{sum(f.severity == s for f in counted)}</td>' for s in _SEVERITIES)
    return (
        f'<tr><td><a href="#r{k}">{_name(report)}</a></td><td>{report.year or "?"}</td>'
        f"<td>{_verdict(report, found)}</td>{counts}</tr>"
    )


def _section(k: int, report: Report, found: Sequence[Finding], lang: str) -> str:
    head = (
        f'<h2 id="r{k}">{_name(report)} {report.year or ""}</h2><p class="dim">{escape(report.source.path)}'
    )
    if report.error is not None:
        _code, zh, en = report.error
        return f'{head}</p><div class="finding error"><p>{_say(zh, en, lang)}</p></div>'
    known, cells = cells_found(report.states, report.form)
    head += f" · {report.form or '?'} 年格式 form · {known}/{cells} 格 cells · {_verdict(report, found)}</p>"
    return head + "".join(_finding(finding, lang) for finding in found)


def _say(zh: str, en: str, lang: str) -> str:
    said = {"zh": [zh], "en": [en]}.get(lang, [zh, en])
    return "<br>".join(escape(text) for text in said)


def _finding(finding: Finding, lang: str) -> str:
    quotes = "".join(
        f"<blockquote>{f'{e.line}: ' if e.line else ''}{escape(e.text)}</blockquote>"
        for e in finding.evidence
        if e.text
    )
    repairs = "".join(_repair(repair) for repair in finding.repairs)
    listed = f'<ul class="dim">{repairs}</ul>' if repairs else ""
    style, word = finding.severity, _SEVERITIES[finding.severity]
    if finding.review == DISMISSED:
        style, word = DISMISSED, f"已驳回 dismissed ({word})"
    return (
        f'<div class="finding {style}"><span class="tag">{finding.rule} {word}</span> '
        f'<span class="id">{finding.id}</span>'
        f"<p>{_say(finding.message.zh, finding.message.en, lang)}</p>{quotes}{listed}</div>"
    )


def _repair(repair: Repair) -> str:
    changes = "; ".join(
        f"{change.id}: {'空 blank' if change.old is None else change.old} → {change.new}"
        for change in repair.changes
    )
    tied = " (并列 tied)" if repair.tied else ""
    return f"<li>{escape(changes)} — {escape(_reason(repair.reason))}{tied}</li>"


def _reason(code: str) -> str:
    known = REASONS.get(code)
    return f"{known.zh} {known.en}" if known else code
