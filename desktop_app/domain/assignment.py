"""One unit's hold on a case: receipt, extensions, returns, replies and what was sent back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Approval:
    level: str
    by: str
    on: date
    days: int | None
    opinion: str = ""


@dataclass(frozen=True, slots=True)
class Extension:
    """One application for more days. `granted` is set when the last level has agreed, `refusal` when one has not;
    `decided` is the event of either."""

    event: int
    applied_on: date
    days: int
    applicant: str
    citizen_told: bool = False
    approvals: tuple[Approval, ...] = ()
    granted: int | None = None
    decided_on: date | None = None
    refused: bool = False
    reason: str = ""
    progress: str = ""
    refusal: Approval | None = None
    decided: int = 0

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
    opinion: str = ""


@dataclass(frozen=True, slots=True)
class ReturnRequest:
    """The unit says: not ours (退件). `accepted` is None until the office has answered, in the words of `answer`.

    `basis` is the document from which the unit reads that it is not its business.
    """

    event: int
    on: date
    signer: str
    suggested_unit: str
    late: bool
    accepted: bool | None = None
    answered_on: date | None = None
    reason: str = ""
    basis: str = ""
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """The unit's answer (答复材料). `handling` is what the unit did; `sent_back` when a rework followed."""

    event: int
    on: date
    text: str
    signer: str
    stamped: bool | None
    handler: str
    phone: str
    suggested_public: bool | None
    sent_back: bool = False
    handling: str = ""


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
