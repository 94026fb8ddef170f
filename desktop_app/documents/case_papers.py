"""Papers of cases: from what is recorded to a filled template, one or many, and noted on the case."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from desktop_app.documents.fields import CODE
from desktop_app.documents.forms import FilledPaper, Template, load_form, merge
from desktop_app.documents.paper_catalogue import PAPERS, REMINDER, SLIP_ANONYMOUS, SUPERVISION_LETTER, URGE
from desktop_app.documents.paper_facts import (
    ContactFact,
    DueFact,
    EarlierPaperFact,
    LetterFacts,
    MatterFact,
    NoticeFacts,
    OfficeFacts,
    SlipFacts,
)
from desktop_app.documents.paper_files import check_target, save_bytes, save_document
from desktop_app.documents.paper_values import letter_values, reminder_values, slip_values, urge_values
from desktop_app.documents.recorded_values import Values, values_text
from desktop_app.domain.case import Contact
from desktop_app.domain.clocks import FROM_DISPATCH
from desktop_app.domain.office_records import PaperMade
from desktop_app.domain.privacy import masked_text
from desktop_app.domain.regulation import FormRule
from desktop_app.errors import Cancelled, Refusal
from desktop_app.services import papers
from desktop_app.services.papers import PaperSource
from desktop_app.services.session import Session

__all__ = [
    "FilledPapers",
    "MadePaper",
    "available_forms",
    "check_target",
    "fill_papers",
    "make_paper",
    "make_papers",
    "merge_made",
    "record_filled",
    "save_all",
    "save_bytes",
    "save_document",
    "save_paper",
]

FORMS_FOLDER = "forms"
"""The office's own templates, in its data folder; they win over the shipped ones."""

Progress = Callable[[int, int], bool]


@dataclass(frozen=True, slots=True)
class MadePaper:
    """A paper ready to be saved. `title` is its regulation's, `document` its number; `unprintable` names characters
    shown as □."""

    case: str
    form: str
    title: str
    document: str
    file_name: str
    data: bytes
    sha256: str
    unprintable: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FilledPapers:
    """Papers that are filled and not on record yet: each with its record to be, and the template of all."""

    made: tuple[MadePaper, ...]
    records: tuple[PaperMade, ...]
    template: bytes


def available_forms(session: Session, number: str) -> tuple[FormRule, ...]:
    """The papers that can be made of the case now, and for which a template exists."""
    return tuple(form for form in papers.available_forms(session, number) if form.form in PAPERS)


def make_paper(session: Session, number: str, form_id: str) -> MadePaper:
    """Fill one paper and note it on its case. Refusals as `papers.paper_source`; BadData for a bad template."""
    return make_papers(session, [number], form_id)[0]


def make_papers(
    session: Session, numbers: Sequence[str], form_id: str, progress: Progress | None = None
) -> list[MadePaper]:
    """Fill a paper for each case. All are filled before the first is noted, so a refusal leaves nothing half."""
    filled = fill_papers(session, numbers, form_id, progress)
    record_filled(session, filled)
    return list(filled.made)


def fill_papers(
    session: Session, numbers: Sequence[str], form_id: str, progress: Progress | None = None
) -> FilledPapers:
    """Fill a paper for each case and note none yet; a joint one is filled once, and to be noted on all its cases.

    Refusals as `papers.paper_source`; BadData for a bad template.
    """
    sources = [papers.paper_source(session, number, form_id) for number in numbers]
    template = _template(session, form_id)
    made, records, joint = [], [], set()
    for position, source in enumerate(sources, start=1):
        if source.companions and source.document in joint:
            continue
        joint.add(source.document)
        values = {CODE: source.together[0].code, **_values(source)}
        paper = template.fill(values)
        made.append(_made(source, paper))
        records += [_record(one, source, values, paper, template) for one in source.together]
        if progress is not None and not progress(position, len(numbers)):
            raise Cancelled
    return FilledPapers(tuple(made), tuple(records), template.data)


