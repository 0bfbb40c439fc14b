"""What reading costs: CPU microseconds a report, from bytes to Report (document, extraction, masthead).

    python benchmarks/reading.py            plain text in every layout, and judging
    python benchmarks/reading.py FOLDER     the files of a folder

One process, one core; the best of several rounds over one batch, because a batch is how reports are read.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[1]))

from govinfo_pipeline.document.read import read_bytes
from govinfo_pipeline.extract.report import extract
from govinfo_pipeline.report import Report
from govinfo_pipeline.verify.judge import judge
from tests.generator import LAYOUTS, random_report, render

REPORTS, ROUNDS = 200, 5
_FILLER = "坚持以公开为常态、不公开为例外,围绕重点领域推进主动公开,及时更新网站栏目,保证信息准确及时。"


def batch(layout: str) -> list[bytes]:
    """Reports of some 13 KB, the mean of published ones: tables, and four thousand characters of prose."""
    texts = []
    for seed in range(REPORTS):
        rng = Random(seed)
        truth = random_report(rng)
        prose = "\n".join(truth.issuer + _FILLER * 10 for _ in range(6))
        texts.append(f"{render(truth, layout, rng)}\n{prose}")
    return [text.encode() for text in texts]


def read(data: list[bytes]) -> list[Report]:
    return [extract(read_bytes(item, "report.txt", "0" * 64)) for item in data]


def best(data: list[bytes]) -> float:
    """CPU microseconds a report, the best round."""
    rounds = []
    for _ in range(ROUNDS):
        start = time.process_time()
        read(data)
        rounds.append((time.process_time() - start) / len(data) * 1e6)
    return min(rounds)


def main() -> None:
    if len(sys.argv) > 1:
        files = [path.read_bytes() for path in sorted(Path(sys.argv[1]).iterdir()) if path.is_file()]
        print(f"{sys.argv[1]}: {best(files * 20):.0f} us a report ({len(files)} files)")
        return
    costs: dict[bool, list[float]] = {True: [], False: []}
    for layout, how in LAYOUTS.items():
        data = batch(layout)
        plain = not (how.marks or how.remarks)
        costs[plain].append(best(data))
        print(
            f"{layout:16} {costs[plain][-1]:6.0f} us a report, {sum(map(len, data)) / len(data) / 1000:.0f} KB"
        )
    print(f"{'mean':16} {sum(costs[True]) / len(costs[True]):6.0f} us a report")
    print(
        f"{'mean':16} {sum(costs[False]) / len(costs[False]):6.0f} us, page numbers, notes or remarks among the rows"
    )
    reports = read(batch("A"))
    judge(reports[:1])  # reads the rules
    start = time.process_time()
    judge(reports)
    print(
        f"{'judging':16} {(time.process_time() - start) / len(reports) * 1e6:6.0f} us a report, claims included"
    )


if __name__ == "__main__":
    main()
