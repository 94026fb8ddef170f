"""显示: asks why the protected words are to be seen, in its place; the reason is recorded with who and when."""

from __future__ import annotations

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCompleter, QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop_app.gui.page_parts import label

COMMON_REASONS = ("与留言人联系核实", "核对办理情况", "审核答复", "制作文书", "登记回访")


class RevealBar(QFrame):
    """Hidden until asked for. Enter confirms, Esc closes it."""

    confirmed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "form")
        self.reason = QLineEdit()
        self.reason.setAccessibleName("查看理由，必填")
        self.reason.setPlaceholderText("如：与留言人联系核实")
        completer = QCompleter(QStringListModel(list(COMMON_REASONS), self), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.reason.setCompleter(completer)
        self.confirm_button = QPushButton("显示")
        self._fault = label("", "fault")
        self._fault.setVisible(False)
        row = QHBoxLayout()
        row.addWidget(label("查看理由 *", "field"))
        row.addWidget(self.reason, 1)
        row.addWidget(self.confirm_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self._fault)
        column.addWidget(
            label("网友身份和文字中的受保护信息将显示出来；谁、何时、为何查看会记入经过。", "hint")
        )
        self.confirm_button.clicked.connect(self._confirm)
        self.reason.returnPressed.connect(self._confirm)
        leaving = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        leaving.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leaving.activated.connect(self.close_bar)
        self.setVisible(False)

    def open_bar(self) -> None:
        self.setVisible(True)
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_bar(self) -> None:
        self.reason.clear()
        self._fault.setVisible(False)
        self.setVisible(False)

    def show_fault(self, words: str) -> None:
        self._fault.setText(f"✕ {words}")
        self._fault.setVisible(True)

    def _confirm(self) -> None:
        if not self.reason.text().strip():
            self.show_fault("请写明查看的理由。")
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.confirmed.emit(self.reason.text().strip())
