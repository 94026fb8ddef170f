"""What is typed on a page and not yet saved: kept, encrypted, a moment after the hands rest, and at once when one leaves.

Killed in between, the program has lost no more than that moment; at the next start the words are there again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.gui.changes import Changes
from desktop_app.gui.page import PageContext
from desktop_app.services.drafts import drafts_of, take_up

_PAUSE = 250
"""Milliseconds of rest after which what is typed is kept."""


class TypingKeeper(QObject):
    """Keeps what `now` gives under a name of its own (`services.drafts.PLACES`); nothing given drops it."""

    found = Signal(object)
    """What was typed before the program ended, once, where there is anything."""

    def __init__(
        self, context: PageContext, place: str, now: Callable[[], Mapping[str, str]], page: QWidget
    ) -> None:
        super().__init__(page)
        self._context, self._place, self._now, self._page = context, place, now, page
        self._kept: Mapping[str, str] = {}
        self._asked = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.keep)

    def look(self) -> None:
        """Ask for what was typed before; asked once."""
        if self._asked:
            return
        self._asked = True
        place = self._place
        self._context.operations.query(
            self, "draft", lambda session: drafts_of(session, "", (place,)).get(place, {}), self._show
        )

    def touch(self) -> None:
        """Something was typed."""
        if not self._pause.isActive():
            # Once the window has closed nothing can be kept any more.
            self._page.window().installEventFilter(self)
        self._pause.start()

    def keep(self) -> None:
        """Keep what stands there now, if it is not kept yet."""
        self._pause.stop()
        written, place = dict(self._now()), self._place
        if written == self._kept:
            return
        self._kept = written
        self._context.operations.typed.keep(self, "", place, written, Changes.of("drafts"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Close and self._pause.isActive():
            self.keep()
        return super().eventFilter(watched, event)

    def _show(self, written: Mapping[str, str]) -> None:
        # What was typed meanwhile is newer.
        if written and not self._now():
            self._kept = written
            place = self._place
            self._context.operations.change(
                self,
                lambda session: take_up(session, "", place, written),
                lambda _: None,
                Changes(frozenset()),
            )
            self.found.emit(written)
