"""What a file is by its first bytes; its name may say anything."""

from __future__ import annotations

from enum import Enum
from pathlib import Path

from desktop_app.errors import BadData, Fault

TEXT_ENDINGS = frozenset({".csv", ".tsv", ".txt", ".json", ".jsonl"})


class Kind(Enum):
    """How a file is to be read."""

    WORKBOOK = "workbook"
    DELIMITED = "delimited"
    ITEMS = "items"


_STRANGERS: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", "一张图片（PNG）"),
    (b"\xff\xd8\xff", "一张图片（JPEG）"),
    (b"GIF8", "一张图片（GIF）"),
    (b"BM", "一张图片（BMP）"),
    (b"II*\x00", "一张图片（TIFF）"),
    (b"MM\x00*", "一张图片（TIFF）"),
    (b"%PDF", "一个 PDF 文件"),
    (b"Rar!", "一个 RAR 压缩包"),
    (b"7z\xbc\xaf", "一个 7z 压缩包"),
    (b"\x1f\x8b", "一个 gzip 压缩包"),
    (b"MZ", "一个程序"),
    (b"{\\rtf", "一个 RTF 文档"),
)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")

ASK_FOR_SHEET = "请选择 .xlsx、.xls、.ods、.csv 或 .json 文件"


def kind_of(path: Path, head: bytes) -> Kind:
    """How to read `path`, whose first bytes are `head`. Raises BadData for what is no sheet at all."""
    if not head:
        raise BadData(Fault(path.name, "", "是空文件（0 字节）；请重新导出或重新复制一次"))
    if head.startswith((*_ZIP, _OLE)):
        return Kind.WORKBOOK
    if head.startswith(b"BM") and path.suffix.lower() in TEXT_ENDINGS:
        return _kind_of_text(path, head)
    for mark, name in _STRANGERS:
        if head.startswith(mark):
            raise BadData(Fault(path.name, "", f"其实是{name}，不是表格；{ASK_FOR_SHEET}"))
    return _kind_of_text(path, head)


def _kind_of_text(path: Path, head: bytes) -> Kind:
    start = head
    for mark in _MARKS:
        start = start.removeprefix(mark)
    start = start.replace(b"\x00", b"").lstrip().lower()
    if start.startswith((b"<!doctype", b"<html", b"<table", b"<?xml", b"<meta", b"<head")):
        reason = "其实是网页或 XML 文件；请用 Excel 或 WPS 打开它，另存为 .xlsx 后再导入"
        raise BadData(Fault(path.name, "", reason))
    ending = path.suffix.lower()
    if ending in (".json", ".jsonl"):
        return Kind.ITEMS
    if ending in TEXT_ENDINGS:
        return Kind.ITEMS if ending == ".txt" and start.startswith((b"{", b"[")) else Kind.DELIMITED
    if ending in (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".et"):
        reason = (
            f"不是 {ending} 表格，可能没有下载完整或改过扩展名；请用 Excel 或 WPS 打开，另存为 .xlsx 后再导入"
        )
        raise BadData(Fault(path.name, "", reason))
    raise BadData(Fault(path.name, "", f"不是认得的表格；{ASK_FOR_SHEET}"))
