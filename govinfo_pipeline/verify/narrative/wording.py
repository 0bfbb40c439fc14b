"""Findings from judgements: one sentence a root cause, in Chinese and English, with the quotation. Decides nothing."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from govinfo_pipeline.extract.narrative.claim import Cells, Claim
from govinfo_pipeline.formats import universe
from govinfo_pipeline.report import Report
from govinfo_pipeline.verify.finding import Evidence, Finding, Message
from govinfo_pipeline.verify.narrative.inner import Imbalance
from govinfo_pipeline.verify.narrative.name import name_of
from govinfo_pipeline.verify.narrative.rounding import ROUNDING
from govinfo_pipeline.verify.narrative.total import OPEN, total_of
from govinfo_pipeline.verify.narrative.verdict import Judgement
from govinfo_pipeline.verify.sentence import evidence_of, lines_of

_MOST_SHOWN = 4
_EXTRA_PLACES = 2


def count_finding(report: Report, same: Sequence[Judgement], prior: Report | None) -> Finding:
    """Return C1 of one or more sentences that state the same wrong figure."""
    judged = same[0]
    claim, name = judged.claim, name_of(judged.reading)
    positions = _positions(judged.reading)
    where = lines_of(report, positions)
    expected = _exact(judged.expected)
    spelt = _spelt_out(report, judged.reading, expected)
    unit = "万元" if claim.kind == "amount" else "件"
    hint, least = _hint(claim, prior), total_of(report, judged.reading).state == OPEN
    zh = (
        f"C1 正文称{_said(claim)}, 表格{name.zh}{'至少' if least else ''} {spelt} {unit}"
        f"{_apart(claim, expected)}{hint.zh}. {where.zh}"
    )
    en = (
        f"C1 the text says {_figure(claim)} ({claim.text}), "
        f"the table has {'at least ' if least else ''}{spelt} for {name.en}{hint.en}. {where.en}"
    )
    severity = "notice" if judged.verdict == ROUNDING else "warning"
    cells = judged.reading if len(judged.reading) == 1 else claim.about
    return _finding(report, "C1", name.key, severity, (zh, en), cells, claim.value, expected, same, positions)


def share_finding(report: Report, same: Sequence[Judgement]) -> Finding:
    """Return C2: a share that is wrong, or (a notice) cut off instead of rounded."""
    judged = same[0]
    claim, name = judged.claim, name_of(judged.claim.about)
    exact = _rounded(judged.expected or Fraction(0), claim.places + _EXTRA_PLACES)
    sums = f"{_exact(judged.part)} ÷ {_exact(judged.whole)} = {exact}%"
    cut = judged.verdict == ROUNDING
    zh = f"C2 {'百分比末位未四舍五入' if cut else '百分比不符'}: 正文称{_said(claim)}, {name.zh} {sums}."
    en = (
        f"C2 share {'cut off, not rounded' if cut else 'differs'}: "
        f"the text says {_figure(claim)} ({claim.text}), {name.en}: {sums}."
    )
    expected = _rounded(judged.expected or Fraction(0), claim.places)
    severity = "notice" if cut else "warning"
    positions = _positions(judged.reading)
    return _finding(
        report, "C2", name.key, severity, (zh, en), claim.about, claim.value, expected, same, positions
    )


def growth_finding(report: Report, same: Sequence[Judgement]) -> Finding:
    """Return C4: a growth that last year's report does not bear out."""
    judged = same[0]
    claim, name = judged.claim, name_of(judged.reading)
    shown = _rounded(judged.expected or Fraction(0), claim.places + _EXTRA_PLACES)
    unit = claim.unit if claim.measure != "difference" else "件"
    sums = f"{_exact(judged.whole)} → {_exact(judged.part)}, {shown}{unit}"
    zh = f"C4 同比与上年报告不符: 正文称{_said(claim)}, {name.zh}上年至本年 {sums}."
    en = (
        f"C4 growth differs from last year's report: the text says {_figure(claim)} ({claim.text}), "
        f"{name.en}, last year and this: {sums.replace('件', '').replace('倍', ' times')}."
    )
    expected = _rounded(judged.expected or Fraction(0), claim.places)
    severity = "notice" if judged.verdict == ROUNDING else "warning"
    return _finding(
        report, "C4", name.key, severity, (zh, en), judged.reading, claim.value, expected, same, []
    )


