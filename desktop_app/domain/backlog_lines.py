"""One old case as one line of facts (补录): what its paper file says, in the order of the file, and the steps that makes.

The facts are those of the vocabulary of steps, named `step.key`; a step's day is `step.on`. Which of the steps there
are, and what they ask for, is in the regulation's file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from desktop_app.domain.actions import ACTIONS
from desktop_app.domain.history import REGISTER, approval_chain
from desktop_app.domain.message_text import clean, well_formed
from desktop_app.domain.messages import Citizen, Message
from desktop_app.domain.regulation import Regulation
from desktop_app.errors import Refusal

ON = "on"
"""The key under which a step's day stands in the line."""

REGISTER_KEYS = (ON, "title", "text", "citizen", "contact", "board_number", "source")

STEPS: Mapping[str, tuple[str, ...]] = {
    "refuse": (ON, "ground", "explanation", "suggestion", "not_told_reason", "duplicate_of"),
    "tell-refusal": (ON, "channel"),
    "accept": ("category",),
    "dispatch": (ON, "lead", "supporting"),
    "receive": (ON,),
    "apply-extension": ("days", ON, "reason", "applicant", "progress"),
    "approve-extension": (ON, "by"),
    "reply": (ON, "text", "signer", "stamped", "handler", "phone"),
    "pass-review": (ON, "by", "public", "private_reason", "cleared"),
    "sign-off": (ON, "by"),
    "publish": (ON,),
    "answer-privately": (ON, "by", "channel"),
    "post-note": (ON, "text"),
    "close": (ON,),
    "archive": (ON, "retention"),
}
"""The steps a file is made of and the facts it gives of each, in the order of the file. A message is sorted on the day
on which it is entered in the register (X 第五条（一）, T 第九条), so that accepting has no day of its own."""


def fact(action: str, key: str) -> str:
    """The name of a fact in a line: ``dispatch.lead``."""
    return f"{action}.{key}"


def facts_of(regulation: Regulation) -> tuple[tuple[str, str], ...]:
    """Every fact that a line under this regulation may give, as step and key, in the order of the file."""
    steps = [(action, key) for action, keys in STEPS.items() if action in regulation.actions for key in keys]
    return (*((REGISTER, key) for key in REGISTER_KEYS), *steps)


class WrongFact(Refusal):
    """A line that the rules refuse, and which fact of it is to blame."""

    def __init__(
        self, fact: str, code: str, message: str, clause: str | None = None, remedy: str | None = None
    ) -> None:
        super().__init__(code, message, clause, remedy)
        self.fact = fact


@dataclass(frozen=True, slots=True)
class LineStep:
    """One step that the line tells of."""

    action: str
    on: date
    keys: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class BacklogLine:
    """The facts of one old case by name, as text: days ISO, yes and no as `yes` and `no`. What is empty is not known.

    A line may stop anywhere: what comes after has not happened yet.
    """

    facts: Mapping[str, str]

    def get(self, action: str, key: str) -> str:
        return self.facts.get(fact(action, key), "").strip()

    def has(self, action: str) -> bool:
        """Whether the line says that this step was taken."""
        return bool(self.get(action, ON if ON in STEPS[action] else STEPS[action][0]))

    def day(self, action: str) -> date:
        """The day of a step. WrongFact `missing_key`, or `unknown_value` where it is no day."""
        written = self.get(action, ON)
        if not written:
            raise WrongFact(fact(action, ON), "missing_key", "缺少日期。", None, "请填写事情实际发生的日期。")
        try:
            return date.fromisoformat(written)
        except ValueError:
            raise WrongFact(
                fact(action, ON), "unknown_value", f"日期应为 2026-10-09 这样，现为“{written}”。"
            ) from None


def message_of(line: BacklogLine, source: str) -> Message:
    """The citizen's message as far as the file gives it. WrongFact `missing_key` without a title."""
    given = {key: clean(well_formed(line.get(REGISTER, key))) for key in REGISTER_KEYS}
    title = " ".join(given["title"].split())
    if not title:
        raise WrongFact(fact(REGISTER, "title"), "missing_key", "缺少标题。")
    return Message(
        title=title,
        text=given["text"],
        citizen=Citizen(given["citizen"], given["contact"]),
        board_number=given["board_number"],
        board=source,
    )


def source_of(line: BacklogLine, regulation: Regulation) -> str:
    """The regulation's word for the column the message came from; WrongFact `unknown_value`."""
    given = line.get(REGISTER, "source")
    if not given:
        return regulation.values("source")[0]
    term = regulation.term("source", given)
    if term is None:
        known = "、".join(regulation.values("source"))
        raise WrongFact(fact(REGISTER, "source"), "unknown_value", f"来源没有“{given}”；可填：{known}。")
    return term.value


def steps_of(line: BacklogLine, regulation: Regulation) -> Iterator[LineStep]:
    """The steps after registration, in the order in which they follow each other, one at a time: what is wrong with an
    earlier one is found first. WrongFact where a fact has no place."""
    _check_known(line, regulation)
    if not line.has("accept") and not line.has("refuse"):
        raise WrongFact(fact("accept", "category"), "missing_key", "缺少类别。")
    for action, keys in STEPS.items():
        if line.has(action):
            yield from _steps(line, action, regulation)
        elif any(line.get(action, key) for key in keys):
            # What is told of a step without its day cannot be placed: this says so.
            line.day(action)


def _check_known(line: BacklogLine, regulation: Regulation) -> None:
    known = {fact(*one) for one in facts_of(regulation)}
    for name, value in line.facts.items():
        if value.strip() and name not in known:
            raise WrongFact(name, "unknown_value", f"《{regulation.title}》的旧件没有“{name}”这一项。")


def _steps(line: BacklogLine, action: str, regulation: Regulation) -> list[LineStep]:
    on = line.day(action if ON in STEPS[action] else REGISTER)
    keys = {key: line.get(action, key) for key in STEPS[action] if key != ON and line.get(action, key)}
    if action != "approve-extension":
        return [LineStep(action, on, keys)]
    # Level by level (逐级, T 第十四条); the file shows the day on which the last has agreed.
    levels = approval_chain(regulation, source_of(line, regulation))
    return [LineStep(action, on, {"level": level, **keys}) for level in levels]


def title_of(action: str, key: str, regulation: Regulation) -> str:
    """What a fact is called on paper: ``交办日期``, ``牵头单位``."""
    if key != ON:
        shape = ACTIONS[action].key(key) if action != REGISTER else None
        return shape.title if shape is not None else _REGISTER_TITLES[key]
    return _DAYS.get(action) or f"{regulation.actions[action].title}日期"


_REGISTER_TITLES = {
    "title": "标题",
    "text": "留言内容",
    "citizen": "网民",
    "contact": "联系方式",
    "board_number": "留言编号",
    "source": "来源",
}
_DAYS = {REGISTER: "收件日期", "reply": "答复日期", "pass-review": "审核日期", "publish": "公开日期"}
"""Where the step's own title would make a clumsy name of its day."""
