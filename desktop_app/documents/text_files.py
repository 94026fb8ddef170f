"""The text of a file in whichever of the encodings of Chinese offices it was saved."""

from __future__ import annotations

import codecs
from pathlib import Path

from desktop_app.errors import BadData, Fault

_SURE_OF_UTF8 = 8
"""So many characters beyond ASCII that read well as UTF-8 are no accident of GB18030."""


def decode(path: Path, data: bytes) -> str:
    """UTF-8 and UTF-16 (with or without a mark) or GB18030. Raises BadData with the line that does not read."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decode_utf16(path, data, "utf-16")
    encoding = _unmarked_utf16(data)
    if encoding:
        return _decode_utf16(path, data, encoding)
    if b"\x00" in data:
        raise BadData(
            Fault(path.name, "", "不是文本文件（含有空字节）；请用 Excel 或 WPS 打开，另存为 .xlsx")
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        good = data[: error.start].decode("utf-8", "ignore")
        if sum(not character.isascii() for character in good) >= _SURE_OF_UTF8:
            raise _unreadable(path, data, error.start, "UTF-8") from error
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError as error:
        raise _unreadable(path, data, error.start, "GB18030") from error


def _unmarked_utf16(data: bytes) -> str | None:
    """The commas and line ends of a table are ASCII, of which UTF-16 makes every other byte zero."""
    head = data[:4096]
    if head[1::2].count(0) > 4 * head[0::2].count(0) + 2:
        return "utf-16-le"
    return "utf-16-be" if head[0::2].count(0) > 4 * head[1::2].count(0) + 2 else None


def _decode_utf16(path: Path, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        reason = "文本读不完整（UTF-16），可能没有复制完；请重新导出一次"
        raise BadData(Fault(path.name, "", reason)) from error


def _unreadable(path: Path, data: bytes, position: int, encoding: str) -> BadData:
    line = data.count(b"\n", 0, position) + 1
    reason = f"有不能识别的文字（按 {encoding} 读）；请用 WPS 或记事本打开，另存为 UTF-8 后再导入"
    return BadData(Fault(path.name, f"文本第 {line} 行", reason))
