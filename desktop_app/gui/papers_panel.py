"""文书与附件: papers that can be made now, papers that were made, files kept with the case."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from desktop_app.documents.paper_catalogue import SLIP_ANONYMOUS
from desktop_app.domain.office_records import Attachment, PaperMade
from desktop_app.domain.regulation import FormRule, Regulation
from desktop_app.gui.page_parts import label
from desktop_app.services.attachments import KINDS

PREVIEW, PRINT, OPEN, SAVE = "preview", "print", "open", "save"
_WAYS = ((PREVIEW, "预览"), (PRINT, "打印…"), (OPEN, "制作并打开"), (SAVE, "另存为…"))
_PROPOSED = "（建议：本件投诉承办单位，宜隐去网民身份）"
_LAST = 1 + len(_WAYS)
"""The column of the last button; titles take the two before the first."""


class PapersPanel(QWidget):
    """Tells what is wanted; making, saving and printing is the page's."""

    paper_wanted = Signal(str, str)
    """Form id, and one of PREVIEW, PRINT, OPEN, SAVE."""
    again_wanted = Signal(int)
    """Id of a paper made earlier, wanted once more as it was."""
    attachment_wanted = Signal(int, str)
    """Attachment id, and OPEN or SAVE."""
    attach_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._content: QWidget | None = None
        self.buttons: dict[tuple[str, str], QPushButton] = {}
        self.again_buttons: dict[int, QPushButton] = {}
        self.attach_button = QPushButton("存入附件…")
        self.attach_button.clicked.connect(self.attach_wanted)

    def show_papers(
        self,
        regulation: Regulation,
        forms: Sequence[FormRule],
        made: Sequence[PaperMade],
        attachments: Sequence[Attachment],
        may_act: bool,
        without_identity: bool = False,
    ) -> None:
        """Show everything anew. `without_identity`: the slip that names nobody is proposed, before the other."""
        if self._content is not None:
            self._column.removeWidget(self._content)
            self._content.hide()
            self._content.deleteLater()
        self.buttons, self.again_buttons = {}, {}
        self._content = QWidget()
        grid = QGridLayout(self._content)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        line = self._add_forms(grid, _proposed_first(forms) if without_identity else forms, without_identity)
        line = self._add_made(grid, line, regulation, made, may_act)
        line = self._add_attachments(grid, line, attachments)
        if line == 0:
            grid.addWidget(label("还没有文书和附件；交办以后可以制作承办单。", "hint"), 0, 0, 1, 2)
        self._column.addWidget(self._content)
        self.attach_button.setVisible(may_act)

    def _add_forms(self, grid: QGridLayout, forms: Sequence[FormRule], without_identity: bool) -> int:
        for line, form in enumerate(forms):
            proposed = without_identity and form.form == SLIP_ANONYMOUS
            words = f"{form.title}　{_PROPOSED}" if proposed else form.title
            grid.addWidget(label(words, "strong"), line, 0, 1, 2)
            for column, (way, words) in enumerate(_WAYS, start=2):
                button = _button(words, f"{words} {form.title}")
                button.clicked.connect(self._wanting(form.form, way))
                self.buttons[form.form, way] = button
                grid.addWidget(button, line, column)
        return len(forms)

    def _wanting(self, form: str, way: str) -> Callable[[], None]:
        return lambda: self.paper_wanted.emit(form, way)

    def _add_made(
        self, grid: QGridLayout, line: int, regulation: Regulation, made: Sequence[PaperMade], may_act: bool
    ) -> int:
        for place, paper in enumerate(made, start=line):
            form = regulation.forms.get(paper.form)
            title = form.title if form is not None else paper.form
            when = f"{paper.made[5:10]} {paper.made[11:16]}"
            void = "（文号已作废）" if paper.void else ""
            words = label(f"已制作　{title}　{paper.number}{void}　{when}　{paper.by}", "note")
            words.setToolTip(f"校验值 {paper.sha256}")
            grid.addWidget(words, place, 0, 1, _LAST)
            again = _button("再出一份", f"原样再出 {title} {paper.number} {when}")
            again.setToolTip("与当时做的一字不差，不另记制作")
            again.clicked.connect(self._wanting_again(paper.id))
            again.setVisible(may_act)
            self.again_buttons[paper.id] = again
            grid.addWidget(again, place, _LAST)
        return line + len(made)

    def _wanting_again(self, paper: int) -> Callable[[], None]:
        return lambda: self.again_wanted.emit(paper)

    def _add_attachments(self, grid: QGridLayout, line: int, attachments: Sequence[Attachment]) -> int:
        for place, one in enumerate(attachments, start=line):
            size = f"{max(1, one.size // 1024):,} KB"
            words = f"附件　{KINDS.get(one.kind, one.kind)}　{one.name}　{size}　{one.added[5:10]}　{one.by}"
            grid.addWidget(label(words, "note"), place, 0, 1, _LAST - 1)
            for column, (way, title) in enumerate(((OPEN, "打开"), (SAVE, "另存为…")), start=_LAST - 1):
                button = _button(title, f"{title} {one.name}")
                button.clicked.connect(self._wanting_attachment(one.id, way))
                grid.addWidget(button, place, column)
        return line + len(attachments)

    def _wanting_attachment(self, attachment: int, way: str) -> Callable[[], None]:
        return lambda: self.attachment_wanted.emit(attachment, way)


def _button(words: str, spoken: str) -> QPushButton:
    button = QPushButton(words)
    button.setAccessibleName(spoken)
    return button


def _proposed_first(forms: Sequence[FormRule]) -> list[FormRule]:
    return sorted(forms, key=lambda form: form.form != SLIP_ANONYMOUS)
