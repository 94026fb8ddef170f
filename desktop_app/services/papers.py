"""What papers are made of, and the record of each that was made. Papers come of recorded events, never ahead of them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from desktop_app.domain.accused_guards import complaint_clause, refuse_barred
from desktop_app.domain.archive_numbers import file_number_of
from desktop_app.domain.assignment import Assignment
from desktop_app.domain.case import Case
from desktop_app.domain.messages import Message
from desktop_app.domain.numbering import parse_register_number
from desktop_app.domain.office_records import Attachment, PaperMade
from desktop_app.domain.paper_basis import Basis, basis_of
from desktop_app.domain.past_assignments import assignment_concerned
from desktop_app.domain.regulation import FormRule, Regulation
from desktop_app.domain.renumbering import PAPER
from desktop_app.domain.rights import Right
from desktop_app.domain.situation import Situation
from desktop_app.domain.units import Unit
from desktop_app.domain.work_calendar import WorkCalendar
from desktop_app.errors import Refusal
from desktop_app.services import settings_keys
from desktop_app.services.case_loading import Loaded, load_case, situation_of
from desktop_app.services.case_view import masked_message
from desktop_app.services.journaling import note
from desktop_app.services.paper_codes import code_for, own_office_code
from desktop_app.services.session import Session

if TYPE_CHECKING:
    from desktop_app.storage.work import Work

SLIP_ACTIONS = frozenset(("dispatch", "change-units"))
_TO_THE_UNIT = frozenset(("remind", "urge", "supervise", "rework"))
"""Steps whose papers go to the unit, beside the slip."""


@dataclass(frozen=True, slots=True)
class OfficeIdentity:
    """Who issues the paper, and whom to ask there."""

    name: str
    contact: str
    phone: str


@dataclass(frozen=True, slots=True)
class Filed:
    """What lies in the file of a case beside its record: the papers made, the scans and files kept; its 档号, if it
    has one."""

    papers: tuple[PaperMade, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    number: str = ""


@dataclass(frozen=True, slots=True)
class PaperSource:
    """Everything a paper may say of one case, in the clear, at one moment.

    `basis` is the step that the paper rests on, `assignment` the unit's hold on the case that it concerns, as it
    stands now, `unit` what the register of units knows of it. `masked` is the message with all identity covered.
    `code` is what its scan is known by, empty for a form that has none. `filed`: only for papers of a closed case.
    `companions`: the other cases that stand on the paper, each as its own source.
    """

    form: FormRule
    regulation: Regulation
    case: Case
    message: Message
    masked: Message
    basis: Basis
    assignment: Assignment | None
    unit: Unit | None
    calendar: WorkCalendar
    office: OfficeIdentity
    today: date
    code: str = ""
    filed: Filed = Filed()
    companions: tuple[PaperSource, ...] = ()

    @property
    def document(self) -> str:
        """The paper's number; empty for a form that bears none, though the step it rests on may."""
        return self.basis.number if self.form.series else ""

    @property
    def together(self) -> tuple[PaperSource, ...]:
        """Every case of which the paper speaks, by number; the first's code stands on it."""
        return tuple(sorted((self, *self.companions), key=lambda one: parse_register_number(one.case.number)))


def available_forms(session: Session, number: str) -> tuple[FormRule, ...]:
    """The papers that can be made of the case now."""
    session.require(Right.WORK_ON_CASES)
    with session.read() as work:
        loaded = load_case(work, number)
        situation = situation_of(session, work, loaded)
    return tuple(form for form in loaded.regulation.forms.values() if _why_not(situation, form) is None)


def paper_source(session: Session, number: str, form_id: str) -> PaperSource:
    """What the paper is made of. Refusals: `unknown_value` for a form the regulation does not know,
    `form_not_available` where its event is not recorded, `reply_not_public`, `unit_complained_of`."""
    office = own_office_code(session)
    with session.read() as work:
        loaded = load_case(work, number)
        session.require(Right.WORK_ON_CASES)
        form = find_form(loaded.regulation, form_id)
        situation = situation_of(session, work, loaded)
        why = _why_not(situation, form)
        if why is not None:
            raise why
        basis = basis_of(loaded.case, form)
        assert basis is not None  # _why_not has seen to that
        source = _source(session, work, loaded, situation, form, basis)
        companions = _companions(session, work, source)
    return replace(_coded(source, office), companions=tuple(_coded(one, office) for one in companions))


def _companions(session: Session, work: Work, source: PaperSource) -> list[PaperSource]:
    """The other cases on a joint paper: those on which a step of pressure bears its number still."""
    pressed = any(step.event == source.basis.event for step in source.case.pressure)
    issued = work.issued.find(source.document) if pressed and source.document else None
    found = []
    for other in issued.of_cases if issued is not None else ():
        if other.standing and other.case != source.case.number:
            loaded = load_case(work, other.case)
            step = next(one for one in loaded.case.pressure if one.number == source.document)
            basis = Basis(step.event, step.on, step.action, step.number)
            situation = situation_of(session, work, loaded)
            why = _kept_from_the_accused(situation, source.form, basis)
            if why is not None:
                raise why
            found.append(_source(session, work, loaded, situation, source.form, basis))
    return found


