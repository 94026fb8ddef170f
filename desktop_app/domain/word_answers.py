"""Protected words in a text about to go public, answered one by one: covered, or let stand for a reason (X 第六条).

`cleared=yes` lets all stand at once. `cleared=1=遮盖,2=单位值班电话` answers each by its number, in the order in which
they stand in the text; what is covered is covered in the text that is recorded, what stands is recorded with its reason.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from desktop_app.domain.actions import ACTIONS, NO, YES
from desktop_app.domain.corrections import Step
from desktop_app.domain.privacy import KIND_WORDS, Hit, mask_text
from desktop_app.domain.public_words import PUBLIC_TEXT_KEYS, public_text_hits
from desktop_app.domain.situation import Situation
from desktop_app.errors import Refusal

CLEARED, REASONS = "cleared", "cleared_reason"
COVER = "遮盖"
_BETWEEN = re.compile(r"[,，;；\s]+(?=[0-9]+\s*[=:：])")
_ANSWER = re.compile(r"([0-9]{1,4})\s*[=:：]\s*(.+)", re.DOTALL)
_MOST_TOLD = 20


def with_answers(situation: Situation, action: str, given: Mapping[str, str]) -> dict[str, str]:
    """The keys of a step with the answers in `cleared` carried out; as they are where it says yes, no or nothing.

    Refusals: `unknown_value` for what is no answer, `protected_data_in_public_text` naming those left unanswered.
    """
    keys = dict(given)
    said = keys.get(CLEARED, "").strip()
    shape = ACTIONS.get(action)
    if said in ("", YES, NO) or shape is None or shape.key(CLEARED) is None:
        return keys
    answers = _read(said)
    text, hits = public_text_hits(situation, Step(0, action, date.min, _plain(keys)))
    _check_all_answered(answers, hits)
    covered = [hit for number, hit in enumerate(hits, start=1) if answers[number] == COVER]
    kept = [(hit, answers[number]) for number, hit in enumerate(hits, start=1) if answers[number] != COVER]
    del keys[CLEARED]
    if covered:
        keys[_key_of_text(action)] = mask_text(text, covered)
    if kept:
        keys[CLEARED] = YES
        keys[REASONS] = "\n".join(f"{KIND_WORDS[hit.kind]}“{hit.text}”：{reason}" for hit, reason in kept)
    return keys


def answers_text(answers: Sequence[str]) -> str:
    """The answers, in the order of the hits, as `cleared` takes them."""
    return ",".join(f"{number}={' '.join(answer.split())}" for number, answer in enumerate(answers, start=1))


def hits_in_words(hits: Sequence[Hit]) -> str:
    """Each with its number and the place where it stands."""
    told = "；".join(
        f"{number}. {KIND_WORDS[hit.kind]}“{hit.text}”（第 {hit.start + 1} 字）"
        for number, hit in enumerate(hits[:_MOST_TOLD], start=1)
    )
    return f"{told}……共 {len(hits)} 处" if len(hits) > _MOST_TOLD else told


def _read(said: str) -> dict[int, str]:
    answers: dict[int, str] = {}
    for part in _BETWEEN.split(said):
        found = _ANSWER.fullmatch(part.strip())
        if found is None:
            raise Refusal(
                "unknown_value",
                f"核对结果（{CLEARED}）应为 yes，或者逐条写 1={COVER},2=可以公开的理由，现为“{part}”。",
            )
        answers[int(found[1])] = found[2].strip()
    return answers


def _check_all_answered(answers: Mapping[int, str], hits: Sequence[Hit]) -> None:
    unknown = [str(number) for number in answers if not 1 <= number <= len(hits)]
    if unknown:
        raise Refusal(
            "unknown_value",
            f"拟公开的文字里只有 {len(hits)} 处受保护的信息，没有第 {'、'.join(unknown)} 处。",
        )
    left = [number for number in range(1, len(hits) + 1) if number not in answers]
    if left:
        raise Refusal(
            "protected_data_in_public_text",
            f"拟公开的文字中受保护的信息还有 {len(left)} 处没有逐条核对：{hits_in_words(hits)}。",
            None,
            f"没有核对的是第 {'、'.join(map(str, left))} 处；每一处写“{COVER}”或可以公开的理由。",
        )


def _key_of_text(action: str) -> str:
    key = PUBLIC_TEXT_KEYS.get(action)
    if key is None:
        raise Refusal(
            "unknown_value", "要告知的说明已经登记，不能在这里遮盖。", None, "请先更正不予受理的说明。"
        )
    return key


def _plain(keys: Mapping[str, str]) -> dict[str, str]:
    return {name: value.strip() for name, value in keys.items() if value.strip()}
