"""文书 of the menu: a line for each paper that the office's regulation knows, under the regulation's own title."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from desktop_app.documents import paper_catalogue as forms

_GROUPS = (
    ("与承办单位往来", (forms.EXTENSION, forms.RETURN, forms.REWORK)),
    (
        "审核、答复、回访",
        (
            forms.APPROVAL,
            forms.REPLY,
            forms.PRIVATE_ANSWER,
            forms.REFUSAL,
            forms.EXPLANATION,
            forms.FOLLOW_UP,
        ),
    ),
    (
        "批示、调研、移交",
        (forms.INSTRUCTION_REPORT, forms.INVESTIGATION, forms.TRANSFER_LETTER, forms.TRANSFER_REPORT),
    ),
    ("时限、案卷", (forms.DEADLINE_NOTE, forms.FILE_COVER, forms.FILE_CATALOGUE, forms.FILE_NOTE)),
)
"""What is printed now and then, in menus of its own; slips and papers of pressure, every day's work, stand above."""


class PapersMenu(QMenu):
    """Until the regulation has been read the papers bear the program's titles."""

    def __init__(
        self,
        bar: QWidget,
        window: QWidget,
        print_papers: Callable[[str], None],
        preview_papers: Callable[[str], None],
    ) -> None:
        """The actions belong to the window, as all of its menu do; the two callables take a form id."""
        super().__init__("文书(&W)", bar)
        self.groups = {title: QMenu(title, self) for title, _ in _GROUPS}
        self._menus: dict[str, QMenu] = {
            form: self.groups[title] for title, members in _GROUPS for form in members
        }
        self._actions: dict[str, QAction] = {}
        for form, paper in forms.PAPERS.items():
            action = QAction(f"打印{paper.title}", window)
            action.triggered.connect(_calling(print_papers, form))
            self._actions[form] = action
            self._menu_of(form).addAction(action)
        self._actions[forms.SLIP].setShortcut(QKeySequence("Ctrl+P"))
        self.previews = self.addMenu("预览")
        self._previews: dict[str, QAction] = {}
        for form, paper in forms.PAPERS.items():
            action = QAction(paper.title, window)
            action.triggered.connect(_calling(preview_papers, form))
            self._previews[form] = action
            self.previews.addAction(action)
        self._show_groups()

    def show_forms(self, titles: Mapping[str, str]) -> None:
        """Form ids and titles in the order of the regulation; the papers that it does not know are not offered."""
        for form, action in self._actions.items():
            self._menu_of(form).removeAction(action)
            action.setVisible(form in titles)
        for form, title in titles.items():
            if form in self._actions:
                self._actions[form].setText(f"打印{title}")
                self._menu_of(form).addAction(self._actions[form])
        self.previews.clear()
        for form, title in titles.items():
            if form in self._previews:
                self._previews[form].setText(title)
                self.previews.addAction(self._previews[form])
        self._show_groups()

    def _menu_of(self, form: str) -> QMenu:
        return self._menus.get(form, self)

    def _show_groups(self) -> None:
        """Below the papers of every day, those that hold any."""
        for group in self.groups.values():
            self.removeAction(group.menuAction())
            if group.actions():
                self.addMenu(group)
        self.removeAction(self.previews.menuAction())
        self.addMenu(self.previews)


def _calling(act: Callable[[str], None], form: str) -> Callable[[], None]:
    return lambda: act(form)