def record_filled(session: Session, filled: FilledPapers, publish: Callable[[], None] | None = None) -> None:
    """Note each paper on its case. `publish` is called once all are noted and before that counts: what it raises
    leaves no note."""
    papers.record_papers(session, filled.records, filled.template, publish)


def merge_made(made: Sequence[MadePaper]) -> bytes:
    return merge([paper.data for paper in made])


def save_paper(paper: MadePaper, target: Path) -> Path:
    """Write a paper as .docx, or as .pdf through the office suite of the machine."""
    return save_document(paper.data, target)


def save_all(made: Iterable[MadePaper], folder: Path) -> list[Path]:
    """One file each, under speaking names."""
    return [save_paper(paper, folder / paper.file_name) for paper in made]


def _template(session: Session, form_id: str) -> Template:
    if form_id not in PAPERS:
        known = "、".join(f"{one.form_id}（{one.title}）" for one in PAPERS.values())
        raise Refusal("unknown_value", f"没有“{form_id}”这种文书；现有：{known}。")
    return load_form(form_id, session.folder / FORMS_FOLDER)


def _values(source: PaperSource) -> Values:
    if source.form.form == SUPERVISION_LETTER:
        return dict(letter_values(_letter(source)))
    if source.form.form == REMINDER:
        return dict(reminder_values(_notice(source)))
    if source.form.form == URGE:
        return dict(urge_values(_notice(source)))
    return dict(slip_values(_slip(source)))


def _slip(source: PaperSource) -> SlipFacts:
    case, held, reply = source.case, source.assignment, source.case.reply_in
    if held is None:
        raise ValueError("a slip needs an assignment")
    anonymous = source.form.form == SLIP_ANONYMOUS
    message = source.masked if anonymous else source.message
    # What people typed since may name the citizen as well as the message does; the handler's telephone may stand.
    phones = (reply.phone,) if reply is not None else ()

    def shown(words: str) -> str:
        return masked_text(words, source.message.citizen, phones) if anonymous else words

    chosen = case.review
    before, after = source.regulation.values("contact_time")
    return SlipFacts(
        paper_title=source.form.title.removesuffix("（隐去身份）"),
        office=_office(source),
        number=held.number,
        register_number=case.number,
        code=source.code,
        title=message.title,
        message=message.text,
        dispatched=held.dispatched,
        lead=held.unit,
        limit_days=source.limit.days,
        limit_from=source.regulation.clock.starts_with,
        due=_due(source),
        board_number=message.board_number,
        board=message.board or case.source,
        category=case.category,
        topic=message.domain or case.topic,
        written=_written(message.written),
        citizen_name="" if anonymous else message.citizen.name,
        citizen_contact="" if anonymous else message.citizen.contact,
        supporting=tuple(one.unit for one in case.supporting),
        urgency=case.urgency,
        opinion=shown(held.opinion),
        received_by=held.received_by,
        received=held.received,
        contacts_before=_contacts(case.contacts, before, shown),
        contacts_after=_contacts(case.contacts, after, shown),
        reply=shown(reply.text) if reply is not None else "",
        suggested_public=reply.suggested_public if reply is not None else None,
        private_reason=chosen.private_reason if chosen is not None else "",
        handler=reply.handler if reply is not None else "",
        handler_phone=reply.phone if reply is not None else "",
        head=reply.signer if reply is not None and reply.signer != "无" else "",
        head_signed=reply.on if reply is not None and reply.signer not in ("", "无") else None,
    )


def _letter(source: PaperSource) -> LetterFacts:
    step = source.pressure
    if step is None:
        raise ValueError("a letter needs a step of supervision")
    return LetterFacts(
        office=_office(source),
        sender=source.office.name,
        number=step.number,
        addressee=step.to,
        basis=_basis_words(source),
        message_words=source.regulation.words.message,
        matters=tuple(map(_matter, source.together)),
        on=step.on,
        grounds=() if _after_urge(source) else (step.ground,),
        cause="经催办仍未报送答复意见" if _after_urge(source) else "",
        urgency=""
        if source.case.urgency in ("", source.regulation.values("urgency")[0])
        else source.case.urgency,
    )


