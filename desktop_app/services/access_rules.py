"""What holds for everybody here: when the window locks, how long a password is and how long it may be used."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from desktop_app.domain.passwords import AccessRules, check_rules
from desktop_app.domain.rights import Right
from desktop_app.services.edited_meanwhile import Edited, merged
from desktop_app.services.journaling import note
from desktop_app.services.session import Session
from desktop_app.services.settings_keys import IDLE_MINUTES, PASSWORD_DAYS, SHORTEST_PASSWORD

if TYPE_CHECKING:
    from desktop_app.storage.work import Work


_RULES = Edited(
    "这些规定",
    {
        IDLE_MINUTES: "锁定前的分钟数",
        SHORTEST_PASSWORD: "密码至少的字数",
        PASSWORD_DAYS: "密码使用的天数",
    },
    "change-settings",
    lambda event: IDLE_MINUTES in event.keys,
)


def rules(session: Session) -> AccessRules:
    """The rules of now."""
    with session.read() as work:
        return rules_in(work)


def rules_in(work: Work) -> AccessRules:
    """The same within a transaction."""
    return read_rules({name: work.settings.get(name) or "" for name in _as_settings(AccessRules())})


def read_rules(kept: Mapping[str, str]) -> AccessRules:
    """The rules that settings tell, by their names; the usual ones where they tell nothing."""
    usual = AccessRules()
    return AccessRules(
        int(kept.get(IDLE_MINUTES) or usual.idle_minutes),
        int(kept.get(SHORTEST_PASSWORD) or usual.shortest),
        int(kept.get(PASSWORD_DAYS) or usual.password_days),
    )


def set_rules(session: Session, wanted: AccessRules, shown: AccessRules | None = None) -> AccessRules:
    """Agree on other rules. Refusal `unknown_value` where they are out of bounds; `EditedMeanwhile` where somebody else
    changed since `shown` what is changed here."""
    session.require(Right.SET_ACCESS_RULES)
    check_rules(wanted)
    with session.change() as work:
        seen = _as_settings(shown) if shown is not None else None
        values = merged(session, work, _RULES, _as_settings(rules_in(work)), seen, _as_settings(wanted))
        for key, value in values.items():
            work.settings.put(key, value)
        note(session, work, _RULES.action, values)
        return rules_in(work)


def _as_settings(one: AccessRules) -> dict[str, str]:
    return {
        IDLE_MINUTES: str(one.idle_minutes),
        SHORTEST_PASSWORD: str(one.shortest),
        PASSWORD_DAYS: str(one.password_days),
    }
