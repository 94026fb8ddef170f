"""Two recovery codes, kept by two persons, which together open the data key where every password is forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from desktop_app.errors import StorageProblem
from desktop_app.storage.key_wrapping import STANDARD, Cost, wrap
from desktop_app.storage.keyring import Unlocked, opened
from desktop_app.storage.keyring_entries import CODES, Entry, PasswordState, Place, changing, read_entries
from desktop_app.storage.wrong_passwords import count_failure, in_words, moment


def set_codes(
    place: Place, data_key: bytes, codes: Sequence[str], made: str, *, cost: Cost = STANDARD
) -> None:
    """From now on these two codes open the office together, and no others."""
    with changing(place) as entries:
        entries[CODES] = Entry(wrap(data_key, CODES, " ".join(codes), cost), PasswordState(made))


def codes_made(folder: Path) -> str:
    """When the recovery codes were made; empty where there are none."""
    entry = read_entries(folder).get(CODES)
    return entry.state.changed if entry is not None else ""


def open_by_codes(folder: Path, codes: Sequence[str], *, now: float | None = None) -> Unlocked:
    """What both codes open. StorageProblem ``wrong_password``, ``account_locked`` as for a password."""
    entry = read_entries(folder).get(CODES)
    if entry is None:
        raise StorageProblem(
            "wrong_password",
            "这里没有可用的两人恢复码：没有制作过，或者已经用过一次。",
            "请找还记得密码的安全保密员；都忘了，就只能恢复还记得密码那天的备份。",
        )
    unlocked = opened(folder, CODES, entry, " ".join(codes), now)
    if unlocked is None:
        wait = count_failure(folder, CODES, moment(now))
        after = f"请在 {in_words(wait)}后再试。" if wait else "请核对是不是最近一次制作的两份。"
        raise StorageProblem("wrong_password", "两份恢复码不对。", after)
    return unlocked


def set_password_by_codes(
    place: Place, data_key: bytes, user: str, password: str, changed: str, *, cost: Cost = STANDARD
) -> None:
    """A new password for `user`; the codes are used up with it."""
    with changing(place) as entries:
        entries.pop(CODES, None)
        entries[user] = Entry(wrap(data_key, user, password, cost), PasswordState(changed))
