"""The corpus of sentences, the lexicon, whole reports, and what the page on claims says."""

import doctest
import random
from pathlib import Path

import pytest

from govinfo_pipeline.errors import ConfigError
from govinfo_pipeline.extract.narrative import Claim, read_claims
from govinfo_pipeline.extract.narrative.lexicon import lexicon, parse_lexicon
from govinfo_pipeline.formats import universe
from govinfo_pipeline.report import Report
from govinfo_pipeline.verify.finding import Finding
from govinfo_pipeline.verify.narrative import judge_all, judge_claims
from tests.claims import corpus
from tests.claims_said import findings
from tests.seeds import seed, with_seeds


def test_the_corpus_has_two_hundred_and_forty_sentences_and_its_halves_share_none() -> None:
    seen = {case.text for case in corpus.load("seen")}
    unseen = {case.text for case in corpus.load("unseen")}
    assert set() == seen & unseen
    assert len(seen | unseen) >= 240


@pytest.mark.parametrize("case", corpus.load("seen"), ids=lambda case: case.text[:24])
def test_every_claim_of_a_seen_sentence_is_read_and_judged(case: corpus.Sentence) -> None:
    assert sorted(case.claims, key=str) == sorted(corpus.read(case), key=str)


def test_unseen_sentences_reach_the_promised_precision_and_recall() -> None:
    score = corpus.score(corpus.load("unseen"))
    assert score.precision >= 0.99
    assert score.recall >= 0.90


def test_no_unseen_sentence_raises_a_false_alarm() -> None:
    assert corpus.score(corpus.load("unseen")).false_alarms == 0


def test_a_word_of_two_concepts_is_refused_by_name() -> None:
    text = """concepts = [
      { id = "one", kind = "mark", words = ["共"] },
      { id = "two", kind = "mark", words = ["共"] },
    ]"""
    with pytest.raises(ConfigError, match=r"lexicon\.toml: word '共' stands twice, in 'one' and 'two'"):
        parse_lexicon(text)


@pytest.mark.parametrize(
    ("entry", "wrong"),
    [
        ('{ id = "one", kind = "verbs", words = ["共"] }', "unknown kind 'verbs'"),
        ('{ id = "one", kind = "mark", word = ["共"] }', "unknown key 'word'"),
    ],
)
def test_an_unknown_key_or_kind_is_refused_by_name(entry: str, wrong: str) -> None:
    with pytest.raises(ConfigError, match=wrong):
        parse_lexicon(f"concepts = [{entry}]")


def test_every_reading_of_the_lexicon_names_cells_that_exist() -> None:
    ids = set(universe().ids)
    cells = [cell for c in set(lexicon().values()) for cell in _cells_of(c.kind, c.reads, c.reads_2019 or ())]
    assert set() == {cell for cell in cells if cell not in ids}
    assert len(cells) > 60


def _cells_of(kind: str, reads: tuple[str, ...], older: tuple[str, ...]) -> list[str]:
    terms = [term for read in (*reads, *older) for term in read.split("+")]
    if kind == "row":
        return [f"applications.{term}.total" for term in terms if not term.startswith("outcome:")]
    if kind == "column":
        return [f"applications.new_received.{term}" for term in terms if term != "legal"]
    if kind == "case":
        return [f"disputes.cases.{term}_total" for term in terms]
    if kind == "outcome":
        return [f"disputes.cases.review_{term}" for term in terms]
    return [f"art20_1.normative_documents.{term}" for term in terms] if kind == "act" else []


SENTENCES = (
    "2022年，共收到政府信息公开申请{new}件，上年结转{carried}件，共计{all}件。其中自然人{natural}件，"
    "法人或其他组织{legal}件。目前已办结{done}件，其中予以公开{granted}件，部分公开{partial}件，不予公开{denied}件，"
    "无法提供{missing}件，结转下年度继续办理{forward}件。因政府信息公开引起行政复议{reviews}件，行政诉讼{suits}件。"
)
CELLS = {
    "new": "new_received.total",
    "carried": "carried_in.total",
    "natural": "new_received.natural_person",
    "legal": "new_received.other_org",
    "done": "processed_total.total",
    "granted": "granted.total",
    "partial": "partially_granted.total",
    "denied": "denied_third_party_rights.total",
    "missing": "unavailable_not_held.total",
    "forward": "carried_forward.total",
    "reviews": "review_total",
    "suits": "direct_litigation_total",
}


