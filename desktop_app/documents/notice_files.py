"""The text of a holiday notice out of a file: plain text, Markdown or JSON, in any encoding of Chinese offices."""

from __future__ import annotations

from pathlib import Path

from desktop_app.documents.text_files import decode
from desktop_app.errors import BadData, Fault

_LARGEST = 1_000_000
"""Bytes; a year's notice has a few thousand."""

_STRANGERS: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "Word 文档或压缩包"),
    (b"\xd0\xcf\x11\xe0", "Word 文档"),
    (b"%PDF", "PDF 文件"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
)


def notice_text(path: Path, data: bytes | None = None) -> str:
    """What stands in the file; `data` are its bytes where they are at hand. BadData where it is no text."""
    if data is None:
        try:
            data = path.read_bytes()
        except OSError as error:
            reason = "找不到这个文件" if isinstance(error, FileNotFoundError) else "不能读取，请检查权限"
            raise BadData(Fault(path.name, "", reason)) from error
    for mark, name in _STRANGERS:
        if data.startswith(mark):
            reason = f"是{name}，不能直接读取；请打开它，复制全文粘贴进来，或另存为 .txt"
            raise BadData(Fault(path.name, "", reason))
    if len(data) > _LARGEST:
        raise BadData(Fault(path.name, "", "太大，不像一份放假通知；请只保留通知的全文"))
    return decode(path, data)
