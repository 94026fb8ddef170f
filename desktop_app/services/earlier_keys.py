"""The data keys of before, kept inside the office: backups made before a renewal are proved and restored with them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.services.session import Session
from desktop_app.services.settings_keys import EARLIER_KEYS

if TYPE_CHECKING:
    from desktop_app.storage.work import Work


def keys_of(session: Session) -> tuple[bytes, ...]:
    """The data key, and those of before, the last before first."""
    with session.read() as work:
        return keys_in(session, work)


def keys_in(session: Session, work: Work) -> tuple[bytes, ...]:
    """The same within a transaction."""
    return (session.database.key, *_kept(work))


def key_for(session: Session, file: Path) -> bytes:
    """The one under which a backup of this office is; the data key where it is another's."""
    from desktop_app.storage import backup

    return backup.key_for(file, keys_of(session))


def remember(work: Work, key: bytes) -> None:
    """From now on `key` is one of before."""
    work.settings.put(EARLIER_KEYS, json.dumps([one.hex() for one in (key, *_kept(work))]))


def _kept(work: Work) -> list[bytes]:
    kept = work.settings.get(EARLIER_KEYS)
    return [bytes.fromhex(key) for key in json.loads(kept)] if kept else []
