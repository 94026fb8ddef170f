"""What encryption costs: the same acts of the same program on an office with a key and on its twin without one."""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

from benchmarks.measure import Row, best_of, best_of_each
from desktop_app.domain.messages import Citizen, Message, Registration
from desktop_app.services import office, queries
from desktop_app.services.cases import act
from desktop_app.services.queries import CaseQuery
from desktop_app.services.registration import register_all
from desktop_app.services.session import Session
from desktop_app.storage import database, engine, keyring, keyring_entries

_CASES, _PIECE = 10_000, 1_000
_REGULATION, _USER, _PASSWORD = "tongliao-2023", "王敏", "春风又绿江南岸呀呀呀"
_TODAY = date(2026, 10, 30)
_WORDS = (
    "小区供水水压不足",
    "路灯半个月不亮",
    "公交线路太少",
    "夜间施工噪音",
    "垃圾清运不及时",
    "停车收费不合理",
)
_KEYED = engine.connect_file


@dataclass(frozen=True)
class _Twin:
    """One of the two: where it lies, its key, and how it is entered."""

    folder: Path
    key: bytes
    plain: bool

    @contextmanager
    def entered(self) -> Iterator[Session]:
        with self.opening():
            session = office.enter_with_key(self.folder, _USER, self.key, _TODAY)
        try:
            yield session
        finally:
            session.close()

    @contextmanager
    def opening(self) -> Iterator[None]:
        if not self.plain:
            yield
            return
        with patch.object(engine, "connect_file", _unkeyed), patch.object(database, "connect_file", _unkeyed):
            yield


def run() -> list[Row]:
    """Every act on both, in one run."""
    with tempfile.TemporaryDirectory() as name:
        keyed = _made(Path(name) / "keyed")
        plain = _twin_of(keyed, Path(name) / "plain")
        rows = [_compared(words, target, times, keyed, plain, one) for words, target, times, one in _ACTS]
        rows.append(_unlocking(keyed))
    return rows


_Act = Callable[[_Twin, Session], Callable[[], object]]
"""What is to be timed, made ready on one of the two."""


def _compared(words: str, target: str, times: int, keyed: _Twin, plain: _Twin, act: _Act) -> Row:
    with keyed.entered() as first, plain.entered() as second:
        best = best_of_each((act(keyed, first), act(plain, second)), times)
    return Row(words, f"{_CASES:,}", best[0], "without a key", best[1], target)


def _listing(query: CaseQuery) -> _Act:
    return lambda twin, session: lambda: queries.list_cases(session, query)


def _accepting(twin: _Twin, session: Session) -> Callable[[], object]:
    """Each time on another case; both twins use the same ones."""
    numbers = iter(f"2026-{serial:04d}" for serial in range(1, _CASES))
    return lambda: act(session, next(numbers), "accept", {"category": "投诉"}, _TODAY)


def _entering(twin: _Twin, session: Session) -> Callable[[], object]:
    def once() -> None:
        with twin.entered() as another:
            queries.list_cases(another, CaseQuery(open_only=True, sort="due"))

    return once


_ACTS: tuple[tuple[str, str, int, _Act], ...] = (
    (
        "list page, 50 rows, through the program",
        "≤ 1.5 ×",
        40,
        _listing(CaseQuery(open_only=True, sort="due")),
    ),
    ("search, 4 characters, through the program", "≤ 2 ×", 40, _listing(CaseQuery(text="水压不足"))),
    ("search, 1 character, through the program", "≤ 6 ×", 20, _listing(CaseQuery(text="水", sort="due"))),
    ("one durable act, through the program", "≤ 1.5 ×", 100, _accepting),
    ("key given → first list, through the program", "≤ 2 ×", 15, _entering),
)


def _unlocking(keyed: _Twin) -> Row:
    """What a password costs once a day, beside all the rest."""
    seconds = best_of(lambda: keyring.unlock(keyed.folder, _USER, _PASSWORD), 3)
    return Row("a password made into the key (Argon2id)", "1", seconds, "", 0, "≤ 400 ms")


def _made(folder: Path) -> _Twin:
    office.found(folder, "某市督查室", _REGULATION, _USER, _PASSWORD)
    twin = _Twin(folder, keyring.unlock(folder, _USER, _PASSWORD), plain=False)
    chance = random.Random(20261126)
    with twin.entered() as session:
        for start in range(0, _CASES, _PIECE):
            with session.change() as work:
                register_all(session, work, [_registration(chance, start + one) for one in range(_PIECE)])
    return twin


def _registration(chance: random.Random, place: int) -> Registration:
    text = "。".join(chance.choices(_WORDS, k=12)) + f"。第 {place} 号。"
    message = Message(chance.choice(_WORDS), text, Citizen("常乐", "13900000000"), str(4_000_000 + place))
    return Registration(_REGULATION, date(2026, 1 + place % 9, 1 + place % 28), "市长板块", message)


def _twin_of(keyed: _Twin, folder: Path) -> _Twin:
    folder.mkdir()
    shutil.copyfile(keyed.folder / keyring_entries.KEYRING_FILE, folder / keyring_entries.KEYRING_FILE)
    connection = _KEYED(keyed.folder / database.DATABASE_FILE, keyed.key)
    connection.execute("ATTACH DATABASE ? AS plain KEY ''", (str(folder / database.DATABASE_FILE),))
    connection.execute("SELECT sqlcipher_export('plain')").fetchone()
    connection.close()
    return _Twin(folder, keyed.key, plain=True)


def _unkeyed(path: Path, key: bytes) -> Any:
    """As `engine.connect_file`, with everything but the key."""
    from sqlcipher3 import dbapi2

    driver: Any = dbapi2.connect(
        str(path), timeout=10, isolation_level=None, check_same_thread=False, cached_statements=256
    )
    driver.execute("PRAGMA foreign_keys = ON")
    driver.execute("PRAGMA synchronous = FULL")
    driver.execute("PRAGMA temp_store = MEMORY")
    driver.execute("PRAGMA cache_size = -16000")
    return driver
