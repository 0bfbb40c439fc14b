"""A phrase in its context -> the cells it speaks of, or nothing where that is not certain.

Owns the choice between what the words could mean; refuses whatever could be about something else.
"""

from __future__ import annotations

from collections.abc import Sequence

from govinfo_pipeline.extract.narrative import meaning
from govinfo_pipeline.extract.narrative.claim import Scope
from govinfo_pipeline.extract.narrative.context import Context, Meaning
from govinfo_pipeline.extract.narrative.lexicon import Concept
from govinfo_pipeline.extract.narrative.phrase import Phrase, merge_scopes

COUNT_UNITS = frozenset(("", "件", "件次", "份", "条", "宗", "起", "例", "项", "个", "次"))
_PERSON_UNITS = frozenset(("人", "人次", "名", "家", "家次", "户"))
_CASE_UNITS = COUNT_UNITS - {"条", "份", "项"}
_WHOLE_UNITS = frozenset(("", "件", "件次", "份", "宗", "起"))
_DOCUMENT_UNITS = frozenset(("", "件", "部", "份", "个", "项", "篇"))
_DECISION_UNITS = frozenset(("", "件", "件次", "宗", "起", "例", "次"))
MONEY_UNITS = frozenset(("元", "千元", "万元", "亿元"))
_ACTIONS = frozenset(("newly_received", "received", "accepted", "collected", "handled", "finished"))
_CARRIED = frozenset(("carried_in", "carried_forward", "carried", "carried_over"))
_REST = frozenset(("otherwise", "other"))
_KINDS_OF_LITIGATION = frozenset(("direct_litigation", "post_review_litigation"))
_FEW = 2
_DECIDING = frozenset(("handled", "finished"))
_DOCUMENTS = frozenset(("regulations", "normative_documents"))
_ACTS = ("amended", "in_force", "repealed", "disclosed_total", "newly_disclosed", "issued", "disclosed")


def interpret(phrase: Phrase, context: Context, unit: str, *, zero: bool = False) -> Meaning | None:
    """Return what a figure with ``unit`` beside ``phrase`` is about, or None."""
    if phrase.tail or phrase.has("average", "many_years") or (phrase.has("helping") and not zero):
        return None
    if phrase.nouns("processing_fee") or phrase.nouns("fees") or phrase.nouns("procurement"):
        return _money(phrase, context, unit)
    if unit in MONEY_UNITS:
        return None
    if phrase.of("case") or _outcome_alone(phrase, context):
        return _dispute(phrase, context, unit, zero=zero)
    if phrase.nouns("documents") or (phrase.of("act") and context.document and not phrase.of("row")):
        return _document(phrase, context, unit)
    if phrase.nouns("decisions") or _further_decisions(phrase, context):
        return _decision(phrase, context, unit)
    return _application(phrase, context, unit)


def _scopes(phrase: Phrase, context: Context) -> tuple[Scope, ...]:
    subject = (Scope("narrow", phrase.subject),) if phrase.subject else ()
    undated = phrase.has("cumulative") and not (context.dated or phrase.years or phrase.has("this_year"))
    since = (Scope("wording", "累计"),) if undated else ()
    return merge_scopes(context.scopes, subject, phrase.scopes, since)


def _money(phrase: Phrase, context: Context, unit: str) -> Meaning | None:
    scopes = _scopes(phrase, context)
    if any(noun.listed for noun in phrase.nouns("processing_fee")) and not _is_charged(phrase, context):
        return None
    if phrase.nouns("processing_fee"):
        return Meaning("processing_fee", "amount", (), scopes) if unit in MONEY_UNITS else None
    if phrase.nouns("fees"):
        cell = "art20_8.administrative_fees.amount_this_year"
        scopes = merge_scopes(scopes, [Scope("wording", phrase.lead)] if phrase.lead else [])
        usable = unit in MONEY_UNITS and context.form == "2021" and not phrase.foreign
        return Meaning("fees", "amount", ((cell,),), scopes) if usable else None
    column = "procurement_amount" if unit in MONEY_UNITS else "procurement_items"
    usable = context.form == "2019" and not phrase.foreign and unit in MONEY_UNITS | {"项", "个", "次"}
    return (
        Meaning("procurement", "amount", ((f"art20_9.central_procurement.{column}",),), scopes)
        if usable
        else None
    )


def _is_charged(phrase: Phrase, context: Context) -> bool:
    """Say whether plain 费用 is what applicants were charged: 依申请公开未收取任何费用."""
    collected = any(verb.id == "collect" for verb in phrase.of("verb")) or phrase.noun == "收费"
    return collected and not phrase.foreign and (context.named or context.domain == "applications")


