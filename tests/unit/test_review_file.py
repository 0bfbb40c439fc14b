"""The file of reviews: what is refused, what is kept, who writes when."""

from __future__ import annotations

import fcntl
import json
import multiprocessing
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from govinfo_pipeline.errors import SourceError
from govinfo_pipeline.verify.review_log import append_review, load_reviews, reviews_table
from tests.reviews import LAST_DAY, LINE, first, said, wrong


def test_reviews_come_back_as_they_were_said_in_order(tmp_path: Path) -> None:
    path = tmp_path / "some" / "data" / "reviews.jsonl"
    assert () == load_reviews(path)
    reviews = [said(first(wrong()), action) for action in ("dismiss", "withdraw", "confirm")]
    for review in reviews:
        append_review(path, review)
    assert tuple(reviews) == load_reviews(path)
    assert 3 == len(path.read_text(encoding="utf-8").splitlines())
    assert "信息公开科" in path.read_text(encoding="utf-8")


def test_a_time_is_kept_as_utc(tmp_path: Path) -> None:
    path = tmp_path / "reviews.jsonl"
    path.write_text(json.dumps(LINE | {"at": "2026-03-01T16:00:00+08:00"}) + "\n", encoding="utf-8")
    assert datetime(2026, 3, 1, 8, tzinfo=UTC) == load_reviews(path)[0].at


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"until": "31.12.2026"}, "'until' must be a day such as 2027-01-31, was '31.12.2026'"),
        ({"until": None}, "'until' must be a day such as 2027-01-31, was None"),
        ({"until": 5}, "'until' must be a day such as 2027-01-31, was 5"),
        ({"action": "withdraw"}, "'until' must be null for a withdrawal, was '2026-12-31'"),
        ({"action": "ignore"}, "'action' must be confirm, dismiss or withdraw, was 'ignore'"),
        ({"id": "3F2A91C0"}, "'id' must match [0-9a-f]{8}, was '3F2A91C0'"),
        ({"id": "3f2a91c0 "}, "'id' must match"),
        ({"rule": "A"}, "'rule' must match"),
        ({"name": " "}, "'name' must be a text that is not empty, was ' '"),
        ({"reason": ""}, "'reason' must be a text that is not empty, was ''"),
        ({"report_id": 5}, "'report_id' must be a text that is not empty, was 5"),
        ({"finding": None}, "'finding' must be a text"),
        ({"instances": []}, "'instances' must be a list of texts, was []"),
        ({"instances": "A3@granted"}, "'instances' must be a list of texts, was 'A3@granted'"),
        ({"at": "2026-03-01T08:00:00"}, "'at' must be a time with its zone"),
        ({"at": "yesterday"}, "'at' must be a time with its zone"),
        ({"expires": "2026-12-31"}, "'expires' is unknown. Known: action, at,"),
    ],
)
def test_a_line_that_is_no_review_is_refused_with_its_place(
    tmp_path: Path, changes: dict[str, Any], problem: str
) -> None:
    path = tmp_path / "reviews.jsonl"
    lines = [json.dumps(LINE), json.dumps(LINE | changes)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(SourceError) as caught:
        load_reviews(path)
    assert str(caught.value).startswith(f"{path}:2: {problem}")


@pytest.mark.parametrize("key", sorted(LINE))
def test_a_line_without_one_of_its_parts_is_refused(tmp_path: Path, key: str) -> None:
    path = tmp_path / "reviews.jsonl"
    path.write_text(json.dumps({k: v for k, v in LINE.items() if k != key}) + "\n", encoding="utf-8")
    with pytest.raises(SourceError, match=re.escape(f"{path}:1: '{key}' is missing")):
        load_reviews(path)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("\n", "must be one JSON object a line"),
        ("[]\n", "must be a JSON object, was []"),
        ("{\n", "must be one JSON object a line"),
        ('{"id": 1, "id": 2}\n', "'id' stands twice"),
        (json.dumps(LINE), "reviews.jsonl:1: 未写完(缺换行) / must end with a newline, was cut off"),
        (json.dumps(LINE) + "\n{", "reviews.jsonl:2: 未写完(缺换行) / must end with a newline, was cut off"),
    ],
)
def test_a_file_that_is_damaged_is_refused(tmp_path: Path, text: str, problem: str) -> None:
    path = tmp_path / "reviews.jsonl"
    path.write_text(text, encoding="utf-8")
    for read in (load_reviews, lambda p: append_review(p, said(first(wrong())))):
        with pytest.raises(SourceError, match=re.escape(problem)):
            read(path)
    assert text == path.read_text(encoding="utf-8")