def sum_finding(report: Report, judged: Judgement) -> Finding:
    """Return C3 of a stated total that its own terms do not make."""
    claim = judged.claim
    total = sum(claim.terms)
    sums = f"{' + '.join(map(str, claim.terms))} = {total}"
    zh = f"C3 正文数字相加不符: {_said(claim)}, 而 {sums}."
    en = f"C3 figures in prose do not add up: the text says {_figure(claim)} ({claim.text}), but {sums}."
    key = name_of(claim.about).key
    return _finding(report, "C3", key, "warning", (zh, en), claim.about, claim.value, total, [judged], [])


def imbalance_finding(report: Report, found: Imbalance) -> Finding:
    """Return C3 of stated figures that contradict each other."""
    whole, parts = _added(found.whole), _added(found.parts)
    left, right = sum(int(c.value) for c in found.whole), sum(int(c.value) for c in found.parts)
    zh = f"C3 正文数字自相矛盾: {whole[0]}, 而 {parts[0]}, 差 {abs(left - right)}."
    en = f"C3 figures in prose contradict each other: {whole[1]}, but {parts[1]}, off by {abs(left - right)}."
    claims = (*found.whole, *found.parts)
    cells = tuple(dict.fromkeys(cell for claim in claims for cell in claim.about))
    return Finding(
        report.report_id,
        "C3",
        (f"C3@{found.id}",),
        "fail",
        "warning",
        Message(zh, en),
        cells,
        left,
        right,
        _quotes(claims),
    )


def _finding(
    report: Report,
    rule: str,
    key: str,
    severity: str,
    message: tuple[str, str],
    cells: Cells,
    reported: int | Decimal,
    expected: int | Decimal | None,
    same: Sequence[Judgement],
    positions: Sequence[int],
) -> Finding:
    return Finding(
        report.report_id,
        rule,
        (f"{rule}@{key}",),
        "fail",
        severity,
        Message(message[0].strip(), message[1].strip()),
        cells,
        reported,
        expected,
        (*_quotes([judged.claim for judged in same]), *evidence_of(report, positions)),
    )


def _quotes(claims: Sequence[Claim]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(Evidence(claim.line, claim.quote) for claim in claims))


def _positions(cells: Cells) -> list[int]:
    return [universe().index[cell] for cell in cells]


def _said(claim: Claim) -> str:
    """Return the printed words, with the figure behind them where they do not print it: “均结果维持”(2 件)."""
    printed = any(char.isdigit() for char in claim.text)
    return f"“{claim.text}”" if printed else f"“{claim.text}”({claim.value} {claim.unit or '件'})"


def _figure(claim: Claim) -> str:
    return f"{claim.value}{claim.unit if claim.unit in ('%', '倍') else ''}"


def _spelt_out(report: Report, cells: Cells, expected: int | Decimal | None) -> str:
    if not 1 < len(cells) <= _MOST_SHOWN:
        return f"{expected}"
    return f"{' + '.join(str(total_of(report, (cell,)).value) for cell in cells)} = {expected}"


def _apart(claim: Claim, expected: int | Decimal | None) -> str:
    plain = claim.kind != "amount" and not claim.approximate and isinstance(expected, int)
    return f", 差 {abs(int(claim.value) - int(expected or 0))}" if plain else ""


def _hint(claim: Claim, prior: Report | None) -> Message:
    """Say so where last year's table has the very figure: last year's text was kept."""
    if prior is None or not claim.value:
        return Message("", "")
    if any(total_of(prior, reading) == (claim.value, "known") for reading in claim.readings):
        return Message(
            f" (上年报告该项为 {claim.value}, 疑为沿用上年文字)", f" (last year's report has {claim.value})"
        )
    return Message("", "")


def _added(claims: Sequence[Claim]) -> tuple[str, str]:
    zh = " + ".join(
        f"{name_of(c.about).zh.removesuffix('总计').removesuffix('各项')} {c.value}" for c in claims
    )
    en = " + ".join(f"{name_of(c.about).en.removesuffix(', total')} {c.value}" for c in claims)
    total = sum(int(c.value) for c in claims)
    return (f"{zh} = {total}", f"{en} = {total}") if len(claims) > 1 else (zh, en)


def _exact(value: Fraction | None) -> int | Decimal | None:
    if value is None:
        return None
    return int(value) if value.denominator == 1 else Decimal(value.numerator) / Decimal(value.denominator)


def _rounded(value: Fraction, places: int) -> Decimal:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