def _outcome_alone(phrase: Phrase, context: Context) -> bool:
    bare = bool(phrase.of("outcome")) and not phrase.nouns("applications") and not phrase.of("column")
    other = [c.id for c in phrase.of("row")] == ["other"] and context.part == "outcome"
    return bool(context.case) and (bare or other)


def _dispute(phrase: Phrase, context: Context, unit: str, *, zero: bool) -> Meaning | None:
    if phrase.has("cause", "caused", "part"):
        context.other_cause = phrase.other_cause
    if (
        unit not in (COUNT_UNITS if zero else _CASE_UNITS)
        or context.other_cause
        or phrase.foreign
        or phrase.of("act")
        or phrase.of("column")
    ):
        return None
    settled = bool(context.case) and context.domain == "disputes"
    if not (context.disclosure or zero or settled or _is_brought(phrase, context)):
        return None
    exact = [concept for concept in phrase.of("case") if concept.id in _KINDS_OF_LITIGATION]
    cases = list(dict.fromkeys(read for concept in exact or phrase.of("case") for read in concept.reads))
    if len(cases) > 1:
        cases = ["+".join(dict.fromkeys(group for case in cases for group in case.split("+")))]
    groups = tuple(cases) or context.case
    roles = _roles(phrase)
    scopes = tuple(s for s in _scopes(phrase, context) if s.kind not in ("channel", "stage"))
    if context.instances and "litigation" in groups[0]:
        scopes = merge_scopes(scopes, [Scope("wording", "二审")])
    return Meaning(
        "disputes", "case" if roles == ("total",) else "outcome", meaning.disputes(groups, roles), scopes
    )


def _is_brought(phrase: Phrase, context: Context) -> bool:
    """Say whether the cases are said to be brought against the issuer, and nothing else was spoken of before."""
    brought = any(concept.strong for concept in phrase.of("case"))
    return brought and not (
        context.adjudicates or context.strange or context.strayed or phrase.lead or phrase.topical
    )


def _roles(phrase: Phrase) -> tuple[str, ...]:
    outcomes = phrase.of("outcome")
    if outcomes:
        return outcomes[-1].reads
    return ("other",) if phrase.of("row") and phrase.of("row")[-1].id == "other" else ("total",)


def _document(phrase: Phrase, context: Context, unit: str) -> Meaning | None:
    nouns = phrase.nouns("documents")
    row = nouns[-1].id if nouns else context.document
    acts = {concept.id: concept for concept in phrase.of("act")}
    follows = context.part in _DOCUMENTS or phrase.has("part")
    listed = context.act if follows and not (acts or phrase.lead or phrase.has("adjudicate")) else None
    act = next((acts[name] for name in _ACTS if name in acts), listed)
    if act is None or unit not in _DOCUMENT_UNITS or phrase.foreign or len({n.id for n in nouns}) > 1:
        stage = [scope for scope in phrase.scopes if scope.kind == "stage"]
        if not (stage and nouns and unit in _DOCUMENT_UNITS and not phrase.foreign):
            return None
        return Meaning(
            "documents", row, meaning.documents(row, _issued(context.form)), _scopes(phrase, context)
        )
    reads = act.reads_2019 if context.form == "2019" and act.reads_2019 is not None else act.reads
    loose = (Scope("wording", act.words[0]),) if act.loose else ()
    found = meaning.documents(row, reads)
    return Meaning("documents", row, found, merge_scopes(_scopes(phrase, context), loose)) if found else None


def _issued(form: str) -> tuple[str, ...]:
    return ("newly_made",) if form == "2019" else ("issued_this_year",)


def _decision(phrase: Phrase, context: Context, unit: str) -> Meaning | None:
    nouns = phrase.nouns("decisions") or context.decision
    if context.strayed and not phrase.of("verb") and not phrase.of("row"):
        return None
    if phrase.has("items"):
        context.decision = nouns
        return _items(nouns[-1].id, context, unit) if nouns else None
    if unit not in _DECISION_UNITS or phrase.foreign or phrase.of("act") or len(nouns) > 1:
        return None
    if nouns[0].id == "other_external_services" and context.form == "2021":
        return None
    text = phrase.noun
    other = [Scope("stage", text)] if text.endswith(("案件", "执行", "措施")) else []
    other += [Scope("wording", row.words[0]) for row in phrase.of("row") if row.id not in _DECIDING]
    other += [Scope("wording", phrase.lead)] if phrase.lead and phrase.lead != phrase.subject else []
    other += (
        [Scope("wording", "申请")] if phrase.nouns("applications") else []
    )  # 行政许可申请 is none decided
    context.decision = nouns
    scopes = merge_scopes(_scopes(phrase, context), other)
    return Meaning("decisions", "decision", meaning.decisions(nouns[0].id), scopes)


