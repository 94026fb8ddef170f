"""What is typed of an old case and not yet recorded: kept a moment after the hands rest, and at once when one leaves."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.gui.backlog_state import Draft
from desktop_app.gui.changes import Changes
from desktop_app.gui.page import PageContext
from desktop_app.services.drafts import drafts_of, take_up
from desktop_app.services.session import Session

_PLACE = "backlog"
_PAUSE = 200
"""Milliseconds of rest after which what is typed is looked at and kept."""


class DraftKeeper(QObject):
    """Keeps what `now` gives. `rested` comes once before it does, for whoever looks at what is typed as well."""

    rested = Signal()

    def __init__(self, context: PageContext, now: Callable[[], Draft | None], parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._now = context, now
        self._kept: Mapping[str, str] = {}
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._rest)

    @staticmethod
    def found(session: Session) -> dict[str, str]:
        """The draft as it was written; asked off the window's thread."""
        return drafts_of(session, "", (_PLACE,)).get(_PLACE, {})

    def take(self, written: Mapping[str, str]) -> Draft | None:
        """The draft that was found; it need not be kept again."""
        self._kept = written
        self._context.operations.change(
            self, lambda session: take_up(session, "", _PLACE, written), lambda _: None, Changes(frozenset())
        )
        return Draft.read(written)

    def touch(self) -> None:
        """Something was typed."""
        self._pause.start()

    def keep(self) -> None:
        """Keep what stands there now, if it is not kept yet."""
        self._pause.stop()
        draft = self._now()
        written = draft.written() if draft is not None else {}
        if draft is None or written == self._kept:
            return
        self._kept = written
        self._context.operations.typed.keep(self, "", _PLACE, written, Changes(frozenset()))

    def keep_before_leaving(self) -> None:
        """Keep what was typed in the last moment."""
        if self._pause.isActive():
            self.keep()

    def watch(self, window: QWidget) -> None:
        """Keep before the window closes: once it has, nothing can be kept any more."""
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Close:
            self.keep_before_leaving()
        return super().eventFilter(watched, event)

    def _rest(self) -> None:
        self.rested.emit()
        self.keep()
