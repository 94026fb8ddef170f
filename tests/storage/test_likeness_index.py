"""Cases found by the pieces of their messages; what a large import holds back until its end."""

from __future__ import annotations

import pytest

from desktop_app.storage import likeness_index
from desktop_app.storage.chunks import CHUNK
from desktop_app.storage.database import Database


def test_cases_are_found_by_their_keys_in_the_order_of_their_numbers(office: Database) -> None:
    with office.change() as work:
        work.likeness.add({"2026-0002": (1, 2), "2026-0001": (2, 3), "2026-0003": ()})
        assert work.likeness.find([1, 2, 3, 4]) == {
            1: ["2026-0002"],
            2: ["2026-0001", "2026-0002"],
            3: ["2026-0001"],
        }
        work.likeness.drop("2026-0002", (1, 2))
        work.likeness.drop("2026-0003", ())
        assert work.likeness.find([1, 2]) == {2: ["2026-0001"]}


def test_more_keys_than_one_statement_takes(office: Database) -> None:
    keys = tuple(range(CHUNK + 3))
    with office.change() as work:
        work.likeness.add({"2026-0001": keys})
        assert set(work.likeness.find(keys)) == set(keys)


def test_what_is_held_is_found_and_settled(office: Database) -> None:
    with office.change() as work:
        work.likeness.add({"2026-0001": (7,)})
        work.likeness.hold({"2026-0003": (7, 9), "2026-0002": ()})
        work.likeness.hold({"2026-0002": (9,)})
        found = {7: ["2026-0001", "2026-0003"], 9: ["2026-0002", "2026-0003"]}
        assert work.likeness.find([7, 9]) == found
        work.likeness.settle()
        assert work.likeness.find([7, 9]) == found
        work.likeness.settle()
    with office.read() as work:
        assert work.likeness.find([7, 9]) == found


def test_not_more_is_held_than_memory_should_bear(office: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(likeness_index, "_MOST_HELD", 3)
    with office.change() as work:
        work.likeness.hold({"2026-0001": (7, 8), "2026-0002": (7, 9)})
        work.likeness.hold({"2026-0003": (7,)})
        work.likeness.settle()
    with office.read() as work:
        assert work.likeness.find([7, 8, 9]) == {
            7: ["2026-0001", "2026-0002", "2026-0003"],
            8: ["2026-0001"],
            9: ["2026-0002"],
        }


def test_a_transaction_taken_back_leaves_nothing_held(office: Database) -> None:
    with pytest.raises(ZeroDivisionError), office.change() as work:
        work.likeness.hold({"2026-0003": (7,)})
        raise ZeroDivisionError
    with office.change() as work:
        assert work.likeness.find([7]) == {}
        work.likeness.hold({"2026-0004": (7,)})
        assert work.likeness.find([7]) == {7: ["2026-0004"]}
        work.likeness.settle()
