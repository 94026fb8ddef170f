"""Forms of the appraisal, in place below its table: an appeal, a decision on it, and what each failing costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QPushButton, QVBoxLayout

from desktop_app.gui.page_parts import label
from desktop_app.gui.rows_of_widgets import named, row
from desktop_app.services.appraisal import Decision, Failing

_ABREAST = 4
"""Failings side by side."""
APPEAL, DECISION = "appeal", "decision"


class DeductionForm(QFrame):
    """One deduction: the unit's appeal, or the decision on it. Which of both is asked for stands in its heading."""

    appealed = Signal(str)
    decided = Signal(Decision)

    def __init__(self) -> None:
        super().__init__()
        self._kind = APPEAL
        self.setProperty("role", "form")
        self.heading = label("", "section")
        self.points, self.by, self.reason = QLineEdit(), QLineEdit(), QLineEdit()
        self.points.setPlaceholderText("0 为不扣")
        self.by.setPlaceholderText("由谁决定")
        self.save, self.leave = QPushButton("登记"), QPushButton("不登记")
        self.save.setProperty("role", "primary")
        self._decision = (*named("改扣", self.points), *named("决定人", self.by))
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(8)
        column.addWidget(self.heading)
        column.addLayout(row(*self._decision, *named("理由", self.reason)))
        column.addLayout(row(self.save, self.leave, None))
        self.save.clicked.connect(self._save)
        self.reason.returnPressed.connect(self._save)
        self.leave.clicked.connect(self.hide)
        self.hide()

    def begin(self, kind: str, heading: str) -> None:
        """Ask for an appeal or a decision."""
        self._kind = kind
        self.heading.setText(heading)
        for widget in self._decision:
            widget.setVisible(kind == DECISION)
        for edit in (self.points, self.by, self.reason):
            edit.clear()
        self.show()
        (self.points if kind == DECISION else self.reason).setFocus()

    def _save(self) -> None:
        if self._kind == APPEAL:
            self.appealed.emit(self.reason.text())
        else:
            self.decided.emit(Decision(self.points.text(), self.by.text(), self.reason.text()))


class PointsForm(QFrame):
    """What each failing costs. An empty line is no number: that failing is listed and costs nothing."""

    wanted = Signal(dict)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "form")
        self.edits: dict[str, QLineEdit] = {}
        self.save, self.leave = QPushButton("保存分值"), QPushButton("不改")
        self.save.setProperty("role", "primary")
        self._lines = QGridLayout()
        self._lines.setHorizontalSpacing(8)
        self._lines.setVerticalSpacing(8)
        self._lines.setColumnStretch(2 * _ABREAST, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(8)
        column.addWidget(
            label("每种情形扣几分由本单位定，0 至 100，最多两位小数；留空的只列出、不计分。", "hint")
        )
        column.addLayout(self._lines)
        column.addLayout(row(self.save, self.leave, None))
        self.save.clicked.connect(lambda: self.wanted.emit(self.values()))
        self.leave.clicked.connect(self.hide)
        self.hide()

    def begin(self, failings: Sequence[Failing], words: Mapping[str, str]) -> None:
        """Show the points as they stand; `words` are these, by kind."""
        for one in failings:
            kind = one.rule.kind
            if kind not in self.edits:
                edit = QLineEdit()
                edit.setMaximumWidth(edit.fontMetrics().horizontalAdvance("0") * 12)
                article = f"（{one.rule.article}）" if one.rule.article else ""
                line, place = divmod(len(self.edits), _ABREAST)
                for column, widget in enumerate(named(f"{kind}{article}", edit)):
                    self._lines.addWidget(widget, line, 2 * place + column)
                self.edits[kind] = edit
            self.edits[kind].setText(words[kind])
            self.edits[kind].setPlaceholderText("未设定")
        self.show()
        next(iter(self.edits.values())).setFocus()

    def values(self) -> dict[str, str]:
        return {kind: edit.text().strip() for kind, edit in self.edits.items()}
