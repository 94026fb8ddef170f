"""Which backups are kept: the last of each of seven days, eight weeks and twenty-four months, and never too few.

Days, weeks (from Monday) and months count only where there is a backup in them, so that a long absence, or a
clock that jumped ahead, costs none of those that are there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

DAYS, WEEKS, MONTHS = 7, 8, 24

_PERIODS: tuple[tuple[int, Callable[[datetime], tuple[int, ...]]], ...] = (
    (DAYS, lambda made: (made.year, made.month, made.day)),
    (WEEKS, lambda made: tuple(made.isocalendar()[:2])),
    (MONTHS, lambda made: (made.year, made.month)),
)


def superseded(made: Iterable[datetime], proven: Iterable[datetime], now: datetime) -> frozenset[datetime]:
    """The backups, by the time each was made, that are no longer needed.

    `proven` are those of them known to be whole: the newest of these stays in any case. What was made after `now`
    comes of a clock that was wrong: it is neither counted nor deleted.
    """
    past = sorted({one for one in made if one <= now}, reverse=True)
    kept = set(sorted(one for one in proven if one <= now)[-1:])
    for most, period_of in _PERIODS:
        newest: dict[tuple[int, ...], datetime] = {}
        for one in past:
            newest.setdefault(period_of(one), one)
        kept |= set(list(newest.values())[:most])
    return frozenset(past) - kept
