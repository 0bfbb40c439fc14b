"""Rules with an expression over one report: A1, A2, A3, D1 and P1-P4, judged for a batch at once.

Owns how failed and unknown instances become findings: one finding a root cause, as `locate` explains it, and
one notice a table for all that blanks leave open. Series rules are `verify.series`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from govinfo_pipeline.formats import load_form, universe
from govinfo_pipeline.report import BLANK, DASH, Report
from govinfo_pipeline.verify.finding import Change, Finding, Message, Repair
from govinfo_pipeline.verify.identities import FAIL, UNKNOWN, Verdicts, columns_of, evaluate, implied, missing
from govinfo_pipeline.verify.locate import REASONS, Cause, locate
from govinfo_pipeline.verify.rules import Instance, compile_form
from govinfo_pipeline.verify.sentence import cell_name, evidence_of, unbalanced

# Soft evidence for the true value of a cell: cell id -> (value, who says so).
Witnesses = Mapping[str, Sequence[tuple[int, str]]]

_MOST_SHOWN = 3
_MAKERS_OF_RULES = ("state", "province", "prefecture")


@lru_cache(maxsize=8)
def instances_of(form_id: str) -> tuple[Instance, ...]:
    """Return the instances of a form that need no other report."""
    return tuple(i for i in compile_form(load_form(form_id)) if not i.series)


def check_expressions(
    reports: Sequence[Report], witnesses: Sequence[Witnesses] | None = None
) -> list[list[Finding]]:
    """Return the findings of every report, in order. Reports without a form have none."""
    found: list[list[Finding]] = [[] for _ in reports]
    for form_id in sorted({report.form for report in reports if report.form}):
        rows = [k for k, report in enumerate(reports) if report.form == form_id]
        batch = [reports[k] for k in rows]
        instances = instances_of(form_id)
        verdicts = evaluate(instances, *columns_of(batch))
        for n, k in enumerate(rows):
            if verdicts.codes[n].any():
                soft = witnesses[k] if witnesses else {}
                found[k] = _findings(batch[n], instances, verdicts, n, soft)
    return found


def _findings(
    report: Report, instances: tuple[Instance, ...], verdicts: Verdicts, n: int, soft: Witnesses
) -> list[Finding]:
    codes = verdicts.codes[n]
    all_failed = [(instances[j], int(verdicts.residuals[n, j])) for j in (codes == FAIL).nonzero()[0]]
    failed = [(instance, residual) for instance, residual in all_failed if not instance.shadow]
    tried = [(instance, residual) for instance, residual in all_failed if instance.shadow]
    unknown = [instances[j] for j in (codes == UNKNOWN).nonzero()[0] if not instances[j].shadow]
    identities = {i.id: (i, residual) for i, residual in failed if i.rule.family == "arithmetic"}
    found = _causes(report, identities, soft) if identities else []
    others = [each for each in failed if each[0].rule.family != "arithmetic" and _applies(each[0], report)]
    found += [_one(report, *each) for each in others if not each[0].rule.when]
    found += _a_rule(report, [each for each in others if each[0].rule.when])
    found += _a_rule(report, [each for each in tried if _applies(each[0], report)])
    return found + _left_open(report, [i for i in unknown if i.rule.family == "arithmetic"])


def _a_rule(report: Report, failed: Sequence[tuple[Instance, int]]) -> list[Finding]:
    """Return one finding a rule: of those on trial none explains another, and one about the issuer has one cause."""
    found = []
    for rule in dict.fromkeys(instance.rule.id for instance, _ in failed):
        mine = [(instance, residual) for instance, residual in failed if instance.rule.id == rule]
        first = _one(report, *mine[0])
        found.append(
            replace(
                first,
                instances=tuple(instance.id for instance, _ in mine),
                message=_sums(report, mine),
                cells=tuple(dict.fromkeys(c for each in mine for c in _one(report, *each).cells)),
            )
        )
    return found


def _applies(instance: Instance, report: Report) -> bool:
    """P2 is about issuers that cannot make rules; where the level is not known it is not judged."""
    if instance.rule.when != "cannot_make_regulations":
        return True
    issuer = report.issuer
    return issuer is not None and issuer.level != "unknown" and issuer.level not in _MAKERS_OF_RULES


def _one(report: Report, instance: Instance, residual: int) -> Finding:
    positions = [term.position for term in instance.terms]
    return Finding(
        report.report_id,
        instance.rule.id,
        (instance.id,),
        "fail",
        instance.rule.severity,
        unbalanced(instance, report, residual),
        tuple(universe().ids[i] for i in positions),
        evidence=evidence_of(report, positions),
    )


# -- root causes ---------------------------------------------------------------------------------------------


def _causes(report: Report, failed: Mapping[str, tuple[Instance, int]], soft: Witnesses) -> list[Finding]:
    residuals = {name: residual for name, (_, residual) in failed.items()}
    causes = locate(report.form or "", report.values, report.states, residuals, evidence=soft)
    return [_explained(report, cause, failed) for cause in causes]


def _explained(report: Report, cause: Cause, failed: Mapping[str, tuple[Instance, int]]) -> Finding:
    instances = [failed[name] for name in cause.instances if name in failed]
    rule = instances[-1][0].rule
    best = cause.repairs[0] if cause.repairs else None
    single = best.changes[0] if best and len(best.changes) == 1 else None
    suspects = _suspects(cause)
    positions = [universe().index[cell] for cell in suspects] or [t.position for t in instances[0][0].terms]
    return Finding(
        report.report_id,
        rule.id,
        tuple(cause.instances),
        "fail",
        rule.severity,
        _told(report, cause, instances),
        suspects,
        reported=single.old if single else None,
        expected=single.new if single else None,
        evidence=evidence_of(report, positions),
        repairs=tuple(cause.repairs),
    )


def _suspects(cause: Cause) -> tuple[str, ...]:
    """Return the cells of the best repair and of those that are tied with it."""
    repairs = [r for k, r in enumerate(cause.repairs) if k == 0 or (r.tied and cause.repairs[0].tied)]
    return tuple(dict.fromkeys(change.id for repair in repairs for change in repair.changes))


def _told(report: Report, cause: Cause, instances: Sequence[tuple[Instance, int]]) -> Message:
    sums, hint = _sums(report, instances), _hint(cause.repairs)
    return Message(f"{hint.zh}{sums.zh}", f"{hint.en}{sums.en}")


def _sums(report: Report, instances: Sequence[tuple[Instance, int]]) -> Message:
    """Return the arithmetic of the first few instances."""
    told = [unbalanced(instance, report, residual) for instance, residual in instances[:_MOST_SHOWN]]
    more = len(instances) - len(told)
    zh, en = " ".join(m.zh for m in told), " ".join(m.en for m in told)
    if more > 0:
        zh, en = f"{zh} 另有 {more} 处.", f"{en} And {more} more."
    return Message(zh, en)


def _hint(repairs: Sequence[Repair]) -> Message:
    if not repairs:
        return Message("", "")
    best = repairs[0]
    reason = REASONS[best.reason]
    if best.witnesses:
        names = "、".join(best.witnesses)
        reason = Message(f"{reason.zh}; 佐证: {names}", f"{reason.en}; also said by: {names}")
    if not best.tied:
        changes = _changes(best.changes, "疑应为", "should probably be")
        return Message(f"{changes.zh}({reason.zh}). ", f"{changes.en} ({reason.en}). ")
    changes = _changes(best.changes, "可能应为", "should perhaps be")
    others = max(sum(1 for repair in repairs if repair.tied) - 1, 1)
    return Message(
        f"{changes.zh}({reason.zh}), 另有 {others} 种改法同样可能. ",
        f"{changes.en} ({reason.en}); {others} other {'repair is' if others == 1 else 'repairs are'} as likely. ",
    )


def _changes(changes: Iterable[Change], zh: str, en: str) -> Message:
    cells = universe()
    said = []
    for change in changes:
        name = cell_name(cells.cells[cells.index[change.id]])
        old = ("空格", "blank") if change.old is None else (change.old, change.old)
        said.append(
            Message(f"{name.zh} {old[0]} {zh} {change.new}", f"{name.en}: {old[1]} {en} {change.new}")
        )
    return Message("、".join(m.zh for m in said), "; ".join(m.en for m in said))


# -- what blanks leave open ----------------------------------------------------------------------------------


def _left_open(report: Report, unknown: Sequence[Instance]) -> list[Finding]:
    """Return one notice a table for the instances that only blanks and dashes leave open.

    Unreadable and absent cells are said by S6, counts that are not whole by N1.
    """
    found = []
    for table in dict.fromkeys(instance.table for instance in unknown):
        here = [i for i in unknown if i.table == table]
        gaps = {i.id: [t.position for t in missing(i, report.states)] for i in here}
        here = [i for i in here if gaps[i.id] and all(report.states[p] in (BLANK, DASH) for p in gaps[i.id])]
        if here:
            found.append(_open_notice(report, here, gaps))
    return found


def _open_notice(report: Report, open_: Sequence[Instance], gaps: Mapping[str, list[int]]) -> Finding:
    cells = universe()
    changes: dict[str, Change] = {}
    for instance in open_:
        value = implied(instance, report.values, report.states)
        if value is not None:
            cell_id = cells.ids[gaps[instance.id][0]]
            changes.setdefault(cell_id, Change(cell_id, None, value))
    blanks = list(dict.fromkeys(p for i in open_ for p in gaps[i.id]))
    rule = max((i.rule for i in open_), key=lambda rule: (sum(i.rule is rule for i in open_), rule.id))
    shown = [_implied_text(c) for c in list(changes.values())[:_MOST_SHOWN]]
    names = tuple(i.id for i in open_)
    zh = f"{rule.id} 等 {len(names)} 项勾稽关系因 {len(blanks)} 个空格无法判断"
    en = f"{rule.id}: {len(names)} identities cannot be judged for {len(blanks)} blank cells"
    if shown:
        zh += (
            "; 由其他数字推得: "
            + "、".join(m.zh for m in shown)
            + (" 等" if len(changes) > len(shown) else "")
        )
        en += "; the others imply: " + "; ".join(m.en for m in shown)
    repair = Repair(tuple(changes.values()), "missing total", names) if changes else None
    return Finding(
        report.report_id,
        rule.id,
        names,
        "unknown",
        "notice",
        Message(zh + ".", en + "."),
        tuple(cells.ids[p] for p in blanks),
        evidence=evidence_of(report, blanks[:_MOST_SHOWN]),
        repairs=(repair,) if repair else (),
    )


def _implied_text(change: Change) -> Message:
    cell = universe().cells[universe().index[change.id]]
    name = cell_name(cell)
    return Message(f"{name.zh} {change.new}", f"{name.en} {change.new}")
