"""Protected words found in a text that others will read: each in its sentence, answered one by one before the step is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop_app.domain.privacy import KIND_WORDS, Hit
from desktop_app.domain.word_answers import COVER
from desktop_app.gui.page_parts import label
from desktop_app.services.public_text import PublicTextCheck

_AROUND = 12
REASONS = (
    "承办单位、经办人的公开电话",
    "办公地点或公共场所，不是住址",
    "已经公开的信息",
    "不是个人信息，识别有误",
)
"""Why a word may stand, as far as it can be foreseen; others are typed."""
_PUBLIC_HEAD = "拟公开的文字中有 {} 处受保护的信息，请逐条核对："
_PAPER_HEAD = "填写的内容里有 {} 处受保护的信息。案卷里照原样留存，出给别人看的文书上会遮盖成星号："


class _Row:
    """One word: covered, let stand for a reason, or not answered yet."""

    def __init__(self, number: int, text: str, hit: Hit) -> None:
        told = f"{KIND_WORDS[hit.kind]}　{_in_its_place(text, hit)}"
        self.words = label(f"{number}. {told}")
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.cover = QPushButton(COVER)
        self.stand = QPushButton("照登，理由：")
        self.reason = QComboBox()
        self.reason.setEditable(True)
        self.reason.addItems(REASONS)
        self.reason.setCurrentIndex(-1)
        for part, what in ((self.cover, COVER), (self.stand, "照登"), (self.reason, "照登的理由")):
            part.setAccessibleName(f"第 {number} 处 {KIND_WORDS[hit.kind]} {hit.text} {what}")
        for button in (self.cover, self.stand):
            button.setCheckable(True)
            button.setAutoDefault(True)

    @property
    def answer(self) -> str:
        """`遮盖`, or the reason; empty where it is not answered."""
        if self.cover.isChecked():
            return COVER
        return self.reason.currentText().strip() if self.stand.isChecked() else ""


class ProtectedWords(QFrame):
    """Hidden until there is something to look at. Tab goes from word to word, Enter or space answers."""

    answered = Signal(object)
    """Every word is answered, in their order; of a paper, that they were seen: then there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "warning")
        self.rows: list[_Row] = []
        self._public = True
        self._grid_holder: QWidget | None = None
        self._head = label("", "strong")
        self._left = label("", "hint")
        self.cover_all = QPushButton("其余全部遮盖")
        self.done_button = QPushButton()
        self.done_button.setProperty("role", "primary")
        self.done_button.setAutoDefault(True)
        self.cover_all.setAutoDefault(True)
        self.cover_all.clicked.connect(self._cover_the_rest)
        self.done_button.clicked.connect(self._done)
        foot = QHBoxLayout()
        for button in (self.done_button, self.cover_all):
            foot.addWidget(button)
        foot.addWidget(self._left, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 8, 12, 8)
        self._column.addWidget(self._head)
        self._column.addLayout(foot)
        self.setVisible(False)

    def show_hits(self, check: PublicTextCheck) -> None:
        """List the words, each with its kind and what stands around it, and go to the first."""
        self._public = check.public
        self._head.setText((_PUBLIC_HEAD if check.public else _PAPER_HEAD).format(len(check.hits)))
        self.rows = [_Row(number, check.text, hit) for number, hit in enumerate(check.hits, start=1)]
        self._lay_out_rows()
        self.cover_all.setVisible(check.public)
        self.done_button.setText("按核对结果办理" if check.public else "知道了，照此登记")
        self._look()
        self.setVisible(True)
        self._go_on()

    def words(self) -> str:
        """What is shown of all words, a line each."""
        return "\n".join(row.words.text() for row in self.rows)

    def _lay_out_rows(self) -> None:
        if self._grid_holder is not None:
            self._column.removeWidget(self._grid_holder)
            self._grid_holder.hide()
            self._grid_holder.deleteLater()
        self._grid_holder = QWidget()
        grid = QGridLayout(self._grid_holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(2, 1)
        for line, row in enumerate(self.rows):
            grid.addWidget(row.words, 2 * line, 0, 1, 3)
            if self._public:
                for column, part in enumerate((row.cover, row.stand, row.reason)):
                    grid.addWidget(part, 2 * line + 1, column)
                row.cover.clicked.connect(self._answering(row, row.cover, row.stand))
                row.stand.clicked.connect(self._answering(row, row.stand, row.cover))
                row.reason.currentTextChanged.connect(self._reasoned(row))
        self._column.insertWidget(1, self._grid_holder)

    def _answering(self, row: _Row, chosen: QPushButton, other: QPushButton) -> Callable[[], None]:
        def answer() -> None:
            chosen.setChecked(True)
            other.setChecked(False)
            self._look()
            if row.answer:
                self._go_on()
            else:
                row.reason.setFocus(Qt.FocusReason.OtherFocusReason)

        return answer

    def _reasoned(self, row: _Row) -> Callable[[str], None]:
        def reasoned(words: str) -> None:
            if words.strip():
                row.stand.setChecked(True)
                row.cover.setChecked(False)
            self._look()

        return reasoned

    def _cover_the_rest(self) -> None:
        for row in self.rows:
            if not row.answer:
                row.cover.setChecked(True)
                row.stand.setChecked(False)
        self._look()
        self._go_on()

    def _look(self) -> None:
        """How many are left; only then may it go on."""
        left = len(self._unanswered()) if self._public else 0
        self._left.setText(f"还有 {left} 处没有核对。" if left else "")
        self.cover_all.setEnabled(left > 0)
        self.done_button.setEnabled(left == 0)

    def _unanswered(self) -> Sequence[_Row]:
        return [row for row in self.rows if not row.answer]

    def _go_on(self) -> None:
        left = self._unanswered() if self._public else []
        (left[0].cover if left else self.done_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def _done(self) -> None:
        self.answered.emit(tuple(row.answer for row in self.rows) if self._public else ())


def _in_its_place(text: str, hit: Hit) -> str:
    before = text[max(0, hit.start - _AROUND) : hit.start].replace("\n", " ")
    after = text[hit.end : hit.end + _AROUND].replace("\n", " ")
    return f"……{before}【{hit.text}】{after}……"