def consistent(chance: random.Random) -> dict[str, int]:
    parts = {key: chance.randrange(300) for key in ("granted", "partial", "denied", "missing", "forward")}
    whole = sum(parts.values())
    done = whole - parts["forward"]
    carried = chance.randrange(whole + 1)
    new = whole - carried
    natural = chance.randrange(new + 1)
    rest = {"reviews": chance.randrange(30), "suits": chance.randrange(30), "legal": new - natural}
    return parts | rest | {"new": new, "carried": carried, "all": whole, "natural": natural, "done": done}


@pytest.mark.parametrize("seed", range(40))
def test_true_prose_raises_nothing_and_one_wrong_count_is_found(seed: int) -> None:
    chance = random.Random(seed)
    figures = consistent(chance)
    table = " ".join(f"{cell}={figures[key]}" for key, cell in CELLS.items())
    assert findings(SENTENCES.format(**figures), table) == []
    key = chance.choice([k for k in CELLS if k not in ("new", "carried", "done")])
    wrong = figures | {key: figures[key] + 1000}
    (finding,) = findings(SENTENCES.format(**wrong), table)
    assert (finding.rule, finding.reported, finding.expected) == ("C1", wrong[key], figures[key])


def judged_seed(number: str) -> tuple[Report, list[Claim], list[Finding]]:
    from govinfo_pipeline.parse import parse_path

    report = parse_path(seed(number))
    claims = read_claims(report.prose, report.year)
    return report, claims, judge_claims(report, claims)


@with_seeds
def test_seed_000_twelve_applications_against_thirty_and_two_reviews_against_four() -> None:
    report, claims, found = judged_seed("000")
    assert [(f.rule, f.reported, f.expected, f.severity) for f in found] == [
        ("C1", 12, 30, "warning"),
        ("C1", 2, 4, "warning"),
    ]
    by_text = {j.claim.text: j.verdict for j in judge_all(report, claims)}
    assert by_text["行政訴訟1件"] == "match"
    assert sorted(by_text.values()).count("match") == 3


@with_seeds
def test_seed_001_makes_no_claim_and_no_finding() -> None:
    _, claims, found = judged_seed("001")
    assert (claims, found) == ([], [])


@with_seeds
def test_seed_002_contradicts_itself_twice_while_its_percentages_hold() -> None:
    report, claims, found = judged_seed("002")
    assert [(f.rule, f.reported, f.expected) for f in found] == [("C3", 3721, 3717), ("C3", 3736, 3719)]
    shares = [j.verdict for j in judge_all(report, claims) if j.claim.kind == "share"]
    assert "mismatch" not in shares
    assert "unverifiable" not in shares
    assert len(shares) == 2


@with_seeds
@pytest.mark.parametrize(("number", "claimed"), [("003", 17), ("004", 17)])
def test_seeds_003_and_004_hold_in_every_claim(number: str, claimed: int) -> None:
    report, claims, found = judged_seed(number)
    judged = judge_all(report, claims)
    forms = [j for j in judged if j.claim.about and j.claim.about[0].startswith(("applications", "disputes"))]
    assert found == []
    assert len(claims) == claimed
    assert {j.verdict for j in forms} == {"match"}


@with_seeds
def test_seed_004_documents_of_the_county_government_alone_are_another_scope() -> None:
    report, claims, _ = judged_seed("004")
    judged = {
        (j.claim.value, j.verdict) for j in judge_all(report, claims) if "art20_1" in str(j.claim.about)
    }
    assert {(9, "match"), (6, "match"), (51, "different_scope")} == judged


DOCS = Path(__file__).parents[2] / "docs" / "claims.md"


def test_the_example_of_the_documentation_runs() -> None:
    assert doctest.testfile(str(DOCS), module_relative=False).failed == 0


def test_the_documentation_says_what_is_measured() -> None:
    cases = corpus.load("unseen")
    score = corpus.score(cases)
    text = DOCS.read_text(encoding="utf-8")
    empty = sum(not case.claims for case in cases)
    assert f"| sentences, of which make no claim | {len(cases)}, {empty} |" in text
    assert f"| claims expected, found, right | {score.expected}, {score.found}, {score.right} |" in text
    assert f"| precision | {score.precision:.1%} |".replace("%", " %") in text
    assert f"| recall | {score.recall:.1%} |".replace("%", " %") in text
    assert f"| false alarms (wrong mismatch or rounding) | {score.false_alarms} |" in text
