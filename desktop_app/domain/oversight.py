"""What superiors, supervisors and reviewers say of a case: one frozen record a fact, as its event tells it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class HandedDown:
    """A case that came from above (T 第三条 主席板块): by whom, when, and the day by which they want it."""

    by: str = ""
    on: date | None = None
    due: date | None = None


NOT_FROM_ABOVE = HandedDown()


@dataclass(frozen=True, slots=True)
class Assessment:
    """What kind of demand it is, and whether it shows a trend (X 第二条). The last one made holds."""

    event: int
    on: date
    demand: str
    trend: bool
    note: str


@dataclass(frozen=True, slots=True)
class Instruction:
    """A leader's written instruction (批示), word for word. `rhythm` tells how often the leader wants to hear."""

    event: int
    on: date
    leader: str
    principal: bool
    text: str
    feedback_due: date | None = None
    rhythm: str = ""


@dataclass(frozen=True, slots=True)
class Feedback:
    """What was reported back to a leader."""

    event: int
    on: date
    to: str
    text: str
    next: str = ""


@dataclass(frozen=True, slots=True)
class Major:
    """Why the case counts as one of wide effect (X 第五条（三）)."""

    event: int
    on: date
    reason: str


@dataclass(frozen=True, slots=True)
class Investigation:
    """A joint investigation, and what it found."""

    event: int
    on: date
    by: str
    units: str
    findings: str
    conclusion: str = ""


@dataclass(frozen=True, slots=True)
class Transfer:
    """Clues handed to discipline inspection (移交), and the report of it to the 督查室 (T 第二十条)."""

    event: int
    on: date
    to: str
    number: str
    decided_by: str
    violation: str
    consequences: str
    reported_on: date
    persons: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class SpecialSupervision:
    """The 专项督办 that followed a transfer."""

    event: int
    on: date
    by: str
    text: str


@dataclass(frozen=True, slots=True)
class Accountability:
    """Who was held to account, by whose decision (X 第七条（四）, T 第二十条). Seen by those with the right only."""

    event: int
    on: date
    ground: str
    by: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """The case could not be solved and was explained to the citizen, with consent (T 第十八条)."""

    event: int
    on: date
    consent_by: str
    text: str
    upstream_consent_by: str = ""


@dataclass(frozen=True, slots=True)
class UpwardReturn:
    """A case from above that is not of this place went back there."""

    event: int
    on: date
    to: str
    reason: str


@dataclass(frozen=True, slots=True)
class UpwardReport:
    """The result of a case from above, reported there."""

    event: int
    on: date
    to: str
    text: str


@dataclass(frozen=True, slots=True)
class AnsweredWith:
    """A linked duplicate's answer: that of the case it was linked to."""

    event: int
    on: date
    of: str
    channel: str


@dataclass(frozen=True, slots=True)
class Reopening:
    """A case taken up again after it was refused or archived. `new_assignment`: a unit is to begin anew."""

    event: int
    on: date
    to: str
    reason: str
    new_assignment: bool
