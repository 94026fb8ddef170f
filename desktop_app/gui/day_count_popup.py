"""Any deadline, pointed at or asked about with ?: why it is that day, in a panel that comes up beside it and goes by itself.

`show_day_count` is for any widget that shows a deadline; `DayCountHints` makes a list answer to the mouse and the key.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QCursor, QHelpEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFrame, QVBoxLayout, QWidget

from desktop_app.gui.case_deadline import DeadlineLine, deadline_line
from desktop_app.gui.day_count import DayCountPanel
from desktop_app.gui.day_count_state import DayCount, day_count
from desktop_app.gui.operations import Operations
from desktop_app.gui.page_parts import label, set_tone
from desktop_app.gui.theme import CURRENT
from desktop_app.services.case_view import CaseView, view_case
from desktop_app.services.session import Session

ASK_KEYS = ("?", "？")
KEY_HINT = "? 看期限怎样算"

_WIDTH = 720
_EDGE = 8
_LOOKS_EVERY = 150
"""Milliseconds between two looks at where the pointer is."""
_LETTERS_OF_TITLE = 36


@dataclass(frozen=True, slots=True)
class DeadlineFacts:
    """What the panel says of a case."""

    number: str
    title: str
    line: DeadlineLine
    count: DayCount


def deadline_facts(view: CaseView) -> DeadlineFacts:
    title = " ".join(view.message.title.split()) or "（无标题）"
    return DeadlineFacts(view.row.number, title, deadline_line(view), day_count(view))


def show_day_count(
    operations: Operations, widget: QWidget, number: str, area: QRect | None = None, by_key: bool = False
) -> None:
    """Ask for the day count of a case, and show it beside `area` of the widget (all of it where none is given).

    Called up by the pointer, it goes when the pointer leaves; `by_key`, with the next key: ↑ ↓ scroll it.
    """

    def ask(session: Session) -> DeadlineFacts:
        return deadline_facts(view_case(session, number))

    operations.query(
        widget,
        "day count",
        ask,
        lambda facts: show_facts(widget, facts, area, by_key),
        lambda _: None,
    )


def show_facts(
    widget: QWidget, facts: DeadlineFacts, area: QRect | None = None, by_key: bool = False
) -> None:
    """Show what is known already."""
    for open_one in widget.window().findChildren(DayCountPopup):
        open_one.close()
    popup = DayCountPopup(widget, area or widget.rect(), facts, by_key)
    if widget.isVisible() and (by_key or popup.is_pointed_at()):
        popup.come_up()
    else:
        popup.deleteLater()


class DayCountPopup(QFrame):
    """Lies over its window and takes no focus: work goes on beneath it."""

    def __init__(self, widget: QWidget, area: QRect, facts: DeadlineFacts, by_key: bool) -> None:
        self._window = widget.window()
        super().__init__(self._window)
        self._area = QRect(widget.mapTo(self._window, area.topLeft()), area.size())
        self._by_key = by_key
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "day-count")
        self.setAccessibleName(f"{facts.number} {facts.line.text}")
        short = facts.title[:_LETTERS_OF_TITLE] + ("…" if len(facts.title) > _LETTERS_OF_TITLE else "")
        stands = label(facts.line.text, "deadline")
        set_tone(stands, facts.line.tone)
        self.count = DayCountPanel(compact=True)
        self.count.show_count(facts.count)
        self.count.setVisible(bool(facts.count.rules))
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(4)
        column.addWidget(label(f"{facts.number}　{short}", "strong"))
        column.addWidget(stands)
        column.addWidget(self.count)
        scrolling = "↑ ↓ 滚动　" if facts.count.days else ""
        column.addWidget(label(f"{scrolling}Esc 关闭" if by_key else "按 ? 也可以打开", "hint"))
        self._watch = QTimer(self)
        self._watch.setInterval(_LOOKS_EVERY)
        self._watch.timeout.connect(self._look)

    def come_up(self) -> None:
        """Below what it is about, or above where there is no room; never over it."""
        room = self._window.rect().adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        width = min(CURRENT.px(_WIDTH), room.width())
        self.setFixedSize(width, self._column.totalHeightForWidth(width))
        below, above = self._area.bottom() + 4, self._area.top() - self.height() - 4
        top = below if below + self.height() <= room.bottom() or above < room.top() else above
        left = max(room.left(), min(self._area.left(), room.right() - width))
        self.move(QPoint(left, max(room.top(), min(top, room.bottom() - self.height()))))
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)
        if not self._by_key:
            self._watch.start()
        self.show()
        self.raise_()

    def is_pointed_at(self) -> bool:
        """Whether the pointer is on what it is about, or on itself, or on the way from one to the other."""
        pointer = self._window.mapFromGlobal(QCursor.pos())
        return (self._area.united(self.geometry()) if self.isVisible() else self._area).contains(pointer)

    def _look(self) -> None:
        if not self.is_pointed_at():
            self.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        match event.type():
            case QEvent.Type.KeyPress if isinstance(event, QKeyEvent):
                return self._key(event)
            case QEvent.Type.MouseButtonPress | QEvent.Type.Wheel:
                if isinstance(watched, QWidget) and watched is not self and not self.isAncestorOf(watched):
                    self.close()
        return False

    def _key(self, event: QKeyEvent) -> bool:
        """Whether the key was for the panel; any other closes it and goes where it was meant to."""
        if event.key() == Qt.Key.Key_Escape or event.text() in ASK_KEYS:
            self.close()
            return True
        bar = self.count.table.verticalScrollBar()
        steps = {
            Qt.Key.Key_Down: bar.singleStep(),
            Qt.Key.Key_Up: -bar.singleStep(),
            Qt.Key.Key_PageDown: bar.pageStep(),
            Qt.Key.Key_PageUp: -bar.pageStep(),
        }
        by = steps.get(Qt.Key(event.key()))
        if self._by_key and by is not None:
            bar.setValue(bar.value() + by)
            return True
        if event.key() not in _MODIFIERS:
            self.close()
        return False


_MODIFIERS = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta)


class DayCountHints(QObject):
    """Lets a list tell the day count of its cases: on pointing at one, and with ? of the one the keyboard is on."""

    def __init__(
        self,
        view: QAbstractItemView,
        operations: Operations,
        number_at: Callable[[QModelIndex], str | None],
        shows_deadline: Callable[[QModelIndex], bool] = lambda _: True,
    ) -> None:
        super().__init__(view)
        self._view, self._operations = view, operations
        self._number_at, self._shows_deadline = number_at, shows_deadline
        view.installEventFilter(self)
        view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            index = self._view.indexAt(event.pos())
            return self._shows_deadline(index) and self._show(index, by_key=False)
        if (
            watched is self._view
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.text() in ASK_KEYS
        ):
            return self._show(self._view.currentIndex(), by_key=True)
        return False

    def _show(self, index: QModelIndex, by_key: bool) -> bool:
        number = self._number_at(index) if index.isValid() else None
        if number is None:
            return False
        area = self._view.visualRect(index)
        show_day_count(self._operations, self._view.viewport(), number, area, by_key)
        return True
