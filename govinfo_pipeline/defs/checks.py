"""Checks: one a rule family over the findings, and the invariants that block.

Owns their names and when they fail. A bad report fails a family's check and blocks nothing. What blocks is what
no government can cause: lost rows, tables of another shape, rates that only a broken reader makes, suites that
do not hold for what is about to be published. A blocking check stops a whole run, so it is an error only where
no partition of the run may be published; else publishing refuses the broken partitions by their records, and
fails the run after it has published the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import dagster as dg

from govinfo_pipeline.defs import describe
from govinfo_pipeline.formats import load_forms
from govinfo_pipeline.formats.model import FAMILIES, SEVERITIES
from govinfo_pipeline.line.judge import Decision
from govinfo_pipeline.verify.review import DISMISSED

# Family -> what its check says, in Chinese and English.
_FAMILIES = {
    "arithmetic": ("表内勾稽关系", "sums within the tables: A1, A2, A3, D1"),
    "type": ("数字类型", "counts and amounts are what they must be: N1"),
    "plausibility": ("合理性", "figures that are possible but unlikely: P rules"),
    "series": ("跨年衔接", "figures against the year before: Y rules"),
    "identity": (
        "机关、年度与格式一致",
        "title, body, period and form name one issuer and one year: S rules",
    ),
    "completeness": ("表格完整", "tables and totals are there and filled: S rules"),
    "prose": ("文字与表格一致", "figures in prose against the tables: C rules"),
}

ERROR, WARN = dg.AssetCheckSeverity.ERROR, dg.AssetCheckSeverity.WARN


def family_specs() -> list[dg.AssetCheckSpec]:
    """Return the specs of the checks of rule families, on `findings`."""
    return [
        dg.AssetCheckSpec(name, asset="findings", description=f"{zh} / {en}. 不阻断 / never blocks.")
        for name, (zh, en) in ((family, _FAMILIES[family]) for family in FAMILIES)
    ]


def invariant(name: str, asset: str, zh: str, en: str) -> dg.AssetCheckSpec:
    """Return the spec of a check that blocks."""
    return dg.AssetCheckSpec(name, asset=asset, blocking=True, description=f"{zh} / {en}.")


def gate_specs() -> list[dg.AssetCheckSpec]:
    """Return the specs of all checks of the gate."""
    return [
        *family_specs(),
        invariant(
            "invariants",
            "accepted_reports",
            "入库与隔离之和等于送审数, 不合格与不可读占比可信",
            "accepted + quarantined = normalised, and the rates are believable",
        ),
        invariant("contracts", "accepted_reports", "各表符合约定", "the tables are as agreed (pandera)"),
        invariant(
            "suites",
            "accepted_reports",
            "待发布的表通过 Great Expectations",
            "what is about to be published passes the Great Expectations suites",
        ),
    ]


def of_gate(decisions: Sequence[Decision]) -> Iterator[dg.AssetCheckResult]:
    """Yield the results of all checks of the gate, the families first: a blocking one ends the step."""
    findings = [row for d in decisions for row in d.gated.tables["findings"].to_pylist()]
    issuers = {
        row["source_sha256"]: row["issuer"]
        for d in decisions
        for name in ("reports", "quarantine")
        for row in d.gated.tables[name].select(["source_sha256", "issuer"]).to_pylist()
    }
    yield from families(findings, issuers)
    for name in ("invariants", "contracts", "suites"):
        broken = {d.partition: _said(d, name) for d in decisions}
        yield blocking(name, "accepted_reports", broken, all_broken=all(d.reasons for d in decisions))


def _said(decision: Decision, name: str) -> Sequence[str]:
    return {
        "invariants": decision.gated.broken,
        "contracts": decision.contracts,
        "suites": decision.suites,
    }[name]


def families(
    findings: Iterable[Mapping[str, Any]], issuers: Mapping[str, str | None]
) -> Iterator[dg.AssetCheckResult]:
    """Yield the result of each family's check; a rule's family is its form's to say.

    What a person dismissed is no reason to fail; it is counted apart.
    """
    of_rule = {rule.id: rule.family for form in load_forms() for rule in form.rules}
    by_family: dict[str, list[Mapping[str, Any]]] = {family: [] for family in FAMILIES}
    for row in findings:
        by_family[of_rule[row["rule"]]].append(row)
    for family, rows in by_family.items():
        yield _family(family, rows, issuers)


def _family(
    family: str, rows: Sequence[Mapping[str, Any]], issuers: Mapping[str, str | None]
) -> dg.AssetCheckResult:
    dismissed = sum(row["review"] == DISMISSED for row in rows)
    rows = [row for row in rows if row["review"] != DISMISSED]
    errors = any(row["severity"] == "error" and row["verdict"] == "fail" for row in rows)
    doubts = any(row["severity"] == "warning" or row["verdict"] == "unknown" for row in rows)
    zh, en = _FAMILIES[family]
    counts = {severity: sum(row["severity"] == severity for row in rows) for severity in SEVERITIES}
    return dg.AssetCheckResult(
        asset_key="findings",
        check_name=family,
        passed=not errors and not doubts,
        severity=ERROR if errors else WARN,
        description=f"{zh} / {en}: " + ", ".join(f"{n} {severity}" for severity, n in counts.items()),
        metadata={
            **counts,
            "dismissed": dismissed,
            "reports": len({row["source_sha256"] for row in rows}),
            "rules": dg.MetadataValue.json(describe.counted(row["rule"] for row in rows)),
            "sample": describe.findings_sample(rows, issuers),
        },
    )


def blocking(
    name: str, asset: str, broken: Mapping[str, Sequence[str]], *, all_broken: bool
) -> dg.AssetCheckResult:
    """Return the result of an invariant; ``broken`` are the sentences by partition.

    ``all_broken``: no partition of the run may be published, so the run must stop here.
    """
    said = [(partition, sentence) for partition, sentences in broken.items() for sentence in sentences]
    return dg.AssetCheckResult(
        asset_key=asset,
        check_name=name,
        passed=not said,
        severity=WARN if said and not all_broken else ERROR,
        description="; ".join(f"{partition}: {sentence}" for partition, sentence in said[:3]) or None,
        metadata={"broken": describe.markdown(("分区 partition", "原因 reason"), said)} if said else {},
    )


def conserved(asset: str, counts: Mapping[str, tuple[int, int]], words: str) -> dg.AssetCheckResult:
    """Return the result of a conservation check; ``counts`` by partition are what came in and what came out."""
    lost = {
        partition: [f"{words}: {came} in, {went} out."]
        for partition, (came, went) in counts.items()
        if came != went
    }
    return blocking("conservation", asset, lost, all_broken=True)


def contract(asset: str, breaches: Mapping[str, Sequence[str]]) -> dg.AssetCheckResult:
    """Return the result of a contract check; ``breaches`` by partition."""
    return blocking("contract", asset, breaches, all_broken=True)
