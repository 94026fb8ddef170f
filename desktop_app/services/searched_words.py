"""What search and lists go by, proved against the records, and made anew from them (`verify --rebuild`)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from desktop_app.domain.case import Case
from desktop_app.domain.corrections import effective_steps
from desktop_app.domain.history import fold
from desktop_app.domain.messages import Message
from desktop_app.domain.office_records import Problem
from desktop_app.domain.rights import Right
from desktop_app.errors import LiuyanError
from desktop_app.services import kept_items, kept_likeness, regulations
from desktop_app.services.cases import searchable
from desktop_app.services.session import Session
from desktop_app.services.stages import Progress, Stages, Watch, unwatched

if TYPE_CHECKING:
    from desktop_app.storage.work import Work

KIND = "search"
_REMEDY = "用 verify --rebuild 重建"
_TOLD_EVERY = 100


def case_problems(work: Work, case: Case, message: Message) -> Iterator[Problem]:
    """Whether the words kept for search are those of the case; of one taken back there are none."""
    texts = [] if case.voided else searchable(message, case)
    if not work.search.has_words(case.number, texts, "" if case.voided else message.citizen.name):
        yield Problem(KIND, case.number, f"{case.number} 供检索的文字与记录不一致，可{_REMEDY}。")


def index_problems(work: Work, watch: Watch = unwatched) -> Iterator[Problem]:
    """Whether the index holds what rows and words give; `watch` is told how many cases were counted."""
    for fault in work.search.faults(watch):
        yield Problem(KIND, "case_search", f"{fault}，可{_REMEDY}。")


def rebuild(session: Session, progress: Progress | None = None) -> int:
    """Make the words of all cases, the indexes over them, the counts by state and what is kept of open items anew; how
    many cases there are.

    One transaction: a list never sees half of it. A case that can't be read keeps what it has. `progress` is told
    three passes over the cases: their words, the search index, what likeness goes by.
    """
    session.require(Right.BACK_UP)
    session.require_cases()
    counted = 0
    with session.change() as work:
        work.cases.count_anew()
        size = work.cases.count()
        words, index, likeness = (Stages(progress, 3, size).watch(at, size) for at in range(3))
        for row in work.cases.all():
            counted += 1
            if counted % _TOLD_EVERY == 0:
                words(counted)
            try:
                message = work.messages.get(row.number)
                steps = effective_steps(work.journal.of_case(row.number))
                case = fold(row.number, steps, regulations.load(row.regulation))
            except (LiuyanError, LookupError, ValueError, IndexError):
                continue
            if case.voided:
                work.search.drop(row.number)
            else:
                work.search.put(row.number, searchable(message, case), message.citizen.name)
        work.search.rebuild(index)
        kept_likeness.rebuild(work, likeness)
        kept_items.rebuild(session, work)
    return counted
