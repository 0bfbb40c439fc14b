"""Pages as the masthead reads them, and what tests ask of what it read."""

from __future__ import annotations

from govinfo_pipeline.report import Masthead

MENU = (
    "贺兰县人民政府门户网站",
    "首页 政务公开 政务服务",
    "政府信息公开指南",
    "政府信息公开年报",
    "2020年政府信息公开工作年度报告",
    "2021年政府信息公开工作年度报告",
    "索 引 号:640122-112/2023-00031",
    "发文机关:贺兰县人民政府办公室",
    "发布日期:2023-01-30",
)
AFTER = (
    "分享到: 微信 微博",
    "一、总体情况",
    "2022年,贺兰县坚持公开。",
    "上一篇:贺兰县2019年政府信息公开工作年度报告",
)

BASIS = "根据《中华人民共和国政府信息公开条例》和《中华人民共和国政府信息公开工作年度报告格式》的要求,"


def page(*texts: str) -> list[tuple[int, str]]:
    return list(enumerate(texts, 1))


def codes(masthead: Masthead) -> list[str]:
    return [note.code for note in masthead.notes]


def said(masthead: Masthead, *places: str) -> list[tuple[str, int, int | None]]:
    return [(where, year, line) for where, year, line, _ in masthead.years if where in places]
