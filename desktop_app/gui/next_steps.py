"""下一步: the steps that matter now as buttons, the primary one leftmost; the others under 更多, by kind; why the rest cannot
be done, in words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from desktop_app.gui.case_steps import Barred, Possible
from desktop_app.gui.flow_layout import FlowLayout
from desktop_app.gui.page_parts import label
from desktop_app.gui.step_groups import GROUP_OF, MORE_KEY, button_keys, list_keys

_ORDER = {action: place for place, action in enumerate(GROUP_OF)}


class NextSteps(QWidget):
    """Tells which step was chosen; what it opens is the page's to decide."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._holder = QWidget()
        self._flow = FlowLayout(self._holder)
        self._empty = label("", "hint")
        self.near, self.far = label("", "hint"), label("", "hint")
        self.list_button = QPushButton(f"更多 ▾(&{MORE_KEY})", self._holder)
        self.list_button.setAccessibleName("更多步骤")
        self.list_button.clicked.connect(self._open_list)
        self.list = QMenu(self.list_button)
        self.more_button = QPushButton()
        self.more_button.setProperty("role", "link")
        self.more_button.setCheckable(True)
        self.more_button.toggled.connect(self._unfold)
        self._far_count = 0
        for widget in (self._holder, self._empty, self.near):
            column.addWidget(widget)
        column.addWidget(self.more_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.far)
        self.buttons: dict[str, QPushButton] = {}
        self.listed: dict[str, QAction] = {}

    def show_steps(self, possible: Sequence[Possible], barred: Sequence[Barred], may_act: bool) -> None:
        """Lay the buttons anew; loading presses none of them."""
        self._clear()
        main = [one for one in possible if one.main]
        keys = button_keys(one.action for one in main)
        for one in main:
            self._add(one, keys.get(one.action, ""))
        self._fill_list([one for one in possible if not one.main])
        self._empty.setText(_nothing_words(may_act))
        self._empty.setVisible(not possible)
        near, far = [one for one in barred if one.near], [one for one in barred if not one.near]
        self.near.setText(barred_words(near))
        self.near.setVisible(bool(near))
        self.far.setText(barred_words(far))
        self._far_count = sum(len(one.steps) for one in far)
        self.more_button.setVisible(bool(far))
        self._unfold(self.more_button.isChecked())

    def focus_primary(self) -> None:
        if self.buttons:
            next(iter(self.buttons.values())).setFocus()
        elif self.listed:
            self.list_button.setFocus()

    def focus_step(self, action: str) -> None:
        """The button of that step, or the one that opens the list it stands in."""
        if action in self.buttons:
            self.buttons[action].setFocus()
        elif action in self.listed:
            self.list_button.setFocus()
        else:
            self.focus_primary()

    def _unfold(self, unfolded: bool) -> None:
        self.more_button.setText("收起" if unfolded else f"还有 {self._far_count} 步现在不能办，看原因和条款")
        self.far.setVisible(unfolded and bool(self._far_count))

    def _clear(self) -> None:
        self._flow.removeWidget(self.list_button)
        for button in self.buttons.values():
            self._flow.removeWidget(button)
            # Hidden at once: until it is gone its access key would compete with the new button's.
            button.hide()
            button.deleteLater()
        self.buttons = {}

    def _add(self, one: Possible, key: str) -> None:
        draft = "（有草稿）" if one.draft else ""
        button = QPushButton(f"{one.title}{draft}(&{key})" if key else f"{one.title}{draft}")
        button.setAccessibleName(f"{one.title}{draft}")
        button.setToolTip(f"依据{one.clause}" if one.clause else "")
        if one.primary:
            button.setProperty("role", "primary")
        action = one.action
        button.clicked.connect(lambda: self.chosen.emit(action))
        self.buttons[action] = button
        self._flow.addWidget(button)
        button.show()

    # -------------------------------------------------------------- the list

    def _fill_list(self, steps: Sequence[Possible]) -> None:
        """Every further step under the kind of work it belongs to."""
        self.list.clear()
        self.listed = {}
        ordered = sorted(steps, key=lambda one: _ORDER.get(one.action, len(_ORDER)))
        keys = list_keys(one.action for one in ordered)
        for group, members in groupby(ordered, key=lambda one: one.group):
            self._add_heading(group)
            for one in members:
                self._add_line(one, keys[one.action])
        self._flow.addWidget(self.list_button)
        self.list_button.setVisible(bool(steps))

    def _add_heading(self, title: str) -> None:
        heading = self.list.addAction(title)
        heading.setEnabled(False)
        font = self.list.font()
        font.setBold(True)
        heading.setFont(font)

    def _add_line(self, one: Possible, key: str) -> None:
        line = self.list.addAction(f"{one.title}(&{key})" if key else one.title)
        line.setToolTip(f"依据{one.clause}" if one.clause else "")
        action = one.action
        line.triggered.connect(lambda: self.chosen.emit(action))
        self.listed[action] = line

    def _open_list(self) -> None:
        below = self.list_button.mapToGlobal(QPoint(0, self.list_button.height()))
        self.list.popup(below)


def barred_words(barred: Sequence[Barred]) -> str:
    """Each reason on its line, with the steps it keeps back."""
    return "\n".join(f"· {'、'.join(one.steps)}：{one.reason}" for one in barred)


def _nothing_words(may_act: bool) -> str:
    return "这一件现在没有要办的步骤。" if may_act else "您的角色只能查看，不能办理。"
