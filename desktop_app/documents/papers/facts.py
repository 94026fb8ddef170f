"""What several papers tell of a case, read from its record in one place, so that all of them tell it alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from desktop_app.documents.field import Cover
from desktop_app.documents.paper_catalogue import PAPERS
from desktop_app.documents.papers.covering import cover
from desktop_app.domain.assignment import Assignment
from desktop_app.domain.clocks import FROM_DISPATCH, Clock, clock_of
from desktop_app.domain.messages import Message
from desktop_app.services.papers import PaperSource


@dataclass(frozen=True, slots=True)
class OfficeFacts:
    """Who issues the paper, and whom to ask there."""

    name: str
    contact: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class InstructionFact:
    """A leader's written instruction on the case, word for word."""

    leader: str
    on: date | None
    text: str


@dataclass(frozen=True, slots=True)
class ContactFact:
    """One contact with the citizen before or after the work. result in the office's words."""

    on: date | None
    channel: str
    result: str


@dataclass(frozen=True, slots=True)
class DueFact:
    """A deadline as it may be printed.

    from_dispatch: not yet received, counted from dispatch (未签收，按交办日预计);
    holidays_unknown: touches a year whose holiday notice is not out (暂定).
    """

    on: date
    from_dispatch: bool = False
    holidays_unknown: bool = False


@dataclass(frozen=True, slots=True)
class PaperHead:
    """The paper and its case, as the upper part of every office form names them.

    paper_title: as the regulation names it; basis: regulation and article, such as 《…办法》第十九条. message_words,
    citizen_words: what the regulation calls a message (网民留言) and who wrote it (网民). title: masked where the
    paper carries no identity. dispatched and what follows: blank where no unit has the case.
    """

    paper_title: str
    office: OfficeFacts
    basis: str
    message_words: str
    citizen_words: str
    register_number: str
    title: str
    code: str = ""
    board_number: str = ""
    board: str = ""
    category: str = ""
    topic: str = ""
    written: datetime | date | None = None
    registered: date | None = None
    urgency: str = ""
    slip_number: str = ""
    lead: str = ""
    supporting: tuple[str, ...] = ()
    dispatched: date | None = None
    received: date | None = None
    due: DueFact | None = None


def head_of(source: PaperSource) -> PaperHead:
    case, held, message = source.case, source.assignment, told(source)
    return PaperHead(
        paper_title=source.form.title,
        office=office_facts(source),
        basis=basis_words(source),
        message_words=source.regulation.words.message,
        citizen_words=source.regulation.words.citizen,
        register_number=case.number,
        title=message.title,
        code=source.code,
        board_number=message.board_number,
        board=message.board or case.source,
        category=case.category,
        topic=message.domain or case.topic,
        written=written_moment(message.written),
        registered=case.received,
        urgency=case.urgency,
        slip_number=held.number if held is not None else "",
        lead=held.unit if held is not None else "",
        supporting=tuple(one.unit for one in case.supporting),
        dispatched=held.dispatched if held is not None else None,
        received=held.received if held is not None else None,
        due=due_fact(clock_now(source)),
    )


def told(source: PaperSource) -> Message:
    """The message as this paper may tell it."""
    return source.message if PAPERS[source.form.form].identity else source.masked


def shown(source: PaperSource) -> Callable[[str], str]:
    """How this paper prints what unit and citizen said, for words that are shortened before they are printed: half a
    telephone number would be known by nobody as one."""
    return cover(source, Cover.WORDS)


def own_words(source: PaperSource) -> Callable[[str], str]:
    """The same for what the office wrote itself."""
    return cover(source, Cover.OWN_WORDS)


def office_facts(source: PaperSource) -> OfficeFacts:
    return OfficeFacts(source.office.name, source.office.contact, source.office.phone)


def basis_words(source: PaperSource) -> str:
    """The regulation and the article that calls for the paper; where none does, the regulation alone."""
    return f"《{source.regulation.title}》{source.form.article}"


def instruction_facts(source: PaperSource) -> tuple[InstructionFact, ...]:
    """Every instruction on the case, the first first."""
    words = shown(source)
    return tuple(InstructionFact(one.leader, one.on, words(one.text)) for one in source.case.instructions)


def clock_now(source: PaperSource) -> Clock | None:
    """The clock of the unit concerned as it stands; None where no unit has had the case."""
    return clock(source, source.assignment)


def clock(source: PaperSource, held: Assignment | None) -> Clock | None:
    if held is None:
        return None
    return clock_of(held, source.regulation, source.case, source.calendar)


def due_fact(found: Clock | None) -> DueFact | None:
    if found is None:
        return None
    return DueFact(found.due, found.due_from == FROM_DISPATCH, found.provisional)


def written_moment(text: str) -> datetime | date | None:
    """The message's own time; a day alone where no time of day was given."""
    if not text:
        return None
    return datetime.fromisoformat(text) if len(text) > 10 else date.fromisoformat(text)
