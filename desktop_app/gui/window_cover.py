"""Covering everything while the window is locked: dialogs, popups, tooltips, other windows, and what came meanwhile."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QToolTip, QWidget
from shiboken6 import isValid


class WindowCover(QObject):
    """Nothing but `window` shows from `begin` to `end`, and in it nothing but the card that asks for the password."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._kept_back: list[QWidget] = []
        self._copied = False
        self.active = False
        QGuiApplication.clipboard().dataChanged.connect(self._note_copied)

    def begin(self) -> None:
        """Close what stands before the window or beside it, and forget what was copied out of it.

        A dialog is left as by 取消; what stands on the pages stays as it was typed.
        """
        self.active = True
        QToolTip.hideText()
        closed: QWidget | None = None
        while (popup := QApplication.activePopupWidget()) not in (None, closed):
            popup.close()
            closed = popup
        for other in QApplication.topLevelWidgets():
            # Another office's window is its own to lock.
            if other.isVisible() and type(other) is not type(self._window):
                if isinstance(other, QDialog):
                    other.reject()
                else:
                    other.close()
        clipboard = QGuiApplication.clipboard()
        if self._copied or clipboard.ownsClipboard():
            clipboard.clear()
        # A question that closing brought up, such as whether to go on waiting.
        QTimer.singleShot(0, self._hold_back_others)

    def _note_copied(self) -> None:
        """What is copied while this program has the keyboard was copied here; what another puts there is left alone."""
        self._copied = QGuiApplication.applicationState() == Qt.ApplicationState.ApplicationActive

    def end(self) -> None:
        """Show what came up meanwhile."""
        self.active = False
        kept, self._kept_back = self._kept_back, []
        for widget in kept:
            if isValid(widget):
                widget.show()

    def see(self, watched: QObject, event: QEvent) -> None:
        """Of every event in the program: a window that comes up while all is covered is kept for later."""
        shown = self.active and event.type() == QEvent.Type.Show
        if shown and isinstance(watched, QWidget) and self._is_foreign(watched):
            watched.setWindowOpacity(0.0)
            QTimer.singleShot(0, self._hold_back_others)

    def _hold_back_others(self) -> None:
        for other in QApplication.topLevelWidgets():
            if self.active and other.isVisible() and self._is_foreign(other):
                # What was opened to stay, and deletes itself when it is closed, can come again; where somebody waits
                # for an answer, hiding it has answered no.
                if other.testAttribute(Qt.WidgetAttribute.WA_DeleteOnClose):
                    self._kept_back.append(other)
                other.hide()
                other.setWindowOpacity(1.0)

    def _is_foreign(self, widget: QWidget) -> bool:
        """A window that is neither ours nor the menu of the password's own field."""
        if not widget.isWindow() or widget is self._window:
            return False
        above: QObject | None = widget.parent()
        while above is not None and above is not self._window:
            if above.property("covers"):
                return False
            above = above.parent()
        return True
