"""What a figure is about, and what earlier words settled for the words to come. Shapes only."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from govinfo_pipeline.extract.narrative import meaning
from govinfo_pipeline.extract.narrative.claim import Scope
from govinfo_pipeline.extract.narrative.lexicon import Concept


class Meaning(NamedTuple):
    """Cells by reading, and why the counted set may be another. ``part`` tells what kind of thing was said last."""

    domain: str
    part: str
    readings: meaning.Readings
    scopes: tuple[Scope, ...] = ()


@dataclass(slots=True)
class Context:
    """What earlier words settled. ``domain`` holds until a figure of another subject; ``about`` for the paragraph.

    Attributes:
        year: the report's year; ``elsewhen``: the sentence has turned to another year.
        dated: the sentence names this year, so that 累计 is of this year.
        domain, row, case, document: what bare words refer to: 办结 59 件, 维持 3 件, 废止 2 件.
        act: what was done to the documents counted last: 制定规章 2 部、规范性文件 18 件.
        about: the paragraph or its heading speaks of applications.
        disclosure: the sentence speaks of disclosure, so its disputes are counted in the form.
        scopes: inherited by what follows in the sentence.
        part: what the last claim was about: action, result, column, case, outcome, ...
        listed: claims so far in this sentence; ``strayed``: its last figure was no claim.
        than: the sentence compares with last year.
        vague: nothing but plain 申请 says that applications are counted; what follows is read, never a mismatch.
        strange: the sentence began with another subject, so that plain 申请 may be of that: 发放补贴, 收到申请.
        named: the sentence speaks of applications for disclosure.
        topic: an earlier clause of the sentence says that applications are counted: 办理的申请里.
        inner: a bracket behind a result tells what is in it: 予以公开 20 件（自然人 17 件）.
        jargon: the sentence names several results that only applications for disclosure have.
        withdrawn: applications withdrawn were counted in the sentence, so that a total behind may be without them.
        kinds: the sentence names single kinds of organisations that are no enterprises.
        late: the sentence sorts answers into those in time and those that were put off.
        counted: row of the action counted last.
        carried_in: how many were carried in, as the paragraph says.
        results: results named in the sentence; ``decision``: the decisions counted last.
        adjudicates: the sentence speaks of trials and decisions, so that its cases may be of any matter.
        other_cause: the disputes listed are not about disclosure: 因征地引发行政复议 9 件、行政诉讼 2 件.
        instances: the sentence counts courts of appeal too, so that one case may be counted twice.
        attributes: the sentence sorts documents into 主动公开, 依申请公开 and 不予公开, which are no applications.
    """

    year: int | None
    domain: str = ""
    about: bool = False
    disclosure: bool = False
    elsewhen: bool = False
    dated: bool = False
    row: tuple[str, ...] = meaning.USUAL_ROWS
    result: tuple[str, ...] = ()
    case: tuple[str, ...] = ()
    document: str = ""
    act: Concept | None = None
    scopes: tuple[Scope, ...] = ()
    part: str = ""
    listed: int = 0
    strayed: bool = False
    results: set[str] = field(default_factory=set)
    counted: tuple[str, ...] = ()
    carried_in: int | Decimal | None = None
    decision: list[Concept] = field(default_factory=list)
    attributes: bool = False
    other_cause: bool = False
    vague: bool = False
    strange: bool = False
    named: bool = False
    topic: bool = False
    inner: bool = False
    jargon: bool = False
    withdrawn: bool = False
    kinds: bool = False
    late: bool = False
    adjudicates: bool = False
    instances: bool = False
    than: bool = False
    form: str = field(init=False)

    def __post_init__(self) -> None:
        self.form = meaning.form_id(self.year)
