"""Bytes -> characters, whatever the file claims to be."""

import codecs

import pytest

from govinfo_pipeline.document.charset import decode
from govinfo_pipeline.errors import DocumentError

SIMPLIFIED = "某县人民政府2022年政府信息公开工作年度报告\n一、本年新收政府信息公开申请数量 | 56 | 2 |\n"
TRADITIONAL = "某縣人民政府2022年政府信息公開工作年度報告\n一、本年新收政府信息公開申請數量 | 56 | 2 |\n"
ENCODINGS = [
    (SIMPLIFIED, "utf-8", "utf-8"),
    (SIMPLIFIED, "gb2312", "gb18030"),
    (SIMPLIFIED, "gbk", "gb18030"),
    (SIMPLIFIED + "㐀𠀀", "gb18030", "gb18030"),
    (TRADITIONAL, "gbk", "gb18030"),
    (TRADITIONAL, "big5", "big5hkscs"),
    (SIMPLIFIED, "utf-16-le", "utf-16-le"),
    (TRADITIONAL, "utf-16-be", "utf-16-be"),
    ("一一〇一一", "utf-16-le", "utf-16-le"),  # whose bytes are all ASCII
    ("New applications: 58\n", "ascii", "utf-8"),
]


def code_of(data: bytes) -> str:
    with pytest.raises(DocumentError) as refused:
        decode(data)
    return refused.value.code


@pytest.mark.parametrize(("text", "written", "named"), ENCODINGS)
@pytest.mark.parametrize("declared", [None, "gb2312", "UTF-8", "big5", "iso-8859-1", "no-such"])
def test_the_bytes_decide_and_no_declaration(
    text: str, written: str, named: str, declared: str | None
) -> None:
    assert (text, named, ()) == decode(text.encode(written), declared)


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        (b"\x84\x31\x95\x33", "gb18030"),
    ],
)
def test_a_byte_order_mark_decides_and_is_no_text(mark: bytes, encoding: str) -> None:
    assert (SIMPLIFIED, encoding, ()) == decode(mark + SIMPLIFIED.encode(encoding))


def test_a_declaration_breaks_a_tie() -> None:
    # The same bytes are one frequent character of two in GB 18030 (縣) and in Big5 (有).
    data = b"\xbf\x68\xa6\xb3"
    assert "gb18030" == decode(data, "gbk").encoding
    assert "big5hkscs" == decode(data, "big5").encoding


@pytest.mark.parametrize("lost", [1, 2])
def test_a_file_cut_inside_a_character_is_read_up_to_it_and_said(lost: int) -> None:
    decoded = decode((SIMPLIFIED + "结").encode()[:-lost])
    assert (SIMPLIFIED, "utf-8") == decoded[:2]
    assert [("cut_off", 3)] == [(code, line) for code, _, _, line in decoded.notes]


def test_a_gbk_file_cut_inside_a_character_is_read_up_to_it_and_said() -> None:
    decoded = decode((SIMPLIFIED + "结").encode("gbk")[:-1])
    assert (SIMPLIFIED, "gb18030") == decoded[:2]
    assert [("cut_off", 3)] == [(code, line) for code, _, _, line in decoded.notes]


@pytest.mark.parametrize(("encoding", "named"), [("gbk", "gb18030"), ("utf-8", "utf-8")])
def test_damaged_bytes_become_replacement_characters_and_are_said_with_their_line(
    encoding: str, named: str
) -> None:
    text = SIMPLIFIED * 3
    head, tail = text[:60].encode(encoding), text[60:].encode(encoding)
    decoded = decode(head + b"\xff" + tail)
    assert (text[:60] + "\ufffd" + text[60:], named) == decoded[:2]
    ((code, zh, en, line),) = decoded.notes
    assert ("lost_characters", 3) == (code, line)
    assert "有 1 处" in zh
    assert "with 1 damaged" in en


def test_several_damaged_places_are_counted() -> None:
    decoded = decode(b"\xff".join([SIMPLIFIED.encode("gbk")] * 4))
    assert ("\ufffd".join([SIMPLIFIED] * 4), "gb18030") == decoded[:2]
    assert ["with 3 damaged" in en for _, _, en, _ in decoded.notes] == [True]


def test_a_file_of_half_a_character_is_no_text() -> None:
    assert "unreadable_encoding" == code_of("结".encode()[:2])


def test_one_nul_byte_makes_a_text_a_binary() -> None:
    assert "binary" == code_of((SIMPLIFIED * 20).encode() + b"\0")
    assert "binary" == code_of(b"\0" + (SIMPLIFIED * 20).encode("gbk"))


@pytest.mark.parametrize("data", [b"", b" \r\n\t\n", b"\n" * 1_000])
def test_an_empty_file_is_refused(data: bytes) -> None:
    assert "empty" == code_of(data)


@pytest.mark.parametrize(
    ("data", "names"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", ("PDF", "PDF")),
        (b"PK\x03\x04\x14\0\x06\0word/document.xml", (".docx", ".docx")),
        (b"PK\x03\x04\x14\0\x06\0xl/workbook.xml", (".xlsx", ".xlsx")),
        (b"PK\x03\x04\x14\0\x06\0OFD.xml", ("OFD", "OFD")),
        (b"PK\x03\x04\x14\0\x06\0a.txt", ("ZIP", "ZIP")),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, (".doc", ".doc")),
        (b"{\\rtf1\\ansi\\ansicpg936 \\'b9\\'e6}", ("RTF", "RTF")),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", ("PNG", "PNG")),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", ("JPEG", "JPEG")),
        (b"GIF89a\x01\0\x01\0", ("GIF", "GIF")),
        (b"BM6\0\0\0\0\0\0\0", ("BMP", "BMP")),
        (b"\x1f\x8b\x08\0\0\0\0\0", ("gzip", "gzip")),
        (b"\x7fELF\x02\x01\x01\0", ("ELF", "ELF")),
        (b"MZ\x90\0\x03\0\0\0", ("Windows", "Windows")),
        (b"text\0text", ("二进制", "binary")),
        (b"\x01\x02\x03\x04 text \x05\x06", ("二进制", "binary")),
        (bytes(range(256)) * 20, ("二进制", "binary")),
    ],
)
def test_a_file_that_is_no_text_is_refused_by_its_name(data: bytes, names: tuple[str, str]) -> None:
    with pytest.raises(DocumentError) as refused:
        decode(data)
    error = refused.value
    assert "binary" == error.code
    assert names[0] in error.zh
    assert names[1] in error.en
    assert "只读纯文本和网页" in error.zh
    assert "reads plain text and web pages" in error.en


@pytest.mark.parametrize("text", ["BMW 3 辆", "MZ 公司", "RIFF 12", "GIF 图 8 张", "PK 赛"])
def test_a_text_that_starts_like_a_signature_is_text(text: str) -> None:
    assert text == decode(text.encode()).text


def test_a_few_control_characters_of_word_are_text() -> None:
    text = "规章\x07 3\x0b" + SIMPLIFIED * 5
    assert text == decode(text.encode()).text


@pytest.mark.parametrize(
    "data",
    [
        bytes(0x80 + i * 37 % 128 for i in range(3_000)),
        "Ежегодный доклад об открытости информации".encode("koi8-r"),
        "情報公開の年次報告書について、ここにまとめて".encode("euc-jp"),
    ],
)
def test_what_reads_like_no_chinese_in_any_encoding_is_refused(data: bytes) -> None:
    assert "unreadable_encoding" == code_of(data)
