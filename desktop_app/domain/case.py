"""A case as its events make it: one citizen's message and all that happened to it. Nothing here decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Approval:
    level: str
    by: str
    on: date
    days: int | None


@dataclass(frozen=True, slots=True)
class Extension:
    """One application for more days. `granted` is set when the last level has agreed."""

    event: int
    applied_on: date
    days: int
    applicant: str
    citizen_told: bool = False
    approvals: tuple[Approval, ...] = ()
    granted: int | None = None
    decided_on: date | None = None
    refused: bool = False

    @property
    def pending(self) -> bool:
        return self.granted is None and not self.refused


@dataclass(frozen=True, slots=True)
class Rework:
    """The reply was sent back (退回重办) with a new date."""

    event: int
    on: date
    due: date
    ground: str


@dataclass(frozen=True, slots=True)
class ReturnRequest:
    """The unit says: not ours (退件). `accepted` is None until the office has answered."""

    event: int
    on: date
    signer: str
    suggested_unit: str
    late: bool
    accepted: bool | None = None
    answered_on: date | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """The unit's answer (答复材料). `sent_back` when a rework followed."""

    event: int
    on: date
    text: str
    signer: str
    stamped: bool | None
    handler: str
    phone: str
    suggested_public: bool | None
    sent_back: bool = False


@dataclass(frozen=True, slots=True)
class Assignment:
    """One unit's hold on the case, from dispatch until it is taken away, returned or done.

    `days` is a limit shorter than the regulation's, or None. `presumed`: receipt was inferred from a reply or
    return (推定). `delivered` is a delivery that did not start the clock.
    """

    event: int
    unit: str
    lead: bool
    dispatched: date
    days: int | None = None
    number: str = ""
    opinion: str = ""
    received: date | None = None
    how_received: str = ""
    received_by: str = ""
    presumed: bool = False
    delivered: date | None = None
    extensions: tuple[Extension, ...] = ()
    reworks: tuple[Rework, ...] = ()
    replies: tuple[Reply, ...] = ()
    return_requests: tuple[ReturnRequest, ...] = ()
    ended: date | None = None
    how_ended: str = ""

    @property
    def open(self) -> bool:
        return self.ended is None

    @property
    def reply_in(self) -> Reply | None:
        """The reply that stands: the last, unless it was sent back."""
        return self.replies[-1] if self.replies and not self.replies[-1].sent_back else None

    @property
    def pending_extension(self) -> Extension | None:
        return self.extensions[-1] if self.extensions and self.extensions[-1].pending else None

    @property
    def pending_return(self) -> ReturnRequest | None:
        requests = self.return_requests
        return requests[-1] if requests and requests[-1].accepted is None else None

    @property
    def granted_days(self) -> int:
        return sum(extension.granted or 0 for extension in self.extensions)


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


@dataclass(frozen=True, slots=True)
class Pressure:
    """A step of 提醒, 催办 or 督办; `action` is remind, urge or supervise. `number` is the paper's."""

    event: int
    action: str
    on: date
    to: str
    number: str = ""
    ground: str = ""
    channel: str = ""
    by: str = ""
    served_on: date | None = None
    served_manner: str = ""
    served_to: str = ""


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


@dataclass(frozen=True, slots=True)
class Complaint:
    """Who is complained of, and whether it is an ordinary 投诉 or 控告、检举."""

    event: int
    kind: str
    unit: str
    person: str


@dataclass(frozen=True, slots=True)
class Waiver:
    event: int
    item: str
    on: date
    by: str


@dataclass(frozen=True, slots=True)
class Case:
    """The whole of one case. `received` is the registration date (收件日期), from which paper life counts."""

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
    publications: tuple[Publication, ...] = ()
    private_answer: PrivateAnswer | None = None
    public_note_on: date | None = None
    pressure: tuple[Pressure, ...] = ()
    contacts: tuple[Contact, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    complaints: tuple[Complaint, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    closed_on: date | None = None
    archived_on: date | None = None
    retention: str = ""
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
        lead = self.lead
        return lead.reply_in if lead is not None else None

    @property
    def answered(self) -> bool:
        """Whether the standing reply has reached the citizen, in public or directly."""
        return self.answered_on is not None

    @property
    def answered_on(self) -> date | None:
        reply = self.reply_in
        if reply is None:
            return None
        given = [one.on for one in self.publications if one.event > reply.event]
        if self.private_answer is not None and self.private_answer.event > reply.event:
            given.append(self.private_answer.on)
        return min(given) if given else None
