"""What a step would make public, and what in it is protected (X 第六条, T 第七条（二）)."""

from __future__ import annotations

from desktop_app.domain.corrections import Step
from desktop_app.domain.history import text_to_publish
from desktop_app.domain.privacy import Hit, find_protected
from desktop_app.domain.situation import Situation


def public_text_hits(situation: Situation, step: Step) -> tuple[str, tuple[Hit, ...]]:
    """The text that the step would make public, and what in it is protected; both empty where it makes none public."""
    text = _text_about_to_be_public(situation, step)
    return text, find_protected(text, situation.citizen, permitted_numbers(situation)) if text else ()


def _text_about_to_be_public(situation: Situation, step: Step) -> str:
    case = situation.case
    if step.action == "pass-review":
        reply = case.reply_in.text if case.reply_in is not None else ""
        return (step.get("public_text") or reply) if step.yes("public") else ""
    text = step.get("text") or text_to_publish(case)
    cleared = step.action == "publish" and case.review is not None and case.review.cleared
    # What the reviewer looked at and let stand need not be looked at again, as long as it is the same.
    return "" if cleared and text == text_to_publish(case) else text


def permitted_numbers(situation: Situation) -> tuple[str, ...]:
    """T 第十二条 wants the unit's and its handler's telephone in public."""
    case = situation.case
    numbers = [case.reply_in.phone] if case.reply_in is not None else []
    unit = situation.units.find(case.lead.unit) if case.lead is not None else None
    numbers += [unit.phone] if unit is not None else []
    return tuple(number for number in numbers if number)
