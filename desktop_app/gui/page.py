"""What every page of the window is: it lays out, connects and shows; it decides nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QWidget

from desktop_app.gui.messages import Message
from desktop_app.gui.operations import Changes, Operations
from desktop_app.services.session import Session


@dataclass(frozen=True)
class PageContext:
    """All that a page is given. `session` is for facts at hand (user, today, calendar); data come by `operations`."""

    operations: Operations
    session: Session
    open_case: Callable[[str, Sequence[str]], None]
    show_message: Callable[[Message], None]
    settings: QSettings


class Page(QWidget):
    """One page. While hidden it only marks itself stale; shown again, it refreshes."""

    title = ""
    kinds: frozenset[str] = frozenset()

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.context = context
        self._stale = True
        context.operations.changed.connect(self._on_changed)

    def refresh(self) -> None:
        """Ask for the data again and show them."""

    def focus_first(self) -> None:
        """Put the focus where the operator begins."""
        self.setFocus()

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        if self._stale:
            self._stale = False
            self.refresh()

    def _on_changed(self, changes: Changes) -> None:
        if not self.kinds & changes.kinds:
            return
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True
