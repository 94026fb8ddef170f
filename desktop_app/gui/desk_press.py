"""The one key of the morning desk: every reminder or 催办 recorded, its papers and telephone list ready to print."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.errors import LiuyanError, StorageProblem
from desktop_app.gui.changes import Changes
from desktop_app.gui.jobs import Progress
from desktop_app.gui.messages import Message, message_of
from desktop_app.gui.page import PageContext
from desktop_app.gui.papers_folder import papers_folder, show_folder
from desktop_app.gui.preview_state import Preview
from desktop_app.services.reminders import PressedUnit, take_back, units_of

if TYPE_CHECKING:
    from desktop_app.documents.pressure_run import PressureRun
    from desktop_app.documents.suite_server import SuiteHome
    from desktop_app.services.session import Session

AT_ONCE = 20
"""More cases than these are pressed in a process of their own, with progress."""


class DeskPress(QObject):
    """Works for the desk; one run at a time. What comes of it is told in the strip, with 撤销."""

    ended = Signal()

    def __init__(self, context: PageContext, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self.busy = False

    def press(self, trigger: str, title: str, cases: int) -> None:
        """Press all that wait by that trigger; `title` is the step's, `cases` how many wait."""
        if self.busy:
            return
        self.busy = True
        run = partial(_press, trigger, papers_folder(self._context.settings))
        told = partial(self._done, title)
        changes = Changes.of("cases")
        if cases > AT_ONCE:
            self._context.operations.job(self, f"{title} {cases:,} 件", run, told, changes, self._failed)
        else:
            self._context.operations.change(self, run, told, changes, self._failed)

    def _done(self, title: str, run: PressureRun) -> None:
        from desktop_app.documents.office_suite import can_make_pdf

        self._end()
        whole = run.pressed.done and not run.pressed.refused and run.trouble is None
        undo = partial(self._take_back, title, run.pressed.done) if run.pressed.done else None
        told = Message(run_words(run, title), "done" if whole else "refused", undo=undo)
        if not run.files:
            self._context.show_message(told)
        elif can_make_pdf():
            self._context.show_message(replace(told, text=f"{told.text}正在排版，稍后可以查看和打印。"))
            self._lay_out(run, title, told)
        else:
            self._context.show_message(replace(told, text=told.text + self._open(run)))

    # -------------------------------------------------------------- the files

    def _lay_out(self, run: PressureRun, title: str, told: Message) -> None:
        """Papers and list as pages, before one's eyes and ready to be printed."""
        home = self._context.works.suite(self._context.session.folder)
        names = "、".join(file.stem for file in run.files)
        self._context.operations.query(
            self,
            "pages",
            partial(_pages, run.files, home),
            partial(self._look, f"{title}：{names}", told),
            self._failed,
            aside=True,
        )

    def _look(self, title: str, told: Message, pages: tuple[bytes, tuple[int, ...]]) -> None:
        pdf, starts = pages
        self._context.works.show_preview(Preview(title, title.replace("：", " "), pdf, starts=starts))
        self._context.open_page("preview")
        # Once more, because 撤销 goes by itself, and this took its time.
        self._context.show_message(told)

    def _open(self, run: PressureRun) -> str:
        """In the suite of this machine, where it makes no pages; where there is none, the folder."""
        from desktop_app.documents.office_suite import NoOfficeSuite, open_paper

        try:
            names = [open_paper(file).name for file in run.files]
        except NoOfficeSuite as error:
            show_folder(run.files[0].parent)
            return f"{error.message}，文件夹已打开。"
        return f"正用 {names[0]} 打开，可在其中打印。"

    def _failed(self, error: LiuyanError) -> None:
        self._end()
        if isinstance(error, StorageProblem):
            self._context.operations.failed.emit(error)
        else:
            self._context.show_message(message_of(error))

    def _end(self) -> None:
        self.busy = False
        self.ended.emit()

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


def _press(trigger: str, folder: Path, session: Session, progress: Progress | None = None) -> PressureRun:
    """On whatever thread or process it is done: what makes papers is imported when the first is wanted."""
    from desktop_app.documents.pressure_run import press_and_print

    return press_and_print(trigger, folder, session, progress)


def _pages(
    files: tuple[Path, ...], home: SuiteHome | None, session: Session
) -> tuple[bytes, tuple[int, ...]]:
    from desktop_app.documents.pressure_run import pages_of_files

    return pages_of_files(files, home, session)


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
        words.append(f"有的字印成了 □，请核对：{'；'.join(run.unprintable)}。")
    return "".join(words)


def _folder(run: PressureRun) -> Path:
    return run.papers[0].parent
