"""What tests ask of claims: read, said and judged."""

from govinfo_pipeline.extract.narrative import Claim, read_claims
from govinfo_pipeline.verify.finding import Finding
from govinfo_pipeline.verify.narrative import judge_claims
from tests.claims import corpus

NEW = "applications.new_received.total"


def claims_in(text: str, year: int | None = 2022, line: int = 7) -> list[Claim]:
    return read_claims([(line, text)], year)


def findings(text: str, table: str, prior: str | None = None, year: int = 2022) -> list[Finding]:
    report = corpus.make_report(table, year)
    before = corpus.make_report(prior, year - 1) if prior else None
    return judge_claims(report, claims_in(text, year), before)
