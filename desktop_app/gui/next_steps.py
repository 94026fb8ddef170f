"""下一步: what can be done now as buttons, the primary one leftmost; why the rest cannot, in words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop_app.gui.case_steps import Barred, Possible
from desktop_app.gui.flow_layout import FlowLayout
from desktop_app.gui.page_parts import label

ACCESS_KEYS = {
    "accept": "A",
    "refuse": "J",
    "tell-refusal": "K",
    "dispatch": "D",
    "change-units": "G",
    "receive": "Q",
    "return": "Z",
    "accept-return": "K",
    "refuse-return": "I",
    "apply-extension": "E",
    "approve-extension": "Y",
    "refuse-extension": "N",
    "reply": "R",
    "pass-review": "A",
    "rework": "Z",
    "sign-off": "A",
    "decline-sign-off": "E",
    "publish": "P",
    "answer-privately": "E",
    "post-note": "A",
    "contact": "C",
    "follow-up": "V",
    "remind": "M",
    "urge": "U",
    "supervise": "D",
    "serve": "O",
    "complained-of": "X",
    "close": "L",
    "archive": "A",
}
"""Alt and this letter; no two steps that can be offered together share one, and none is a menu's."""


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

    def show_steps(self, possible: Sequence[Possible], barred: Sequence[Barred], may_act: bool) -> None:
        """Lay the buttons anew; loading presses none of them."""
        self._clear()
        for one in possible:
            self._add(one)
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

    def _unfold(self, unfolded: bool) -> None:
        self.more_button.setText("收起" if unfolded else f"还有 {self._far_count} 步现在不能办，看原因和条款")
        self.far.setVisible(unfolded and bool(self._far_count))

    def _clear(self) -> None:
        for button in self.buttons.values():
            self._flow.removeWidget(button)
            # Hidden at once: until it is gone its access key would compete with the new button's.
            button.hide()
            button.deleteLater()
        self.buttons = {}

    def _add(self, one: Possible) -> None:
        key = ACCESS_KEYS.get(one.action)
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


def barred_words(barred: Sequence[Barred]) -> str:
    """Each reason on its line, with the steps it keeps back."""
    return "\n".join(f"· {'、'.join(one.steps)}：{one.reason}" for one in barred)


def _nothing_words(may_act: bool) -> str:
    return "这一件现在没有要办的步骤。" if may_act else "您的角色只能查看，不能办理。"
