"""Reading the board's own items, saved as JSON: a list, an object that holds one, or a single item."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from datetime import datetime
from pathlib import Path

from desktop_app.documents.sheet_guards import MAX_CELLS, MAX_COLUMNS, too_big
from desktop_app.documents.tables import Table, filled_rows
from desktop_app.documents.text_files import decode
from desktop_app.domain.columns import DATELINES, folded_name
from desktop_app.domain.message_times import Cell, read_time
from desktop_app.errors import BadData, Fault

_DEEPEST = 4
"""Answers of interfaces wrap their list: {code, data: {page: {list: […]}}}."""

_LIKELY = ("data", "items", "rows", "list", "records", "result", "results")
_DATELINES = frozenset(map(folded_name, DATELINES))
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")

Item = Mapping[str, object]


def read_items(path: Path, data: bytes, names: Collection[str]) -> Table:
    """Reads items as rows, the first as row 1; the columns are all keys, in the order in which they come.

    The board's `dateline` and `answerDateline` become times at +08:00. Raises BadData.
    """
    items = _items(_parsed(path, decode(path, data)), frozenset(names))
    if items is None:
        reason = "里面没有找到留言（应是一个列表，每条有 subject、content 等项）；请检查是否选错了文件"
        raise BadData(Fault(path.name, "", reason))
    header = tuple(dict.fromkeys(key for item in items for key in item))
    if len(header) > MAX_COLUMNS or len(header) * len(items) > MAX_CELLS:
        raise too_big(path, f"各条留言共有 {len(header):,} 种项目，太多了")
    rows = tuple(filled_rows([_cell(key, item.get(key)) for key in header] for item in items))
    if not rows:
        raise BadData(Fault(path.name, "", "里面没有内容，一条留言也没有；请检查是否选错了文件"))
    return Table(path.name, "", (), tuple(map(_whole_characters, header)), rows)


def _parsed(path: Path, text: str) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        if error.msg == "Extra data":
            return _parsed_lines(path, text)
        raise _not_json(path, error.lineno) from error
    except (RecursionError, ValueError) as error:
        raise BadData(Fault(path.name, "", "JSON 层次太深或数字太长，不是留言数据，没有打开")) from error


def _parsed_lines(path: Path, text: str) -> list[object]:
    """One item a line."""
    items: list[object] = []
    for number, line in enumerate(text.split("\n"), 1):
        try:
            items.extend([json.loads(line)] if line.strip() else [])
        except (RecursionError, ValueError) as error:
            raise _not_json(path, number) from error
    return items


def _not_json(path: Path, line: int) -> BadData:
    return BadData(Fault(path.name, f"文本第 {line} 行", "不是完整的 JSON，可能没有复制完；请重新保存一次"))


def _items(value: object, names: frozenset[str], depth: int = 0) -> list[Item] | None:
    """The items in what was read; None where there are none."""
    if isinstance(value, list):
        return [each for each in value if isinstance(each, dict)] if _all_items(value) else None
    if not isinstance(value, dict) or depth > _DEEPEST:
        return None
    # Two known keys: an answer around a list may itself have one, such as a title.
    if len({folded_name(key) for key in value} & names) > 1:
        return [value]
    inner = [value[key] for key in _LIKELY if key in value]
    inner += [each for key, each in value.items() if key not in _LIKELY]
    return next((found for each in inner if (found := _items(each, names, depth + 1))), None)


def _all_items(values: list[object]) -> bool:
    return bool(values) and all(isinstance(each, dict) for each in values)


def _cell(key: str, value: object) -> Cell:
    if folded_name(key) in _DATELINES and isinstance(value, int | float | str):
        return _moment(value)
    if isinstance(value, str):
        return _whole_characters(value)
    if value is None or isinstance(value, bool | int | float):
        return value
    return _whole_characters(json.dumps(value, ensure_ascii=False))


def _moment(value: int | float | str) -> Cell:
    """Seconds as a time; what is none stays as it is, and the row says so when it is read."""
    try:
        read = read_time(value, unix_seconds=True)
    except ValueError:
        return value
    if read is None:
        return None
    return read.date if read.time is None else datetime.combine(read.date, read.time)


def _whole_characters(text: str) -> str:
    r"""JSON may name half a character (\ud83d alone), which no file and no database can hold."""
    return _LONE_SURROGATE.sub("\ufffd", text)
