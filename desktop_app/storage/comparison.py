"""A chain held against the same chain in an earlier copy of the office: which entry is the first to differ, and how."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from desktop_app.domain.office_records import Problem
from desktop_app.storage.chain import ACCESS_LOG, JOURNAL, Chain, problem_at

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

_TITLES = {
    "action": "事项",
    "by": "录入人",
    "case": "登记号",
    "entered": "录入时间",
    "on": "日期",
    "practice": "演练标记",
    "previous": "前一条的校验值",
    "version": "版本",
}
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Difference:
    """The first entry of a chain that is not what it was: `before` as the copy has it, `now` None where it is gone."""

    chain: Chain
    number: int
    before: str
    now: str | None

    @property
    def is_journal(self) -> bool:
        return self.chain.holds_words


def first_differences(connection: Connection, driver: Any) -> list[Difference]:
    """Of each chain its first difference from the copy that `driver` has open; entries since are none."""
    found: list[Difference] = []
    for chain in (JOURNAL, ACCESS_LOG):
        found += _first(connection, driver, chain)
    return found


def problem_of(difference: Difference, copy: str, title_of: Callable[[str], str]) -> Problem:
    """It in words: which entry, and as far as it can be told, which part of it; `copy` is the backup's name."""
    chain = replace(difference.chain, title_of=title_of)
    before = _read(difference.before)
    if difference.now is None:
        words = f"缺失：备份 {copy} 里有这一条"
        return problem_at(chain, "event_missing", difference.number, before, words)
    parts = _parts(before, _read(difference.now))
    words = f"与备份 {copy} 里的不同：{'；'.join(parts) if parts else '文字有改动'}"
    return problem_at(chain, "history_differs", difference.number, before, words)


def _first(connection: Connection, driver: Any, chain: Chain) -> Iterator[Difference]:
    name = chain.table.name
    if not driver.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (name,)).fetchone():
        return
    before = driver.execute(f"SELECT id, canonical FROM {name} ORDER BY id")
    columns = chain.table.c
    asked = select(columns.id, columns.canonical).order_by(columns.id).execution_options(yield_per=1000)
    # Closed wherever it stops: a server keeps what is left of it at hand till then.
    with closing(connection.execute(asked)) as now:
        for old, new in zip_longest(before, now):
            if old is None:
                return
            if new is None or tuple(new) != tuple(old):
                gone = new is None or new[0] > old[0]
                yield Difference(chain, old[0], old[1], None if gone else new[1])
                return


def _parts(before: dict[str, Any], now: dict[str, Any]) -> list[str]:
    """Each part that differs, what it was and what it is; that the link before differs is said where nothing else does."""
    flat_before, flat_now = dict(_flat(before)), dict(_flat(now))
    told = [
        f"{title}原为“{_short(flat_before.get(title))}”，现为“{_short(flat_now.get(title))}”"
        for title in dict.fromkeys((*flat_before, *flat_now))
        if flat_before.get(title) != flat_now.get(title)
    ]
    links = [one for one in told if one.startswith(_TITLES["previous"])]
    return [one for one in told if one not in links] or links


def _flat(told: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in told.items():
        if name == "keys" and isinstance(value, dict):
            yield from ((f"“{key}”一项", str(one)) for key, one in value.items())
        elif name == "protected" and isinstance(value, dict):
            yield from ((f"受保护内容“{key}”的校验值", str(one)) for key, one in value.items())
        else:
            yield _TITLES.get(name, name), "" if value is None else str(value)


def _short(value: str | None) -> str:
    text = value or "无"
    return text if len(text) <= _SHOWN else f"{text[:12]}…"


def _read(canonical: str) -> dict[str, Any]:
    try:
        told = json.loads(canonical)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}
