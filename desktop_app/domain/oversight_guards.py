"""Guards of steps that reach beyond the unit's answer: cases from above, instructions, transfer, linked cases."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.domain.corrections import NONE, Step
from desktop_app.domain.guard_stages import Guard, Stage
from desktop_app.domain.open_item_triggers import unit_barred_by
from desktop_app.domain.situation import Situation
from desktop_app.errors import Refusal

_NO_DECISION = (NONE, "未决定", "没有", "否", "no")
"""Words with which a decision is said not to have been taken."""


def _from_above_only(situation: Situation, step: Step, clause: str | None) -> None:
    """T 第三条: only what a superior handed down can be sent back or reported there."""
    if not situation.from_above:
        above = [t.value for t in situation.regulation.vocabularies["source"] if "upstream" in t.flags]
        raise Refusal(
            "wrong_state",
            f"本件来源是“{situation.case.source}”，不是上级交办的件（{'、'.join(above)}），不能办理这一步。",
            clause,
            "来源登记错了的，先更正登记。",
        )


def _answer_not_yet_public(situation: Situation, step: Step, clause: str | None) -> None:
    """What was reported upward first may still go public; what is public already needs a rework first."""
    reply = situation.case.reply_in
    if reply is not None and any(one.event > reply.event for one in situation.case.publications):
        raise Refusal(
            "wrong_state", "这份答复已经公开。", clause, "要补充答复的，先退回重办，再公开新的答复。"
        )


def _investigated_if_major(situation: Situation, step: Step, clause: str | None) -> None:
    """X 第五条（三）: of what moves many, the office looks for itself before it answers in public."""
    major = situation.case.major
    if major is not None and not situation.case.investigations:
        raise Refusal(
            "open_items_remain",
            "本件标为重大影响，还没有联合调研的记录，不能公开答复。",
            clause,
            "请先登记联合调研（investigate）。",
        )


def _instruction_recorded(situation: Situation, step: Step, clause: str | None) -> None:
    if not situation.case.instructions:
        raise Refusal("wrong_state", "本件没有领导批示，无从反馈。", clause, "请先登记批示（instruct）。")


def _transferred(situation: Situation, step: Step, clause: str | None) -> None:
    if not situation.case.transfers:
        raise Refusal("wrong_state", "本件没有移交，没有专项督办。", clause, "请先登记移交（transfer）。")


def _pressed_without_result(situation: Situation, step: Step, clause: str | None) -> None:
    """T 第二十条: 催办, 督办无果 go before a transfer."""
    done = {one.action for one in situation.case.pressure}
    missing = [title for name, title in (("urge", "催办"), ("supervise", "督办")) if name not in done]
    if missing:
        raise Refusal(
            "wrong_state",
            f"移交须先有催办和督办而无果；本件没有{'、'.join(missing)}的记录。",
            clause,
            "请先催办、督办。",
        )


def _transfer_decided(situation: Situation, step: Step, clause: str | None) -> None:
    """A transfer is never the program's nor the operator's own: somebody decided, on clues and consequences."""
    if step.get("decided_by").strip().lower() in _NO_DECISION:
        raise Refusal(
            "no_decision", "没有移交的决定，不能移交。", clause, "请在有权的负责人决定之后，写明决定人。"
        )
    for name, what in (("violation", "涉嫌违纪违法线索"), ("consequences", "后果和影响")):
        if step.get(name).strip() in _NO_DECISION:
            raise Refusal("missing_key", f"移交须写明{what}（{name}），不能填“{step.get(name)}”。", clause)


def _consent_from_above(situation: Situation, step: Step, clause: str | None) -> None:
    """T 第十八条, 第三条: for what a superior handed down, the superior agrees as well."""
    if situation.from_above and not step.get("upstream_consent_by"):
        raise Refusal(
            "missing_key",
            "上级交办的件，解释办结还须上级同意，请写明上级同意人（upstream_consent_by）。",
            clause,
        )


def _other_case_answers(situation: Situation, step: Step, clause: str | None) -> None:
    """A duplicate is answered with another case: one that lives, stands by itself, and is not in the accused's hands."""
    other = next((one for one in situation.others.values() if one.number == step.get("of")), None)
    if other is None:
        return
    number = other.number
    reasons = (
        (number == situation.case.number, "不能并入自己"),
        (other.voided, f"{number} 已作废"),
        (other.refusal is not None, f"{number} 不予受理，没有答复可以共用"),
        (bool(other.linked_to), f"{number} 自己已并入 {other.linked_to}，请直接并入 {other.linked_to}"),
        (bool(situation.case.linked), f"本件已有 {'、'.join(situation.case.linked)} 并入，不能再并入别的件"),
    )
    for holds, why in reasons:
        if holds:
            raise Refusal("unknown_value", f"{why}。", clause, "请核对登记号。")
    # The unit whose answer is, or will be, given for both: also where it has answered already.
    answering = [held for held in other.assignments if held.open or held is other.lead]
    for held in answering:
        accused = unit_barred_by(situation, held.unit, situation.case.complaints)
        if accused is not None:
            barring = situation.regulation.actions["dispatch"].guard_articles.get("unit_not_complained_of")
            raise Refusal(
                "unit_complained_of",
                f"本件是对“{accused}”的控告、检举，{number} 由“{held.unit}”承办，不能并入。",
                barring or None,
                "请单独办理本件。",
            )


OVERSIGHT_GUARDS: Mapping[str, Guard] = {
    "from_above_only": _from_above_only,
    "answer_not_yet_public": _answer_not_yet_public,
    "investigated_if_major": _investigated_if_major,
    "instruction_recorded": _instruction_recorded,
    "transferred": _transferred,
    "pressed_without_result": _pressed_without_result,
    "transfer_decided": _transfer_decided,
    "consent_from_above": _consent_from_above,
    "other_case_answers": _other_case_answers,
}

OVERSIGHT_STAGES: Mapping[str, Stage] = {
    "from_above_only": Stage.STATE,
    "answer_not_yet_public": Stage.STATE,
    "instruction_recorded": Stage.STATE,
    "transferred": Stage.STATE,
    "pressed_without_result": Stage.STATE,
    "transfer_decided": Stage.KEYS,
    "consent_from_above": Stage.GIVEN,
}
