"""The form of one unit."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import (
    QCompleter,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.units import Unit
from desktop_app.gui import units_state as state
from desktop_app.gui.page_parts import label


class UnitForm(QWidget):
    """All fields of a unit, faults beside them. Ctrl+Enter saves; nothing is saved by itself."""

    edited = Signal()
    save_wanted = Signal()
    discarded = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._loading = False
        self._superiors = QStringListModel(self)
        self.editors: dict[str, QLineEdit | QPlainTextEdit] = {}
        self.faults = {field.name: label("", "fault") for field in state.FIELDS}
        self.heading = label("", "section")
        self.save = QPushButton("保存")
        self.save.setProperty("role", "primary")
        self.save.setToolTip("Ctrl+Enter")
        self.save.setShortcut("Ctrl+Return")
        self.discard = QPushButton("还原")
        self.refused = label("", "fault")
        self._build()
        self.save.clicked.connect(self.save_wanted)
        self.discard.clicked.connect(self.discarded)

    def _build(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for place, field in enumerate(state.FIELDS):
            name = label(f"{field.label}{' *' if field.required else ''}", "field")
            name.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            editor = self._editor(field)
            name.setBuddy(editor)
            self.editors[field.name] = editor
            grid.addWidget(name, 2 * place, 0)
            grid.addWidget(editor, 2 * place, 1)
            grid.addWidget(self.faults[field.name], 2 * place + 1, 1)
            self.faults[field.name].hide()
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.save)
        buttons.addWidget(self.discard)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.heading)
        column.addLayout(grid)
        column.addWidget(self.refused)
        column.addLayout(buttons)
        column.addStretch(1)
        self.refused.hide()

    def _editor(self, field: state.UnitField) -> QLineEdit | QPlainTextEdit:
        if field.long:
            long = QPlainTextEdit()
            long.setTabChangesFocus(True)
            long.setFixedHeight(long.fontMetrics().lineSpacing() * 4 + 12)
            long.setAccessibleName(field.label)
            long.textChanged.connect(self._on_edited)
            return long
        line = QLineEdit()
        line.setAccessibleName(field.label)
        line.setPlaceholderText(field.hint)
        line.textEdited.connect(self._on_edited)
        if field.name == "superior":
            completer = QCompleter(self._superiors, line)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.activated.connect(self._on_edited)
            line.setCompleter(completer)
        return line

    def show_unit(self, unit: Unit, heading: str, others: Sequence[Unit]) -> None:
        """Fill in a unit; `others` are those it can be below of."""
        self._loading = True
        texts = state.texts_of(unit)
        for name, editor in self.editors.items():
            if isinstance(editor, QLineEdit):
                editor.setText(texts[name])
                editor.setCursorPosition(0)
            else:
                editor.setPlainText(texts[name])
        self._superiors.setStringList([other.name for other in others if other.name != unit.name])
        self.heading.setText(heading)
        self.show_faults({})
        self._loading = False

    def unit(self) -> Unit:
        """The unit as the fields stand."""
        return state.unit_of(
            {
                name: editor.text() if isinstance(editor, QLineEdit) else editor.toPlainText()
                for name, editor in self.editors.items()
            }
        )

    def show_faults(self, faults: dict[str, str], refused: str = "") -> None:
        for name, words in self.faults.items():
            words.setText(faults.get(name, ""))
            words.setVisible(name in faults)
        self.refused.setText(refused)
        self.refused.setVisible(bool(refused))

    def set_dirty(self, dirty: bool) -> None:
        self.discard.setEnabled(dirty)
        self.save.setEnabled(dirty)

    def focus_first(self) -> None:
        self.editors["name"].setFocus()

    def _on_edited(self) -> None:
        if not self._loading:
            self.edited.emit()
