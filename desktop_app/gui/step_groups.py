"""The steps of a case in the order of the work, and the letter by which each is reached. No Qt here."""

from __future__ import annotations

from collections.abc import Iterable

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "初审",
        (
            "accept",
            "refuse",
            "tell-refusal",
            "assess",
            "link-duplicate",
            "answer-with",
            "return-upward",
            "report-up",
            "complained-of",
        ),
    ),
    (
        "承办",
        (
            "dispatch",
            "change-units",
            "receive",
            "serve",
            "return",
            "accept-return",
            "refuse-return",
            "apply-extension",
            "approve-extension",
            "refuse-extension",
            "explain",
        ),
    ),
    (
        "答复",
        (
            "reply",
            "pass-review",
            "rework",
            "sign-off",
            "decline-sign-off",
            "publish",
            "answer-privately",
            "post-note",
            "contact",
            "follow-up",
        ),
    ),
    (
        "督办与批示",
        (
            "remind",
            "urge",
            "supervise",
            "transfer",
            "special-supervision",
            "instruct",
            "feedback",
            "mark-major",
            "investigate",
            "hold-accountable",
        ),
    ),
    ("办结归档", ("close", "archive", "reopen")),
)
"""Every step but those offered beside what they are about (see case_steps.IN_THEIR_PLACE)."""

GROUP_OF = {action: title for title, actions in GROUPS for action in actions}

ACCESS_KEYS = {
    "accept": "A",
    "refuse": "J",
    "tell-refusal": "K",
    "assess": "P",
    "link-duplicate": "I",
    "answer-with": "A",
    "return-upward": "U",
    "report-up": "U",
    "complained-of": "X",
    "dispatch": "D",
    "change-units": "G",
    "receive": "Q",
    "serve": "K",
    "return": "Z",
    "accept-return": "K",
    "refuse-return": "I",
    "apply-extension": "E",
    "approve-extension": "Y",
    "refuse-extension": "N",
    "explain": "L",
    "reply": "R",
    "pass-review": "A",
    "rework": "Z",
    "sign-off": "A",
    "decline-sign-off": "E",
    "publish": "P",
    "answer-privately": "E",
    "post-note": "A",
    "contact": "C",
    "follow-up": "V",
    "remind": "M",
    "urge": "U",
    "supervise": "D",
    "transfer": "Y",
    "special-supervision": "X",
    "instruct": "N",
    "feedback": "K",
    "mark-major": "G",
    "investigate": "I",
    "hold-accountable": "Q",
    "close": "L",
    "archive": "A",
    "reopen": "R",
}
"""The letter that each step has wherever it can: with Alt on the page, by itself in the list that 更多 opens."""

MENU_KEYS = frozenset("FBWTSH")
"""The letters of the window's menus; no button may have one."""

MORE_KEY = "O"
"""Opens the list of further steps."""

_LETTERS = "ACDEGIJKLMNPQRUVXYZ"


def button_keys(actions: Iterable[str]) -> dict[str, str]:
    """A letter for each button, its own where no button before it has it; else none: keys must not jump about."""
    taken: dict[str, str] = {}
    for action in actions:
        letter = ACCESS_KEYS.get(action, "")
        if letter and letter not in taken.values():
            taken[action] = letter
    return taken


def list_keys(actions: Iterable[str]) -> dict[str, str]:
    """A letter for each line of a list that is open, its own where it can be, else one that is free."""
    actions = list(actions)
    taken = button_keys(actions)
    free = iter([letter for letter in (*_LETTERS, *"FBWTSHO") if letter not in taken.values()])
    return {action: taken.get(action) or next(free, "") for action in actions}
