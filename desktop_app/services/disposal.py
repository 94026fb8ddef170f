"""Lawful disposal of a case's protected words, once its time of keeping is over or the law asks for it.

What happened, when, by whom and under which number stays, and so do the figures; who wrote, what was written, and
every text typed since is gone: from journal, message, search, papers, drafts and files (docs/adr/025). Backups made
before hold the words until they have been rotated away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_app.domain.messages import Citizen, Message
from desktop_app.domain.rights import Right
from desktop_app.errors import Refusal
from desktop_app.services.case_loading import Loaded, load_case
from desktop_app.services.cases import searchable, settle
from desktop_app.services.journaling import note
from desktop_app.services.near_repeats import forget
from desktop_app.services.session import Session

if TYPE_CHECKING:
    from desktop_app.storage.work import Work

DISPOSE = "dispose-words"
"""The event: `decided_by`, and how many words, papers and files went; the reason beside it."""


@dataclass(frozen=True, slots=True)
class Disposed:
    """What went. `words` counts texts of events, `papers` those that can no longer be made again."""

    number: str
    event: int
    words: int
    papers: int
    files: int


def dispose_words(session: Session, number: str, reason: str, decided_by: str) -> Disposed:
    """Dispose of the protected words of one case; there is no way back.

    Refusals: `unknown_case`, `not_allowed_for_role`, `missing_key` without reason or decision, `wrong_state` while
    the case is open or waits for the archive, `nothing_to_undo` where they are gone already.
    """
    (done,) = dispose_many(session, [number], reason, decided_by)
    return done


def dispose_many(session: Session, numbers: Sequence[str], reason: str, decided_by: str) -> list[Disposed]:
    """The same of several cases on one decision, such as a list of those whose time is over; all or none."""
    session.require(Right.DISPOSE)
    files: list[str] = []
    with session.change() as work:
        done = [
            _dispose(session, work, number, reason, decided_by, files) for number in dict.fromkeys(numbers)
        ]
        disposal = work.disposal()
    disposal.remove_files(files)
    return done


def _dispose(
    session: Session, work: Work, number: str, reason: str, decided_by: str, files: list[str]
) -> Disposed:
    loaded = load_case(work, number)
    _check(loaded, reason, decided_by)
    case, disposal = loaded.case.number, work.disposal()
    words = disposal.words(case)
    papers = disposal.filled_papers(case)
    disposal.drafts(case)
    gone = disposal.attachments(case)
    files += gone
    facts = {
        "decided_by": decided_by.strip(),
        "words": str(words),
        "papers": str(papers),
        "files": str(len(gone)),
    }
    event = note(session, work, DISPOSE, facts, {"reason": reason.strip()}, case)
    _forget_message(session, work, loaded, event.id)
    return Disposed(case, event.id, words, papers, len(gone))


def _check(loaded: Loaded, reason: str, decided_by: str) -> None:
    if not reason.strip():
        raise Refusal(
            "missing_key", "销毁受保护的文字须写明理由和依据（reason），如保管期限届满、本人依法要求删除。"
        )
    if not decided_by.strip():
        raise Refusal("missing_key", "销毁受保护的文字须写明批准人（decided_by）。")
    case = loaded.case
    if not case.voided and loaded.regulation.state(case.status).open:
        raise Refusal(
            "wrong_state",
            f"{case.number} 现为“{case.status}”，办结归档以前不能销毁受保护的文字。",
            None,
            "请先办结、归档。",
        )
    if any(event.action == DISPOSE for event in loaded.events):
        raise Refusal("nothing_to_undo", f"{case.number} 的受保护文字已经销毁。")


def _forget_message(session: Session, work: Work, loaded: Loaded, event_id: int) -> None:
    """The message without a word, and the case's row, figures and search as its records make them now."""
    number = loaded.case.number
    if not loaded.case.voided:
        forget(work, number)
        work.content_index.drop(number)
    work.messages.replace(number, Message("", "", Citizen(), board_number=loaded.message.board_number))
    after = load_case(work, number)
    event = after.events[-1]
    assert event.id == event_id
    if not loaded.case.voided:
        work.search.put(number, searchable(after.message, after.case), "")
    settle(session, work, after, after.case, event)
