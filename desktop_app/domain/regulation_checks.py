"""What the parts of a regulation's file must be to each other: no name twice, no way in or out missing.

The reader checks each entry by itself; here stands what shows only when all are read. Findings are pairs of
place and reason, in the order of the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from desktop_app.domain.actions import ACTIONS
from desktop_app.domain.regulation import (
    LIMIT_NAMES,
    ActionRule,
    FormRule,
    Limit,
    OpenItemRule,
    Series,
    State,
    Term,
)

Finding = tuple[str, str]

FLAGS: Mapping[str, frozenset[str]] = {
    "receive_manner": frozenset(("claims",)),
    "approval_level": frozenset(("upstream",)),
    "rework_ground": frozenset(("off_point", "other")),
    "follow_up_result": frozenset(("satisfied", "rather", "reached")),
    "supervision_ground": frozenset(("after_urge", "failing", "instructed", "sent_back")),
    "complaint_kind": frozenset(("barred", "warned")),
    "source": frozenset(("upstream",)),
    "feedback_rhythm": frozenset(("weekly", "monthly")),
}
"""The properties of words that code asks for, by list; another would be obeyed by nobody."""

PERIODS = ("month", "quarter", "year")

FINDS = (
    "overdue",
    "claimed_late",
    "said_of_answer",
    "urged_in_vain",
    "returned_late",
    "unsigned",
    "transferred",
    "held_accountable",
    "dissatisfied",
)
"""What a failing may look for; the functions of these names are in domain/failings."""


def findings(
    limits: Sequence[Limit],
    vocabularies: Mapping[str, Sequence[Term]],
    states: Sequence[State],
    initial_state: str,
    actions: Sequence[ActionRule],
    items: Sequence[OpenItemRule],
    forms: Sequence[FormRule],
    series: Sequence[Series],
) -> Iterator[Finding]:
    """Everything wrong between the parts."""
    yield from _limits(limits)
    yield from _words(vocabularies)
    yield from _states(states, initial_state, actions)
    yield from _twice("action", "步骤", [rule.name for rule in actions])
    yield from _twice("open_item", "待办事项", [rule.kind for rule in items])
    yield from _twice("form", "文书", [rule.form for rule in forms])
    yield from _twice("series", "字号", [one.id for one in series])
    names = {rule.name for rule in actions}
    for rule in items:
        if rule.verb and rule.verb not in names:
            yield "[[open_item]]", f"“{rule.kind}”的 verb “{rule.verb}”不是本办法的步骤"
    for form in forms:
        for action in sorted(set(form.after) - names):
            yield "[[form]]", f"“{form.form}”的 after “{action}”不是本办法的步骤"


def _limits(limits: Sequence[Limit]) -> Iterator[Finding]:
    for name in LIMIT_NAMES:
        if not any(limit.name == name for limit in limits):
            yield "[[limit]]", f"缺少期限 {name}"
    yield from _twice("limit", "期限", [f"{limit.name} {limit.from_day}" for limit in limits])


def _words(vocabularies: Mapping[str, Sequence[Term]]) -> Iterator[Finding]:
    for name, terms in vocabularies.items():
        place = f"[vocabulary] {name}"
        words = [word for term in terms for word in (term.value, *term.short)]
        for word in _repeated(words):
            yield place, f"“{word}”出现两次"
        keys = _keys_beside(name)
        for term in terms:
            for flag in sorted(term.flags - FLAGS.get(name, frozenset())):
                yield place, f"“{term.value}”的 flags 中的“{flag}”不认识"
            for key in sorted(set(term.requires) - keys):
                yield place, f"“{term.value}”的 requires 中的“{key}”不认识"
    if 0 < len(vocabularies.get("contact_time", ())) < 2:
        yield "[vocabulary] contact_time", "应有两项：第一项为办前，第二项为办后"
    levels = vocabularies.get("approval_level", ())
    if levels and all("upstream" in term.flags for term in levels):
        yield "[vocabulary] approval_level", "至少要有一级不是 upstream"


def _keys_beside(vocabulary: str) -> set[str]:
    """All keys of the actions that choose from this list."""
    users = [act for act in ACTIONS.values() if any(key.vocabulary == vocabulary for key in act.keys)]
    return {key.name for action in users for key in action.keys}


def _states(states: Sequence[State], initial_state: str, actions: Sequence[ActionRule]) -> Iterator[Finding]:
    yield from _twice("state", "状态", [state.name for state in states])
    if initial_state not in {state.name for state in states}:
        yield "文件开头", f"initial_state 中的“{initial_state}”不认识"
    reached = {target for rule in actions for target in rule.targets} | {initial_state}
    left = {
        state for rule in actions for state in rule.from_states if rule.leads_to(state) not in (None, state)
    }
    for state in states:
        if state.name not in reached:
            yield "[[state]]", f"没有任何步骤通向“{state.name}”"
        if state.open and state.name not in left:
            yield "[[state]]", f"没有任何步骤离开“{state.name}”；办完的状态应为 open = false"


def _twice(table: str, what: str, names: Iterable[str]) -> Iterator[Finding]:
    for name in _repeated(list(names)):
        yield f"[[{table}]]", f"{what}“{name}”写了两次"


def _repeated(names: Sequence[str]) -> list[str]:
    return sorted({name for name in names if names.count(name) > 1})
