"""对照: the messages of two cases side by side, what differs marked in both."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktop_app.domain.text_differences import Span, differences
from desktop_app.domain.wording import date_words
from desktop_app.gui.messages import message_of
from desktop_app.gui.page import PageContext
from desktop_app.gui.page_parts import label
from desktop_app.gui.public_text_editor import marked
from desktop_app.services.case_view import CaseView, view_case


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two, as it is read: masked."""

    heading: str
    facts: str
    title: str
    text: str


def side_of(view: CaseView) -> Side:
    """What is read of a case when it is held against another."""
    citizen = view.message.citizen
    who = "　".join(word for word in (citizen.name, citizen.contact) if word) or "网友未留姓名"
    lead = f"，{view.case.lead.unit}" if view.case.lead is not None else ""
    received = date_words(view.case.received, view.today)
    return Side(
        f"{view.row.number}　{view.case.status}{lead}",
        f"{received}收　{who}",
        view.message.title or "（无标题）",
        view.message.text,
    )


def show_beside(context: PageContext, parent: QWidget, this: str, other: str) -> None:
    """Read both, and show them; Esc closes."""
    context.operations.query(
        parent,
        "beside",
        lambda session: (side_of(view_case(session, this)), side_of(view_case(session, other))),
        lambda sides: BesideDialog(*sides, parent).open(),
        lambda error: context.show_message(message_of(error)),
    )


class BesideDialog(QDialog):
    """Left the case in hand, right the other. To be read, not edited."""

    def __init__(self, this: Side, other: Side, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("对照")
        self.panes = (_pane(this), _pane(other))
        found = differences(this.text, other.text)
        panes = QHBoxLayout()
        panes.setSpacing(16)
        for side, pane, spans in zip((this, other), self.panes, (found.removed, found.added), strict=True):
            panes.addLayout(_column(side, pane), 1)
            self._mark(pane, spans)
        close = QDialogButtonBox()
        self.close_button = close.addButton("关闭", QDialogButtonBox.ButtonRole.RejectRole)
        close.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.addLayout(panes, 1)
        same = not found.removed and not found.added
        column.addWidget(label("内容完全一样。" if same else "加粗带下划线的，是另一件没有的。", "hint"))
        column.addWidget(close)
        room = parent.window().size()
        self.resize(room.width() * 9 // 10, room.height() * 8 // 10)
        self.close_button.setFocus()

    def _mark(self, pane: QPlainTextEdit, spans: tuple[Span, ...]) -> None:
        look = QTextCharFormat()
        look.setFontUnderline(True)
        look.setFontWeight(700)
        pane.setExtraSelections(list(marked(pane, spans, look)))


def _pane(side: Side) -> QPlainTextEdit:
    pane = QPlainTextEdit()
    pane.setReadOnly(True)
    pane.setTabChangesFocus(True)
    pane.setPlainText(side.text)
    pane.setAccessibleName(side.heading)
    return pane


def _column(side: Side, pane: QPlainTextEdit) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(4)
    column.addWidget(label(side.heading, "strong"))
    column.addWidget(label(side.facts, "hint"))
    column.addWidget(label(side.title, "field"))
    column.addWidget(pane, 1)
    return column
