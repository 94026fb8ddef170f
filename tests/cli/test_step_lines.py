"""The lines of a replayed file: what editors and other systems write, and what nobody can mean."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.cli import step_lines
from desktop_app.cli.step_lines import day_of, lines_of, read_step, value_as_text
from desktop_app.errors import Refusal

BOM = b"\xef\xbb\xbf"


def numbers(content: bytes) -> list[int]:
    return [number for number, _ in lines_of(io.BytesIO(content))]


def refused(line: bytes | None) -> Refusal:
    with pytest.raises(Refusal) as told:
        read_step(line)
    assert told.value.code == "unknown_value"
    return told.value


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", []),
        (b"\n\n", []),
        (b"{}", [1]),
        (b"{}\n{}\n", [1, 2]),
        (b"{}\r\n\r\n  \t\r\n{}\r\n", [1, 4]),
        (BOM + b"{}\n\n{}", [1, 3]),
        (BOM + b"\r\n{}", [2]),
    ],
)
def test_blank_lines_are_counted_and_passed_over(content: bytes, expected: list[int]) -> None:
    assert numbers(content) == expected


def test_a_line_beyond_all_measure_is_no_step_and_the_next_one_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(step_lines, "_LONGEST", 16)
    content = b'{"a":1}\n' + b"x" * 50 + b'\n{"b":2}\n' + b"y" * 16
    found = list(lines_of(io.BytesIO(content)))
    assert found == [(1, b'{"a":1}\n'), (2, None), (3, b'{"b":2}\n'), (4, None)]
    assert "太长" in refused(None).message


@pytest.mark.parametrize("line", [BOM + b'{"a": "b"}', b'{"a": "b"}\r\n', b'  {"a": "b"} \n'])
def test_what_editors_put_around_a_line_is_no_part_of_it(line: bytes) -> None:
    assert read_step(line) == {"a": "b"}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"# note", "第 1 个字符"),
        (b'{"a": 1,}', "第 9 个字符"),
        (b"{'a': 1}", "第 2 个字符"),
        ('{"a": "已联系"}'.encode("gb18030"), "UTF-8"),
        ('{"a": "已联系"}'.encode("utf-16"), "UTF-8"),
        (b'{"a": "\\ud83d"}', "\\ud83d"),
        (b'{"\\udc00": 1}', "\\udc00"),
        (b'{"a": 1, "a": 2}', "“a”写了两次"),
        (b'{"keys": {"by": "x", "by": "x"}}', "“by”写了两次"),
        (b'{"a": NaN}', "NaN"),
        (b'{"a": -Infinity}', "-Infinity"),
        (b"[" * 100_000, "层次太深"),
        (b'{"a": ' + b"1" * 5000 + b"}", "数太长"),
        (b"[1]", "JSON 对象"),
        (b"null", "JSON 对象"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_chinese(line: bytes, said: str) -> None:
    assert said in refused(line).message


def test_a_whole_character_may_be_written_as_two_halves() -> None:
    assert read_step(b'{"a": "\\ud83d\\ude00"}') == {"a": "\U0001f600"}


@pytest.mark.parametrize(
    ("value", "text"),
    [(True, "yes"), (False, "no"), (5, "5"), (None, ""), ("甲", "甲"), (["甲", "乙"], "甲,乙"), ([], "")],
)
def test_values_as_json_has_them(value: Any, text: str) -> None:
    assert value_as_text("supporting", value) == text


@pytest.mark.parametrize("value", [{"a": 1}, ["甲", ["乙"]], [{"a": 1}]])
def test_a_value_has_no_inner_shape(value: Any) -> None:
    with pytest.raises(Refusal) as told:
        value_as_text("result", value)
    assert told.value.code == "unknown_value" and "result" in told.value.message


@pytest.mark.parametrize("on", ["20250104", "2025-W01-6", "2025-1-4", 20250104, "", False, "今天"])
def test_a_day_is_written_as_the_command_line_writes_it(on: Any) -> None:
    with pytest.raises(Refusal):
        day_of({"on": on})


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(), _VALUES, max_size=5), st.booleans())
def test_any_object_is_read_as_it_was_written(step: dict[str, Any], escaped: bool) -> None:
    line = json.dumps(step, ensure_ascii=escaped).encode()
    assert b"\n" not in line
    assert read_step(line) == step


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(line: bytes) -> None:
    try:
        assert isinstance(read_step(line), dict)
    except Refusal as refusal:
        refusal.message.encode()
