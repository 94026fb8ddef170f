"""When a step may have happened: never in the future, never before what it depends on.

Facts may be entered late and their own date decides. 收件 ‹ 交办 ‹ 签收 ‹ 答复 ‹ 公开; contacts, reminders, service
and the like may bear any date from the day of registration on.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from desktop_app.domain.actions import ACTIONS
from desktop_app.domain.assignment import Assignment
from desktop_app.domain.case import Case
from desktop_app.domain.corrections import Step
from desktop_app.domain.history import RETURNED, return_to_answer
from desktop_app.domain.situation import Situation
from desktop_app.domain.wording import long_date
from desktop_app.errors import Refusal

Anchor = tuple[str, date]


def check_dates(situation: Situation, step: Step) -> None:
    """Raises `date_in_future` or `date_before_previous`."""
    rule = situation.regulation.actions[step.action]
    clause = rule.article or None
    check_not_in_future(step.on, situation.today, rule.title, clause)
    for name in _PAST:
        if step.get(name):
            key = ACTIONS[step.action].key(name)
            title = key.title if key is not None else name
            check_not_in_future(date.fromisoformat(step.get(name)), situation.today, title, clause)
    for what, day in (("收件", situation.case.received), *_anchors(situation.case, step)):
        if step.on < day:
            raise Refusal(
                "date_before_previous",
                f"“{rule.title}”的日期 {long_date(step.on)} 早于{what}日 {long_date(day)}。",
                clause,
                "请核对日期；前面的日期记错了的，先更正前面的记录。",
            )


_PAST = ("reported_on", "handed_down_on")
"""Keys that name a day on which something has happened."""


def check_not_in_future(day: date, today: date, title: str, clause: str | None) -> None:
    if day > today:
        raise Refusal(
            "date_in_future",
            f"“{title}”的日期 {long_date(day)} 在今天（{long_date(today)}）之后。",
            clause,
            "请填写事情实际发生的日期。",
        )


def _anchors(case: Case, step: Step) -> list[Anchor]:
    if step.action == "return":
        return _held_by_returning_unit(case, step)
    find = _DEPENDS_ON.get(step.action)
    return find(case) if find is not None else []


def _returned(case: Case) -> list[Anchor]:
    returned = [one for one in case.assignments if one.lead and one.how_ended == RETURNED]
    found: list[Anchor] = [("上次退件", one.ended) for one in returned if one.ended is not None]
    return found + _taken_up(case)


def _dispatched(case: Case) -> list[Anchor]:
    lead = case.open_lead
    return [("交办", lead.dispatched)] if lead is not None else []


def _received(case: Case) -> list[Anchor]:
    lead = case.open_lead
    return _held_since(lead) if lead is not None else []


def _held_since(one: Assignment) -> list[Anchor]:
    # A presumed receipt was inferred from a later fact and binds nothing.
    if one.received is not None and not one.presumed:
        return [("签收", one.received)]
    return [("交办", one.dispatched)]


def _held_by_returning_unit(case: Case, step: Step) -> list[Anchor]:
    """A supporting unit returns what was given to it, on whatever day the lead had its own."""
    unit, lead = step.get("unit"), case.open_lead
    if not unit or (lead is not None and lead.unit == unit):
        return _received(case)
    return [anchor for one in case.supporting if one.unit == unit for anchor in _held_since(one)]


def _sent_back(case: Case) -> list[Anchor]:
    lead = case.open_lead
    return [("退回重办", lead.reworks[-1].on)] if lead is not None and lead.reworks else []


def _replied(case: Case) -> list[Anchor]:
    reply = case.reply_in
    return [("答复", reply.on)] if reply is not None else []


def _reviewed(case: Case) -> list[Anchor]:
    return [("审核", case.review.on)] if case.review is not None else []


def _signed_off(case: Case) -> list[Anchor]:
    return [("审定", case.signed_off_on)] if case.signed_off_on is not None else []


def _return_asked(case: Case) -> list[Anchor]:
    returning = return_to_answer(case)
    asked = returning.pending_return if returning is not None else None
    return [("退件", asked.on)] if asked is not None else []


def _extension_asked(case: Case) -> list[Anchor]:
    lead = case.open_lead
    asked = lead.pending_extension if lead is not None else None
    if asked is None:
        return []
    return [("申请延期", asked.applied_on), *(("上一级审批", one.on) for one in asked.approvals)]


def _refused(case: Case) -> list[Anchor]:
    return [("不予受理", case.refusal.on)] if case.refusal is not None else []


def _first_answered(case: Case) -> list[Anchor]:
    """A citizen can only say of an answer what he thinks once there was one, of whichever reply."""
    given = [one.on for one in case.publications] + [one.on for one in case.reports_up]
    given += [case.private_answer.on] if case.private_answer is not None else []
    given += [case.answered_with.on] if case.answered_with is not None else []
    return [("答复网友", min(given))] if given else []


def _taken_up(case: Case) -> list[Anchor]:
    """A case that was taken up again is screened after that."""
    return [("重新办理", one.on) for one in case.reopenings]


def _ended(case: Case) -> list[Anchor]:
    answered = case.answered_on
    told = case.refusal.told_on if case.refusal is not None else None
    ends = (("解释", case.explanation), ("退回上级", case.returned_upward))
    others: list[Anchor] = [(what, one.on) for what, one in ends if one is not None]
    found = _refused(case) + ([("告知不予受理", told)] if told is not None else [])
    return found + others + ([("答复网友", answered)] if answered is not None else [])


def _instructed(case: Case) -> list[Anchor]:
    return [("批示", min(one.on for one in case.instructions))] if case.instructions else []


def _transferred(case: Case) -> list[Anchor]:
    return [("移交", case.transfers[0].on)] if case.transfers else []


def _over(case: Case) -> list[Anchor]:
    """What a case is taken up again after: its archiving, or its refusal."""
    archived: list[Anchor] = [("归档", case.archived_on)] if case.archived_on is not None else []
    return archived + _refused(case)


def _closed(case: Case) -> list[Anchor]:
    return [("办结", case.closed_on)] if case.closed_on is not None else []


_DEPENDS_ON: dict[str, Callable[[Case], list[Anchor]]] = {
    "accept": _taken_up,
    "refuse": lambda case: _taken_up(case) + _dispatched(case),
    "dispatch": _returned,
    "change-units": _dispatched,
    "receive": _dispatched,
    "accept-return": _return_asked,
    "refuse-return": _return_asked,
    "apply-extension": _received,
    "approve-extension": _extension_asked,
    "refuse-extension": _extension_asked,
    "reply": lambda case: _received(case) + _sent_back(case),
    "pass-review": _replied,
    "rework": _replied,
    "sign-off": lambda case: _replied(case) + _reviewed(case),
    "decline-sign-off": _reviewed,
    "publish": lambda case: _replied(case) + _reviewed(case) + _signed_off(case),
    "answer-privately": lambda case: _replied(case) + _reviewed(case) + _signed_off(case),
    "post-note": lambda case: _replied(case) + _reviewed(case),
    "follow-up": _first_answered,
    "tell-refusal": _refused,
    "explain": _dispatched,
    "link-duplicate": _dispatched,
    "return-upward": _dispatched,
    "report-up": lambda case: _replied(case) + _reviewed(case),
    "feedback": _instructed,
    "transfer": _dispatched,
    "special-supervision": _transferred,
    "reopen": _over,
    "close": _ended,
    "archive": _closed,
}
"""What each action depends on, beside the registration."""
