"""An office on a server taken back to an earlier day: every seat that has seen more tells of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.services import access, coming_and_going, office
from desktop_app.services.session import Session
from desktop_app.services.verification import verify
from desktop_app.storage.seals import SEAL_FILE
from desktop_app.storage.server_address import read_address, write_address
from tests.cli.offices import FIRST, PASSWORD, T, found_quickly
from tests.engines import copy_office

pytestmark = pytest.mark.server_only("a file's office has one seat, and its own seal beside it")


@pytest.fixture
def seat(tmp_path: Path) -> Path:
    """A seat at which the day was sealed."""
    folder = tmp_path / "seat"
    found_quickly(folder, T)
    _leave(_entered(folder))
    return folder


def _entered(folder: Path) -> Session:
    return office.enter(folder, FIRST, PASSWORD)


def _leave(session: Session) -> None:
    coming_and_going.note_leaving(session, "window")
    session.close()


def _another_seat(folder: Path, like: Path) -> Path:
    address = read_address(like)
    assert address is not None
    write_address(folder, address)
    return folder


def _found(folder: Path) -> list[str]:
    session = _entered(folder)
    try:
        return [problem.kind for problem in verify(session).problems]
    finally:
        session.close()


def test_a_seat_that_has_just_come_misses_no_seal_and_keeps_the_newest(seat: Path, tmp_path: Path) -> None:
    other = _another_seat(tmp_path / "other", seat)
    assert _found(other) == []
    assert (other / SEAL_FILE).read_bytes() == (seat / SEAL_FILE).read_bytes()


def test_a_server_taken_back_is_told_where_more_was_seen_and_goes_on_being_told(
    seat: Path, tmp_path: Path
) -> None:
    earlier = copy_office(seat, tmp_path / "earlier")
    session = _entered(seat)
    access.record(session, "search", {"words": "1"})
    _leave(session)
    newest = (seat / SEAL_FILE).read_bytes()
    _another_seat(seat, earlier)
    assert "rolled_back" in _found(seat)
    assert (seat / SEAL_FILE).read_bytes() == newest
    assert "rolled_back" in _found(seat)
    assert _found(_another_seat(tmp_path / "other", seat)) == []
