"""What a step would make public or put on a paper for others, and what in it is protected (X 第六条, T 第七条（二）)."""

from __future__ import annotations

import re

from desktop_app.domain.corrections import Step
from desktop_app.domain.history import text_to_publish
from desktop_app.domain.privacy import Hit, find_protected
from desktop_app.domain.situation import Situation

PUBLIC_TEXT_KEYS = {"pass-review": "public_text", "publish": "text", "post-note": "text"}
"""By step the key in which the text that goes public is given."""
PAPER_TEXT_KEYS = {
    "supervise": ("problems", "demands"),
    "transfer": ("violation", "consequences", "persons", "evidence"),
    "rework": ("opinion",),
    "feedback": ("text", "next"),
    "report-up": ("text",),
    "investigate": ("findings", "conclusion"),
}
"""By step the keys whose words stand on a paper that others read; there they are covered (`documents/papers/covering`)."""
TELL_REFUSAL = "tell-refusal"
_PUBLIC_CHANNEL = re.compile("留言板|公开|网站|网上|人民网|平台|公众号")


def public_text_hits(situation: Situation, step: Step) -> tuple[str, tuple[Hit, ...]]:
    """The text that the step would make public, and what in it is protected; both empty where it makes none public."""
    return _looked_through(situation, _text_about_to_be_public(situation, step))


def paper_text_hits(situation: Situation, step: Step) -> tuple[str, tuple[Hit, ...]]:
    """The same for words that will stand on a paper for others."""
    words = [step.get(key) for key in PAPER_TEXT_KEYS.get(step.action, ())]
    return _looked_through(situation, "\n".join(one for one in words if one))


def _looked_through(situation: Situation, text: str) -> tuple[str, tuple[Hit, ...]]:
    return text, find_protected(text, situation.citizen, permitted_numbers(situation)) if text else ()


def _text_about_to_be_public(situation: Situation, step: Step) -> str:
    case = situation.case
    if step.action == "pass-review":
        reply = case.reply_in.text if case.reply_in is not None else ""
        return (step.get("public_text") or reply) if step.yes("public") else ""
    if step.action == TELL_REFUSAL:
        return _refusal_told(situation) if _PUBLIC_CHANNEL.search(step.get("channel")) else ""
    if step.action not in PUBLIC_TEXT_KEYS:
        return ""
    text = step.get("text") or text_to_publish(case)
    cleared = step.action == "publish" and case.review is not None and case.review.cleared
    # What the reviewer looked at and let stand need not be looked at again, as long as it is the same.
    return "" if cleared and text == text_to_publish(case) else text


def _refusal_told(situation: Situation) -> str:
    """A refusal told on the board is read by everybody."""
    refusal = situation.case.refusal
    return (
        "\n".join(one for one in (refusal.explanation, refusal.suggestion) if one)
        if refusal is not None
        else ""
    )


def permitted_numbers(situation: Situation) -> tuple[str, ...]:
    """T 第十二条 wants the unit's and its handler's telephone in public."""
    case = situation.case
    numbers = [case.reply_in.phone] if case.reply_in is not None else []
    unit = situation.units.find(case.lead.unit) if case.lead is not None else None
    numbers += [unit.phone] if unit is not None else []
    return tuple(number for number in numbers if number)
