"""Guards: what the office itself is about to do against a rule is refused, with the clause.

A regulation's file names which of these stand before an action. Each is a small function of the situation and
the step; it returns nothing or raises a Refusal. What has already happened in the world is never guarded.
"""

from __future__ import annotations

from datetime import date

from desktop_app.domain.accused_guards import ACCUSED_GUARDS, refuse_barred
from desktop_app.domain.actions import NO
from desktop_app.domain.assignment import Extension
from desktop_app.domain.corrections import Step
from desktop_app.domain.deadlines import Limit, check_extension, latest_rework_date
from desktop_app.domain.guard_stages import Guard, Stage
from desktop_app.domain.history import approval_chain, granted_so_far
from desktop_app.domain.open_items import blocking_items, open_items
from desktop_app.domain.oversight_guards import OVERSIGHT_GUARDS, OVERSIGHT_STAGES
from desktop_app.domain.public_words import public_text_hits
from desktop_app.domain.regulation import ActionRule
from desktop_app.domain.situation import Situation
from desktop_app.domain.word_answers import hits_in_words
from desktop_app.domain.wording import long_date
from desktop_app.errors import Refusal

__all__ = ["GUARDS", "Stage", "check_guards", "latest_date_for_rework", "refuse_barred", "stage_of"]


def check_guards(situation: Situation, step: Step, rule: ActionRule, stage: Stage | None = None) -> None:
    """Run the action's guards in the order of the file; those of one stage only, where it is given."""
    for name in rule.guards:
        if stage is None or stage_of(name) is stage:
            clause = rule.guard_articles.get(name, rule.article) or None
            GUARDS[name](situation, step, clause)


def stage_of(guard: str) -> Stage:
    """When that guard has its turn among the checks of a step."""
    return _STAGES.get(guard, Stage.REST)


def _limit_within_regulation(situation: Situation, step: Step, clause: str | None) -> None:
    days = step.count("days")
    limit = situation.regulation.limits_on(situation.case.received).reply
    if days is not None and days > limit.days:
        raise Refusal(
            "limit_longer_than_regulation",
            f"办理时限 {days} 个工作日长于规定的 {limit.days} 个工作日，只能缩短，不能延长。",
            clause,
            f"请填写 1 至 {limit.days}，或留空按规定办理。",
        )


def _return_pending(situation: Situation, step: Step, clause: str | None) -> None:
    if not any(one.open and one.pending_return for one in situation.case.assignments):
        raise Refusal("wrong_state", "没有等待处理的退件。", clause, "请先登记承办单位的退件。")


def _no_extension_pending(situation: Situation, step: Step, clause: str | None) -> None:
    lead = situation.case.open_lead
    if lead is not None and lead.pending_extension is not None:
        raise Refusal(
            "wrong_state",
            f"{long_date(lead.pending_extension.applied_on)}的延期申请尚未批复，不能再登记一次申请。",
            clause,
            "请先批准或不准上一次申请。",
        )


def _pending_extension(situation: Situation) -> Extension | None:
    lead = situation.case.open_lead
    return lead.pending_extension if lead is not None else None


def _extension_pending(situation: Situation, step: Step, clause: str | None) -> None:
    if _pending_extension(situation) is None:
        raise Refusal("wrong_state", "没有等待批复的延期申请。", clause, "请先登记承办单位的延期申请。")


def _approval_in_order(situation: Situation, step: Step, clause: str | None) -> None:
    extension = _pending_extension(situation)
    if extension is None:
        return
    chain = approval_chain(situation.regulation, situation.case.source)
    done = [approval.level for approval in extension.approvals]
    expected = chain[len(done)]
    if step.get("level") not in chain:
        raise Refusal(
            "unknown_value",
            f"本件的延期不经“{step.get('level')}”审批；审批层级为 {'、'.join(chain)}。",
            clause,
        )
    if step.get("level") != expected:
        raise Refusal("wrong_state", f"延期须逐级审批，现在应由“{expected}”审批。", clause)


def _extension_within_cap(situation: Situation, step: Step, clause: str | None) -> None:
    extension, lead = _pending_extension(situation), situation.case.open_lead
    if extension is None or lead is None:
        return
    cap = situation.regulation.limits_on(situation.case.received).extension
    days = step.count("days") or granted_so_far(extension)
    granted = [one.granted for one in lead.extensions if one.granted]
    check_extension(cap, granted, days, cap.article)
    if days > granted_so_far(extension):
        raise Refusal(
            "unknown_value",
            f"批准天数 {days} 多于申请或上一级同意的 {granted_so_far(extension)} 个工作日；每一级只能同意或减少。",
            clause,
        )


def _reason_when_private(situation: Situation, step: Step, clause: str | None) -> None:
    if step.get("public") == NO and not step.get("private_reason"):
        reasons = "、".join(situation.regulation.values("private_reason"))
        raise Refusal("missing_key", f"不公开答复须写明理由（private_reason）：{reasons}。", clause)


def _nothing_protected_in_public_text(situation: Situation, step: Step, clause: str | None) -> None:
    """Protected words stop a text that is to go public, until someone has looked at each and let it stand."""
    if step.yes("cleared"):
        return
    _, hits = public_text_hits(situation, step)
    if not hits:
        return
    raise Refusal(
        "protected_data_in_public_text",
        f"拟公开的文字中有受保护的信息：{hits_in_words(hits)}。",
        clause,
        "请删去或改写；逐条核对后确可公开的，注明已核对（cleared=yes）。",
    )


