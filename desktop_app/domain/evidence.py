"""The chain of evidence of a case (证据链): every paper and decision that passed between office, unit and leaders, as one list.

What was handed out, taken, pressed for, put off, sent back, answered and reported, on which day, under which
document number, to whom, served when and how, with the papers made of it and the scans kept. Free text is left to the
story of the case: nothing here names a citizen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from desktop_app.domain.assignment import Approval, Assignment, Extension, ReturnRequest
from desktop_app.domain.case import Case, Pressure, Service
from desktop_app.domain.evidence_files import with_files
from desktop_app.domain.evidence_shapes import Evidence, KeptFile, Served
from desktop_app.domain.office_records import PaperMade
from desktop_app.domain.regulation import Regulation
from desktop_app.domain.wording import long_date

__all__ = ["Evidence", "KeptFile", "Served", "evidence_of", "unserved"]

PRESUMED = "推定"
OPEN_RETURN = "待处理"
ATTACHED_TITLE = "附件"


def evidence_of(
    case: Case,
    regulation: Regulation,
    papers: Sequence[PaperMade] = (),
    files: Sequence[KeptFile] = (),
    late: Mapping[int, str] | None = None,
) -> tuple[Evidence, ...]:
    """All links by the day on which they happened, those of one day in the order of entry.

    `late` are the words for what came late, by event.
    """
    told = late or {}
    links = [
        replace(one, outcome="，".join(filter(None, (one.outcome, told.get(one.event, "")))))
        for one in _Chain(case, regulation).links()
    ]
    ordered = sorted(links, key=lambda one: (one.on, one.event))
    return with_files(ordered, regulation, papers, files, ATTACHED_TITLE)


class _Chain:
    def __init__(self, case: Case, regulation: Regulation) -> None:
        self._case, self._regulation = case, regulation

    def links(self) -> Iterator[Evidence]:
        for held in self._case.assignments:
            yield from self._assignment(held)
        yield from self._screening()
        yield from self._answers()
        yield from map(self._pressure, self._case.pressure)
        yield from self._above()
        yield from self._other_services()

    def _link(self, event: int, kind: str, on: date, **facts: object) -> Evidence:
        rule = self._regulation.actions.get(kind)
        return Evidence(event, kind, rule.title if rule is not None else kind, on, **facts)  # type: ignore[arg-type]

    # -------------------------------------------------------------- the unit

    def _assignment(self, held: Assignment) -> Iterator[Evidence]:
        role = "" if held.lead else "协办"
        yield self._link(
            held.event,
            "dispatch",
            held.dispatched,
            document=held.number,
            to=held.unit,
            outcome=role,
            served=self._slip_served(held),
        )
        if held.received is not None:
            manner = PRESUMED if held.presumed else held.how_received
            yield self._link(
                held.event, "receive", held.received, to=held.unit, by=held.received_by, outcome=manner
            )
        for extension in held.extensions:
            yield from self._extension(held, extension)
        for request in held.return_requests:
            yield from self._return(held, request)
        for reply in held.replies:
            signed = "" if reply.stamped is None else "已盖章" if reply.stamped else "未盖章"
            back = "已退回重办" if reply.sent_back else ""
            yield self._link(
                reply.event, "reply", reply.on, to=held.unit, by=reply.signer, outcome=_said(signed, back)
            )
        for back_again in held.reworks:
            yield self._link(
                back_again.event,
                "rework",
                back_again.on,
                to=held.unit,
                outcome=f"{back_again.ground}，限 {long_date(back_again.due)}",
            )

    def _slip_served(self, held: Assignment) -> Served | None:
        """What was recorded of the slip's service; else its receipt, which is service as well."""
        recorded = self._served(held.number)
        if recorded is not None:
            return recorded
        on = held.delivered or held.received
        if on is None:
            return None
        manner = PRESUMED if held.presumed and held.delivered is None else held.how_received
        return Served(on, manner, held.received_by, held.event)

    def _served(self, paper: str) -> Served | None:
        found = [one for one in self._case.services if one.paper == paper]
        return _as_served(found[-1]) if paper and found else None

    def _extension(self, held: Assignment, extension: Extension) -> Iterator[Evidence]:
        yield self._link(
            extension.event,
            "apply-extension",
            extension.applied_on,
            to=held.unit,
            by=extension.applicant,
            outcome=_said(f"申请 {extension.days} 日", "待批" if extension.pending else ""),
        )
        for approval in extension.approvals:
            days = f"同意 {approval.days} 日" if approval.days else "同意"
            yield self._decision(held, extension, "approve-extension", approval, days)
        if extension.refusal is not None:
            yield self._decision(held, extension, "refuse-extension", extension.refusal, "不同意")

    def _decision(
        self, held: Assignment, extension: Extension, kind: str, decided: Approval, outcome: str
    ) -> Evidence:
        return self._link(
            extension.event,
            kind,
            decided.on,
            to=held.unit,
            by=decided.by,
            outcome=f"{decided.level}{outcome}",
        )

    def _return(self, held: Assignment, request: ReturnRequest) -> Iterator[Evidence]:
        """What the unit asked and what the office said: together the chain of returns (X 第五条（五）, T 第十五条)."""
        wanted = f"建议由{request.suggested_unit}承办" if request.suggested_unit else ""
        waiting = OPEN_RETURN if request.accepted is None else ""
        yield self._link(
            request.event,
            "return",
            request.on,
            to=held.unit,
            by=request.signer,
            outcome=_said(wanted, waiting),
        )
        if request.answered_on is not None:
            kind = "accept-return" if request.accepted else "refuse-return"
            yield self._link(request.event, kind, request.answered_on, to=held.unit)

    # -------------------------------------------------------------- the office

    def _pressure(self, step: Pressure) -> Evidence:
        transfer = next((one for one in self._case.transfers if one.event == step.event), None)
        decided = f"{transfer.decided_by}决定" if transfer is not None else ""
        reported = f"{long_date(transfer.reported_on)} 报督查室" if transfer is not None else ""
        due = f"限 {long_date(step.new_due)}" if step.new_due is not None else ""
        served = (
            Served(step.served_on, step.served_manner, step.served_to, self._service_event(step))
            if step.served_on is not None
            else None
        )
        return self._link(
            step.event,
            step.action,
            step.on,
            document=step.number,
            to=step.to,
            by=step.by,
            outcome=_said(step.ground, step.channel, decided, reported, due),
            served=served,
        )

    def _service_event(self, step: Pressure) -> int:
        return max((one.event for one in self._case.services if one.paper == step.number), default=step.event)

    def _screening(self) -> Iterator[Evidence]:
        refusal = self._case.refusal
        if refusal is not None:
            yield self._link(refusal.event, "refuse", refusal.on, outcome=refusal.ground)
            if refusal.told_on is not None:
                yield self._link(refusal.event, "tell-refusal", refusal.told_on, outcome=refusal.told_channel)

    def _answers(self) -> Iterator[Evidence]:
        case = self._case
        review = case.review
        if review is not None:
            outcome = "公开" if review.public else _said("不公开", review.private_reason)
            yield self._link(review.event, "pass-review", review.on, by=review.by, outcome=outcome)
            if case.signed_off_on is not None:
                yield self._link(review.event, "sign-off", case.signed_off_on, by=case.signed_off_by)
        for declined in case.declined:
            yield self._link(declined.event, "decline-sign-off", declined.on, by=declined.by)
        for one in case.publications:
            yield self._link(one.event, "publish", one.on, outcome=one.place)
        answer = case.private_answer
        if answer is not None:
            yield self._link(
                answer.event, "answer-privately", answer.on, by=answer.by, outcome=answer.channel
            )
        if case.answered_with is not None:
            shared = case.answered_with
            yield self._link(shared.event, "answer-with", shared.on, outcome=_said(shared.of, shared.channel))
        if case.explanation is not None:
            consent = case.explanation
            people = _said(consent.consent_by, consent.upstream_consent_by)
            yield self._link(consent.event, "explain", consent.on, by=people)

    # -------------------------------------------------------------- leaders and superiors

    def _above(self) -> Iterator[Evidence]:
        case = self._case
        for order in case.instructions:
            wanted = f"限 {long_date(order.feedback_due)} 反馈" if order.feedback_due is not None else ""
            rank = "主要领导" if order.principal else ""
            yield self._link(
                order.event,
                "instruct",
                order.on,
                by=order.leader,
                outcome=_said(rank, order.rhythm, wanted),
            )
        for back in case.feedbacks:
            yield self._link(back.event, "feedback", back.on, to=back.to)
        for special in case.special_supervisions:
            yield self._link(special.event, "special-supervision", special.on, by=special.by)
        for found in case.investigations:
            yield self._link(found.event, "investigate", found.on, to=found.units, by=found.by)
        for report in case.reports_up:
            yield self._link(report.event, "report-up", report.on, to=report.to)
        if case.returned_upward is not None:
            sent = case.returned_upward
            yield self._link(sent.event, "return-upward", sent.on, to=sent.to)

    def _other_services(self) -> Iterator[Evidence]:
        """Service of papers that bear no number, each a link of its own; of the others it stands with the paper."""
        numbers = {one.number for one in self._case.assignments}
        numbers |= {one.number for one in self._case.pressure}
        for one in self._case.services:
            if one.paper in numbers:
                continue
            form = self._regulation.forms.get(one.paper)
            yield self._link(
                one.event,
                "serve",
                one.on,
                to=one.received_by,
                outcome=_said(form.title if form is not None else one.paper, one.manner),
                served=_as_served(one),
            )


def _as_served(one: Service) -> Served:
    return Served(one.on, one.manner, one.received_by, one.event)


def _said(*words: str) -> str:
    return "，".join(word for word in words if word)


def unserved(links: Iterable[Evidence]) -> tuple[str, ...]:
    """Document numbers of papers whose service is not recorded yet, the newest first."""
    waiting = [one.document for one in links if one.document and one.served is None]
    return tuple(dict.fromkeys(reversed(waiting)))
