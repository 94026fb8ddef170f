"""The records of a case as they may be shown before anybody revealed them: what somebody typed freely is covered (X 第六条).

The case itself is folded anew of the covered records, so that no part of it, wherever it is shown, says more.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from desktop_app.domain.actions import ACTIONS, Key, KeyKind
from desktop_app.domain.case import Case
from desktop_app.domain.corrections import CORRECT, WITH
from desktop_app.domain.history import fold
from desktop_app.domain.messages import Citizen
from desktop_app.domain.privacy import masked_text
from desktop_app.services.case_loading import Loaded


def covered_keys(
    action: str,
    keys: Mapping[str, str],
    citizen: Citizen,
    permitted: Collection[str],
    protected: Collection[str] = (),
) -> dict[str, str]:
    """The keys of a record with protected words covered. `protected` are keys that lie beside the journal anyhow."""
    return {
        name: masked_text(value, citizen, permitted) if name in protected or _is_free(action, name) else value
        for name, value in keys.items()
    }


def covered_case(loaded: Loaded, permitted: Collection[str]) -> Case:
    """The case as its records would make it, had nobody typed anything protected."""
    citizen = loaded.message.citizen
    steps = [
        replace(step, keys=covered_keys(step.action, step.keys, citizen, permitted)) for step in loaded.steps
    ]
    return fold(loaded.case.number, steps, loaded.regulation)


def _is_free(action: str, name: str) -> bool:
    """Whether that key takes words as one likes to type them: texts, a channel or an addressee, a reason of one's own."""
    return any(
        key is not None and (key.kind in (KeyKind.TEXT, KeyKind.WORDS) or key.free)
        for key in _keys_of(action, name.removeprefix(WITH))
    )


def _keys_of(action: str, name: str) -> Iterator[Key | None]:
    """The key of that name of the step; of a correction, which does not say whose it corrects, of every step."""
    if action == CORRECT:
        yield from (shape.key(name) for shape in ACTIONS.values())
    elif action in ACTIONS:
        yield ACTIONS[action].key(name)
