"""The journal and the access log looked at together: for proving them, not for working with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from desktop_app.domain.office_records import Problem
from desktop_app.storage.chain import ACCESS_LOG, JOURNAL, check_access_log, check_chain, problem_at
from desktop_app.storage.comparison import Difference, first_differences

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

_CHUNK = 5000
_ENTERED = '"entered":"'
"""Before the time of an entry in its text; what stands before it there can hold no quotation mark."""
_TIME_LETTERS = 29


class BothChains:
    """Reads only."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def check(
        self, title_of: Callable[[str], str], watch: Callable[[int], None] | None = None
    ) -> Iterator[Problem]:
        """Every fault of both, each chain's first fault first; `title_of` says what the office calls a step, `watch`
        is told now and then which event was reached."""
        yield from check_chain(self._connection, title_of, watch)
        yield from check_access_log(self._connection, title_of)

    def hold(self, journal: tuple[int, str], access: tuple[int, str]) -> bool:
        """Whether the entries of these numbers have these links; so then have all before them, where the chain is whole."""
        return all(
            not number
            or self._connection.execute(select(chain.table.c.hash).where(chain.table.c.id == number)).scalar()
            == link
            for chain, (number, link) in ((JOURNAL, journal), (ACCESS_LOG, access))
        )

    def differences(self, driver: Any) -> list[Difference]:
        """Of each chain the first entry that is not as in the copy that `driver` has open."""
        return first_differences(self._connection, driver)

    def times_gone_back(self, tolerance: timedelta) -> Iterator[Problem]:
        """Entries that were entered, by their clock, more than `tolerance` before the one before them."""
        for chain in (JOURNAL, ACCESS_LOG):
            columns, before = chain.table.c, ""
            rows = self._connection.execute(
                select(columns.id, columns.canonical).order_by(columns.id).execution_options(yield_per=_CHUNK)
            )
            for number, canonical in rows:
                place = canonical.find(_ENTERED) + len(_ENTERED)
                now = canonical[place : place + _TIME_LETTERS].partition('"')[0]
                if now < before and _is_earlier(now, before, tolerance):
                    words = f"录入于 {_words(now)}，早于前一条的 {_words(before)}，当时本机时钟被往回拨过"
                    yield problem_at(chain, "clock_went_back", number, None, words)
                before = now


def _is_earlier(now: str, before: str, tolerance: timedelta) -> bool:
    try:
        return datetime.fromisoformat(now) < datetime.fromisoformat(before) - tolerance
    except (ValueError, TypeError):
        return False


def _words(moment: str) -> str:
    return moment[:16].replace("T", " ")