def _reply_to_send_back(situation: Situation, step: Step, clause: str | None) -> None:
    """A refused message may lie in 待归档 as well; there is nothing in it to do again."""
    lead = situation.case.open_lead
    if lead is None or lead.reply_in is None:
        raise Refusal("wrong_state", "本件没有可以退回的答复。", clause)


def _rework_date_allowed(situation: Situation, step: Step, clause: str | None) -> None:
    """No later than base limit and cap would have allowed, or five working days where that has passed
    (docs/architecture.md, 期限 8)."""
    lead = situation.case.open_lead
    due = date.fromisoformat(step.get("due"))
    if lead is None or lead.received is None:
        return
    latest = latest_date_for_rework(situation, step.on)
    if due < step.on:
        raise Refusal(
            "date_before_previous", f"重办期限 {long_date(due)} 早于退回日 {long_date(step.on)}。", clause
        )
    if due > latest:
        raise Refusal(
            "rework_date_too_late",
            f"重办期限 {long_date(due)} 过迟，最迟可定为 {long_date(latest)}。",
            clause,
            "请改为不晚于该日的日期。",
        )


def latest_date_for_rework(situation: Situation, sent_back_on: date) -> date:
    """The last day that may be set when the standing reply is sent back on that day."""
    lead = situation.case.open_lead
    if lead is None or lead.received is None:
        raise ValueError("rework needs a received assignment")
    limits = situation.regulation.limits_on(situation.case.received)
    # The regulation's own limit counts here, also where the office had set a shorter one.
    base = Limit(limits.reply.days, limits.reply.unit)
    return latest_rework_date(
        situation.calendar, lead.received, base, limits.extension, sent_back_on, limits.rework
    )


def _reply_is_public(situation: Situation, step: Step, clause: str | None) -> None:
    review = situation.case.review
    if review is not None and not review.public:
        raise Refusal(
            "reply_not_public",
            f"审核已定为不公开（{review.private_reason}），不能公开答复。",
            clause,
            "请用“直接答复”告知留言人；确需公开的，先退回重新审核。",
        )


def _reply_is_private(situation: Situation, step: Step, clause: str | None) -> None:
    review = situation.case.review
    if review is not None and review.public:
        raise Refusal(
            "wrong_state", "审核已定为公开答复，不走直接答复。", clause, "请用“公开答复”，或退回重新审核。"
        )


def _urge_was_served(situation: Situation, step: Step, clause: str | None) -> None:
    """催办无果 needs a 催办 that was served; the other grounds do not."""
    term = situation.regulation.term("supervision_ground", step.get("ground"))
    if term is None or "after_urge" not in term.flags:
        return
    served = [one.served_on for one in situation.case.pressure if one.action == "urge" and one.served_on]
    if not any(day <= step.on for day in served):
        raise Refusal(
            "no_served_urge",
            "以“催办无果”督办，须先有已送达的催办；本件没有送达的催办记录。",
            clause,
            "请先登记催办及其送达，或改用其他督办情形。",
        )


def _item_may_be_waived(situation: Situation, step: Step, clause: str | None) -> None:
    item = next((one for one in open_items(situation) if one.kind == step.get("item")), None)
    if item is None:
        kinds = "、".join(one.kind for one in open_items(situation)) or "无"
        raise Refusal("unknown_value", f"没有“{step.get('item')}”这一待办事项；现有：{kinds}。", clause)
    if item.blocking:
        raise Refusal("open_items_remain", f"“{item.kind}”必须办理，不能免办。", item.clause)
    if step.on < item.since:
        day = long_date(item.since)
        raise Refusal("date_before_previous", f"“{item.kind}”自 {day} 起才有，不能在此之前免办。", clause)


def _nothing_blocks(situation: Situation, step: Step, clause: str | None) -> None:
    blocking = blocking_items(situation)
    if blocking:
        kinds = "、".join(item.kind for item in blocking)
        raise Refusal(
            "open_items_remain", f"还有必须先办的事项：{kinds}。", blocking[0].clause, "请先办理这些事项。"
        )


GUARDS: dict[str, Guard] = {
    **ACCUSED_GUARDS,
    **OVERSIGHT_GUARDS,
    "limit_within_regulation": _limit_within_regulation,
    "return_pending": _return_pending,
    "no_extension_pending": _no_extension_pending,
    "extension_pending": _extension_pending,
    "approval_in_order": _approval_in_order,
    "extension_within_cap": _extension_within_cap,
    "reason_when_private": _reason_when_private,
    "nothing_protected_in_public_text": _nothing_protected_in_public_text,
    "reply_to_send_back": _reply_to_send_back,
    "rework_date_allowed": _rework_date_allowed,
    "reply_is_public": _reply_is_public,
    "reply_is_private": _reply_is_private,
    "urge_was_served": _urge_was_served,
    "item_may_be_waived": _item_may_be_waived,
    "nothing_blocks": _nothing_blocks,
}
"""Guard names a regulation's file may use."""

_STAGES = {
    **OVERSIGHT_STAGES,
    "return_pending": Stage.STATE,
    "no_extension_pending": Stage.STATE,
    "extension_pending": Stage.STATE,
    "reply_is_private": Stage.STATE,
    "reply_to_send_back": Stage.STATE,
    "approval_in_order": Stage.KEYS,
    "reason_when_private": Stage.GIVEN,
    "item_may_be_waived": Stage.KEYS,
}