def test_bytes_that_are_no_text_are_refused_with_their_place(tmp_path: Path) -> None:
    path = tmp_path / "reviews.jsonl"
    path.write_bytes(json.dumps(LINE).encode() + b"\n\xff\xfe\n")
    with pytest.raises(SourceError, match=re.escape(f"{path}:2: ")):
        load_reviews(path)


def test_what_could_not_be_read_again_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "reviews.jsonl"
    with pytest.raises(SourceError, match="'reason' must be a text"):
        append_review(path, said(first(wrong()), reason=" "))
    assert not path.exists()


def test_a_line_break_in_a_reason_stays_in_its_line(tmp_path: Path) -> None:
    path = tmp_path / "reviews.jsonl"
    review = said(first(wrong()), reason="原件如此\n见附件 \u2028 二")
    append_review(path, review)
    assert (review,) == load_reviews(path)


def _append_many(path: Path, name: str) -> None:
    for n in range(20):
        append_review(path, said(first(wrong()), name=name, reason=f"{n} " * 500))


def test_writers_at_the_same_time_lose_and_mix_nothing(tmp_path: Path) -> None:
    path = tmp_path / "reviews.jsonl"
    names = ["甲科", "乙科", "丙科"]
    context = multiprocessing.get_context("fork")
    writers = [context.Process(target=_append_many, args=(path, name)) for name in names]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    reviews = load_reviews(path)
    order = {name: [r.reason for r in reviews if r.name == name] for name in names}
    assert {name: [f"{n} " * 500 for n in range(20)] for name in names} == order


@pytest.mark.parametrize(("held", "readable"), [(fcntl.LOCK_SH, True), (fcntl.LOCK_EX, False)])
def test_nobody_writes_while_somebody_reads_nor_reads_while_somebody_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, held: int, readable: bool
) -> None:
    path = tmp_path / "reviews.jsonl"
    append_review(path, said(first(wrong())))
    flock = fcntl.flock
    monkeypatch.setattr(fcntl, "flock", lambda file, how: flock(file, how | fcntl.LOCK_NB))
    with path.open("rb") as other:
        flock(other, held)
        with pytest.raises(BlockingIOError):
            append_review(path, said(first(wrong()), "withdraw"))
        if readable:
            assert 1 == len(load_reviews(path))
        else:
            with pytest.raises(BlockingIOError):
                load_reviews(path)


def test_a_write_that_fails_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "reviews.jsonl"
    append_review(path, said(first(wrong())))
    before = path.read_bytes()

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("govinfo_pipeline.verify.review_log.os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        append_review(path, said(first(wrong()), "withdraw"))
    assert before == path.read_bytes()


def test_reviews_are_a_table_for_the_pipeline() -> None:
    finding = first(wrong())
    rows = reviews_table([said(finding), said(finding, "withdraw")]).to_pylist()
    assert ["dismiss", "withdraw"] == [row["action"] for row in rows]
    assert {
        "finding_id": finding.id,
        "report_id": "330400-甲县-government-2022",
        "rule": "A3",
        "instances": ["A2@total", "A3@granted"],
        "action": "dismiss",
        "name": "信息公开科",
        "reason": "原件如此",
        "until": LAST_DAY,
        "at": datetime(2026, 3, 1, 8, tzinfo=UTC),
        "finding": finding.message.zh,
    } == rows[0]
    assert 0 == reviews_table([]).num_rows
    assert reviews_table([]).schema == reviews_table([said(finding)]).schema