def _coded(source: PaperSource, office: str) -> PaperSource:
    return replace(source, code=code_for(office, source.case.number, source.form.form, source.basis.event))


def find_form(regulation: Regulation, form_id: str) -> FormRule:
    form = regulation.forms.get(form_id)
    if form is None:
        known = "、".join(f"{one.form}（{one.title}）" for one in regulation.forms.values())
        raise Refusal("unknown_value", f"没有“{form_id}”这种文书；现有：{known}。")
    return form


def _why_not(situation: Situation, form: FormRule) -> Refusal | None:
    case = situation.case
    clause = form.article or None
    if form.states and case.status not in form.states:
        return Refusal(
            "form_not_available", f"{case.number} 现为“{case.status}”，不制作“{form.title}”。", clause
        )
    basis = basis_of(case, form)
    if basis is None:
        titles = "、".join(situation.regulation.actions[name].title for name in form.after)
        return Refusal(
            "form_not_available",
            f"{case.number} 还没有“{titles}”的记录，不能先制作“{form.title}”。",
            clause,
            "请先登记这一步。",
        )
    if form.public and case.review is not None and not case.review.public:
        return Refusal(
            "reply_not_public",
            f"{case.number} 的答复审核为不公开，不制作“{form.title}”。",
            situation.regulation.actions["publish"].guard_articles.get("reply_is_public") or clause,
            "请直接答复留言人，制作直接答复记录。",
        )
    return _kept_from_the_accused(situation, form, basis)


def goes_to_the_unit(form: FormRule) -> bool:
    """Whether the paper is handed to the unit that has the case."""
    slip = bool(form.series) and bool(SLIP_ACTIONS & set(form.after))
    return slip or bool(_TO_THE_UNIT & set(form.after))


def _kept_from_the_accused(situation: Situation, form: FormRule, basis: Basis) -> Refusal | None:
    """No paper that goes to the unit is made of a case that accuses it (X 第六条)."""
    held = assignment_concerned(situation.case, basis)
    if held is None or not goes_to_the_unit(form):
        return None
    helpers = situation.case.supporting if SLIP_ACTIONS & set(form.after) else ()
    try:
        for unit in (held.unit, *(one.unit for one in helpers)):
            refuse_barred(situation, unit, complaint_clause(situation.regulation))
    except Refusal as refusal:
        # Of many papers asked for at once, it must be plain which case stops them.
        number = situation.case.number
        return Refusal(refusal.code, f"{number}：{refusal.message}", refusal.clause, refusal.remedy)
    return None


def _source(
    session: Session, work: Work, loaded: Loaded, situation: Situation, form: FormRule, basis: Basis
) -> PaperSource:
    held = assignment_concerned(loaded.case, basis)
    return PaperSource(
        form=form,
        regulation=loaded.regulation,
        case=loaded.case,
        message=loaded.message,
        masked=masked_message(loaded.message),
        basis=basis,
        assignment=held,
        unit=situation.units.find(held.unit) if held is not None else None,
        calendar=situation.calendar,
        office=office_identity(work),
        today=session.today,
        filed=_filed(work, loaded) if "close" in form.after else Filed(),
    )


def _filed(work: Work, loaded: Loaded) -> Filed:
    case, number = loaded.case.number, file_number_of(loaded.events)
    return Filed(
        tuple(work.papers.of_case(case)),
        tuple(work.attachments.of_case(case)),
        str(number) if number is not None else "",
    )


def office_identity(work: Work) -> OfficeIdentity:
    def setting(key: str) -> str:
        return work.settings.get(key) or ""

    return OfficeIdentity(
        setting(settings_keys.OFFICE_NAME),
        setting(settings_keys.OFFICE_CONTACT),
        setting(settings_keys.OFFICE_PHONE),
    )


def record_papers(
    session: Session,
    made: Iterable[PaperMade],
    template: bytes,
    publish: Callable[[], None] | None = None,
) -> None:
    """Note on each case, and in the journal, that its paper was made: form, number, who, when, digests.

    The template of all of them is kept, and what was filled in, so that each can be made again to the byte.
    `publish` puts the files where they belong, last in the transaction: what it raises takes all notes back.
    """
    session.require(Right.WORK_ON_CASES)
    with session.change() as work:
        work.papers.keep_template(template)
        for paper in made:
            _record(session, work, paper)
        if publish is not None:
            publish()


def _record(session: Session, work: Work, paper: PaperMade) -> None:
    facts = {
        "form": paper.form,
        "document": paper.number,
        "sha256": paper.sha256,
        "template": paper.template_sha256,
        "values": digest_of(paper.filled),
    }
    event = note(session, work, PAPER, facts, case=paper.case)
    work.papers.add(replace(paper, made=event.entered, by=session.user.name, event_id=event.id))


def digest_of(text: str) -> str:
    """SHA-256 of what was filled in, as the journal keeps it beside those of paper and template."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
