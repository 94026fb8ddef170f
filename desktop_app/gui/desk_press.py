"""The one key of the morning desk: every reminder or 催办 recorded, its papers and telephone list opened to print."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from desktop_app.documents.pressure_run import PressureRun, press_and_print
from desktop_app.errors import LiuyanError, StorageProblem
from desktop_app.gui.case_papers_desk import CasePapersDesk
from desktop_app.gui.messages import Kind, Message, message_of
from desktop_app.gui.operations import Changes
from desktop_app.gui.page import PageContext
from desktop_app.services.reminders import PressedUnit, take_back, units_of

AT_ONCE = 20
"""More cases than these are pressed in a process of their own, with progress."""


class DeskPress(QObject):
    """Works for the desk; one run at a time. What comes of it is told in the strip, with 撤销."""

    ended = Signal()

    def __init__(self, context: PageContext, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._papers = CasePapersDesk(context, page)
        self.busy = False

    def press(self, trigger: str, title: str, cases: int) -> None:
        """Press all that wait by that trigger; `title` is the step's, `cases` how many wait."""
        if self.busy:
            return
        self.busy = True
        run = partial(press_and_print, trigger, self._papers.folder())
        told = partial(self._done, title)
        changes = Changes.of("cases")
        if cases > AT_ONCE:
            self._context.operations.job(self, f"{title} {cases:,} 件", run, told, changes, self._failed)
        else:
            self._context.operations.change(self, run, told, changes, self._failed)

    def _done(self, title: str, run: PressureRun) -> None:
        self._end()
        undo = partial(self._take_back, title, run.pressed.done) if run.pressed.done else None
        opened = self._open(run)
        words = run_words(run, title)
        if opened:
            words = f"{words}{opened}"
        whole = run.pressed.done and not run.pressed.refused and run.trouble is None
        kind: Kind = "done" if whole else "refused"
        self._context.show_message(Message(words, kind, undo=undo))

    def _failed(self, error: LiuyanError) -> None:
        self._end()
        if isinstance(error, StorageProblem):
            self._context.operations.failed.emit(error)
        else:
            self._context.show_message(message_of(error))

    def _end(self) -> None:
        self.busy = False
        self.ended.emit()

    def _open(self, run: PressureRun) -> str:
        """All files in the suite of this machine; where there is none, their folder."""
        from desktop_app.documents.office_suite import NoOfficeSuite, open_paper

        files = [*run.papers, *([run.calls] if run.calls is not None else [])]
        if not files:
            return ""
        try:
            name = ""
            for file in files:
                name = open_paper(file).name
        except NoOfficeSuite as error:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(files[0].parent)))
            return error.message
        return f"正用 {name} 打开，可在其中打印。"

    def _take_back(self, title: str, done: tuple[PressedUnit, ...]) -> None:
        self._context.operations.change(
            self,
            partial(take_back, done=done),
            lambda count: self._context.show_message(
                Message(f"已撤销{title} {count:,} 件，文号作废；已出的文书请收回。", "done")
            ),
            Changes.of("cases"),
            lambda error: self._context.show_message(message_of(error)),
        )


def run_words(run: PressureRun, title: str) -> str:
    """What was done, what was refused and why, where the files lie."""
    pressed = run.pressed
    words = []
    if pressed.done:
        units = units_of(pressed.done)
        words.append(f"已{title} {units:,} 个单位 {pressed.cases:,} 件。")
    elif not pressed.refused:
        words.append(f"没有要{title}的件。")
    if run.papers and run.calls is not None:
        names = "、".join(f"“{file.name}”" for file in (*run.papers, run.calls))
        words.append(f"{names}已存到 {_folder(run)}。")
    words += [f"{one.unit}的 {len(one.numbers):,} 件没有{title}：{one.reason}" for one in pressed.refused]
    if pressed.left:
        words.append(f"已停下，还有 {pressed.left:,} 个单位没有{title}。")
    if run.trouble is not None:
        words.append(f"文书没有做成：{run.trouble}已登记的都在，可在各件中再做。")
    if run.unprintable:
        words.append(f"字体中没有“{'、'.join(run.unprintable)}”，请核对。")
    return "".join(words)


def _folder(run: PressureRun) -> Path:
    return run.papers[0].parent
