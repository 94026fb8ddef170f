"""The board's items as JSON."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from desktop_app.documents.sheets import Row, read_table
from desktop_app.domain.columns import recognise
from desktop_app.domain.incoming import IncomingMessage, read_row
from desktop_app.errors import BadData

ITEM = {
    "tid": 9007199254740993,
    "subject": "路灯",
    "content": "坏了三天",
    "dateline": 1578272978,
    "answerDateline": 0,
    "answerContent": "已修好",
    "answerOrganization": "城管局",
    "gradeLevel": 5,
    "stateInfo": "已办理",
    "labels": ["城建"],
    "sourceName": None,
}
CELLS = (
    9007199254740993,
    "路灯",
    "坏了三天",
    datetime(2020, 1, 6, 9, 9, 38),
    None,
    "已修好",
    "城管局",
    5,
    "已办理",
    '["城建"]',
    None,
)


def write(path: Path, value: object) -> Path:
    path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "value",
    [
        [ITEM],
        ITEM,
        {"data": [ITEM]},
        {"items": [ITEM]},
        {"rows": [ITEM], "total": 1},
        {"code": 0, "title": "留言", "data": {"page": 1, "list": [ITEM]}},
        json.dumps(ITEM) + "\n\n" + json.dumps(ITEM | {"tid": 2}),
    ],
    ids=["list", "item", "data", "items", "rows", "nested", "lines"],
)
def test_every_shape_gives_the_item(tmp_path: Path, value: object) -> None:
    table = read_table(write(tmp_path / "a.json", value))
    assert table.header == tuple(ITEM)
    assert table.rows[0] == Row(1, CELLS)


def test_an_item_becomes_a_message(tmp_path: Path) -> None:
    table = read_table(write(tmp_path / "a.json", [ITEM]))
    read = read_row(1, table.rows[0].cells, recognise(table.header))
    assert isinstance(read, IncomingMessage)
    message = read.message
    assert (message.board_number, message.written) == ("9007199254740993", "2020-01-06 09:09:38")
    assert (message.answer, message.answered_at, message.answered_by) == ("已修好", "", "城管局")
    assert message.ratings == {"grade_resolution": "5"}
    assert message.extra == {"stateInfo": "已办理", "labels": '["城建"]'}


def test_items_may_differ_in_their_keys(tmp_path: Path) -> None:
    table = read_table(write(tmp_path / "a.json", [{"subject": "甲"}, {"content": "乙", "subject": "丙"}]))
    assert table.header == ("subject", "content")
    assert [row.cells for row in table.rows] == [("甲", None), ("丙", "乙")]


def test_half_a_character_becomes_a_sign_that_can_be_kept(tmp_path: Path) -> None:
    table = read_table(write(tmp_path / "a.json", r'[{"subject": "\ud83d", "content": "\ud83d\ude00"}]'))
    assert table.rows[0].cells == ("\ufffd", "😀")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[{", "不是完整的 JSON"),
        ("[" * 100_000, "JSON"),
        ("[1, 2]", "没有找到留言"),
        ("[]", "没有找到留言"),
        ('{"a": {"b": 1}}', "没有找到留言"),
        ("[{}]", "一条留言也没有"),
        ('[{"tid": ' + "9" * 5000 + "}]", "数字太长"),
    ],
)
def test_what_holds_no_messages_says_so(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(BadData, match=says):
        read_table(write(tmp_path / "a.json", text))
