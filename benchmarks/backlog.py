"""A year of old paper: replayed from a file by the command line, and typed as lines through the service."""

from __future__ import annotations

import contextlib
import io
import json
import os
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from benchmarks.measure import Row
from desktop_app.cli.main import main
from desktop_app.domain.backlog_lines import ON, BacklogLine
from desktop_app.domain.history import REGISTER
from desktop_app.domain.units import Unit
from desktop_app.services import backlog, office
from desktop_app.services.session import Session

_TYPED, _REPLAYED = 100, 300
"""Files. A replay takes in the start of the program, so it is long enough for that to weigh little."""
_USER, _PASSWORD, _REGULATION = "王敏", "ce-su-yong-de-mi-ma", "tongliao-2023"
_UNIT = "市住房和城乡建设局"
_STEPS = (
    ("accept", 0, {"category": "投诉"}),
    ("dispatch", 1, {"lead": _UNIT}),
    ("receive", 1, {}),
    (
        "reply",
        4,
        {
            "text": "已更换灯具并恢复照明。" * 10,
            "signer": "张平",
            "stamped": "yes",
            "handler": "李某",
            "phone": "无",
        },
    ),
    ("pass-review", 4, {"by": "主任", "public": "yes"}),
    ("publish", 4, {}),
    ("close", 5, {}),
    ("archive", 6, {"retention": "10年"}),
)
"""What happened to each, and how many days after it came in."""


def run() -> list[Row]:
    """Both ways into one office; each step safely on disk before the next."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "office"
        office.found(folder, "测速办", _REGULATION, _USER, _PASSWORD)
        session = office.enter(folder, _USER, _PASSWORD)
        try:
            office.bring_in_units(session, [Unit(_UNIT)])
            typed = _typed(session)
        finally:
            session.close()
        replayed = _replayed(Path(name), folder)
        floor = _floor(Path(name))
    floor_name = "append 4 KiB + fdatasync"
    return [
        Row(
            "one step of a replay, durable",
            f"{_REPLAYED} × {len(_STEPS)}",
            replayed,
            floor_name,
            floor,
            ">= 300 /s",
        ),
        Row("one old case of nine steps, typed", str(_TYPED), typed, floor_name, floor, "<= 100 ms"),
    ]


def _typed(session: Session) -> float:
    started = time.perf_counter()
    batch = None
    for place in range(_TYPED):
        came = date(2024, 1, 2) + timedelta(days=place)
        facts = {f"{REGISTER}.{key}": words for key, words in _message(place, "t").items()}
        facts[f"{REGISTER}.{ON}"] = came.isoformat()
        for action, after, keys in _STEPS:
            facts |= {f"{action}.{key}": value for key, value in keys.items()}
            if action != "accept":
                facts[f"{action}.{ON}"] = (came + timedelta(days=after)).isoformat()
        batch = backlog.enter(session, _REGULATION, BacklogLine(facts), batch).batch
    return (time.perf_counter() - started) / _TYPED


def _replayed(folder: Path, data: Path) -> float:
    """Seconds a step, without bringing in the messages."""
    (folder / "password").write_text(_PASSWORD, encoding="utf-8")
    sheet, steps = folder / "messages.csv", folder / "steps.jsonl"
    titles = [_message(place, "r") for place in range(_REPLAYED)]
    rows = [f"{one['board_number']},{one['title']},{one['text']},2024-06-03" for one in titles]
    sheet.write_text("\n".join(["留言编号,留言主题,留言详情,收件日期", *rows]), encoding="utf-8")
    steps.write_text("\n".join(_lines(date(2024, 6, 3))), encoding="utf-8")
    options = ["--data", str(data), "--user", _USER, "--password-file", str(folder / "password"), "--json"]
    whole = _seconds(["replay", str(steps), *options, "--stream"], ["import", str(sheet), *options])
    return whole / (_REPLAYED * len(_STEPS))


def _lines(came: date) -> Iterator[str]:
    for place in range(_REPLAYED):
        number = f"board:{_message(place, 'r')['board_number']}"
        for action, after, keys in _STEPS:
            on = (came + timedelta(days=after)).isoformat()
            yield json.dumps({"number": number, "action": action, "on": on, "keys": keys}, ensure_ascii=False)


def _seconds(measured: list[str], before: list[str]) -> float:
    with contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO())):
        for call in (before, measured):
            started = time.perf_counter()
            if main(call, lambda *_: 0):
                raise RuntimeError(f"{call[0]} was refused")
    return time.perf_counter() - started


def _message(place: int, kind: str) -> dict[str, str]:
    text = f"第 {place} 件。小区东门外的路灯坏了半个月，夜里看不清路，请尽快修复。"
    return {"title": f"第 {place} 件：路灯不亮", "text": text, "board_number": f"{kind}{place}"}


def _floor(folder: Path) -> float:
    descriptor = os.open(folder / "floor", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    started = time.perf_counter()
    for _ in range(_TYPED):
        os.write(descriptor, b"x" * 4096)
        os.fdatasync(descriptor)
    seconds = (time.perf_counter() - started) / _TYPED
    os.close(descriptor)
    return seconds
