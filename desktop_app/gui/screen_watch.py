"""Hears from the desktop that the screen was locked or the machine goes to sleep, where the desktop says so (D-Bus).

Windows and desktops that say nothing: there the clock tells after waking (`idle_watch`).
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import SLOT, QObject, Signal, Slot

_SCREEN = (
    "org.freedesktop.ScreenSaver",
    "org.gnome.ScreenSaver",
    "org.mate.ScreenSaver",
    "org.ukui.ScreenSaver",
)
"""Interfaces that tell ActiveChanged(true) when the screen is covered; those of UOS and Kylin among them."""


class ScreenWatch(QObject):
    """Emits `away` as soon as the desktop says that nobody looks at the screen any more."""

    away = Signal()

    def begin(self) -> bool:
        """Listen from now on; whether there is a desktop that could tell."""
        from PySide6.QtDBus import QDBusConnection

        # The stubs ask for bytes where only the text of SLOT() is taken.
        session: Any = QDBusConnection.sessionBus()
        system: Any = QDBusConnection.systemBus()
        heard = [
            session.connect("", "", name, "ActiveChanged", self, SLOT("told(bool)"))
            for name in _SCREEN
            if session.isConnected()
        ]
        if system.isConnected():
            manager = "org.freedesktop.login1.Manager"
            heard.append(system.connect("", "", manager, "PrepareForSleep", self, SLOT("told(bool)")))
            heard.append(
                system.connect("", "", "org.freedesktop.login1.Session", "Lock", self, SLOT("locked()"))
            )
        return any(heard)

    @Slot(bool)
    def told(self, covered: bool) -> None:
        """The screen is covered, or sleep begins; of the end of it nothing need be done."""
        if covered:
            self.away.emit()

    @Slot()
    def locked(self) -> None:
        """The session was locked."""
        self.away.emit()
