"""A year of a sample office: told the same for the same seed, whole, and with all that a year brings."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from desktop_app.domain.corrections import CORRECT
from desktop_app.domain.events import Event
from desktop_app.domain.numbering import parse_register_number
from desktop_app.errors import Cancelled, Refusal
from desktop_app.services import office, regulations, sample_year, verification
from desktop_app.services.sample_office import PASSWORD
from desktop_app.services.sample_year import YearWanted
from tests.cli.offices import BOTH, FIRST, T
from tests.engines import place

YEAR, END = 2026, date(2026, 12, 31)


def told(folder: Path, wanted: YearWanted) -> tuple[list[Event], list[str]]:
    """All events of the year, and what `verify` finds wrong with it."""
    sample_year.make(place(folder), wanted)
    session = office.enter(folder, FIRST, PASSWORD, END)
    try:
        with session.read() as work:
            events = list(work.journal.since(0))
        return events, [one.message for one in verification.verify(session).problems]
    finally:
        session.close()


@pytest.mark.parametrize("regulation", BOTH)
def test_a_year_has_all_that_a_year_brings_and_stands_up(regulation: str, tmp_path: Path) -> None:
    events, problems = told(tmp_path / "office", YearWanted(regulation, YEAR, 160, until=END))
    assert problems == []
    acts = Counter(one.action for one in events)
    assert acts["register"] == 160
    for action in (
        *("accept", "refuse", "tell-refusal", "dispatch", "receive", "reply", "pass-review", "publish"),
        *(
            "apply-extension",
            "approve-extension",
            "rework",
            "remind",
            "urge",
            "serve",
            "follow-up",
            "contact",
        ),
        *("link-duplicate", "answer-with", "answer-privately", "close", "archive", "return", "assess"),
    ):
        assert acts[action], action
    days = [one.on for one in events]
    assert days != sorted(days), "some paper is entered late"
    months = Counter(one.on.month for one in events if one.action == "register")
    assert set(months) == set(range(1, 13))


def test_the_same_seed_tells_the_same_year(tmp_path: Path) -> None:
    def facts(folder: str, seed: int) -> list[tuple[str | None, str, date, dict[str, str]]]:
        events, _ = told(tmp_path / folder, YearWanted(T, YEAR, 25, seed, END))
        return [(one.case, one.action, one.on, dict(one.keys)) for one in events]

    assert facts("one", 3) == facts("two", 3)
    assert facts("three", 4) != facts("one-again", 3)


def test_the_register_runs_in_the_order_of_the_days(tmp_path: Path) -> None:
    events, _ = told(tmp_path / "office", YearWanted(T, YEAR, 60, until=date(2026, 6, 30)))
    registered = [one for one in events if one.action == "register"]
    assert [one.on for one in registered] == sorted(one.on for one in registered)
    assert max(one.on for one in events) <= date(2026, 6, 30)
    serials = [parse_register_number(str(one.case)).serial for one in registered]
    assert serials == list(range(1, len(registered) + 1))
    corrected = {one.keys["event"] for one in events if one.action == CORRECT}
    assert corrected <= {str(one.id) for one in events}


def test_a_year_that_is_not_there_yet_is_refused(tmp_path: Path) -> None:
    folder = place(tmp_path / "office")
    before = sorted(folder.glob("*"))
    with pytest.raises(Refusal, match="还没有到"):
        sample_year.make(folder, YearWanted(T, 2090, 5))
    assert sorted(folder.glob("*")) == before


def test_a_regulation_without_a_roster_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sample_year, "roster_file", lambda regulation: None)
    with pytest.raises(Refusal, match="没有样例单位名册"):
        sample_year.make(place(tmp_path / "office"), YearWanted(T, YEAR, 5, until=END))
    assert regulations.load(T).id == T


def test_telling_can_be_stopped(tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        sample_year.make(
            place(tmp_path / "office"), YearWanted(T, YEAR, 5, until=END), lambda done, total: False
        )
