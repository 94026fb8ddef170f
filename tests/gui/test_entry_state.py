"""A message typed by hand, without a window."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.domain.messages import Citizen, Message, Registration
from desktop_app.gui import entry_state as state

TODAY = date(2026, 10, 13)


def texts(**given: str) -> dict[str, str]:
    empty = {field.name: "" for field in state.FIELDS}
    return empty | {"title": "路灯", "text": "坏了", "received": "2026-10-13"} | given


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"title": " "}, "title"),
        ({"text": ""}, "text"),
        ({"received": ""}, "received"),
        ({"received": "后天"}, "received"),
        ({"received": "2026-10-14"}, "received"),
        ({"time": "2026-13-01"}, "time"),
        ({"received": "2026-10-01", "time": "2026-10-02"}, "received"),
    ],
)
def test_what_is_wrong_stands_by_its_field(given: dict[str, str], field: str) -> None:
    assert list(state.faults(texts(**given), TODAY)) == [field]


def test_a_whole_form_is_a_registration() -> None:
    given = texts(
        title=" 路灯\n坏了 ",
        text=" 三天了\r\n ",
        citizen="王小明",
        contact="13900000001",
        time="2026年10月9日 8:30",
        received="2026/10/10",
        board_number="18000001",
        kind="咨询",
    )
    assert state.faults(given, TODAY) == {}
    message = Message(
        title="路灯 坏了",
        text="三天了",
        citizen=Citizen("王小明", "13900000001"),
        board_number="18000001",
        board="市长板块",
        kind="咨询",
        written="2026-10-09 08:30:00",
    )
    assert state.registration_of(given, "tongliao-2023", "市长板块") == Registration(
        "tongliao-2023", date(2026, 10, 10), "市长板块", message
    )
