"""What every page of the window is, and what it is given."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Protocol

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from desktop_app.gui.changes import Changes
from desktop_app.gui.messages import Message
from desktop_app.gui.operations import Operations
from desktop_app.gui.paper_works import PaperWorks
from desktop_app.gui.window_settings import WindowSettings

if TYPE_CHECKING:
    from desktop_app.gui.open_elsewhere import OpenElsewhere
    from desktop_app.gui.while_closed import WhileClosed
    from desktop_app.services.session import Session


class OpenCase(Protocol):
    """Shows a case; `step` is the action whose form stands open at once, where it can be taken."""

    def __call__(self, number: str, neighbours: Sequence[str] = (), step: str = "", /) -> None: ...


@dataclass(frozen=True, slots=True)
class PageContext:
    """What a page may use.

    `session` is for facts at hand (user, today, calendar); whatever reads or writes goes through `operations`.
    `open_case` takes a number and the numbers of the list it stands in (Alt+↓, Alt+↑); `open_page` one of
    `register`, `case`, `calendar`, `units`, `import`, `entry`, `issued`, `preview`, `holidays`, `settings`. `change_theme`
    takes a size of `theme.SIZES` and whether contrast is high; both hold at once and from the next start on.
    `open_holidays` takes the year to show. `works` is what papers need as pages; `paper_works.open_preview` shows a
    document. `restore` closes the window and does what it is given. `elsewhere` knows which cases colleagues have open.
    """

    operations: Operations
    session: Session
    open_case: OpenCase
    open_page: Callable[[str], None]
    show_message: Callable[[Message], None]
    settings: WindowSettings
    change_theme: Callable[[str, bool], None]
    open_holidays: Callable[[int], None]
    works: PaperWorks = field(default_factory=PaperWorks)
    restore: Callable[[WhileClosed], None] = lambda _: None
    elsewhere: OpenElsewhere | None = None


class Page(QWidget):
    """A page lays out, connects and shows. It is refreshed when it is shown for the first time or is stale."""

    title: ClassVar[str] = ""
    kinds: ClassVar[frozenset[str]] = frozenset()
    """The kinds of change that make it stale."""

    retitled = Signal(str)
    """What its tab says from now on."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._stale = True
        self.setAccessibleName(self.title)
        context.operations.changed.connect(self._on_changed)

    def refresh(self) -> None:
        """Ask again for what is shown."""
        raise NotImplementedError

    def focus_first(self) -> None:
        """Put the keyboard where work on this page begins."""
        self.setFocus()

    def concerns(self, changes: Changes) -> bool:
        """Whether these changes make the page stale."""
        return bool(changes.kinds & self.kinds)

    def _on_changed(self, changes: Changes) -> None:
        if not self.concerns(changes):
            return
        self._stale = True
        if self.isVisible():
            self._bring_up_to_date()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._bring_up_to_date()

    def _bring_up_to_date(self) -> None:
        self._stale = False
        self.refresh()
