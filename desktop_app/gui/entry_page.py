"""登记一件: one message typed by hand, from a letter, a call or the board itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop_app.gui import entry_state as state
from desktop_app.gui.changes import Changes
from desktop_app.gui.entry_state import EntryField
from desktop_app.gui.messages import Message, message_of
from desktop_app.gui.page import Page, PageContext
from desktop_app.gui.page_parts import label
from desktop_app.gui.regulation_choice import RegulationChoice
from desktop_app.gui.rows_of_widgets import row
from desktop_app.gui.typing_keeper import TypingKeeper
from desktop_app.services import office_settings, regulations
from desktop_app.services.cases import Done
from desktop_app.services.drafts import drop_draft
from desktop_app.services.registration import register_one
from desktop_app.services.session import Session


class EntryPage(Page):
    """The message at the left, who wrote it and how it came at the right. Ctrl+Enter registers."""

    title = "登记一件"
    kinds = frozenset({"settings"})

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self.editors: dict[str, QLineEdit | QPlainTextEdit] = {}
        self.faults: dict[str, QLabel] = {}
        self._choice = RegulationChoice(self)
        self.regulation, self.source = self._choice.regulation, self._choice.source
        self.register = QPushButton("登记")
        self.register.setProperty("role", "primary")
        self.register.setShortcut("Ctrl+Return")
        self.register.setToolTip("Ctrl+Enter")
        self.register_and_open = QPushButton("登记并打开")
        self.empty = QPushButton("清空")
        self.keeper = TypingKeeper(context, "entry", self._typed, self)
        self.keeper.found.connect(self._take_up)
        self._build()
        self._new()
        self.register.clicked.connect(lambda: self.save(open_it=False))
        self.register_and_open.clicked.connect(lambda: self.save(open_it=True))
        self.empty.clicked.connect(self._empty_form)

    # ------------------------------------------------------------------ laying out

    def _build(self) -> None:
        left, right = QVBoxLayout(), QVBoxLayout()
        left.addWidget(label("留言", "section"))
        left.addLayout(self._grid(state.MESSAGE_FIELDS), 1)
        right.addWidget(label("网民（受保护的信息，只在交办时给承办单位）", "section"))
        right.addLayout(self._grid(state.CITIZEN_FIELDS))
        right.addWidget(label("登记信息", "section"))
        right.addLayout(
            self._grid(state.BOARD_FIELDS, (("适用办法", self.regulation), ("来源", self.source)))
        )
        right.addStretch(1)
        inside = QWidget()
        columns = QHBoxLayout(inside)
        columns.setContentsMargins(0, 0, 8, 0)
        columns.setSpacing(24)
        columns.addLayout(left, 3)
        columns.addLayout(right, 2)
        scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        page = QVBoxLayout(self)
        page.setContentsMargins(16, 8, 16, 8)
        page.setSpacing(8)
        page.addWidget(scroll, 1)
        page.addLayout(row(self.register, self.register_and_open, self.empty, None))

    def _grid(self, fields: Iterable[EntryField], choices: Sequence[tuple[str, QWidget]] = ()) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        line = 0
        for field in fields:
            editor, fault = self._editor(field), label("", "fault")
            fault.hide()
            self.editors[field.name], self.faults[field.name] = editor, fault
            _put(grid, line, f"{field.label}{' *' if field.required else ''}", editor, tall=field.long)
            grid.addWidget(fault, line + 1, 1)
            if field.long:
                grid.setRowStretch(line, 1)
            line += 2
        for words, widget in choices:
            _put(grid, line, words, widget)
            line += 1
        return grid

    def _editor(self, field: EntryField) -> QLineEdit | QPlainTextEdit:
        editor: QLineEdit | QPlainTextEdit
        if field.long:
            editor = QPlainTextEdit()
            editor.setTabChangesFocus(True)
            editor.setMinimumHeight(editor.fontMetrics().lineSpacing() * 8)
        else:
            editor = QLineEdit()
        editor.setPlaceholderText(field.hint)
        editor.setAccessibleName(field.label)
        editor.textChanged.connect(self.keeper.touch)
        return editor

    # ------------------------------------------------------------------ choices

    def refresh(self) -> None:
        self.context.operations.query(
            self,
            "office",
            lambda session: (regulations.load_all(), office_settings.get(session).regulation),
            lambda found: self._choice.show_regulations(*found),
        )
        self.keeper.look()

    # ------------------------------------------------------------------ registering

    def focus_first(self) -> None:
        self.editors["title"].setFocus()

    def texts(self) -> dict[str, str]:
        """What stands in the fields."""
        return {
            name: editor.text() if isinstance(editor, QLineEdit) else editor.toPlainText()
            for name, editor in self.editors.items()
        }

    def save(self, open_it: bool) -> None:
        """Register what stands in the form; faults are shown beside their fields, and nothing typed is lost."""
        texts = self.texts()
        found = state.faults(texts, self.context.session.today)
        self._show_faults(found)
        if found:
            self.editors[next(iter(found))].setFocus()
            return
        wanted = state.registration_of(texts, self.regulation.currentData(), self.source.currentText())

        def done(registered: Done) -> None:
            self.context.show_message(Message(f"已登记 {registered.number}。", "done"))
            self._new()
            if open_it:
                self.context.open_case(registered.number, (registered.number,))
            else:
                self.focus_first()

        def register(session: Session) -> Done:
            registered = register_one(session, wanted)
            drop_draft(session, "", "entry")
            return registered

        self.context.operations.change(
            self,
            register,
            done,
            Changes(frozenset({"cases"})),
            lambda error: self.context.show_message(message_of(error)),
        )

    def _show_faults(self, found: dict[str, str]) -> None:
        for name, words in self.faults.items():
            words.setText(found.get(name, ""))
            words.setVisible(name in found)

    def _typed(self) -> dict[str, str]:
        """What is worth keeping: nothing where the form is as it was when it was empty."""
        texts = self.texts()
        return {} if texts == self._untouched() else texts

    def _take_up(self, texts: Mapping[str, str]) -> None:
        """What was typed before the program ended."""
        self._fill({**self._untouched(), **texts})
        self.context.show_message(Message("上次没有登记的一件已填回来。"))

    def _empty_form(self) -> None:
        self._new()
        self.focus_first()

    def _new(self) -> None:
        """An empty form; the day of receipt is today until told otherwise."""
        self._fill(self._untouched())
        self._show_faults({})

    def _untouched(self) -> dict[str, str]:
        today = self.context.session.today.isoformat()
        return {name: today if name == "received" else "" for name in self.editors}

    def _fill(self, texts: Mapping[str, str]) -> None:
        for name, editor in self.editors.items():
            if isinstance(editor, QLineEdit):
                editor.setText(texts[name])
            else:
                editor.setPlainText(texts[name])


def _put(grid: QGridLayout, line: int, words: str, widget: QWidget, tall: bool = False) -> None:
    name = label(words, "field")
    name.setBuddy(widget)
    if not widget.accessibleName():
        widget.setAccessibleName(words)
    upright = Qt.AlignmentFlag.AlignTop if tall else Qt.AlignmentFlag.AlignVCenter
    grid.addWidget(name, line, 0, Qt.AlignmentFlag.AlignRight | upright)
    grid.addWidget(widget, line, 1)
