"""One key of the morning desk: every reminder (or 催办) recorded, its papers in one file, and the telephone list.

No Qt here: a process of its own may run it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop_app.documents.case_papers import (
    FilledPapers,
    check_target,
    check_template,
    fill_papers,
    merge_made,
    record_filled,
)
from desktop_app.documents.paper_files import files_together, free_name
from desktop_app.documents.paper_runs import pages_of
from desktop_app.documents.pdf_pages import PdfPages, joined
from desktop_app.documents.suite_server import SuiteHome
from desktop_app.documents.telephone_list import Call, telephone_list
from desktop_app.domain.corrections import Step
from desktop_app.domain.wording import long_date
from desktop_app.errors import LiuyanError
from desktop_app.services import regulations, reminders
from desktop_app.services.document_numbers import form_numbered
from desktop_app.services.office_settings import get as office_settings
from desktop_app.services.reminders import PressedAll, PressedUnit
from desktop_app.services.session import Session

Progress = Callable[[int, int], bool]


@dataclass(frozen=True, slots=True)
class PressureRun:
    """What came of it. `papers` and `calls` are the files, None where nothing was pressed; `unprintable` names
    letters their typeface lacks.

    `trouble`: why the files could not be made; what was recorded stands, and its papers can be made from its cases.
    """

    pressed: PressedAll
    papers: tuple[Path, ...] = ()
    calls: Path | None = None
    unprintable: tuple[str, ...] = ()
    trouble: LiuyanError | None = None

    @property
    def files(self) -> tuple[Path, ...]:
        """What is to be printed: the telephone list first."""
        return (*([self.calls] if self.calls is not None else []), *self.papers)


def press_and_print(
    trigger: str, folder: Path, session: Session, progress: Progress | None = None
) -> PressureRun:
    """Press all that wait by that trigger (`reminders.REMINDER`, `OVERDUE`), and lay papers and list in `folder`.

    The folder and the templates are tried before anything is recorded: StorageProblem, BadData.
    """
    check_target(folder / "清单.docx")
    forms = _forms(trigger)
    for form in forms.values():
        check_template(session, form)
    pressed = reminders.press_all(session, trigger, progress)
    if not pressed.done:
        return PressureRun(pressed)
    try:
        return _with_files(session, pressed, forms, folder)
    except LiuyanError as error:
        return PressureRun(pressed, trouble=error)


def pages_of_files(
    files: Sequence[Path], home: SuiteHome | None, session: Session
) -> tuple[bytes, tuple[int, ...]]:
    """Word files one after the other as the pages of one PDF, and the pages on which a paper begins.

    NoOfficeSuite, BadData.
    """
    pdfs: list[bytes] = []
    starts: list[int] = []
    pages = 0
    for file in files:
        pdfs.append(pages_of(session, file.read_bytes(), home))
        with PdfPages(pdfs[-1], file.name) as opened:
            starts += [pages + start for start in opened.starts]
            pages += len(opened)
    return joined(pdfs), tuple(starts)


def _forms(trigger: str) -> dict[str, str]:
    """By regulation: the paper that its step of that trigger calls for."""
    forms = {}
    for one in regulations.load_all():
        rule = next((rule for rule in one.open_items if rule.trigger == trigger), None)
        form = form_numbered(one, Step(0, rule.verb, one.in_force, {})) if rule is not None else None
        if form is not None:
            forms[one.id] = form.form
    return forms


def _with_files(session: Session, pressed: PressedAll, forms: dict[str, str], folder: Path) -> PressureRun:
    by_form: dict[str, list[str]] = {}
    for one in pressed.done:
        if one.regulation in forms:
            by_form.setdefault(forms[one.regulation], []).append(one.numbers[0])
    papers, unprintable = [], []
    for form, numbers in by_form.items():
        filled = fill_papers(session, numbers, form)
        papers.append(_save_papers(session, filled, folder))
        unprintable += [letter for paper in filled.made for letter in paper.unprintable]
    calls = _save_calls(session, pressed.done, folder)
    return PressureRun(pressed, tuple(papers), calls, tuple(dict.fromkeys(unprintable)))


def _save_papers(session: Session, filled: FilledPapers, folder: Path) -> Path:
    title, count = filled.made[0].title, len({record.case for record in filled.records})
    name = f"{title} {_day(session)} {len(filled.made)}份{count}件.docx"
    with files_together(folder) as files:
        name = free_name(folder, name)
        files.write(name, merge_made(filled.made) if len(filled.made) > 1 else filled.made[0].data)
        record_filled(session, filled, files.publish)
    return folder / name


def _save_calls(session: Session, done: Sequence[PressedUnit], folder: Path) -> Path:
    step = regulations.load(done[0].regulation).actions[done[0].action].title
    office = office_settings(session)
    cases = sum(len(one.numbers) for one in done)
    data = telephone_list(
        f"电话{step}清单",
        f"{office.name}　{long_date(session.today)}　{reminders.units_of(done)} 个单位，{cases} 件",
        [Call(one.unit, one.head, one.phone, one.numbers, one.document) for one in done],
    )
    with files_together(folder) as files:
        name = free_name(folder, f"电话{step}清单 {_day(session)}.docx")
        files.write(name, data)
        files.publish()
    return folder / name


def _day(session: Session) -> str:
    return f"{session.today.month}月{session.today.day}日"
