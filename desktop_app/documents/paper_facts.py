"""What a paper is made from: plain facts, read from recorded events by a service and never ahead of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


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
class SlipFacts:
    """All that a 承办单 says; what has not happened yet is blank and left for the pen.

    paper_title: as the regulation names it (人民网地方领导留言板咨询事项承办单). limit_days: working days;
    limit_from: where the clock starts, in its words (收到, 领办). The anonymous edition prints no citizen, so its
    message must already be masked.
    """

    paper_title: str
    office: OfficeFacts
    number: str
    register_number: str
    code: str
    title: str
    message: str
    dispatched: date
    lead: str
    limit_days: int
    limit_from: str
    due: DueFact | None = None
    board_number: str = ""
    board: str = ""
    category: str = ""
    topic: str = ""
    written: datetime | date | None = None
    citizen_name: str = ""
    citizen_contact: str = ""
    supporting: tuple[str, ...] = ()
    urgency: str = ""
    opinion: str = ""
    instructions: tuple[InstructionFact, ...] = ()
    received_by: str = ""
    received: date | None = None
    contacts_before: tuple[ContactFact, ...] = ()
    contacts_after: tuple[ContactFact, ...] = ()
    handling: str = ""
    reply: str = ""
    suggested_public: bool | None = None
    private_reason: str = ""
    handler: str = ""
    handler_phone: str = ""
    head: str = ""
    head_signed: date | None = None


@dataclass(frozen=True, slots=True)
class EarlierPaperFact:
    """A 提醒单 or 催办单 sent before. kind in the office's words; number blank where it had none (by telephone)."""

    kind: str
    number: str
    on: date


@dataclass(frozen=True, slots=True)
class MatterFact:
    """One case of which a letter or a notice speaks.

    days_left: working days to the deadline, negative once past, 0 on the day itself; None where no clock runs.
    """

    number: str
    title: str
    dispatched: date
    due: DueFact | None
    days_left: int | None = None
    earlier: tuple[EarlierPaperFact, ...] = ()
    instructions: tuple[InstructionFact, ...] = ()


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """All that a 督办函 says.

    sender: the red name on top; signatory: the name at the end, where it differs. basis: regulation and article,
    such as 《…办法》第十九条. message_words: what the regulation calls a message (网民留言, 网友留言).
    grounds: failings by the regulation's list; cause: said instead of them (a leader's instruction). title,
    problems, demands: blank for the usual wording.
    """

    office: OfficeFacts
    sender: str
    number: str
    addressee: str
    basis: str
    message_words: str
    matters: tuple[MatterFact, ...]
    on: date
    grounds: tuple[str, ...] = ()
    cause: str = ""
    title: str = ""
    problems: str = ""
    demands: str = ""
    new_due: date | None = None
    feedback: str = ""
    secrecy: str = ""
    urgency: str = ""
    signatory: str = ""
    copies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """All that a 提醒单 or 催办单 says: the cases of one unit.

    paper_title: as the regulation names it; T13 addresses the unit's 主要负责同志. occasion: which time, from 1.
    """

    paper_title: str
    office: OfficeFacts
    number: str
    addressee: str
    basis: str
    message_words: str
    matters: tuple[MatterFact, ...]
    on: date
    occasion: int = 1
    channel: str = ""
    answered_by: str = ""
    answer: str = ""
    served: date | None = None
