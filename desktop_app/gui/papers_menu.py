"""文书 of the menu: a line for each paper that the office's regulation knows, under the regulation's own title."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from desktop_app.documents.paper_catalogue import PAPERS, SLIP


class PapersMenu(QMenu):
    """Until the regulation has been read the papers bear the program's titles."""

    def __init__(self, bar: QWidget, window: QWidget, print_papers: Callable[[str], None]) -> None:
        """The actions belong to the window, as all of its menu do; `print_papers` takes a form id."""
        super().__init__("文书(&W)", bar)
        self._actions: dict[str, QAction] = {}
        for form, paper in PAPERS.items():
            action = QAction(f"打印{paper.title}", window)
            action.triggered.connect(_calling(print_papers, form))
            self._actions[form] = action
            self.addAction(action)
        self._actions[SLIP].setShortcut(QKeySequence("Ctrl+P"))

    def show_forms(self, titles: Mapping[str, str]) -> None:
        """Form ids and titles in the order of the regulation; the papers that it does not know are not offered."""
        for form, action in self._actions.items():
            self.removeAction(action)
            action.setVisible(form in titles)
        for form, title in titles.items():
            if form in self._actions:
                self._actions[form].setText(f"打印{title}")
                self.addAction(self._actions[form])


def _calling(print_papers: Callable[[str], None], form: str) -> Callable[[], None]:
    return lambda: print_papers(form)
