"""Recognise files that are no text, and refuse them by the name a person knows them by.

Owns signatures and the share of control characters. Reads none of these formats.
"""

from __future__ import annotations

from govinfo_pipeline.errors import DocumentError

_OLD_OFFICE = ("Word/Excel 97-2003 或 WPS 文件 (.doc .xls .wps)", "an old Office file (.doc, .xls, .wps)")
_SIGNATURES = (
    (b"%PDF", "PDF 文件", "a PDF file"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", *_OLD_OFFICE),
    (b"{\\rtf", "RTF 文件", "an RTF file"),
    (b"\x89PNG", "PNG 图片", "a PNG picture"),
    (b"\xff\xd8\xff", "JPEG 图片", "a JPEG picture"),
    (b"GIF8", "GIF 图片", "a GIF picture"),
    (b"II*\x00", "TIFF 图片", "a TIFF picture"),
    (b"MM\x00*", "TIFF 图片", "a TIFF picture"),
    (b"\x1f\x8b", "gzip 压缩文件", "a gzip file"),
    (b"BZh", "bzip2 压缩文件", "a bzip2 file"),
    (b"\xfd7zXZ", "xz 压缩文件", "an xz file"),
    (b"7z\xbc\xaf", "7z 压缩文件", "a 7z archive"),
    (b"Rar!", "RAR 压缩文件", "a RAR archive"),
    (b"\x7fELF", "程序文件 (ELF)", "a program (ELF)"),
)
_MARKS = tuple(mark for mark, _, _ in _SIGNATURES)
# Signatures of plain letters: also a word of a text, so only where control characters follow.
_WORDS = (
    (b"BM", "BMP 图片", "a BMP picture"),
    (b"RIFF", "图片或音视频 (RIFF)", "a picture, sound or film (RIFF)"),
    (b"MZ", "程序文件 (Windows)", "a program (Windows)"),
)
_ZIPPED = (
    (b"word/", "Word 文件 (.docx)", "a Word file (.docx)"),
    (b"xl/", "Excel 文件 (.xlsx)", "an Excel file (.xlsx)"),
    (b"ppt/", "PowerPoint 文件 (.pptx)", "a PowerPoint file (.pptx)"),
    (b"OFD.xml", "OFD 版式文件", "an OFD file"),
    (b"opendocument", "OpenDocument 文件", "an OpenDocument file"),
)
_ZIP = ("ZIP 压缩文件", "a ZIP archive")
_UNKNOWN = ("无法辨认的二进制文件", "a binary file of unknown kind")

_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\v\f\r\x1a\x1b") + b"\x7f"
_SAMPLE = 4_096  # bytes at the start and at the end
_MOST_CONTROLS = 0.01


def refuse_binary(data: bytes) -> None:
    """Raise DocumentError ``binary`` where ``data`` has a signature, NUL bytes or many control characters."""
    refuse_signature(data)
    if _is_binary(data):
        raise looks_like(*(_word(data) or _UNKNOWN))


def refuse_signature(data: bytes) -> None:
    """Raise DocumentError ``binary`` where ``data`` starts as a known kind of file does."""
    if found := _signature(data):
        raise looks_like(*found)


def looks_like(zh: str, en: str) -> DocumentError:
    """Return the error for a file of another kind, which is named in both languages."""
    blank = " " if zh[0].isascii() else ""
    return DocumentError(
        "binary",
        f"文件像是{blank}{zh}, 本版本只读纯文本和网页; 请另存为 .txt 或 .html 后再用.",
        f"the file looks like {en}; this version reads plain text and web pages: save it as .txt or .html.",
    )


def _signature(data: bytes) -> tuple[str, str] | None:
    if data[:4] == b"PK\x03\x04":
        return next(((zh, en) for mark, zh, en in _ZIPPED if mark in data), _ZIP)
    if not data.startswith(_MARKS):
        return None
    return next(((zh, en) for mark, zh, en in _SIGNATURES if data.startswith(mark)), None)


def _word(data: bytes) -> tuple[str, str] | None:
    return next(((zh, en) for mark, zh, en in _WORDS if data.startswith(mark)), None)


def _is_binary(data: bytes) -> bool:
    if b"\0" in data:
        return True
    sample = data[:_SAMPLE] + data[_SAMPLE:][-_SAMPLE:]
    return len(sample) - len(sample.translate(None, _CONTROLS)) > _MOST_CONTROLS * len(sample)