def _after_urge(source: PaperSource) -> bool:
    """催办无果 is no failing by itself; the letter says what happened instead."""
    step = source.pressure
    term = source.regulation.term("supervision_ground", step.ground) if step is not None else None
    return term is not None and "after_urge" in term.flags


def _notice(source: PaperSource) -> NoticeFacts:
    step = source.pressure
    if step is None:
        raise ValueError("a notice needs its step")
    same = [one for one in source.case.pressure if one.action == step.action and one.event <= step.event]
    return NoticeFacts(
        paper_title=source.form.title,
        office=_office(source),
        number=step.number,
        addressee=step.to,
        basis=_basis_words(source),
        message_words=source.regulation.words.message,
        matters=tuple(map(_matter, source.together)),
        on=step.on,
        occasion=len(same),
        channel=step.channel,
        answered_by=step.served_to,
        served=step.served_on,
    )


def _basis_words(source: PaperSource) -> str:
    return f"《{source.regulation.title}》{source.form.article}"


def _matter(source: PaperSource) -> MatterFact:
    """The case as a third party may read of it: its title masked."""
    step, held = source.pressure, source.assignment
    if step is None or held is None:
        raise ValueError("a matter needs an assignment and a step")
    earlier = [one for one in source.case.pressure if one.event < step.event and one.event > held.event]
    return MatterFact(
        number=source.case.number,
        title=source.masked.title,
        dispatched=held.dispatched,
        due=_due(source),
        days_left=source.days_left,
        earlier=tuple(EarlierPaperFact(source.titles[one.action], one.number, one.on) for one in earlier),
    )


def _office(source: PaperSource) -> OfficeFacts:
    return OfficeFacts(source.office.name, source.office.contact, source.office.phone)


def _due(source: PaperSource) -> DueFact | None:
    clock = source.clock
    if clock is None:
        return None
    return DueFact(clock.due, clock.due_from == FROM_DISPATCH, clock.provisional)


def _contacts(contacts: Iterable[Contact], when: str, shown: Callable[[str], str]) -> tuple[ContactFact, ...]:
    return tuple(ContactFact(one.on, one.channel, shown(one.result)) for one in contacts if one.when == when)


def _written(text: str) -> datetime | date | None:
    """The message's own time; a day alone where no time of day was given."""
    if not text:
        return None
    return datetime.fromisoformat(text) if len(text) > 10 else date.fromisoformat(text)


def _record(
    of_case: PaperSource, source: PaperSource, values: Values, paper: FilledPaper, template: Template
) -> PaperMade:
    return PaperMade(
        form=source.form.form,
        case=of_case.case.number,
        made="",
        by="",
        sha256=paper.sha256,
        number=source.document,
        template_sha256=template.sha256,
        file_name=_file_name(source),
        filled=values_text(values),
        joint=bool(source.companions),
    )


def _made(source: PaperSource, paper: FilledPaper) -> MadePaper:
    return MadePaper(
        case=source.case.number,
        form=source.form.form,
        title=source.form.title,
        document=source.document,
        file_name=_file_name(source),
        data=paper.bytes,
        sha256=paper.sha256,
        unprintable=paper.unprintable,
    )


def _file_name(source: PaperSource) -> str:
    """2026-0312 承办单 市住建局.docx: what it is, for whom; nothing of the citizen."""
    unit = source.assignment.unit if source.assignment is not None else ""
    first, *others = source.together
    number = f"{first.case.number} 等{len(others) + 1}件" if others else first.case.number
    name = f"{number} {PAPERS[source.form.form].title} {unit}".strip()
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]', "_", name)[:80] + ".docx"
