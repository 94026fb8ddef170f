"""The rules for windows and passwords: set by whoever may, held to from the next password on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop_app.domain.passwords import AccessRules
from desktop_app.domain.users import Role
from desktop_app.errors import Refusal
from desktop_app.services import access_rules, accounts, office
from desktop_app.services.session import Session
from tests.cli.offices import FIRST, PASSWORD, T, found_quickly


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    folder = tmp_path / "office"
    found_quickly(folder, T)
    opened = office.enter(folder, FIRST, PASSWORD, date(2026, 10, 30))
    yield opened
    opened.close()


def test_rules_hold_for_the_next_password(session: Session) -> None:
    access_rules.set_rules(session, AccessRules(idle_minutes=5, shortest=20, password_days=90))
    assert access_rules.rules(session) == AccessRules(5, 20, 90)
    for act in (
        lambda: accounts.add_user(session, "周经办", {Role.OPERATOR}, "a-password-of-19-x"),
        lambda: accounts.change_password(session, FIRST, "a-password-of-19-x"),
    ):
        with pytest.raises(Refusal, match="至少要 20 个") as told:
            act()
        assert told.value.code == "weak_password"


def test_rules_out_of_bounds_are_refused_and_nothing_changes(session: Session) -> None:
    with pytest.raises(Refusal, match="自动锁定") as told:
        access_rules.set_rules(session, AccessRules(idle_minutes=0))
    assert told.value.code == "unknown_value"
    assert access_rules.rules(session) == AccessRules()
