"""Entries of the access log: who looked, printed, took out, came and went. Nothing of a case is changed by them.

They are a chain of their own beside the journal's: a case's history stays what was done with it, and looking at a
case costs one short entry. An entry has no protected words at all; it names a case by its number only.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

ENTRY_VERSION = 1

LOGIN, LOGOUT, LOGIN_FAILED = "login", "logout", "login-failed"
LOCK, UNLOCK = "lock", "unlock"
VIEW, PREVIEW, PRINT, EXPORT, READ_TRAIL = "view", "preview", "print", "export", "read-trail"
VERIFIED, GAP = "verified", "waiting-gap"

TITLES: Mapping[str, str] = {
    LOGIN: "登录",
    LOGOUT: "退出",
    LOGIN_FAILED: "登录失败",
    LOCK: "锁定窗口",
    UNLOCK: "解除锁定",
    VIEW: "查看办件",
    PREVIEW: "预览文书",
    PRINT: "打印",
    EXPORT: "导出",
    READ_TRAIL: "查阅日志",
    VERIFIED: "核验数据",
    GAP: "登录记录有缺失",
}
"""What the office calls each; the auditor filters by them."""


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry on its way into the log, not yet numbered or chained; fields as those of `events.NewEvent`.

    `keys` are short facts that tell nothing of a message: kinds, counts, digests.
    """

    action: str
    by: str
    entered: str
    case: str | None = None
    keys: Mapping[str, str] = field(default_factory=dict)
    practice: bool = False

    @property
    def day(self) -> str:
        """The day of the clock on which it was entered."""
        return self.entered[:10]


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as the log holds it."""

    id: int
    action: str
    by: str
    entered: str
    case: str | None
    keys: Mapping[str, str]
    practice: bool = False


def canonical_entry(entry_id: int, entry: NewEntry, previous: str) -> str:
    """The one text that is hashed and stored exactly as hashed, as `events.canonical_text` is."""
    return json.dumps(
        {
            "action": entry.action,
            "by": entry.by,
            "case": entry.case,
            "entered": entry.entered,
            "id": entry_id,
            "keys": dict(entry.keys),
            "practice": entry.practice,
            "previous": previous,
            "version": ENTRY_VERSION,
        },
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )


def read_entry(canonical: str) -> Entry:
    """The entry that a canonical text tells. ValueError, KeyError, TypeError where it tells none."""
    told = json.loads(canonical)
    return Entry(
        told["id"],
        told["action"],
        told["by"],
        told["entered"],
        told["case"],
        told["keys"],
        told["practice"],
    )
