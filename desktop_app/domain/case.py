"""A case as its events make it: one citizen's message and all that happened to it. Nothing here decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.domain.assignment import Assignment, Reply
from desktop_app.domain.oversight import (
    Accountability,
    AnsweredWith,
    Assessment,
    Explanation,
    Feedback,
    HandedDown,
    Instruction,
    Investigation,
    Major,
    Reopening,
    SpecialSupervision,
    Transfer,
    UpwardReport,
    UpwardReturn,
)


@dataclass(frozen=True, slots=True)
class RefusalRecord:
    """Why the message was not accepted (X 第四条, T 第五条), and whether the citizen was told."""

    event: int
    on: date
    ground: str
    explanation: str = ""
    suggestion: str = ""
    not_told_reason: str = ""
    duplicate_of: str = ""
    told_on: date | None = None
    told_channel: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    event: int
    on: date
    by: str
    public: bool
    private_reason: str = ""
    public_text: str = ""
    cleared: bool = False
    checks: tuple[str, ...] = ()
    points: str = ""
    opinion: str = ""


@dataclass(frozen=True, slots=True)
class Declined:
    """What was put before the 秘书长 went back to review (X 第五条（二）), and why."""

    event: int
    on: date
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Publication:
    """A text that went public; a second one after rework is a 补充答复."""

    event: int
    on: date
    text: str
    place: str


@dataclass(frozen=True, slots=True)
class PrivateAnswer:
    event: int
    on: date
    by: str
    channel: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Pressure:
    """A step of 提醒, 催办, 督办 or 移交; `action` is remind, urge, supervise or transfer. `number` is the paper's.

    `answer` is what the unit said to a reminder; the others are what a 督办 says of failings and demands.
    """

    event: int
    action: str
    on: date
    to: str
    number: str = ""
    ground: str = ""
    channel: str = ""
    by: str = ""
    answer: str = ""
    problems: str = ""
    demands: str = ""
    new_due: date | None = None
    feedback: str = ""
    copies: str = ""
    served_on: date | None = None
    served_manner: str = ""
    served_to: str = ""


@dataclass(frozen=True, slots=True)
class Service:
    """A paper reached its addressee (送达): which, by its number or else its form, how, and who took it."""

    event: int
    on: date
    paper: str
    manner: str
    received_by: str


@dataclass(frozen=True, slots=True)
class Contact:
    event: int
    on: date
    when: str
    channel: str
    result: str


@dataclass(frozen=True, slots=True)
class FollowUp:
    event: int
    on: date
    result: str
    channel: str = ""
    solved: bool | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class TakenOver:
    """That the case was dealt with before the office used this program, and is known from its old ledger alone.

    It has no clock and no steps; `lead` is the unit that the ledger names, `replied_on` the day it gives.
    """

    event: int
    lead: str
    replied_on: date | None = None


@dataclass(frozen=True, slots=True)
class Complaint:
    """Who is complained of, and whether it is an ordinary 投诉 or 控告、检举; `on` is the day since which it is known."""

    event: int
    kind: str
    unit: str
    person: str
    on: date = date.min


@dataclass(frozen=True, slots=True)
class Waiver:
    event: int
    item: str
    on: date
    by: str


# Without slots: it is replaced at each step, and a dictionary is copied quickest (domain/replacing).
@dataclass(frozen=True)
class Case:
    """The whole of one case. `received` is the registration date (收件日期), from which paper life counts.

    `linked_to` is the case whose answer serves this one as well; `linked` are those that this one's serves.
    """

    number: str
    regulation: str
    status: str
    received: date
    source: str
    category: str = ""
    urgency: str = ""
    ground: str = ""
    topic: str = ""
    refusal: RefusalRecord | None = None
    assignments: tuple[Assignment, ...] = ()
    review: Review | None = None
    signed_off_on: date | None = None
    signed_off_by: str = ""
    signed_off_opinion: str = ""
    declined: tuple[Declined, ...] = ()
    publications: tuple[Publication, ...] = ()
    private_answer: PrivateAnswer | None = None
    public_note_on: date | None = None
    public_note: str = ""
    pressure: tuple[Pressure, ...] = ()
    services: tuple[Service, ...] = ()
    contacts: tuple[Contact, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    complaints: tuple[Complaint, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    handed_down: HandedDown | None = None
    assessment: Assessment | None = None
    instructions: tuple[Instruction, ...] = ()
    feedbacks: tuple[Feedback, ...] = ()
    major: Major | None = None
    investigations: tuple[Investigation, ...] = ()
    transfers: tuple[Transfer, ...] = ()
    special_supervisions: tuple[SpecialSupervision, ...] = ()
    accountability: tuple[Accountability, ...] = ()
    explanation: Explanation | None = None
    returned_upward: UpwardReturn | None = None
    reports_up: tuple[UpwardReport, ...] = ()
    linked_to: str = ""
    linked: tuple[str, ...] = ()
    answered_with: AnsweredWith | None = None
    reopenings: tuple[Reopening, ...] = ()
    closed_on: date | None = None
    archived_on: date | None = None
    retention: str = ""
    taken_over: TakenOver | None = None
    voided: bool = False

    @property
    def lead(self) -> Assignment | None:
        """The assignment of the unit that leads now, or led last."""
        leads = [assignment for assignment in self.assignments if assignment.lead]
        return leads[-1] if leads else None

    @property
    def open_lead(self) -> Assignment | None:
        lead = self.lead
        return lead if lead is not None and lead.open else None

    @property
    def supporting(self) -> tuple[Assignment, ...]:
        return tuple(one for one in self.assignments if not one.lead and one.open)

    @property
    def reply_in(self) -> Reply | None:
        """The standing reply of the unit that leads; one given before the case was taken up again is none."""
        lead = self.lead
        return lead.reply_in if lead is not None and lead.event > self.begun_again else None

    @property
    def begun_again(self) -> int:
        """The event that took the case up again for a new assignment, 0 where none did."""
        return max((one.event for one in self.reopenings if one.new_assignment), default=0)

    @property
    def answered(self) -> bool:
        """Whether the standing reply has reached the citizen, in public or directly."""
        return self.answered_on is not None

    @property
    def answered_on(self) -> date | None:
        if self.answered_with is not None:
            return self.answered_with.on
        reply = self.reply_in
        if reply is None:
            return None
        given = [one.on for one in self.publications if one.event > reply.event]
        if self.private_answer is not None and self.private_answer.event > reply.event:
            given.append(self.private_answer.on)
        # A case from above may be answered there instead of in public (T 第三条).
        given += [one.on for one in self.reports_up if one.event > reply.event]
        return min(given) if given else None
