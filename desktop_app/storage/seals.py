"""Seals of both chains: made, kept, held against the chains; the last one also lies beside the key ring.

There it tells of a database file that was taken back to an earlier copy of itself: the chains of the copy are whole,
but do not reach as far as the seal. Where the office lies on a server each seat keeps the newest seal it has seen in its
own folder: whoever takes the server back to an earlier day can't take all the seats back with it.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select

from desktop_app.domain.events import FIRST_LINK
from desktop_app.domain.office_records import Problem
from desktop_app.domain.seals import (
    NO_END,
    SEAL_KEY_BYTES,
    ChainEnd,
    Seal,
    canonical_seal,
    is_genuine,
    read_seal,
    seal_mac,
)
from desktop_app.storage.chain import ACCESS_LOG, JOURNAL, Chain, losses_of, problem_at
from desktop_app.storage.safe_files import write_whole
from desktop_app.storage.server_address import read_address
from desktop_app.storage.settings import Settings
from desktop_app.storage.tables import journal_head, seals

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

SEAL_FILE = "last-seal.json"
SEAL_KEY = "seals.key"
"""Setting: random, so that it outlasts a renewal of the data key; in the encrypted file it is as safe as that."""


class Seals:
    """The office's seals in one sequence; only added to."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, day: str, entered: str) -> Seal:
        """Seal both chains as they stand."""
        last = self.last()
        unsigned = Seal(
            last.id + 1 if last else 1,
            day,
            entered,
            self._end(JOURNAL),
            self._end(ACCESS_LOG),
            last.link if last else FIRST_LINK,
        )
        canonical = canonical_seal(unsigned)
        mac = seal_mac(self._key() or self._new_key(), canonical)
        self._connection.execute(insert(seals), {"id": unsigned.id, "canonical": canonical, "mac": mac})
        return read_seal(canonical, mac)

    def last(self) -> Seal | None:
        """The newest seal; None in an office that was never sealed."""
        row = self._connection.execute(
            select(seals.c.canonical, seals.c.mac).order_by(seals.c.id.desc()).limit(1)
        ).first()
        return None if row is None else read_seal(row[0], row[1])

    def newest(self, many: int) -> list[Seal]:
        """The last so many, the newest first."""
        rows = self._connection.execute(
            select(seals.c.canonical, seals.c.mac).order_by(seals.c.id.desc()).limit(many)
        )
        return [read_seal(canonical, mac) for canonical, mac in rows]

    def all(self) -> list[Seal]:
        """Every seal in order. ValueError, KeyError, TypeError where one can't be read."""
        rows = self._connection.execute(select(seals.c.canonical, seals.c.mac).order_by(seals.c.id))
        return [read_seal(canonical, mac) for canonical, mac in rows]

    def check(self) -> Iterator[Problem]:
        """Every seal: genuine, in its place, and the chains as it says. One that was cut off shows by `check_beside`."""
        key, previous, expected = self._key(), FIRST_LINK, 1
        for row in self._connection.execute(select(seals).order_by(seals.c.id)).all():
            try:
                seal = read_seal(row.canonical, row.mac)
            except (ValueError, KeyError, TypeError):
                yield _of_seal(row.id, "读不出来")
                return
            if (seal.id, row.id) != (expected, expected) or seal.previous != previous:
                yield _of_seal(expected, "缺失、被改动或插入")
                return
            if not is_genuine(seal, key):
                yield _of_seal(seal.id, f"（{seal.day}）不是本单位的程序加封的")
                return
            previous, expected = seal.link, expected + 1
            found = list(self.check_against(seal, f"{seal.day} 的封条"))
            if found:
                yield from found
                return

    def check_against(self, seal: Seal, told_by: str) -> Iterator[Problem]:
        """Both chains against a seal, which `told_by` names."""
        for chain, end in ((JOURNAL, seal.journal), (ACCESS_LOG, seal.access)):
            yield from self._check_end(chain, end, told_by)

    def check_beside(self, folder: Path) -> Iterator[Problem]:
        """The chains against the seal beside the key ring."""
        last = self.last()
        try:
            told: Any = json.loads((folder / SEAL_FILE).read_bytes())
            seal = read_seal(told["seal"], told["mac"])
        except FileNotFoundError:
            # A seat that has just come to a server's office has none yet.
            if last is not None and read_address(folder) is None:
                yield _beside("数据文件夹里没有最后一道封条（文件 last-seal.json）")
            return
        except (OSError, ValueError, KeyError, TypeError):
            yield _beside("数据文件夹里的最后一道封条读不出来")
            return
        if not is_genuine(seal, self._key()):
            yield _beside("数据文件夹里的最后一道封条不是本单位的程序加封的")
            return
        if last is None or seal.id > last.id:
            kept = f"数据里只到 {last.day}（第 {last.id} 道）" if last is not None else "数据里一道也没有"
            yield Problem(
                "rolled_back",
                f"seal {seal.id}",
                f"数据被换成了较早的一份：最后一道封条是 {seal.day} 的（第 {seal.id} 道），{kept}。",
            )
        yield from self.check_against(seal, f"{seal.day} 的封条（在数据文件夹里）")

    def _check_end(self, chain: Chain, end: ChainEnd, told_by: str) -> Iterator[Problem]:
        if not end.id:
            return
        columns = chain.table.c
        link = self._connection.execute(select(columns.hash).where(columns.id == end.id)).scalar()
        if link == end.link or (link is None and end.id in self._lost(chain)):
            return
        last = self._connection.execute(select(func.max(columns.id))).scalar() or 0
        if last < end.id:
            words = f"缺失：{told_by}写着末号是 {end.id}，现在只到 {last}"
            yield problem_at(chain, "event_missing", last + 1, None, words, end.id)
        else:
            words = f"与{told_by}不符：它或它之前的记录被改写过"
            yield problem_at(chain, "history_differs", end.id, None, words)

    def _lost(self, chain: Chain) -> frozenset[int]:
        losses = losses_of(self._connection)
        return losses.events if chain.holds_words else losses.entries

    def _end(self, chain: Chain) -> ChainEnd:
        head = self._connection.execute(
            select(journal_head.c.event_id, journal_head.c.hash).where(journal_head.c.place == chain.head)
        ).first()
        if head is None:
            return NO_END
        count = self._connection.execute(select(func.count()).select_from(chain.table)).scalar_one()
        return ChainEnd(head[0], head[1], int(count))

    def _key(self) -> bytes:
        """Empty where nothing was ever sealed."""
        return bytes.fromhex(Settings(self._connection).get(SEAL_KEY) or "")

    def _new_key(self) -> bytes:
        key = secrets.token_bytes(SEAL_KEY_BYTES)
        Settings(self._connection).put(SEAL_KEY, key.hex())
        return key


def write_beside(folder: Path, seal: Seal) -> None:
    """Lays the newest seal beside the key ring; at a seat of a server's office, unless a newer one lies there: that is
    what tells of a server taken back. StorageProblem `read_only`, `disk_full`."""
    if read_address(folder) is None or _number_beside(folder) < seal.id:
        write_whole(folder / SEAL_FILE, seal_file(seal))


def _number_beside(folder: Path) -> int:
    try:
        told: Any = json.loads((folder / SEAL_FILE).read_bytes())
        return read_seal(told["seal"], told["mac"]).id
    except (OSError, ValueError, KeyError, TypeError):
        return 0


def seal_file(seal: Seal) -> bytes:
    """What that file holds; a backup carries one too."""
    return json.dumps({"seal": canonical_seal(seal), "mac": seal.mac}, indent=1).encode()


def _of_seal(number: int, words: str) -> Problem:
    return Problem("seal_altered", f"seal {number}", f"第 {number} 道封条{words}。")


def _beside(words: str) -> Problem:
    return Problem("seal_altered", SEAL_FILE, f"{words}。")
