"""What the window knows of the line to the server of an office of several seats, and what waits for it.

While the server is away, questions that nobody answered are kept to be asked again, and what was typed is kept to be
written once it is back; an act that somebody pressed a button for is told as failed, and is never done later.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from desktop_app.domain.waiting import Waiting
from desktop_app.errors import StorageProblem

SLOW_AFTER = 5.0
"""Seconds after which a wait is told of."""

_Task = TypeVar("_Task")


class LineWatch(Generic[_Task]):
    """Of one window; used in its thread alone."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self.away: StorageProblem | None = None
        self._since = 0.0
        self.turn: Waiting | None = None
        """Another seat's change that is waited for."""
        self._turn_told = 0.0
        self._under_way: dict[int, float] = {}
        self._questions: dict[Hashable, _Task] = {}
        self._typing: dict[Hashable, _Task] = {}

    # ------------------------------------------------------------------ how it stands

    def note(self, problem: StorageProblem | None) -> None:
        """Why the server can't be reached; None: it can."""
        if problem is not None and self.away is None:
            self._since = self._clock()
        self.away = problem

    @property
    def away_for(self) -> float:
        """Seconds since the line was lost."""
        return self._clock() - self._since if self.away is not None else 0.0

    def note_turn(self, waiting: Waiting | None) -> None:
        """Another seat's change is waited for; None: it is not any more."""
        self.turn, self._turn_told = waiting, self._clock()

    @property
    def turn_for(self) -> float:
        """Seconds that it has been waited for."""
        return self.turn.seconds + self._clock() - self._turn_told if self.turn is not None else 0.0

    def begins(self, task: _Task) -> None:
        """Something was asked for that somebody waits for."""
        self._under_way[id(task)] = self._clock()

    def ends(self, task: _Task) -> None:
        self._under_way.pop(id(task), None)

    @property
    def waiting_for(self) -> float:
        """Seconds that the longest wait has lasted."""
        return self._clock() - min(self._under_way.values()) if self._under_way else 0.0

    # ------------------------------------------------------------------ what waits

    @property
    def typed(self) -> int:
        """How many things were typed that are not on the server yet."""
        return len(self._typing)

    def keep_question(self, place: Hashable, task: _Task) -> None:
        self._questions[place] = task

    def keep_typing(self, place: Hashable, task: _Task) -> None:
        self._typing[place] = task

    def is_newer(self, place: Hashable) -> None:
        """What stands there now is asked for itself: what was kept of that place is out of date."""
        self._typing.pop(place, None)

    def take(self) -> tuple[list[_Task], list[_Task]]:
        """All that waits, questions and typing, to be tried again."""
        questions, typing = [*self._questions.values()], [*self._typing.values()]
        self._questions.clear()
        self._typing.clear()
        return questions, typing
