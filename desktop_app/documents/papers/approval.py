"""回复审定单, in T 回复审核单: the reply, what is to be made public, and who agreed (X 第五条（二）, T 第七条（一）)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.documents.papers.facts import PaperHead, head_of, shown, told
from desktop_app.documents.papers.head_values import head_values
from desktop_app.documents.papers.words import (
    day_or_by_hand,
    day_words,
    shortened,
    ticked,
)
from desktop_app.documents.recorded_values import Values
from desktop_app.domain.history import text_to_publish
from desktop_app.domain.wording import long_date
from desktop_app.services.papers import PaperSource

_MOST_OF_A_MESSAGE = 300
"""Characters of the message that are repeated; the approver has the slip beside it."""
_SIGN_OFF = "sign-off"


@dataclass(frozen=True, slots=True)
class DeclinedFact:
    """That the paper was before the approver already, and went back."""

    on: date
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class ApprovalFacts:
    """All that the paper says. public_text: to the letter what is going to be public; blank where nothing is.

    checks: every point of the reviewer's list with whether it was ticked. approver_title: what the last field is
    called; where the regulation knows no 审定 it is a place for the office's own leader.
    """

    head: PaperHead
    message: str
    reply: str
    replied_on: date | None
    public: bool
    public_text: str
    private_reason: str
    checks: tuple[tuple[str, bool], ...]
    points: str
    opinion: str
    reviewer: str
    reviewed_on: date
    approver_title: str
    handler: str = ""
    handler_phone: str = ""
    head_of_unit: str = ""
    approver: str = ""
    approved_on: date | None = None
    approver_opinion: str = ""
    declined: tuple[DeclinedFact, ...] = ()


def approval_facts(source: PaperSource) -> ApprovalFacts:
    case, words = source.case, shown(source)
    review, reply = case.review, case.reply_in
    if review is None:
        raise ValueError("an approval needs a review")
    sign_off = source.regulation.actions.get(_SIGN_OFF)
    return ApprovalFacts(
        head=head_of(source),
        message=told(source).text,
        reply=words(reply.text) if reply is not None else "",
        replied_on=reply.on if reply is not None else None,
        public=review.public,
        public_text=text_to_publish(case) if review.public else "",
        private_reason=review.private_reason,
        checks=tuple((one, one in review.checks) for one in source.regulation.values("review_check")),
        points=words(review.points),
        opinion=words(review.opinion),
        reviewer=review.by,
        reviewed_on=review.on,
        approver_title=f"{sign_off.title}意见" if sign_off is not None else "负责人意见",
        handler=reply.handler if reply is not None else "",
        handler_phone=reply.phone if reply is not None else "",
        head_of_unit=reply.signer if reply is not None else "",
        approver=case.signed_off_by,
        approved_on=case.signed_off_on,
        approver_opinion=words(case.signed_off_opinion) if case.signed_off_on is not None else "",
        declined=tuple(DeclinedFact(one.on, one.by, words(one.reason)) for one in case.declined),
    )


def approval_values(facts: ApprovalFacts) -> Values:
    return {
        **head_values(facts.head),
        "留言摘要": shortened(facts.message, _MOST_OF_A_MESSAGE),
        "回复意见": facts.reply,
        "答复日期": day_words(facts.replied_on),
        "拟公开稿": facts.public_text or "（不公开）",
        "是否公开": ticked(facts.public),
        "不宜公开理由": facts.private_reason,
        "审核要点": "\n".join(f"{'√' if done else '□'} {words}" for words, done in facts.checks),
        "逐点核对": facts.points,
        "审核意见": facts.opinion,
        "审核人": facts.reviewer,
        "审核日期": long_date(facts.reviewed_on),
        "审定栏名": facts.approver_title,
        "审定意见": facts.approver_opinion or ("同意" if facts.approved_on is not None else ""),
        "审定人": facts.approver,
        "审定日期": day_or_by_hand(facts.approved_on),
        "此前未予审定": "\n".join(
            f"{long_date(one.on)}{one.by}未予审定：{one.reason}" for one in facts.declined
        ),
        "经办人": facts.handler,
        "经办人电话": facts.handler_phone,
        "主要负责人": facts.head_of_unit,
    }