def _further_decisions(phrase: Phrase, context: Context) -> bool:
    """Say whether 处理决定 stands alone behind items or decisions of a kind: 上一年项目数量 86 项, 处理决定 1420 件."""
    bare = [verb.id for verb in phrase.of("verb")] == ["decision"] and not (phrase.content or phrase.lead)
    return bare and bool(context.decision)


def _items(row: str, context: Context, unit: str) -> Meaning | None:
    """Return how many items of licensing or penalty there were the year before: a column of the 2019 form."""
    if context.form == "2021" or unit not in ("项", "", "个"):
        return None
    return Meaning("decisions", row, meaning.items(row))


def _application(phrase: Phrase, context: Context, unit: str) -> Meaning | None:
    if unit not in COUNT_UNITS | _PERSON_UNITS or not _is_about_applications(phrase, context, unit):
        return None
    rows, columns = phrase.of("row"), phrase.of("column")
    if context.part == "column" and [c.id for c in rows if c.id != "accepted"] == ["other"] and not columns:
        readings, part = meaning.applications(context.row, ("other_org",), context.form), "column"
    elif len({column.id for column in columns}) > 1:
        return None
    else:
        reads, part = _row_reads(phrase, context)
        if not reads:
            return None
        kinds = _kinds(columns[0], context) if columns else meaning.TOTAL
        readings = meaning.applications(reads, kinds, context.form)
        part = "column" if columns and part in ("noun", "action") else part
    persons = (Scope("wording", unit),) if unit in _PERSON_UNITS else ()
    bare = (Scope("wording", phrase.lead),) if phrase.lead and part == "noun" and not phrase.subject else ()
    context.vague = context.vague or _is_vague(phrase, context)
    vague = (Scope("wording", "申请"),) if context.vague or _strays(phrase) else ()
    late = (Scope("stage", "延期"),) if context.late and any(row.id == "finished" for row in rows) else ()
    fewer = context.withdrawn and part in ("action", "noun") and rows and rows[-1].id not in _CARRIED
    left = (Scope("stage", "撤回"),) if fewer else ()  # 撤回 39 件, 实际办理 18 件
    loose = [Scope("wording", row.words[0]) for row in rows if row.loose]
    scopes = merge_scopes(_scopes(phrase, context), persons, bare, vague, late, left, loose)
    return Meaning("applications", part, readings, scopes) if readings else None


def _kinds(column: Concept, context: Context) -> tuple[str, ...]:
    """Return what a kind of applicant may mean: beside 科研机构 or 其他组织, 企业 are the enterprises alone."""
    return column.reads[::-1] if column.id == "enterprise" and context.kinds else column.reads


def _is_about_applications(phrase: Phrase, context: Context, unit: str) -> bool:
    nouns = phrase.nouns("applications")
    strong = any(noun.strong for noun in nouns)
    if phrase.compound or phrase.of("outcome") or any(act.id != "amended" for act in phrase.of("act")):
        return False
    if phrase.topical and not phrase.of("row"):
        return False  # 涉及征地的政府信息公开申请 31 件
    if phrase.has("rest") and not (phrase.of("row") or phrase.of("column")):
        return False  # 剩余 14 件为同一申请人
    if phrase.foreign and phrase.has("and") and phrase.has("etc"):
        return False  # 群众来信、依申请公开等 26 件
    if _strays(phrase) and not (strong and phrase.of("row")):
        return False
    said = phrase.of("row") + phrase.of("column")
    if context.attributes and not any(concept.id in _ACTIONS for concept in said):
        return False
    if strong:
        return True
    if context.domain == "applications" and (nouns or said):
        bare = not nouns and all(concept.listed for concept in said)
        return not bare or ((context.listed > 0 or context.topic) and not context.strayed)
    if nouns:
        return context.about or (bool(said) and not context.strange)
    if context.jargon and said and not (phrase.lead or context.strayed or context.strange):
        return True
    named = context.named and not context.strange
    plain = any(
        concept.strong or (named and (_lacks(concept) or _is_carried(concept, unit))) for concept in said
    )
    jargon = plain and not (phrase.lead or context.strayed)
    part = _of_a_whole(phrase) and context.domain == "applications"
    return jargon or (part and unit in _WHOLE_UNITS and not (context.strayed and not phrase.has("part")))


