"""Messages that say the same as an earlier one in other words (X 第四条, T 第五条): found as a file comes in, or for one case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_app.domain.incoming import IncomingMessage
from desktop_app.domain.likeness import TELLS_UP_TO, Likeness, Portrait, compare, keys_of, likely, portrait
from desktop_app.domain.messages import Message
from desktop_app.domain.repeats import Earlier

if TYPE_CHECKING:
    from desktop_app.storage.work import Work


@dataclass(frozen=True, slots=True)
class Near:
    """The earlier message that one looks most like, and how far."""

    of: Earlier
    likeness: Likeness


class NearRepeats:
    """What a file brings, held against the register and against its own earlier rows, part by part in their order."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._messages: dict[int, Message] = {}
        self._numbers: dict[int, str] = {}
        self._rows: dict[int, list[int]] = {}
        self._kept: dict[int, tuple[int, ...]] = {}

    def look(self, part: Sequence[IncomingMessage], known: Mapping[int, Earlier]) -> dict[int, Near]:
        """By row, the earlier message that a person should look at. `known`: rows already known to repeat another."""
        self._messages |= {one.row: one.message for one in part}
        keys = {one.row: keys_of(one.message.title, one.message.text) for one in part}
        found = self._work.likeness.find(key for several in keys.values() for key in several)
        likely_of: dict[int, list[str | int]] = {}
        for one in part:
            mine = {key: [*found.get(key, ()), *self._rows.get(key, ())] for key in keys[one.row]}
            likely_of[one.row] = likely(mine)
            self._kept[one.row] = kept = tuple(key for key in mine if len(mine[key]) < TELLS_UP_TO)
            for key in kept:
                self._rows.setdefault(key, []).append(one.row)
        return self._judged(part, known, likely_of)

    def _judged(
        self,
        part: Sequence[IncomingMessage],
        known: Mapping[int, Earlier],
        likely_of: Mapping[int, Sequence[str | int]],
    ) -> dict[int, Near]:
        numbers = {one for several in likely_of.values() for one in several if isinstance(one, str)}
        certain_of = {one.row: self._name_of(known[one.row]) for one in part if one.row in known}
        numbers |= {one for one in certain_of.values() if isinstance(one, str)}
        registered = self._work.messages.what_was_said(numbers)
        seen: dict[str | int, Portrait] = {}

        def seen_as(name: str | int) -> Portrait | None:
            if name not in seen:
                message = self._messages.get(name) if isinstance(name, int) else registered.get(name)
                if message is None:
                    return None
                seen[name] = portrait(message)
            return seen[name]

        judged: dict[int, Near] = {}
        for one in part:
            certain = certain_of.get(one.row)
            others = [certain] if certain is not None else likely_of[one.row]
            near = [
                Near(_earlier(other), compare(seen[one.row], theirs))
                for other in others
                if seen_as(one.row) is not None and (theirs := seen_as(other)) is not None
            ]
            near = [each for each in near if certain is not None or each.likeness.suspected]
            if near:
                judged[one.row] = max(near, key=lambda each: each.likeness.score)
        return judged

    def registered(self, numbers: Mapping[int, str]) -> None:
        """These rows are cases now: found from here on by the register, by their numbers, and not held any more."""
        self._numbers |= numbers
        for row in numbers:
            self._messages.pop(row, None)
        self._work.likeness.hold({number: self._kept.pop(row, ()) for row, number in numbers.items()})
        self._rows.clear()

    def settle(self) -> None:
        """The last part is registered."""
        self._work.likeness.settle()

    def _name_of(self, earlier: Earlier) -> str | int:
        if earlier.number is not None:
            return earlier.number
        row = earlier.row or 0
        return self._numbers.get(row, row)


def _earlier(name: str | int) -> Earlier:
    return Earlier(row=name) if isinstance(name, int) else Earlier(number=name)


def remember(work: Work, messages: Sequence[tuple[str, Message]], hold: bool = False) -> None:
    """Make cases known by their likeness, by register number; those registered by hand, or made again.

    With `hold` they are written when the index is told to settle: for a great many.
    """
    keys = {number: keys_of(message.title, message.text) for number, message in messages}
    bearing = work.likeness.counts(key for several in keys.values() for key in several)
    telling: dict[str, list[int]] = {}
    for number, several in keys.items():
        telling[number] = [key for key in several if bearing.get(key, 0) < TELLS_UP_TO]
        bearing |= {key: bearing.get(key, 0) + 1 for key in telling[number]}
    (work.likeness.hold if hold else work.likeness.add)(telling)


def forget(work: Work, number: str) -> None:
    """A voided case is like no other any more."""
    message = work.messages.what_was_said([number]).get(number)
    if message is not None:
        work.likeness.drop(number, keys_of(message.title, message.text))


@dataclass(frozen=True, slots=True)
class NearCase:
    """Another case, and how far the two say the same."""

    number: str
    likeness: Likeness


def near_of(work: Work, number: str, certain: Sequence[str] = ()) -> list[NearCase]:
    """The cases that it helps to see beside this one, and those that are `certain`; the likest first."""
    message = work.messages.what_was_said([number])[number]
    found = work.likeness.find(keys_of(message.title, message.text))
    names = dict.fromkeys((*certain, *likely(found, most=_MOST_READ)))
    mine = portrait(message)
    near = [
        NearCase(name, compare(mine, portrait(said)))
        for name, said in work.messages.what_was_said(name for name in names if name != number).items()
    ]
    wanted = (one for one in near if one.likeness.related or one.number in certain)
    return sorted(wanted, key=lambda one: (-one.likeness.score, one.number))


_MOST_READ = 40
