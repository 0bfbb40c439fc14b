"""What is said of rows that are not read as they stand: the words of the notes. Decides nothing."""

from __future__ import annotations

from govinfo_pipeline.report import Note


def shape(label: str, size: int, cells: list[str], line: int) -> Note:
    """Return what is said of a row with another number of values than the form has."""
    read = " ".join(cell or "□" for cell in cells) or "□"
    return Note(
        "shape",
        f"“{label}”一行应有 {size} 个数, 读到 {len(cells)} 个: {read}. 不作移位.",
        f"row '{label}' must have {size} values, has {len(cells)}: {read}. Nothing is shifted.",
        line,
        f"{label} {read}",
    )


def order(label: str, line: int, heading: str, heading_line: int) -> Note:
    """Return what is said of a row below columns in another order than the form's."""
    return Note(
        "shape",
        f"“{label}”一行未采用: 第 {heading_line} 行的栏目“{heading}”与格式的次序不同.",
        f"row '{label}' is not used: the heading '{heading}' (line {heading_line}) stands in "
        "another place than on the form.",
        line,
    )


def units(label: str, line: int, names: list[str]) -> Note:
    """Return what is said of an amount above which different units stand."""
    return Note(
        "shape",
        f"“{label}”的金额未采用: 表中写有不同的单位({'、'.join(names)}).",
        f"the amount of '{label}' is not used: the table names different units ({', '.join(names)}).",
        line,
    )


def conflict(label: str, before: int, line: int) -> Note:
    """Return what is said of a row that stands twice with different values."""
    return Note(
        "conflict",
        f"“{label}”出现两次且数值不同(第 {before}、{line} 行), 不作取舍.",
        f"'{label}' stands twice with different values (lines {before}, {line}); neither is taken.",
        line,
    )


def outside_tables(label: str, read: str, line: int) -> Note:
    """Return what is said of a row outside the statutory tables that has the label of one of theirs."""
    return Note(
        "outside_tables",
        f"第 {line} 行的“{label}”不在法定表格之中, 其后的 {read} 未采用.",
        f"line {line}: '{label}' stands in no statutory table; {read} behind it is not used.",
        line,
    )


def unlabelled(text: str, line: int) -> Note:
    """Return what is said of a value between rows that has no label."""
    return Note(
        "unlabelled",
        f"第 {line} 行的数值“{text}”前没有可辨认的项目名称, 未采用.",
        f"line {line}: the value '{text}' stands behind no label that is known; not used.",
        line,
    )


def label_near(printed: str, label: str, line: int) -> Note:
    """Return what is said of a row whose label has one character wrong."""
    return Note(
        "label_near",
        f"第 {line} 行的“{printed}”与“{label}”只差一字, 按该项读取.",
        f"line {line}: '{printed}' differs by one character from '{label}' and is read as that row.",
        line,
    )


def whole_numbers(printed: str, count: int, line: int) -> Note:
    """Return what is said of counts that are printed with zeros behind the point."""
    return Note(
        "whole_number",
        f"有 {count} 个件数印有小数(如第 {line} 行的“{printed}”), 小数位均为 0, 按整数读取.",
        f"{count} counts have zeros behind the point ('{printed}', line {line}) and are read as whole numbers.",
        line,
    )


def page_number(text: str, line: int, label: str) -> Note:
    """Return what is said of a number behind a row that is the page's."""
    return Note(
        "page_number",
        f"第 {line} 行单独成行的“{text}”按页码处理, 不属于“{label}”一行.",
        f"line {line}: '{text}', a line of its own, is a page's number and none of row '{label}'.",
        line,
    )


def remark_column(heading: str, line: int) -> Note:
    """Return what is said of a column of remarks behind the form's columns."""
    return Note(
        "remark_column",
        f"第 {line} 行的“{heading}”一栏不是格式的栏目, 其中内容未采用.",
        f"the column '{heading}' (line {line}) is none of the form's; what stands in it is not used.",
        line,
    )