def _strays(phrase: Phrase) -> bool:
    """Say whether another subject is named, or that something was amended: 根据修订后的规定."""
    return phrase.foreign or bool(phrase.of("act"))


def _lacks(concept: Concept) -> bool:
    return concept.id.startswith("unavailable")


def _is_carried(concept: Concept, unit: str) -> bool:
    return concept.id in ("carried_in", "carried_forward") or (
        concept.id == "newly_received" and unit in _CASE_UNITS - {"个", "次", ""}
    )


def _of_a_whole(phrase: Phrase) -> bool:
    """Say whether a channel, a part of the year or of the issuer is all that is named: 网络 41 件, 市本级 8 件."""
    kinds = {scope.kind for scope in phrase.scopes}
    return bool(kinds & {"channel", "period"}) or (kinds == {"narrow"} and not phrase.unknown)


def _is_vague(phrase: Phrase, context: Context) -> bool:
    """Say whether plain 申请 stands where nothing else speaks of disclosure: read, but never a mismatch."""
    nouns = phrase.nouns("applications")
    known = context.about or context.domain or context.jargon
    return bool(nouns) and not any(noun.strong for noun in nouns) and not known


def _row_reads(phrase: Phrase, context: Context) -> tuple[tuple[str, ...], str]:
    rows = phrase.of("row")
    results = [r for r in rows if r.id not in _ACTIONS and r.id not in _CARRIED]
    carried = [r for r in rows if r.id in _CARRIED]
    if results:
        if results[-1].id in _REST and context.result and context.result[0].startswith("other_overdue"):
            return ("other_misc", *results[-1].reads), "result"  # 逾期不补正 6 件、其他情形 1 件
        reads = _result_reads(results, phrase)
        context.results |= set(reads[0].split("+"))
        return (reads + _all_the_rest(context) if results[-1].id in _REST else reads), "result"
    actions = [r for r in rows if r.id in _ACTIONS]
    if carried:
        if actions and actions[-1].id == "newly_received" and not phrase.has("and", "total", "part"):
            return (), ""  # 结转上年后新收到 15 件
        reads = _carried_reads(carried[0], phrase, context)
        joined = bool(actions) and actions[0].reads[0] == "new_received" and phrase.has("and")
        return (("new_received+carried_in",) if joined and reads == ("carried_in",) else reads), "action"
    if actions:
        newly = next((r for r in actions if r.id == "newly_received"), None)
        first = newly or actions[-1]
        others = () if newly else tuple(read for r in actions[:-1] for read in r.reads)
        return tuple(dict.fromkeys((*first.reads, *others))), "action"
    if phrase.of("column") and context.result and (phrase.has("part") or context.inner):
        return (*context.result, *context.row), "column"
    by_channel = any(scope.kind == "channel" for scope in phrase.scopes)
    counted = context.counted if _of_a_whole(phrase) and not (phrase.of("noun") or by_channel) else ()
    return (context.row if phrase.of("column") else counted or meaning.USUAL_ROWS), "noun"


def _all_the_rest(context: Context) -> tuple[str, ...]:
    """Return what 其他 may be besides: also the groups of results that the sentence has not named."""
    missing = [
        read for read in ("outcome:not_processed", "outcome:unavailable") if read not in context.results
    ]
    return ("+".join(["outcome:other", *missing]),) if missing and len(context.results) > _FEW else ()


def _result_reads(results: Sequence[Concept], phrase: Phrase) -> tuple[str, ...]:
    """Return the reads of the named results: of a row and its group, the row, but of 某某等不予公开 the group."""
    groups = [r for r in results if r.reads[0].startswith("outcome:")]
    rows = [r for r in results if r not in groups]
    if groups and rows:
        each = "+".join(dict.fromkeys(row.reads[0] for row in rows))
        several = (each, *groups[-1].reads) if phrase.has("and") and len(rows) > 1 else rows[-1].reads
        return (*groups[-1].reads, each) if phrase.has("etc") else several
    if len(results) > 1 and phrase.has("and"):
        return ("+".join(dict.fromkeys(r.reads[0] for r in results)),)
    return results[-1].reads


def _carried_reads(concept: Concept, phrase: Phrase, context: Context) -> tuple[str, ...]:
    if concept.id == "carried_over":  # 转入 alone may lead anywhere
        after = context.year is not None and context.year + 1 in phrase.years
        return concept.reads if after or phrase.has("next_year") else ()
    if concept.id != "carried":
        return concept.reads
    before = context.year is not None and context.year - 1 in phrase.years
    return ("carried_in",) if before or phrase.has("last_year") else concept.reads
