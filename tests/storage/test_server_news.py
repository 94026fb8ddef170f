"""What is told of others' changes over a line of its own, and how it is found out that the server is away."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop_app.domain.events import NewEvent
from desktop_app.errors import StorageProblem
from desktop_app.storage import server_news
from desktop_app.storage.database import Database, create, open_database
from desktop_app.storage.server_address import ServerAddress, write_address
from desktop_app.storage.server_news import Heard
from tests import engines
from tests.cut_line import CutLine

pytestmark = pytest.mark.server_only("a file tells nothing")

KEY = bytes(32)
PATIENCE = 60


class Ears:
    """Takes down what is told, in order."""

    def __init__(self) -> None:
        self.changes: queue.SimpleQueue[Heard | None] = queue.SimpleQueue()
        self.line: queue.SimpleQueue[StorageProblem | None] = queue.SimpleQueue()

    def change(self) -> Heard | None:
        return self.changes.get(timeout=PATIENCE)

    def standing(self) -> str:
        """``up``, or why it is not."""
        problem = self.line.get(timeout=PATIENCE)
        return "up" if problem is None else problem.code


@pytest.fixture
def line() -> Iterator[CutLine]:
    with CutLine(engines.server()) as made:
        yield made


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Database]:
    """A seat whose line is whole."""
    made = create(engines.place(tmp_path / "other"), KEY)
    yield made
    made.close()


@pytest.fixture
def seat(
    other: Database, line: CutLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Database]:
    """A seat whose line can be cut, and which is quick to notice."""
    monkeypatch.setattr(server_news, "PULSE", 0.1)
    monkeypatch.setattr(server_news, "ANSWER", 0.3)
    name = engines._run.databases[(tmp_path / "other").resolve()]
    write_address(tmp_path / "seat", ServerAddress.of(line.address(name)))
    opened = open_database(tmp_path / "seat", KEY)
    yield opened
    opened.leave()
    opened.close()


@pytest.fixture
def ears(seat: Database) -> Iterator[Ears]:
    """Listening, and its line up."""
    made = Ears()
    end = seat.listen(made.changes.put, made.line.put)
    assert end is not None
    assert made.standing() == "up"
    yield made
    end()


def put(office: Database, key: str) -> None:
    with office.change() as work:
        work.settings.put(key, "1")


def test_what_another_seat_does_is_heard_and_what_this_one_does_is_not(
    seat: Database, other: Database, ears: Ears, make_event: Callable[..., NewEvent]
) -> None:
    put(seat, "own")
    with other.change() as work:
        work.journal.append([make_event("2026-0007")])
    assert ears.change() == Heard(frozenset(("cases",)), frozenset(("2026-0007",)))


@pytest.mark.parametrize("how", ["cut", "hang"])
def test_a_server_that_is_away_is_told_once_and_all_is_looked_at_when_it_is_back(
    seat: Database, other: Database, ears: Ears, line: CutLine, how: str
) -> None:
    put(seat, "before")
    getattr(line, how)()
    assert ears.standing() == ("server_lost" if how == "cut" else "server_silent")
    with pytest.raises(StorageProblem) as told:
        put(seat, "meanwhile")
    assert told.value.code in ("server_lost", "server_silent")
    put(other, "meanwhile")
    line.mend()
    while (standing := ears.standing()) != "up":
        assert standing in ("server_lost", "server_silent")
    assert ears.change() is None, "nobody knows what was changed"
    put(seat, "after")
    with other.read() as work:
        assert work.settings.all().keys() == {"before", "meanwhile", "after"}


def test_a_seat_that_was_thrown_out_and_let_in_again_goes_on(
    seat: Database, other: Database, ears: Ears
) -> None:
    engines.server().cut_connections(engines._run.databases[other.folder.resolve()])
    assert ears.standing() == "server_lost"
    assert ears.standing() == "up"
    assert ears.change() is None


def test_what_is_told_names_cases_or_any() -> None:
    assert Heard.of(["units", "events 2026000000001 2026000000002"]) == Heard(
        frozenset(("units", "cases")), frozenset(("2026-0001", "2026-0002"))
    )
    assert Heard.of(["events ", "events 2026000000001"]) == Heard(frozenset(("cases",)))
