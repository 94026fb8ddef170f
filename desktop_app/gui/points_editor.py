"""The editor of a message's points: each ticked when the reply answers it, reworded, added or taken out (答非所问的核对)."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop_app.domain.message_points import Point, read, unanswered, written
from desktop_app.gui.choice_editors import TickBox
from desktop_app.gui.field_editor import FieldEditor, GrowingText
from desktop_app.gui.page_parts import label
from desktop_app.gui.theme import CURRENT


class _Words(GrowingText):
    """Enter goes on to a further point, as a list does."""

    entered = Signal()

    def __init__(self) -> None:
        super().__init__(lines=1, most=4)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class _Row(QWidget):
    """One point: its tick and its words."""

    def __init__(self, point: Point) -> None:
        super().__init__()
        self.tick = TickBox()
        self.tick.setChecked(point.answered)
        self.words = _Words()
        self.words.setPlainText(point.words)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        beside = QVBoxLayout()
        # The box stands at the middle of the first line.
        beside.addSpacing(CURRENT.px(8))
        beside.addWidget(self.tick)
        beside.addStretch(1)
        row.addLayout(beside)
        row.addWidget(self.words, 1)

    def point(self) -> Point:
        return Point(self.words.toPlainText().strip(), self.tick.isChecked())


class PointsEditor(FieldEditor):
    """A point without words is none. `send_back_words` is what sending the reply back is called, empty where it cannot be."""

    send_back = Signal()
    """The reply is to be sent back for the points that are not ticked."""

    def __init__(self, send_back_words: str = "") -> None:
        super().__init__()
        self.rows: list[_Row] = []
        self._name = ""
        self._ticks = QButtonGroup(self)
        self._ticks.setExclusive(False)
        self._list = QVBoxLayout()
        self._list.setSpacing(4)
        self.summary = label("", "hint")
        self.add_button = _link("加一点")
        self.send_back_button = _link(f"{send_back_words}…")
        self._may_send_back = bool(send_back_words)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.summary, 1)
        foot.addWidget(self.send_back_button)
        foot.addWidget(self.add_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._list)
        column.addLayout(foot)
        column.addStretch(1)
        self.add_button.clicked.connect(lambda: self._add(Point(""), focus=True))
        self.send_back_button.clicked.connect(self.send_back)
        self._tell()

    def points(self) -> tuple[Point, ...]:
        return tuple(point for row in self.rows if (point := row.point()).words)

    def value(self) -> str:
        return written(self.points())

    def set_value(self, text: str) -> None:
        for row in self.rows:
            self._ticks.removeButton(row.tick)
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = []
        for point in read(text):
            self._add(point)
        self._tell()
        self.edited.emit()

    def name_for_readers(self, name: str) -> None:
        self._name = name
        self.setAccessibleName(name)
        for row in self.rows:
            self._name_row(row)

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """The keyboard goes to the first tick."""
        target = self.rows[0].tick if self.rows else self.add_button
        target.setFocus(reason)

    def _add(self, point: Point, focus: bool = False) -> None:
        row = _Row(point)
        self.rows.append(row)
        self._ticks.addButton(row.tick)
        self._list.addWidget(row)
        row.tick.toggled.connect(self._changed)
        row.words.textChanged.connect(self._changed)
        row.words.entered.connect(lambda: self._next(row))
        self._name_row(row)
        QWidget.setTabOrder(row.words, self.add_button)
        if focus:
            row.words.setFocus(Qt.FocusReason.TabFocusReason)

    def _next(self, row: _Row) -> None:
        """On to the point below; a further one after the last, unless it is still empty."""
        place = self.rows.index(row)
        if place + 1 < len(self.rows):
            self.rows[place + 1].words.setFocus(Qt.FocusReason.TabFocusReason)
        elif row.point().words:
            self._add(Point(""), focus=True)

    def _name_row(self, row: _Row) -> None:
        place = self.rows.index(row) + 1
        row.tick.setAccessibleName(f"{self._name}，第 {place} 点答到了：{row.point().words}")
        row.words.setAccessibleName(f"{self._name}，第 {place} 点")

    def _changed(self) -> None:
        for row in self.rows:
            self._name_row(row)
        self._tell()
        self.edited.emit()

    def _tell(self) -> None:
        points = self.points()
        missed = len(unanswered(points))
        if not points:
            words = "还没有列出要点。"
        elif not missed:
            words = f"✓ {len(points)} 点都答到了。"
        else:
            words = f"{len(points)} 点中还有 {missed} 点没有勾。"
        self.summary.setText(words)
        self.send_back_button.setVisible(self._may_send_back and missed > 0)


def _link(words: str) -> QPushButton:
    button = QPushButton(words)
    button.setProperty("role", "link")
    return button
