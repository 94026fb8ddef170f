"""Wrong passwords: counted in the key ring, and answered with a wait that makes guessing slow.

From the fifth failure on an account waits, twice as long each time up to a quarter of an hour. It never stays locked:
whoever forgot and remembered comes in, though the clock was set back meanwhile.
"""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

from desktop_app.errors import StorageProblem
from desktop_app.storage.keyring_entries import CODES, Entry, Place, changing, read_entries

_FREE_ATTEMPTS = 5
_FIRST_WAIT = 30.0
_LONGEST_WAIT = 900.0
"""Seconds: guessing becomes slow, and whoever forgot and remembered waits a quarter of an hour at most."""


def moment(now: float | None) -> float:
    """Seconds since 1970: `now` where it is given, else by the clock of the PC."""
    return time.time() if now is None else now


def unlock_account(place: Place, user: str) -> None:
    """Forgets a user's failed attempts. LookupError: no such user."""
    _note(place, user, 0, 0.0, 0.0)


def waiting(folder: Path, *, now: float | None = None) -> dict[str, float]:
    """Who has to wait after wrong passwords, and for how many seconds yet."""
    at = moment(now)
    return {
        user: min(entry.locked_until - at, _LONGEST_WAIT)
        for user, entry in read_entries(folder).items()
        if user != CODES and entry.locked_until > at
    }


def refuse_while_waiting(folder: Path, name: str, entry: Entry, at: float) -> None:
    """StorageProblem ``account_locked`` while the account waits."""
    until = entry.locked_until
    if not until:
        return
    wait = min(until - entry.waits_from, _LONGEST_WAIT)
    if at < entry.waits_from or until - at > _LONGEST_WAIT:
        # The clock was set back: the same wait anew, by the clock as it is now, so that it comes to an end.
        until = at + wait
        _note(folder, name, entry.failures, at, until)
    if until > at:
        raise StorageProblem(
            "account_locked",
            f"密码连续输错 {entry.failures} 次，请在 {in_words(until - at)}后再试。",
            "等候后可再试；安全保密员（未分设三员的，系统管理员）也可用“解除锁定”立即放开。",
        )


def count_failure(folder: Path, name: str, at: float) -> float:
    """Notes one failure more, whoever else notes one at the same time; returns the wait it brings, in seconds."""
    with changing(folder) as entries:
        if name not in entries:
            return 0.0
        failures = entries[name].failures + 1
        beyond = failures - _FREE_ATTEMPTS
        wait = min(_FIRST_WAIT * 2.0 ** min(beyond, 10), _LONGEST_WAIT) if beyond >= 0 else 0.0
        entries[name] = _waiting(entries[name], failures, at, at + wait if wait else 0.0)
    return wait


def in_words(seconds: float) -> str:
    """A wait as it is told, rounded up."""
    whole = int(seconds) + 1 if seconds != int(seconds) else int(seconds)
    return f"{whole} 秒" if whole < 60 else f"{-(-whole // 60)} 分钟"


def _note(place: Place, name: str, failures: int, since: float, until: float) -> None:
    with changing(place) as entries:
        if name not in entries:
            raise LookupError(name)
        entries[name] = _waiting(entries[name], failures, since, until)


def _waiting(entry: Entry, failures: int, since: float, until: float) -> Entry:
    return replace(entry, failures=failures, waits_from=since, locked_until=until)
