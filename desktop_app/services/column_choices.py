"""The columns that the operator chose for a sheet, remembered for the next one with the same header."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence

from desktop_app.services import settings_keys
from desktop_app.services.session import Session


def remembered_columns(session: Session, header: Sequence[str]) -> dict[str, str]:
    """The columns chosen the last time a sheet with this header came in."""
    with session.read() as work:
        kept = json.loads(work.settings.get(settings_keys.COLUMN_CHOICES) or "{}")
    found: dict[str, str] = kept.get(_header_key(header), {})
    return found


def remember_columns(session: Session, header: Sequence[str], chosen: Mapping[str, str]) -> None:
    with session.change() as work:
        kept = json.loads(work.settings.get(settings_keys.COLUMN_CHOICES) or "{}")
        kept[_header_key(header)] = dict(chosen)
        work.settings.put(settings_keys.COLUMN_CHOICES, json.dumps(kept, ensure_ascii=False))


def _header_key(header: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(header).encode()).hexdigest()[:16]
