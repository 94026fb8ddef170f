"""The keys by which messages that say the same are found, proved against the messages, and made anew from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from desktop_app.domain.case import Case
from desktop_app.domain.likeness import TELLS_UP_TO, keys_of
from desktop_app.domain.messages import Message
from desktop_app.domain.office_records import Problem
from desktop_app.services.near_repeats import remember
from desktop_app.services.stages import Watch, unwatched

if TYPE_CHECKING:
    from desktop_app.storage.work import Work

_KIND, _WHERE = "search", "likeness_keys"
_REMEDY = "可用 verify --rebuild 重建"
_AT_ONCE = 5_000
"""Cases looked up together: the fewer the passes over the index, the sooner a million cases are done."""
_MOST_TOLD = 1_000
"""With so many cases wrong the index is not what it was; how many more are need not be found out."""
_PART = 500


class KeptKeys:
    """Takes every case of the register in its order, and tells at the end what is kept wrongly of them.

    A key of a message need not be kept where so many cases bear it that it tells nothing (`TELLS_UP_TO`); some of
    these may have been taken back, or have lost their words, since.
    """

    def __init__(self, work: Work) -> None:
        self._work = work
        self._waiting: dict[str, tuple[int, ...]] = {}
        self._in_place = 0
        self._wordless = 0
        self._lacking: dict[str, list[int]] = {}

    def take(self, case: Case, message: Message) -> None:
        """The next case; none is kept of one that was taken back."""
        if case.voided or len(self._lacking) > _MOST_TOLD:
            return
        if not message.title and not message.text:
            self._wordless += 1
            return
        self._waiting[case.number] = keys_of(message.title, message.text)
        if len(self._waiting) >= _AT_ONCE:
            self._look()

    def problems(self) -> Iterator[Problem]:
        """Once all cases were taken."""
        self._look()
        if len(self._lacking) > _MOST_TOLD:
            yield _problem(f"至少 {_MOST_TOLD:,} 件缺少，如 {min(self._lacking)}")
            return
        gone = self._bearers_gone({key for keys in self._lacking.values() for key in keys})
        bearing = self._work.likeness.counts(gone)
        wrong = [
            number
            for number, keys in self._lacking.items()
            if any(bearing.get(key, 0) + gone[key] + self._wordless < TELLS_UP_TO for key in keys)
        ]
        if wrong:
            yield _problem(f"{len(wrong):,} 件缺少，如 {min(wrong)}")
        if (too_many := self._work.likeness.total() - self._in_place) > 0:
            yield _problem(f"多出 {too_many:,} 条")

    def _look(self) -> None:
        lacking = self._work.likeness.lacking(self._waiting)
        self._in_place += sum(map(len, self._waiting.values())) - sum(map(len, lacking.values()))
        self._waiting.clear()
        bearing = self._work.likeness.counts(key for keys in lacking.values() for key in keys)
        for number, keys in lacking.items():
            doubtful = [key for key in keys if bearing.get(key, 0) < TELLS_UP_TO]
            if doubtful:
                self._lacking[number] = doubtful

    def _bearers_gone(self, keys: set[int]) -> dict[int, int]:
        """How many of the cases taken back bore each of these keys once."""
        gone = dict.fromkeys(keys, 0)
        voided = (row.number for row in self._work.cases.all() if row.voided) if keys else iter(())
        for part in _parts(voided):
            for message in self._work.messages.what_was_said(part).values():
                for key in keys.intersection(keys_of(message.title, message.text)):
                    gone[key] += 1
        return gone


def rebuild(work: Work, watch: Watch = unwatched) -> None:
    """Keep the keys of all cases anew, as if they had come in one after the other; `watch` is told how many did."""
    work.likeness.clear()
    done = 0
    for part in _parts(row.number for row in work.cases.all() if not row.voided):
        remember(work, list(work.messages.what_was_said(part).items()), hold=True)
        done += len(part)
        watch(done)
    work.likeness.settle()


def _parts(numbers: Iterable[str]) -> Iterator[list[str]]:
    waiting = iter(numbers)
    while part := list(islice(waiting, _PART)):
        yield part


def _problem(what: str) -> Problem:
    return Problem(_KIND, _WHERE, f"查找相似留言的索引与留言不一致：{what}；{_REMEDY}。")
