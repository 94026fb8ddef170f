"""Which acts on a case stand in the way of taking it back whole."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.domain.events import Event
from desktop_app.services.taking_back import later_acts

CASE = "2025-0001"


def event(number: int, action: str, **keys: str) -> Event:
    return Event(number, action, date(2025, 9, 18), "王敏", "", CASE, keys, {})


def acts(*events: Event) -> list[str]:
    return [one.action for one in later_acts(events)]


def test_whatever_is_done_on_an_imported_case_is_a_later_act() -> None:
    assert acts(event(7, "register"), event(8, "accept")) == ["accept"]


def test_the_steps_of_an_old_case_came_with_it() -> None:
    line = [event(7, "register", steps="2"), event(8, "accept"), event(9, "dispatch")]
    assert acts(*line) == []
    assert acts(*line, event(10, "receive")) == ["receive"]


@pytest.mark.parametrize("action", ["reveal", "recount"])
def test_looking_and_counting_anew_are_no_acts(action: str) -> None:
    assert acts(event(7, "register"), event(9, action)) == []
