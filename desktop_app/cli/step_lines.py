"""The lines of a file that is replayed: read one at a time, each a JSON object, or refused with what is wrong in it."""

from __future__ import annotations

import argparse
import json
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, BinaryIO

from desktop_app.cli.main import iso_date
from desktop_app.errors import Refusal

_LONGEST = 8 * 1024 * 1024
"""Bytes. No step comes near it; a film given by mistake, which has no line ends, must not fill the memory."""

_WHAT_CAN_BE_READ = "每行应是一个 UTF-8 的 JSON 对象。"


def lines_of(file: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Lines that are not blank, with their numbers as an editor counts them; None for one beyond all measure."""
    for number, line in enumerate(_measured(file), start=1):
        if line is None or line.removeprefix(BOM_UTF8).strip():
            yield number, line


def _measured(file: BinaryIO) -> Iterator[bytes | None]:
    while line := file.readline(_LONGEST):
        if len(line) < _LONGEST or line.endswith(b"\n"):
            yield line
            continue
        while (rest := file.readline(_LONGEST)) and not rest.endswith(b"\n"):
            pass
        yield None


def read_step(line: bytes | None) -> dict[str, Any]:
    """The object that stands on a line. Refusal `unknown_value` where none does, or where it cannot be kept as it is."""
    if line is None:
        raise Refusal("unknown_value", "这一行太长，不像是一步。", None, _WHAT_CAN_BE_READ)
    try:
        # A mark of byte order stands before the first line, and before others where files were joined.
        step = json.loads(line.decode("utf-8-sig"), object_pairs_hook=_object, parse_constant=_no_number)
    except UnicodeDecodeError:
        raise Refusal("unknown_value", "这一行不是 UTF-8 的文字。", None, "请把文件另存为 UTF-8。") from None
    except json.JSONDecodeError as error:
        raise Refusal(
            "unknown_value",
            f"这一行不是正确的 JSON：第 {error.colno} 个字符起读不下去。",
            None,
            _WHAT_CAN_BE_READ,
        ) from None
    except (RecursionError, ValueError) as error:
        raise Refusal("unknown_value", "这一行的 JSON 层次太深或数太长。", None, _WHAT_CAN_BE_READ) from error
    if not isinstance(step, dict):
        raise Refusal("unknown_value", "这一行应是一个 JSON 对象。")
    _check_whole(step)
    return step


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """JSON lets the last of two win; which of two facts is meant only the writer knows."""
    made = dict(pairs)
    if len(made) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise Refusal("unknown_value", f"这一行的“{_shown(twice)}”写了两次。", None, "请只留一个。")
    return made


def _no_number(word: str) -> Any:
    raise Refusal("unknown_value", f"这一行的 {word} 不是数。")


def _check_whole(step: dict[str, Any]) -> None:
    """An escape may name half of a character, which no file can hold."""
    try:
        json.dumps(step, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        half = error.object[error.start]
        raise Refusal(
            "unknown_value", f"这一行有残缺的字符（\\u{ord(half):04x}）。", None, "请改成完整的字。"
        ) from None


def _shown(name: str) -> str:
    return name.encode("utf-8", "replace").decode()


def value_as_text(name: str, value: Any) -> str:
    """Values may be written as JSON has them: true, 5, ["a", "b"]; null is no value."""
    if isinstance(value, list):
        return ",".join(_plain(name, one) for one in value)
    return _plain(name, value)


def _plain(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict | list):
        raise Refusal("unknown_value", f"{name} 应是文字、数、是否，或由它们组成的列表。")
    return "" if value is None else str(value)


def day_of(step: dict[str, Any]) -> date | None:
    """The day that `on` names; None where it is not given."""
    if step.get("on") is None:
        return None
    try:
        return iso_date(str(step["on"]))
    except argparse.ArgumentTypeError:
        raise Refusal("unknown_value", f"on 应为 2026-10-09 这样的日期，现为“{step['on']}”。") from None


def check_names(step: dict[str, Any], known: Iterable[str]) -> None:
    """Refusal `unknown_value` where the line has something else."""
    unknown = sorted(set(step) - set(known))
    if unknown:
        raise Refusal("unknown_value", f"这一行有不认识的项：{'、'.join(unknown)}。")
