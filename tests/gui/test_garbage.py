"""Cycles are collected in the window's thread, whichever thread made them."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.gui.garbage import Garbage, collect_what_is_due

MANY = 5 * gc.get_threshold()[0]


class Knot:
    """Holds itself, and tells in which thread it ended."""

    def __init__(self, ended: list[int]) -> None:
        self._itself = self
        self._ended = ended

    def __del__(self) -> None:
        self._ended.append(threading.get_ident())


@pytest.fixture
def garbage(qapp: QApplication) -> Iterator[QObject]:
    made = Garbage(qapp)
    yield made
    made.setParent(None)
    made.deleteLater()


@pytest.fixture
def generations() -> Iterator[list[int]]:
    """What was collected since, by generation."""
    seen: list[int] = []

    def note(phase: str, info: dict[str, int]) -> None:
        if phase == "start":
            seen.append(info["generation"])

    gc.collect()
    gc.callbacks.append(note)
    yield seen
    gc.callbacks.remove(note)


def test_what_another_thread_made_ends_in_the_window_s(qtbot: QtBot, garbage: QObject) -> None:
    ended: list[int] = []

    def tie() -> None:
        for _ in range(MANY):
            Knot(ended)

    thread = threading.Thread(target=tie)
    thread.start()
    thread.join()
    assert ended == []
    qtbot.waitUntil(lambda: len(ended) == MANY)
    assert set(ended) == {threading.get_ident()}


def test_nothing_is_collected_before_it_is_due(generations: list[int]) -> None:
    collect_what_is_due()
    assert generations == []


def test_the_youngest_is_collected_most_and_the_others_by_their_turn(generations: list[int]) -> None:
    every = (gc.get_threshold()[1] + 2) * 2
    for _ in range(every):
        kept = [[] for _ in range(MANY)]
        collect_what_is_due()
        del kept
    assert set(generations[:5]) == {0}
    assert generations.count(1) == 2
    assert len(generations) == every
