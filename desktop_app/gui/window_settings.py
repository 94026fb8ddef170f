"""What each user has set of the window on this machine: widths, columns, filters, size of text.

A plain file beside the data; nothing of a case goes in here, so what is searched for is not kept.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, QSettings

T = TypeVar("T")
FILE = "window.ini"

LAST_USER, TEXT_SIZE, HIGH_CONTRAST = "last-user", "text-size", "high-contrast"
"""Settings of the machine, known before anybody has logged in."""


class WindowSettings:
    """Settings of one user, or with an empty name of the machine. Values are whatever JSON can hold."""

    def __init__(self, folder: Path, user: str = "", parent: QObject | None = None) -> None:
        self._kept = QSettings(str(folder / FILE), QSettings.Format.IniFormat, parent)
        # Hexadecimal: a name may hold what QSettings reads as a separator.
        self._group = f"user-{user.encode().hex()}" if user else "machine"

    def get(self, key: str, default: T) -> T:
        """The value kept under `key`; `default` where there is none, or one of another kind."""
        text = self._kept.value(f"{self._group}/{key}")
        if not isinstance(text, str):
            return default
        try:
            value = json.loads(text)
        except ValueError:
            return default
        return value if default is None or type(value) is type(default) else default

    def put(self, key: str, value: object) -> None:
        self._kept.setValue(f"{self._group}/{key}", json.dumps(value, ensure_ascii=False))
